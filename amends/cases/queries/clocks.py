"""The clocks of a case: told from its history, and as they were kept by the last act on it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min, QuerySet

from amends.cases.models.case import Case
from amends.cases.models.clocks import CaseClock
from amends.cases.models.promises import Promise
from amends.cases.queries.clock_history import Law, Work, history_of, law_of
from amends.cases.rules.kinds import CaseKind
from amends.cases.rules.told_clocks import Told, of_ours, of_the_law
from amends.people.rules.kinds import Standing
from amends.staff.queries import organisation
from amends.standards.models import ClockProfile, Standard
from amends.standards.queries import (
    profiles_that_hold,
    rules_of_profile,
    rules_of_standard,
    standards_at,
)
from amends.standards.rules.history import Entry
from amends.standards.rules.law import Happening, LawClock, clocks_that_count, profiles_for
from amends.standards.rules.law_history import law_clocks
from amends.standards.rules.reckoning import Reckoning, Ways, reckon
from amends.standards.rules.warnings import Whose


@dataclass(frozen=True, slots=True)
class Telling:
    """All that the clocks of a case are told by, and what they come to.

    profiles, standards: the versions that apply to the case. law: whose law that is.
    """

    entries: Sequence[Entry]
    laws: Sequence[LawClock]
    ours: Reckoning
    profiles: Sequence[ClockProfile]
    standards: Sequence[Standard]
    law: Law


def clocks_told(case: Case, *, at: datetime | None = None) -> Telling:
    """Return the clocks of `case` told from its history, as they stand at an instant.

    Without one, as they stand after the last thing that happened.
    """
    house = organisation()
    entries, work = history_of(case, house)
    law, standards = law_of(case, house), standards_at(case.registered_at)
    profiles = profiles_of(case, law)
    return Telling(
        entries=entries,
        laws=law_clocks([rules_of_profile(each) for each in profiles], entries, law.place),
        ours=reckon(_ways(standards, work), entries, at or entries[-1].at),
        profiles=profiles,
        standards=standards,
        law=law,
    )


def _ways(standards: Sequence[Standard], work: Work) -> Ways:
    return Ways([rules_of_standard(each) for each in standards], work.calendars, work.worked_by)


def profiles_of(case: Case, law: Law) -> list[ClockProfile]:
    """Return the profiles that apply to `case`: those it has, and of others the newest that run.

    What it has it keeps, whatever is said of the house or becomes known of its customer: no term
    goes away by itself. The law looks at complaints, and not at those of colleagues.
    """
    inside = case.person is not None and case.person.standing == Standing.COLLEAGUE
    if case.kind != CaseKind.COMPLAINT or inside:
        return []
    newest = profiles_that_hold()
    fitting = profiles_for(
        [rules_of_profile(each) for each in newest], law.jurisdiction, law.sector, law.party_kinds
    )
    keys = {(each.key, each.duty.value) for each in fitting}
    kept = {
        (clock.profile.key, clock.profile.duty): clock.profile
        for clock in case.clocks.filter(whose=Whose.LAW).select_related("profile")
        if clock.profile
    }
    return [*kept.values(), *(row for row in newest if (row.key, row.duty) in keys - kept.keys())]


def laws_on(case: Case) -> list[ClockProfile]:
    """Return the laws whose clocks run, or ran, on `case`, as they apply to it."""
    return list(ClockProfile.objects.filter(clocks__case=case).distinct().order_by("pk"))


def law_ends_of(cases: Collection[int]) -> dict[int, datetime]:
    """Return when the earliest term of the law that runs and binds is over, by case."""
    if not cases:
        return {}
    found = terms_running().filter(case__in=cases).values("case").annotate(ends_at=Min("due_at"))
    return dict(found.values_list("case", "ends_at"))


def terms_running() -> QuerySet[CaseClock]:
    """Return the terms of the law that run and bind, of all cases."""
    return CaseClock.objects.filter(
        ended_at=None, whose=Whose.LAW, binds=True, due_at__isnull=False
    )


def told_of(case: Case, telling: Telling) -> list[Told]:
    """Return the clocks of the law and of our standards, and those of promises and the customer."""
    sources = {(each.key, each.duty): each.pk for each in telling.profiles}
    keys = {str(each.pk): each.key for each in telling.standards}
    return [
        *of_the_law(telling.laws, sources, telling.entries),
        *of_ours(telling.ours, keys),
        *_of_promises(case),
        *_of_the_customer(case),
    ]


def _of_promises(case: Case) -> list[Told]:
    open_ = Promise.objects.filter(case=case).open().order_by("due_at", "pk")
    return [
        Told(
            whose=Whose.PROMISE,
            what="",
            promise=each.pk,
            started_at=each.made_at,
            due_at=each.due_at,
        )
        for each in open_
    ]


def _of_the_customer(case: Case) -> list[Told]:
    if case.need_by is None:
        return []
    done_at = case.done_at or case.closed_at
    return [
        Told(
            whose=Whose.CUSTOMER,
            what="",
            started_at=case.registered_at,
            due_at=case.need_by,
            met_at=case.done_at,
            ended_at=done_at,
        )
    ]


def extendable(telling: Telling) -> list[LawClock]:
    """Return the clocks of the law that run, bind, and may be extended, the earliest first."""
    return [
        each
        for each in clocks_that_count(telling.laws)
        if each.stopped_at is None and each.profile.extension
    ]


def short_ways(telling: Telling, at: datetime) -> list[LawClock]:
    """Return the clocks of a short way of a law that a summary would still end in time."""
    return [
        each
        for each in telling.laws
        if Happening.SUMMARY_SENT in each.profile.stops_on
        and each.stopped_at is None
        and not each.is_over(at)
    ]
