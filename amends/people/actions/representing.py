"""Who speaks for whom."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.journal.actions import record
from amends.people.events import RepresentationAdded, RepresentationEnded
from amends.people.models import Person, Representation
from amends.staff.actions.authorise import require
from amends.staff.models import Staff
from amends.staff.rules.permissions import Act


class SpeaksForThemselves(Refused):
    text = _("Nobody needs to represent themselves. Choose somebody else.")


class AlreadyRepresents(Refused):
    text = _("%(representative)s already speaks for %(represented)s.")


@transaction.atomic
def add_representation(
    represented: Person, *, representative: Person, authority: str, by: Staff, at: datetime
) -> Representation:
    """Note that `representative` speaks for `represented`, and on what authority.

    Raises NotAllowed, SpeaksForThemselves, AlreadyRepresents.
    """
    require(by, Act.EDIT_CUSTOMER)
    if represented == representative:
        raise SpeaksForThemselves
    Person.objects.select_for_update().get(pk=represented.pk)
    pair = Representation.objects.filter(representative=representative, represented=represented)
    if pair.filter(until=None).exists():
        raise AlreadyRepresents(representative=representative.name, represented=represented.name)
    representation = Representation.objects.create(
        representative=representative,
        represented=represented,
        authority=authority.strip(),
        since=at,
    )
    record(
        RepresentationAdded(
            person_id=represented.pk,
            representation_id=representation.pk,
            representative_id=representative.pk,
        ),
        by=by,
        at=at,
    )
    return representation


@transaction.atomic
def end_representation(representation: Representation, *, by: Staff, at: datetime) -> None:
    """Note that somebody no longer speaks for somebody else.

    Raises NotAllowed.
    """
    require(by, Act.EDIT_CUSTOMER)
    still = Representation.objects.filter(pk=representation.pk, until=None)
    if not still.update(until=at):
        return
    record(
        RepresentationEnded(
            person_id=representation.represented_id,
            representation_id=representation.pk,
            representative_id=representation.representative_id,
        ),
        by=by,
        at=at,
    )
