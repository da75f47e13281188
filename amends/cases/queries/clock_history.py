"""The history of a case as its clocks look at it, and what they run by; one statement each."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet

from amends.base.questions import Question
from amends.cases.models.case import Case, CaseContact
from amends.cases.models.clocks import ClockMark, TermExtension
from amends.cases.models.deciding import FinalResponse
from amends.cases.models.promises import Promise
from amends.cases.models.turns import Merging, Wait
from amends.cases.queries.lines import lines_of, read_lines
from amends.cases.rules.clock_history import (
    Belongs,
    Extended,
    Marked,
    Responded,
    Rows,
    TakenIn,
    Touch,
    Waited,
    history,
)
from amends.people.models import Membership, Person
from amends.people.rules.kinds import PersonKind, Standing
from amends.staff.models import Organisation
from amends.staff.rules.organisation import Trade
from amends.standards.models import WorkingHours
from amends.standards.queries import hours_over_time, working_days_of
from amends.standards.rules.calendar import Calendar
from amends.standards.rules.history import Entry, What
from amends.standards.rules.hours import Hours, always_open, calendar_of, read_kept
from amends.standards.rules.hours_over_time import Held, Until, worked_by
from amends.standards.rules.law import Place

HOUSE = ""
_SECTORS = {Trade.BANK.value: "financial"}
_PARTY_KINDS = {
    PersonKind.HUMAN.value: frozenset({"consumer", "natural-person"}),
    PersonKind.ORGANISATION.value: frozenset({"business"}),
}


@dataclass(frozen=True, slots=True)
class _Promised:
    made_at: datetime
    yes_at: datetime | None


@dataclass(frozen=True, slots=True)
class Law:
    """Whose law is for a case, and where its days end."""

    jurisdiction: str
    sector: str
    party_kinds: frozenset[str]
    place: Place


@dataclass(frozen=True, slots=True)
class Work:
    """When the teams of a case work: calendars by key, who works by which, and what changed."""

    calendars: dict[str, Calendar]
    worked_by: dict[str, str]
    changes: tuple[Entry, ...]


def rows_of(case: Case) -> Rows:
    """Return all that the rows of `case` tell its clocks."""
    (values,) = _HISTORY.answer(case=case.pk)
    found = dict(zip(_LISTS, values, strict=True))
    promises = read_lines(_Promised, found["promises_"])
    return Rows(
        received_at=case.received_at,
        registered_at=case.registered_at,
        kind=case.kind,
        team=case.team_id,
        channel=case.channel,
        severity=case.severity,
        group=case.person.standing if case.person else Standing.CUSTOMER,
        customers=[*filter(None, [case.person_id]), *found["were_"], *found["theirs_were_"]],
        belongs=read_lines(Belongs, found["belongs_"]),
        acknowledged_at=case.acknowledged_at,
        yes_at=case.done_at if case.yes_how else None,
        nothing_to_answer_at=case.nothing_to_answer_at,
        touches=read_lines(Touch, found["touches_"]),
        waits=read_lines(Waited, found["waits_"]),
        marks=read_lines(Marked, found["marks_"]),
        taken_in=read_lines(TakenIn, found["taken_in_"]),
        extensions=read_lines(Extended, found["extensions_"]),
        responses=read_lines(Responded, found["responses_"]),
        promised=[each.made_at for each in promises],
        accepted=[each.yes_at for each in promises if each.yes_at],
    )


def _lists() -> dict[str, Any]:
    of_case = {"case": OuterRef("pk")}
    touches = CaseContact.objects.filter(**of_case).order_by("at", "pk")
    contact = {
        name: f"contact__{name}"
        for name in ("started_at", "ended_at", "direction", "channel", "automatic", "as_history")
    }
    merged = Merging.objects.filter(into=OuterRef("pk"), undone_at=None).order_by("at", "pk")
    return {
        "touches_": lines_of(
            touches, Touch, **contact, handled_by="contact__handled_by", mail="contact__mail__state"
        ),
        "waits_": lines_of(Wait.objects.filter(**of_case).order_by("since", "pk"), Waited),
        "marks_": lines_of(ClockMark.objects.filter(**of_case).order_by("at", "pk"), Marked),
        "taken_in_": lines_of(merged, TakenIn, received_at="case__received_at"),
        "extensions_": lines_of(
            TermExtension.objects.filter(**of_case).order_by("at", "pk"), Extended, until="until_on"
        ),
        "responses_": lines_of(
            FinalResponse.objects.filter(decision__case=OuterRef("pk")).order_by("sent_at", "pk"),
            Responded,
        ),
        "promises_": lines_of(
            Promise.objects.filter(**of_case).order_by("made_at", "pk"), _Promised
        ),
        **_customers(),
    }


def _customers() -> dict[str, ArraySubquery]:
    """Return the organisations of a customer, and who was found to be them or one of those."""
    belongs = Membership.objects.filter(member=OuterRef("person")).order_by("pk")
    were = Person.objects.filter(merged_into=OuterRef("person"))
    theirs_were = Person.objects.filter(merged_into__members__member=OuterRef("person"))
    return {
        "belongs_": lines_of(belongs, Belongs),
        "were_": ArraySubquery(were.values("pk")),
        "theirs_were_": ArraySubquery(theirs_were.values("pk")),
    }


def _history(case: int) -> QuerySet[Case, Any]:
    return Case.objects.filter(pk=case).annotate(**_lists()).values_list(*_LISTS)


_LISTS = tuple(_lists())
_HISTORY = Question(_history, case=-7_000_001)


def history_of(case: Case, house: Organisation) -> tuple[list[Entry], Work]:
    """Return what happened to `case` as clocks look at it, in order, and when its teams work."""
    rows = rows_of(case)
    told = history(rows)
    teams = {str(case.team_id)}
    teams |= {
        team
        for mark in rows.marks
        if mark.what == What.TEAM_CHANGED
        for team in (mark.was, mark.now)
    }
    work = _work(teams - {""}, told[0].at, house.zone)
    return sorted([*told, *work.changes], key=lambda entry: entry.at), work


def _work(teams: set[str], since: datetime, zone: str) -> Work:
    """Return when `teams` work since an instant; around the clock while nobody has said it."""
    held = _held(teams, since)
    calendars: dict[str, Calendar] = {HOUSE: always_open(zone)}
    by: dict[str, str] = {HOUSE: HOUSE}
    changes: list[Entry] = []
    for team in sorted(teams):
        (_from, first), *later = worked_by(held[team], held[HOUSE], since)
        by[team] = _key(first, calendars)
        changes += [
            Entry(at=at, what=What.CALENDAR_CHANGED, team=team, calendar=_key(hours, calendars))
            for at, hours in later
        ]
    return Work(calendars, by, tuple(sorted(changes, key=lambda entry: entry.at)))


def _key(hours: Hours | None, calendars: dict[str, Calendar]) -> str:
    """Return under which key the calendar of `hours` is found, and put it there."""
    if hours is None:
        return HOUSE
    key = str(hash(hours))
    calendars[key] = calendar_of(hours)
    return key


def _held(teams: set[str], since: datetime) -> dict[str, Held]:
    keys = [int(team) for team in teams]
    now: dict[int | None, Any] = dict(
        WorkingHours.objects.filter(Q(team__in=keys) | Q(team=None)).values_list("team", "hours")
    )
    before: dict[str, list[Until]] = {}
    for row in hours_over_time(since):
        key = str(row.team_id or HOUSE)
        before.setdefault(key, []).append(Until(_read(row.hours), row.until))
    return {
        team: Held(_read(now.get(int(team) if team else None)), before.get(team, ()))
        for team in (HOUSE, *teams)
    }


def _read(kept: Any) -> Hours | None:  # noqa: ANN401 - JSON as the table keeps it
    return read_kept(kept) if kept else None


def law_of_house(house: Organisation) -> tuple[str, str]:
    """Return the country and the sector whose law is for our cases, as far as we said or are."""
    sector = house.sector or _SECTORS.get(house.trade, house.trade)
    return house.jurisdiction or house.country, sector


def law_of(case: Case, house: Organisation) -> Law:
    """Return whose law is for `case`: what is said of it, or else of the house and its customer."""
    country, sector = law_of_house(house)
    jurisdiction = case.jurisdiction or country
    return Law(
        jurisdiction=jurisdiction,
        sector=case.sector or sector,
        party_kinds=_party_kinds(case, case.person),
        place=Place(ZoneInfo(house.zone), working_days_of(jurisdiction)),
    )


def _party_kinds(case: Case, person: Person | None) -> frozenset[str]:
    """Return what the customer is to a law; somebody unknown is taken for a consumer."""
    if case.party_kind:
        return frozenset({case.party_kind})
    return _PARTY_KINDS[person.kind if person else PersonKind.HUMAN.value]
