"""The ways to reach a customer."""

from datetime import datetime

from django.db import transaction

from amends.journal.actions import Actor, record
from amends.people.actions.within import renew_search, write_point
from amends.people.events import PointAdded, PointRemoved
from amends.people.models import ContactPoint, Person
from amends.people.rules.kinds import PointKind
from amends.staff.actions.authorise import require_of_colleague
from amends.staff.rules.permissions import Act


@transaction.atomic
def add_contact_point(
    person: Person, *, kind: PointKind, value: str, by: Actor | None, at: datetime
) -> ContactPoint:
    """Keep one more way to reach `person`; one that is already known is returned as it is.

    Raises NotAllowed, CannotReach.
    """
    require_of_colleague(by, Act.EDIT_CUSTOMER)
    person = Person.objects.select_for_update().get(pk=person.pk)
    point = write_point(person, kind, value, at)
    renew_search(person)
    record(PointAdded(person_id=person.pk, point_id=point.pk, kind=kind), by=by, at=at)
    return point


@transaction.atomic
def remove_contact_point(point: ContactPoint, *, by: Actor | None, at: datetime) -> None:
    """Forget one way to reach somebody.

    Raises NotAllowed.
    """
    require_of_colleague(by, Act.EDIT_CUSTOMER)
    person = Person.objects.select_for_update().get(pk=point.person_id)
    removed = PointRemoved(person_id=person.pk, point_id=point.pk, kind=point.kind)
    point.delete()
    renew_search(person)
    record(removed, by=by, at=at)
