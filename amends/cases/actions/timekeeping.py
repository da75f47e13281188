"""What every action does with the clocks of its case: told anew from its history, and kept.

These are not use cases: they journal nothing, and are called by actions only.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db.models import Exists

from amends.cases.models.case import Case
from amends.cases.models.clocks import CaseClock, ClockMark, PlannedWarning
from amends.cases.queries.clocks import clocks_told, told_of
from amends.cases.rules.told_clocks import Told
from amends.staff.models import Organisation
from amends.standards.models import ClockProfile, EarlyWarning, Standard
from amends.standards.queries import rules_of_warning, warnings_that_hold
from amends.standards.rules.history import What
from amends.standards.rules.warnings import Warned, Whose, warnings_of

_Pair = tuple[Told, CaseClock]


def mark(case: Case, what: What, *, at: datetime, was: object = "", now: object = "") -> None:
    """Write down what happened to `case` that its clocks look at and no row of its own tells.

    was, now: the kind, the key of the team, the severity, the days of a rhythm.
    """
    ClockMark.objects.create(case=case, what=what, at=at, was=str(was or ""), now=str(now or ""))


def keep_clocks(case: Case) -> None:
    """Tell the clocks of `case` anew from its history, and keep them as they now stand.

    A case brought in from elsewhere is on no clock.
    """
    if case.as_history or not _has_clocks(case):
        return
    warnings = [rules_of_warning(each) for each in warnings_that_hold()]
    kept = {_is_which(row): row for row in _rows(case)}
    pairs: list[_Pair] = []
    for told in _worth_keeping(told_of(case, clocks_told(case)), warnings):
        row = kept.pop(told.is_which, None) or CaseClock(case=case, whose=told.whose)
        pairs.append((told, _kept(told, row)))
    _let_go(kept.values())
    _plan_warnings(pairs, warnings)


def clocks_may_run() -> bool:
    """Return whether any clock could run on a case just opened, in one statement."""
    could_run = (
        Exists(ClockProfile.objects.all())
        | Exists(Standard.objects.all())
        | Exists(EarlyWarning.objects.filter(stopped_at=None))
    )
    return Organisation.objects.filter(could_run).exists()


def _has_clocks(case: Case) -> bool:
    """Return whether any clock could run, in one statement: in many a small house none does."""
    could_run = (
        Exists(ClockProfile.objects.all())
        | Exists(Standard.objects.all())
        | Exists(EarlyWarning.objects.filter(stopped_at=None))
        | Exists(CaseClock.objects.filter(case=case.pk))
        | Exists(ClockMark.objects.filter(case=case.pk, what=What.RHYTHM_AGREED))
    )
    return Organisation.objects.filter(could_run).exists()


def _rows(case: Case) -> Iterable[CaseClock]:
    return CaseClock.objects.filter(case=case).select_related("profile")


def _is_which(row: CaseClock) -> tuple[str, str, int, str]:
    key = row.profile.key if row.profile else ""
    return row.whose, row.what, row.promise_id or row.number, key


def _worth_keeping(told: Iterable[Told], warnings: Sequence[Warned]) -> list[Told]:
    """Return the clocks to keep: promises and the customer's day have rows of their own already.

    Those are kept besides only where somebody is warned of them.
    """
    warned = {each.about for each in warnings}
    always = {Whose.LAW, Whose.STANDARD}
    return [each for each in told if each.whose in always | warned]


def _kept(told: Told, row: CaseClock) -> CaseClock:
    """Return the row of a clock, with what was told of it saved."""
    now = {
        "what": told.what,
        "number": told.number,
        "profile_id": told.source if told.whose is Whose.LAW else None,
        "standard_id": told.source if told.whose is Whose.STANDARD else None,
        "promise_id": told.promise,
        "binds": told.binds,
        "paused": told.paused,
        "started_at": told.started_at,
        "first_due_at": told.first_due_at,
        "due_at": told.due_at,
        "met_at": told.met_at,
        "ended_at": told.ended_at,
        "watch_at": None if row.over_at else told.watch_at,
    }
    changed = [name for name, value in now.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, now[name])
    if not row.pk:
        row.save(force_insert=True)
    elif changed:
        row.save(update_fields=changed)
    return row


def _let_go(rows: Iterable[CaseClock]) -> None:
    """Forget the clocks that are not told any more; one that was over is a fact, and stays."""
    for row in rows:
        if row.over_at is None:
            row.delete()
        else:
            row.ended_at = row.ended_at or row.over_at
            row.save(update_fields=["ended_at"])


def _plan_warnings(pairs: Sequence[_Pair], warnings: Sequence[Warned]) -> None:
    """Plan whom to warn of which clock and when, once for each end that a clock has."""
    wanted = {
        (row.pk, warning, told.due_at): at
        for told, row in pairs
        if told.watched and told.due_at
        for warning, at in warnings_of(told.watched, warnings).items()
    }
    rows = [row.pk for _told, row in pairs]
    planned = {
        (each.clock_id, each.warning_id, each.for_due_at): each
        for each in PlannedWarning.objects.filter(clock__in=rows)
    }
    stale = [each.pk for of, each in planned.items() if of not in wanted and not each.given_at]
    if stale:
        PlannedWarning.objects.filter(pk__in=stale).delete()
    _plan({of: at for of, at in wanted.items() if of not in planned})


def _plan(wanted: Mapping[tuple[int, int, datetime], datetime]) -> None:
    PlannedWarning.objects.bulk_create(
        PlannedWarning(clock_id=clock, warning_id=warning, for_due_at=due_at, at=at)
        for (clock, warning, due_at), at in wanted.items()
    )
