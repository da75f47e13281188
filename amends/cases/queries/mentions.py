"""Whom a note may mention: those who may read the case anyway."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from amends.cases.models.attention import Mention
from amends.cases.models.case import Case, CaseNote, PartyOfCase
from amends.cases.rules.kinds import Part
from amends.cases.rules.mentions import begins, handles
from amends.staff.models import Absence, Staff, StaffQuerySet
from amends.staff.queries import with_absence
from amends.staff.rules.permissions import ALLOWED, Act

MOST_OFFERED = 8
_READ = [role.value for role, acts in ALLOWED.items() if Act.SEE_CASES in acts]


@dataclass(frozen=True, slots=True)
class Offered:
    """A colleague whose name begins as was typed, and whether they may read the case.

    away_from, away_until: the days of their absence now, or of the next one.
    """

    pk: int
    name: str
    handle: str
    department: str
    may_read: bool
    away_from: date | None
    away_until: date | None


def handles_of_all() -> dict[str, int]:
    """Return the keys of all who work or worked here, by the handle under which a note names them.

    One who left keeps theirs, so that nobody else is told by mistake.
    """
    return handles(StaffQuerySet(Staff).values_list("pk", "name"))


def may_be_mentioned(case: Case) -> StaffQuerySet:
    """Return the colleagues at work who may read `case`; never whom it is about."""
    about = PartyOfCase.objects.filter(case=case, part=Part.COMPLAINED_ABOUT, staff=OuterRef("pk"))
    return StaffQuerySet(Staff).at_work().filter(role__in=_READ).exclude(Exists(about))


def offered_for(case: Case, typed: str, *, reader: Staff, at: datetime) -> list[Offered]:
    """Return at most 8 colleagues of `reader` with a name that begins as `typed`, by name."""
    handle_by_key = {key: handle for handle, key in handles_of_all().items()}
    may_read = set(may_be_mentioned(case).values_list("pk", flat=True))
    at_work = StaffQuerySet(Staff).at_work().exclude(pk=reader.pk).order_by("name", "pk")
    offered: QuerySet[Any, Any] = with_absence(at_work, at=at)
    rows = offered.values_list("pk", "name", "department__name", "away_from", "away_until")
    return [
        Offered(pk, name, handle_by_key[pk], department, pk in may_read, *away)
        for pk, name, department, *away in rows
        if begins(name, typed) or handle_by_key[pk] == typed
    ][:MOST_OFFERED]


def away_named_in(note: CaseNote, *, at: datetime) -> list[Staff]:
    """Return who is named in `note` and is away at `at`, each with the days of it."""
    away = Absence.objects.during(at).values("staff")
    named = StaffQuerySet(Staff).filter(pk__in=Mention.objects.filter(note=note).values("staff"))
    return list(with_absence(named.filter(pk__in=away), at=at).order_by("name", "pk"))
