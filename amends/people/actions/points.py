"""The ways to reach a customer."""

from datetime import datetime

from django.db import transaction

from amends.journal.actions import Actor, record
from amends.people.actions.within import renew_search, write_point
from amends.people.events import PointAdded, PointFailed, PointRemoved, PointWorks
from amends.people.models import ContactPoint, Person
from amends.people.rules.kinds import PointKind
from amends.people.rules.points import folded_mail
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


@transaction.atomic
def note_unreachable(person: Person, *, address: str, at: datetime) -> None:
    """Note that mail to `address` of `person` came back for good: it is not written to any more."""
    failed = person.points.filter(kind=PointKind.EMAIL, folded=folded_mail(address), failed_at=None)
    for point in failed.select_for_update():
        point.failed_at = at
        point.save(update_fields=["failed_at"])
        record(PointFailed(person_id=person.pk, point_id=point.pk), by=None, at=at)


@transaction.atomic
def note_reachable(person: Person, *, address: str, at: datetime) -> None:
    """Note that `person` wrote from `address`, and so is reached there again."""
    failed = person.points.filter(kind=PointKind.EMAIL, folded=folded_mail(address))
    for point in failed.exclude(failed_at=None).select_for_update():
        point.failed_at = None
        point.save(update_fields=["failed_at"])
        record(PointWorks(person_id=person.pk, point_id=point.pk), by=None, at=at)
