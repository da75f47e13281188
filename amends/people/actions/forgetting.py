"""Forgetting people: nothing of them stays but that there was somebody."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from amends.journal.actions import record
from amends.people.events import PersonForgotten
from amends.people.models import (
    ContactPoint,
    Membership,
    Merge,
    Occasion,
    Person,
    Representation,
    SpecialNeed,
)
from amends.people.rules.kinds import Honorific
from amends.staff.models import Staff

NOBODY = "—"


@transaction.atomic
def forget_people(people: Iterable[int], *, by: Staff, at: datetime) -> None:
    """Forget the people of these keys, inside the caller's transaction, which holds their cases."""
    gone = sorted(people)
    mine = {"person__in": gone}
    for table in (ContactPoint, SpecialNeed, Occasion):
        table._default_manager.filter(**mine).delete()  # noqa: SLF001  Django's own name
    Membership.objects.filter(member__in=gone).delete()
    either = Q(representative__in=gone) | Q(represented__in=gone)
    Representation.objects.filter(either).delete()
    Merge.objects.filter(Q(kept__in=gone) | Q(merged__in=gone)).update(filled={})
    Person.objects.filter(pk__in=gone).update(
        name=NOBODY,
        given_name="",
        patronymic="",
        family_name="",
        honorific=Honorific.UNKNOWN,
        address_forms={},
        number="",
        prefers="",
        search="",
        sorts_as="",
        erased_at=at,
    )
    for pk in gone:
        record(PersonForgotten(person_id=pk), by=by, at=at)
