"""Doing the same to many cases: tried first, then done case by case, then undone if need be.

Each case is asked and changed by the one action that a colleague would do on it by hand, and stands
or falls alone.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.base.time_words import exact_words
from amends.cases.actions.doing import BEFORE, WAYS, Task
from amends.cases.events.bulk import BulkBegan, BulkUndoBegan
from amends.cases.models.bulk import BulkItem, BulkRun
from amends.cases.models.case import Case
from amends.cases.queries.bulk import runs_to_forget
from amends.cases.queries.news import news_since
from amends.cases.rules.bulk import (
    MOST_CASES,
    NEXT_TURN,
    TAKEN_UP_AFTER,
    BulkAct,
    Fate,
    Phase,
    goes_on_at,
    in_one_turn,
    may_undo,
    phase_after,
    works_on,
)
from amends.journal.actions import record
from amends.journal.models import Entry
from amends.journal.queries import last_entry_of
from amends.staff.actions.authorise import require
from amends.staff.models import Staff
from amends.staff.queries import zone_for
from amends.staff.rules.permissions import Act

LONGEST = 500


class NothingChosen(Refused):
    text = _("Choose at least one case.")


class TooManyCases(Refused):
    text = _("That is more than %(most)s cases. Narrow the list first.")


class NotYourRun(Refused):
    text = _("Somebody else began this. Ask them.")


class TooLateToUndo(Refused):
    text = _("It can be undone for ten minutes, and these are over. Change the cases one by one.")


class ChangedSince(Refused):
    text = _("%(name)s did something on it since, %(moment)s.")


class CustomerWroteSince(Refused):
    text = _("The customer did something on it since, %(moment)s.")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be done: the act, and to whom, which tag, until when, as it needs that."""

    act: BulkAct
    order: dict[str, Any]


@transaction.atomic
def prepare_bulk(
    wanted: Wanted, *, cases: Collection[int], key: str, by: Staff, at: datetime
) -> BulkRun:
    """Begin to try what is wanted on each of `cases`, by their keys, and return the run.

    Nothing is changed by it. Asked again with the same `key`, it returns the run that began.

    Raises NotAllowed, NothingChosen, TooManyCases.
    """
    require(by, Act.WORK_ON_CASE)
    if len(cases) > MOST_CASES:
        raise TooManyCases(most=MOST_CASES)
    seen = Case.objects.visible_to(by).filter(pk__in=cases).order_by("pk")
    keys = list(seen.values_list("pk", flat=True))
    if not keys:
        raise NothingChosen
    run, new = BulkRun.objects.get_or_create(
        by=by,
        key=key,
        defaults={
            "act": wanted.act,
            "order": wanted.order,
            "made_at": at,
            "go_on_at": goes_on_at(len(keys), at),
        },
    )
    if new:
        BulkItem.objects.bulk_create(BulkItem(run=run, case_id=pk) for pk in keys)
    return run


@transaction.atomic
def begin_bulk(run: BulkRun, *, by: Staff, at: datetime) -> BulkRun:
    """Begin to do what was tried, to the cases that nothing stands against; return the run.

    One that has begun already is left as it goes.

    Raises NotYourRun.
    """
    run = _locked(run, by)
    ready = run.items.filter(fate=Fate.READY).count()
    if run.phase != Phase.PREVIEWED or not ready:
        return run
    _enter(run, Phase.DOING, ready, at)
    record(BulkBegan(run_id=run.pk, act=run.act, cases=ready), by=by, at=at)
    return run


@transaction.atomic
def undo_bulk(run: BulkRun, *, by: Staff, at: datetime) -> BulkRun:
    """Begin to undo what was done, where nothing has happened since; return the run.

    One whose undoing has begun already is left as it goes.

    Raises NotYourRun, TooLateToUndo.
    """
    run = _locked(run, by)
    if run.phase in {Phase.UNDOING, Phase.UNDONE}:
        return run
    if not may_undo(Phase(run.phase), run.finished_at, at):
        raise TooLateToUndo
    _enter(run, Phase.UNDOING, run.items.filter(fate=Fate.DONE).count(), at)
    record(BulkUndoBegan(run_id=run.pk), by=by, at=at)
    return run


@transaction.atomic
def go_on(run: BulkRun, *, at: datetime, one: bool = False) -> int:
    """Work through the next cases of `run`, or the next `one` of them, and return how many.

    A case that somebody is at just now is come back to, and not waited for.
    """
    run = BulkRun.objects.select_for_update(of=("self",)).select_related("by").get(pk=run.pk)
    phase = Phase(run.phase)
    fate = works_on(phase)
    if fate is None:
        return 0
    most = 1 if one else in_one_turn(BulkAct(run.act))
    waiting = run.items.filter(fate=fate).order_by("case")
    free = Case.objects.select_for_update(of=("self",), skip_locked=True).order_by("pk")
    # A transaction that holds several cases never waits for one more, nor for the one they go to.
    into = run.order.get("into")
    is_free = into is None or free.filter(pk=into).first() is not None
    found = free.filter(pk__in=waiting.values("case"))[: most if is_free else 0]
    cases = {case.pk: case for case in found}
    for item in waiting.filter(case__in=cases):
        item.case = cases[item.case_id]
        with translation.override(run.by.language), timezone.override(zone_for(run.by)):
            _STEPS[phase](run, item, at)
        item.save()
    if waiting.exists():
        run.go_on_at = at + (TAKEN_UP_AFTER if one else NEXT_TURN)
    else:
        _end(run, phase, at)
    run.save(update_fields=["phase", "go_on_at", "finished_at"])
    return len(cases)


@transaction.atomic
def forget_bulk(run: BulkRun, *, at: datetime) -> None:
    """Forget a run that was over long before `at`, and its list; the cases stay as they are."""
    runs_to_forget(at).filter(pk=run.pk).delete()


def _locked(run: BulkRun, by: Staff) -> BulkRun:
    """Return `run` locked, for who began it.

    Raises NotYourRun.
    """
    run = BulkRun.objects.select_for_update().get(pk=run.pk)
    if run.by_id != by.pk:
        raise NotYourRun
    return run


def _enter(run: BulkRun, phase: Phase, cases: int, at: datetime) -> None:
    run.phase, run.go_on_at = phase, goes_on_at(cases, at)
    run.save(update_fields=["phase", "go_on_at"])


def _end(run: BulkRun, phase: Phase, at: datetime) -> None:
    run.phase, run.go_on_at = phase_after(phase), None
    if run.phase == Phase.DONE:
        run.finished_at = at


def _try(run: BulkRun, item: BulkItem, at: datetime) -> None:
    """Do it and take it back at once: what refuses then refuses now, for the same reasons."""
    item.entry = last_entry_of(f"case:{item.case_id}")
    try:
        with transaction.atomic():
            WAYS[BulkAct(run.act)].do(_task(run, item, at))
            transaction.set_rollback(True)  # it was only tried
    except Refused as refusal:
        _refuse(item, refusal)
    else:
        item.fate = Fate.READY


def _do(run: BulkRun, item: BulkItem, at: datetime) -> None:
    act = BulkAct(run.act)
    before = BEFORE[act](item.case) if act in BEFORE else {}
    try:
        with transaction.atomic():
            _must_be_as_seen(item, at)
            WAYS[act].do(_task(run, item, at))
    except Refused as refusal:
        _refuse(item, refusal)
    else:
        item.fate, item.before = Fate.DONE, before
        item.entry = last_entry_of(f"case:{item.case_id}")


def _undo(run: BulkRun, item: BulkItem, at: datetime) -> None:
    try:
        with transaction.atomic():
            _must_be_as_seen(item, at)
            WAYS[BulkAct(run.act)].undo(_task(run, item, at), item.before)
    except Refused as refusal:
        item.fate, item.said = Fate.KEPT, str(refusal)[:LONGEST]
    else:
        item.fate = Fate.UNDONE


_STEPS = {Phase.PREVIEWING: _try, Phase.DOING: _do, Phase.UNDOING: _undo}


def _task(run: BulkRun, item: BulkItem, at: datetime) -> Task:
    return Task(item.case, run.order, run.by, at)


def _refuse(item: BulkItem, refusal: Refused) -> None:
    item.fate, item.said = Fate.REFUSED, str(refusal)[:LONGEST]
    item.missing = [str(each) for each in getattr(refusal, "obstacles", ())]


def _must_be_as_seen(item: BulkItem, at: datetime) -> None:
    """Let only that be done to a case which was tried, or undone which was done.

    Raises ChangedSince, CustomerWroteSince.
    """
    news: list[Entry] = news_since(item.case_id, item.entry)
    if not news:
        return
    newest = news[-1]
    moment = exact_words(timezone.localtime(newest.at), timezone.localtime(at))
    kind, _colon, key = newest.by.partition(":")
    name = Staff.objects.filter(pk=key).values_list("name", flat=True).first()
    if kind == "staff" and name:
        raise ChangedSince(name=name, moment=moment)
    raise CustomerWroteSince(moment=moment)
