"""Why a case is due when it is: each of its clocks, line by line."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from amends.base.time_words import date_words, day_words
from amends.cases.actions.evidence import note_reading
from amends.cases.actions.within import may_help_on
from amends.cases.queries.clocks import Telling, clocks_told, extendable, short_ways
from amends.cases.queries.facts import due_facts_in
from amends.cases.queries.file import CaseFile, file_of
from amends.cases.rules.due import Moment, all_due
from amends.cases.rules.kinds import Next
from amends.cases.rules.told_clocks import due_by
from amends.staff.rules.permissions import Act
from amends.standards.rules.clock import Clock
from amends.standards.rules.consequences import follows, right_opened
from amends.standards.rules.law import LawClock, clocks_that_count
from amends.standards.rules.law_history import happenings
from amends.standards.rules.shipped import OUR_CUSTOM
from amends.web.cases.acting import found
from amends.web.cases.clock_words import (
    CUSTOMS,
    DUTIES,
    MEASURES,
    followed_words,
    lines_of_law,
    lines_of_ours,
    right_words,
)
from amends.web.cases.out_of_sight import snoozed_words
from amends.web.http import StaffRequest, needs
from amends.web.words import word

if TYPE_CHECKING:
    from amends.cases.models.case import Case


@dataclass(frozen=True, slots=True)
class Told:
    """One clock as the page tells it. counts: whether the case may be due by it."""

    name: str
    due_at: datetime | None
    is_over: bool
    done: bool
    lines: list[str]
    source: str = ""
    counts: bool = True
    then: list[str] = field(default_factory=list)


@needs(Act.SEE_CASES)
@require_safe
def clocks(request: StaffRequest, reference: str) -> HttpResponse:
    """Show why a case is due when it is."""
    case, now = found(request, reference), timezone.localtime()
    if case.sensitive_since:
        note_reading(case, by=request.user, at=now)
    telling, file = clocks_told(case, at=now), file_of(case)
    works = case.is_open and request.user.may(Act.WORK_ON_CASE) and may_help_on(case, request.user)
    whose = due_by(Next(case.next_due)) if case.next_due else None
    context = {
        "case": case,
        "now": now,
        "next": word(Next(case.next_due)) if case.next_due else "",
        "whose": word(whose) if whose else "",
        "law": _laws(telling, now),
        "ours": _ours(telling, now),
        "agreed": _agreed(file, case.need_by, now),
        "steps": _steps(file, case),
        "snoozed": snoozed_words(case, now),
        "may_sum_up": (
            request.user.may(Act.WORK_ON_CASE)
            and may_help_on(case, request.user)
            and bool(short_ways(telling, now))
        ),
        "may_extend": works and bool(extendable(telling)),
        "works": works,
    }
    return render(request, "web/cases/clocks.html", context)


def _steps(file: CaseFile, case: "Case") -> list[tuple[str, datetime]]:
    """Return what else is due, the earliest first: steps, waits that end, questions to ask.

    What was promised, the customer's own day and the clocks stand below, each with its lines.
    """
    facts = due_facts_in(file, case)
    below = {*facts.clocks, *(Moment(Next.KEEP, at) for at in facts.promised)}
    due = [
        each for each in all_due(facts) if each not in below and each.what is not Next.CUSTOMER_NEED
    ]
    return [(word(each.what), each.at) for each in sorted(due, key=lambda moment: moment.at)]


def _laws(telling: Telling, now: datetime) -> list[Told]:
    binding = {id(each) for each in clocks_that_count(telling.laws)}
    return [_law(each, telling, now, counts=id(each) in binding) for each in telling.laws]


def _law(clock: LawClock, telling: Telling, now: datetime, *, counts: bool) -> Told:
    profile, happened = clock.profile, happenings(telling.entries)
    right = right_opened(clock, happened, now)
    source = _("Our own custom") if profile.source == OUR_CUSTOM else profile.source
    checked = {"source": source, "day": ""}
    if profile.verified_on:
        checked["day"] = date_words(profile.verified_on)
    return Told(
        name=str((CUSTOMS if profile.custom else DUTIES)[profile.duty]),
        due_at=clock.due_at,
        is_over=clock.is_over(now),
        done=clock.stopped_at is not None,
        lines=lines_of_law(clock, now),
        source=_("%(source)s, looked at on %(day)s") % checked,
        counts=counts,
        then=[
            *(followed_words(each) for each in follows(clock, now)),
            *([right_words(right, now)] if right else []),
        ],
    )


def _ours(telling: Telling, now: datetime) -> list[Told]:
    names = {str(each.pk): each.name for each in telling.standards}
    told = (*telling.ours.past, *telling.ours.clocks.values())
    clocks = sorted(told, key=lambda clock: clock.ended_at is not None)  # what runs comes first
    return [_our(each, names, now) for each in clocks if each.is_given]


def _our(clock: Clock, names: dict[str, str], now: datetime) -> Told:
    return Told(
        name=str(MEASURES[clock.measure]),
        due_at=clock.due_at,
        is_over=clock.over_at is not None,
        done=clock.ended_at is not None,
        lines=lines_of_ours(clock, now),
        source=names.get(clock.standard.key, "") if clock.standard else "",
    )


def _agreed(file: CaseFile, need_by: datetime | None, now: datetime) -> list[Told]:
    """Return what was agreed with the customer: the promises that are open, and their own day."""
    made = _("Promised %(at)s.")
    promised = [
        Told(
            name=promise.what,
            due_at=promise.due_at,
            is_over=promise.holds_until <= now,
            done=False,
            lines=[made % {"at": day_words(promise.made_at, now)}],
        )
        for promise in file.promises
        if promise.is_open
    ]
    if need_by is None:
        return promised
    own = _("They said that they need it by then.")
    return [*promised, Told(_("Their own day"), need_by, need_by <= now, done=False, lines=[own])]
