"""Questions about ourselves: who works here, in which team, and what each may give."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.core import signing
from django.db.models import CharField, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Cast, JSONArray
from django.utils.crypto import salted_hmac

from amends.base.questions import Question
from amends.base.text import said_in
from amends.staff.models import (
    Absence,
    Authority,
    Department,
    Guideline,
    Organisation,
    Staff,
    StaffQuerySet,
    Team,
)
from amends.staff.rules.authority import Limit, RemedyKind
from amends.staff.rules.permissions import ALLOWED, Act, Role

FIRST_KEY_LASTS = timedelta(days=3)
INVITATION_LASTS = timedelta(days=7)
_FIRST = "amends.staff.set-up"
_INVITATION = "amends.staff.invitation"
_CALENDAR = "amends.staff.calendar"


@dataclass(frozen=True, slots=True)
class Guidelines:
    """What somebody may promise, and what not, each line in the reader's language."""

    may: tuple[str, ...]
    may_not: tuple[str, ...]


def is_set_up() -> bool:
    """Return whether the three questions of set-up have been answered."""
    return Organisation.objects.exists()


def organisation() -> Organisation:
    """Return who we are.

    Raises Organisation.DoesNotExist before set-up.
    """
    return Organisation.objects.get()


def zone_for(staff: Staff | None) -> ZoneInfo:
    """Return the zone in which times are told to `staff`, or to a customer: their own, or ours."""
    own = staff.zone if staff else ""
    ours = [] if own else _ZONE.answer()
    return ZoneInfo(own or (ours[0][0] if ours else "") or "UTC")


_ZONE = Question(lambda: Organisation.objects.order_by("pk").values_list("zone")[:1])


def colleagues_for(_staff: Staff) -> QuerySet[Staff]:
    """Return the colleagues at work, by name, whom any member of staff may turn to."""
    return StaffQuerySet(Staff).at_work().select_related("department").order_by("name", "pk")


def departments_for(_staff: Staff) -> QuerySet[Department]:
    """Return the departments that are open, by name."""
    return Department.objects.filter(closed_at=None).order_by("name")


def teams_for(_staff: Staff) -> QuerySet[Team]:
    """Return the teams that are open, by name, each with its duty owner."""
    return (
        Team.objects.filter(closed_at=None)
        .select_related("department", "duty_owner")
        .order_by("name")
    )


def teams_of(staff: Staff) -> QuerySet[Team]:
    """Return the open teams that `staff` belongs to, by name."""
    return staff.teams.filter(closed_at=None).select_related("duty_owner").order_by("name")


def default_team() -> Team:
    """Return the team that looks after what nobody was chosen for: the oldest open one.

    Raises Team.DoesNotExist before set-up.
    """
    return Team.objects.filter(closed_at=None).select_related("duty_owner").earliest("pk")


_CURRENCY = Subquery(Organisation.objects.order_by("pk").values("currency")[:1])


def limits_of(role: Role) -> dict[RemedyKind, Limit]:
    """Return what `role` may give, by kind of remedy; a kind that is absent may not be given."""
    rows = Authority.objects.filter(role=role).values_list("remedy", "amount", _CURRENCY)
    return {RemedyKind(remedy): Limit(amount, money or "") for remedy, amount, money in rows}


def guidelines_for(staff: Staff) -> Guidelines:
    """Return what `staff` may and may not promise, in the language of `staff`."""
    rows = Guideline.objects.filter(role=staff.role).order_by("pk")
    return _told(rows.values_list("allowed", "text"), staff.language)


def may_give(staff: Staff) -> tuple[dict[RemedyKind, Limit], Guidelines]:
    """Return the limits and the guidelines of `staff`, in one statement."""
    ((limits, lines),) = _MAY_GIVE.answer(staff=staff.pk)
    amounts = {
        RemedyKind(remedy): Limit(Decimal(amount) if amount else None, money or "")
        for remedy, amount, money in map(json.loads, limits)
    }
    return amounts, _told(map(json.loads, lines), staff.language)


def _may_give(staff: int) -> QuerySet[Staff, Any]:
    limits = Authority.objects.filter(role=OuterRef("role")).values(
        json=JSONArray("remedy", Cast("amount", CharField()), _CURRENCY)
    )
    lines = Guideline.objects.filter(role=OuterRef("role")).order_by("pk")
    return (
        StaffQuerySet(Staff)
        .filter(pk=staff)
        .values_list(
            ArraySubquery(limits),
            ArraySubquery(lines.values(json=JSONArray("allowed", "text"))),
        )
    )


_MAY_GIVE = Question(_may_give, staff=-7_000_001)


def _told(rows: Iterable[tuple[bool, dict[str, str]]], language: str) -> Guidelines:
    lines = [(allowed, said_in(language, text)) for allowed, text in rows]
    return Guidelines(
        may=tuple(text for allowed, text in lines if allowed and text),
        may_not=tuple(text for allowed, text in lines if not allowed and text),
    )


def first_key(*, at: datetime) -> str:
    """Return what proves, for three days, that somebody may set up this installation.

    It opens one door once: when the organisation exists, every such key is worthless.
    """
    return signing.dumps((at + FIRST_KEY_LASTS).timestamp(), salt=_FIRST)


def may_set_up(key: str, *, at: datetime) -> bool:
    """Return whether the bearer of `key` may set up this installation."""
    try:
        until = float(signing.loads(key, salt=_FIRST))
    except signing.BadSignature:
        return False
    return at.timestamp() <= until and not is_set_up()


def invitation_key(colleague: Staff, *, at: datetime) -> str:
    """Return what lets `colleague` choose the first password, for a week and once."""
    until = (at + INVITATION_LASTS).timestamp()
    return signing.dumps([colleague.pk, until, _seal(colleague)], salt=_INVITATION)


def invited_by(key: str, *, at: datetime) -> Staff | None:
    """Return whom `key` invites; None if it is not ours, over, or used already."""
    try:
        pk, until, seal = signing.loads(key, salt=_INVITATION)
    except signing.BadSignature:
        return None
    colleague: Staff | None = Staff.objects.filter(pk=pk, is_active=True).first()
    if colleague is None or at.timestamp() > until or seal != _seal(colleague):
        return None
    return colleague


def calendar_token(colleague: Staff) -> str:
    """Return under what a program reads the calendar of `colleague`; empty while there is none."""
    if not colleague.calendar_key:
        return ""
    return signing.Signer(salt=_CALENDAR).sign(f"{colleague.pk}.{colleague.calendar_key}")


def calendar_of_token(token: str) -> Staff | None:
    """Return whose calendar is read under `token`; None if it is not ours, or was replaced."""
    try:
        pk, key = signing.Signer(salt=_CALENDAR).unsign(token).split(".")
    except signing.BadSignature:
        return None
    theirs: Staff | None = Staff.objects.filter(pk=pk, calendar_key=key, is_active=True).first()
    return theirs


def _seal(colleague: Staff) -> str:
    """Return what changes as soon as a password is chosen, so that a key is good for once."""
    return salted_hmac(_INVITATION, colleague.password).hexdigest()[:16]


def everybody_for(staff: Staff) -> QuerySet[Staff]:
    """Return all who work or worked here, by name, for those who look after that."""
    everybody = StaffQuerySet(Staff).select_related("department")
    everybody = everybody.order_by("-is_active", "name", "pk")
    return everybody if staff.may(Act.EDIT_STAFF) else everybody.none()


def guideline_lines(role: Role) -> QuerySet[Guideline]:
    """Return what `role` may and may not promise, in every language, in the order written."""
    return Guideline.objects.filter(role=role).order_by("pk")


@dataclass(frozen=True, slots=True)
class StoodInFor:
    """A colleague who is away and for whom somebody stands in; `until` is their last day away."""

    pk: int
    name: str
    until: date


def stood_in_for(staff: Staff, *, at: datetime) -> list[StoodInFor]:
    """Return for whom `staff` stands in at `at`, who is back first on top."""
    return [StoodInFor(*row) for row in _STOOD_IN_FOR.answer(staff=staff.pk, at=at)]


def _stood_in_for(staff: int, at: datetime) -> QuerySet[Absence, Any]:
    away = Absence.objects.during(at).filter(deputies=staff)
    return away.order_by("last_on", "pk").values_list("staff", "staff__name", "last_on")


_STOOD_IN_FOR = Question(_stood_in_for, staff=-7_000_001, at=datetime(1, 1, 1, tzinfo=UTC))


def deputies_at(colleagues: Collection[int], *, at: datetime) -> dict[int, list[int]]:
    """Return who stands in at `at` for those of the `colleagues` who are away, by their keys.

    One who is away and for whom nobody stands in is there, too, with nobody.
    """
    found: dict[int, list[int]] = {}
    away = Absence.objects.during(at).filter(staff__in=colleagues).order_by("pk")
    for one, deputy in away.values_list("staff", "deputies"):
        found.setdefault(one, []).extend([deputy] if deputy else [])
    return found


def with_absence(colleagues: QuerySet[Staff], *, at: datetime) -> QuerySet[Staff]:
    """Return the same, each with `away_from` and `away_until`: their absence at `at`, or the next.

    Both are days; None for who has no absence before them.
    """
    ahead = Absence.objects.standing().filter(staff=OuterRef("pk"), ends_at__gt=at)
    first = ahead.order_by("begins_at")
    return colleagues.annotate(
        away_from=Subquery(first.values("first_on")[:1]),
        away_until=Subquery(first.values("last_on")[:1]),
    )


def absence_of(colleague: Staff, *, at: datetime) -> Absence | None:
    """Return the absence in which `colleague` is at `at`, with who stands in; None if in none."""
    return _with_deputies(Absence.objects.during(at).filter(staff=colleague)).first()


def absences_ahead(*, at: datetime) -> QuerySet[Absence]:
    """Return who is away at `at` and who will be, the first to go on top, with who stands in."""
    return _with_deputies(Absence.objects.standing().filter(ends_at__gt=at))


def absence_for(staff: Staff, pk: int) -> Absence:
    """Return one absence, if `staff` may end it: their own, or anybody's where they lead teams.

    Raises Absence.DoesNotExist.
    """
    theirs = Absence.objects.select_related("staff")
    theirs = theirs if staff.may(Act.EDIT_TEAMS) else theirs.filter(staff=staff)
    return theirs.get(pk=pk)


def may_stand_in_for(colleague: Staff) -> StaffQuerySet:
    """Return who may stand in for `colleague`, by name: those of their teams, and seniors.

    For somebody who looks after no cases, whoever is in their department.
    """
    others = StaffQuerySet(Staff).at_work().exclude(pk=colleague.pk)
    if colleague.may(Act.WORK_ON_CASE):
        mates = Exists(
            Team.members.through.objects.filter(
                staff=OuterRef("pk"), team__in=colleague.teams.filter(closed_at=None).values("pk")
            )
        )
        others = others.filter(Q(mates, role__in=_LOOK_AFTER) | Q(role__in=_ANYWHERE))
    else:
        others = others.filter(department=colleague.department_id)
    return others.select_related("department").order_by("name", "pk")


_LOOK_AFTER = [role.value for role, acts in ALLOWED.items() if Act.WORK_ON_CASE in acts]
_ANYWHERE = [role.value for role, acts in ALLOWED.items() if Act.WORK_ON_ANY_CASE in acts]


def _with_deputies(absences: QuerySet[Absence]) -> QuerySet[Absence]:
    ordered = absences.select_related("staff__department").order_by("begins_at", "pk")
    return ordered.prefetch_related(Prefetch("deputies", StaffQuerySet(Staff).order_by("name")))
