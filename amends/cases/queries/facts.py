"""What the rules need to know about one case."""

from datetime import datetime, timedelta
from typing import Any

from amends.cases.models.case import Case
from amends.cases.models.causes import Cause
from amends.cases.queries.fields import missing_to_closing
from amends.cases.queries.file import CaseFile, file_of
from amends.cases.queries.file_lines import Asked
from amends.cases.queries.procedures import procedure_of
from amends.cases.rules.closing import TIMES_THAT_ASK_FOR_PREVENTION, ClosingFacts
from amends.cases.rules.due import DueFacts, Moment
from amends.cases.rules.kinds import CaseKind, Outcome, Track, Verdict
from amends.cases.rules.lifecycle import State
from amends.cases.rules.passing import guards_without
from amends.cases.rules.steps import Step
from amends.cases.rules.told_clocks import ASKS_FOR
from amends.cases.rules.turns import Says

LATELY = timedelta(days=90)


def due_facts(case: Case) -> DueFacts:
    """Return all the moments that `case` can be due by."""
    return due_facts_in(file_of(case), case)


def closing_facts(case: Case) -> ClosingFacts:
    """Return what the rules need to decide whether `case` may be closed."""
    return closing_facts_in(file_of(case), case)


def due_facts_in(file: CaseFile, case: Case) -> DueFacts:
    """Return all the moments that `case`, with what hangs on it, can be due by."""
    open_ = [promise for promise in file.promises if promise.is_open]
    owed = [promise for promise in file.promises if promise.is_owed and promise.broken_at]
    said_yes = [promise.due_at for promise in open_ if promise.yes_at]
    return DueFacts(
        state=State(case.state),
        received_at=case.received_at,
        state_since=case.state_since,
        as_history=case.as_history,
        taken_at=case.owned_since,
        promised=tuple(promise.due_at for promise in open_),
        agreed_until=max(said_yes, default=None),
        countered=tuple(
            promise.countered_at
            for promise in open_
            if promise.waits_for_answer and promise.countered_at
        ),
        broken=tuple(p.broken_at for p in owed if p.broken_at and not p.apologised_at),
        owed_since_sorry=tuple(p.apologised_at for p in owed if p.apologised_at),
        wrote_at=_waits_for_answer_since(file, case),
        need_by=case.need_by,
        holds_until=tuple(hold.until for hold in file.holds),
        handover_by=file.handover.due_at if file.handover else None,
        state_until=case.state_until,
        comply_by=case.comply_by,
        todos=tuple(todo.due_at for todo in file.todos if todo.is_open),
        letter_owed_since=case.letter_owed_since,
        tell_every=timedelta(days=case.update_every_days) if case.update_every_days else None,
        told_at=max((at for at in (case.planned_at, file.replied_at) if at), default=None),
        calendar=file.calendar,
        clocks=_running(file),
        **_of_questions(file, case.verdict),
    )


def closing_facts_in(file: CaseFile, case: Case) -> ClosingFacts:
    """Return what the rules need to decide whether `case`, with all of it, may be closed."""
    broken = [promise for promise in file.promises if promise.broken_at]
    cause = file.cause
    return ClosingFacts(
        kind=CaseKind(case.kind),
        state=State(case.state),
        track=Track(case.track),
        severity=case.severity,
        owned=case.owner_id is not None,
        customer_known=case.person_id is not None,
        tried_to_find=bool(case.unreachable),
        wish_known=bool(case.requested_remedy) or case.remedy_not_said,
        replied=file.replied_at is not None,
        promises_owed=sum(promise.is_owed for promise in file.promises),
        broken_without_apology=sum(promise.apologised_at is None for promise in broken),
        something_done=case.done_at is not None,
        verdict=Verdict(case.verdict) if case.verdict else None,
        attempts=sum(asked.attempts for asked in file.follow_ups if _is_pending(asked)),
        thanked=case.thanked_at is not None,
        cause_counted=cause is not None,
        prevention_decided=bool(cause and (cause.prevention or cause.none_needed_reason)),
        same_cause=_alike(case, file),
        issues_without_finding=sum(
            issue.validity == Outcome.NOT_JUDGED.value for issue in file.issues
        ),
        holds=len(file.holds),
        todos=sum(todo.is_open for todo in file.todos),
        handover_waits=file.handover is not None,
        fields_missing=len(missing_to_closing(file.fields, case)),
        guards=guards_without(
            procedure_of(case).guards, frozenset(Step(each.step) for each in file.passed_over)
        ),
        owes_outside=case.comply_by is not None,
        owes_letter=case.letter_owed_since is not None,
        owes_summary=_owes_summary(file, case),
        open_parts=sum(link.is_open for link in file.links if link.says is Says.HAS_PART),
        comes_after=sum(link.is_open for link in file.links if link.says is Says.NOT_BEFORE),
    )


def said_yes_at_once(file: CaseFile, case: Case) -> bool:
    """Return whether all that the customer said is their yes to what was done in their presence.

    Nobody asked them later whether it held; a yes that came after it is another matter.
    """
    answers = [asked.answered_at for asked in file.follow_ups if asked.answered_at]
    if not case.yes_how or case.verdict != Verdict.YES:
        return False
    return max(answers, default=None) == case.done_at


def _owes_summary(file: CaseFile, case: Case) -> bool:
    """Return whether they said yes, and the short way of a law still waits to be summed up."""
    said_yes = bool(case.yes_how) or any(promise.yes_at for promise in file.promises)
    return said_yes and any(clock.may_sum_up for clock in file.clocks)


def _is_pending(asked: Asked) -> bool:
    return asked.answered_at is None and asked.dropped_at is None


def _of_questions(file: CaseFile, verdict: str) -> dict[str, Any]:
    """Return what `DueFacts` holds of asking whether it is put right."""
    pending = [asked for asked in file.follow_ups if _is_pending(asked)]
    due = [(asked.due_at, asked.attempts) for asked in pending if asked.due_at]
    ask_at, attempts = min(due, default=(None, 0))
    given_up = [asked.last_attempt_at for asked in pending if asked.due_at is None]
    answers = [asked.answered_at for asked in file.follow_ups if asked.answered_at]
    answered_at = max(answers, default=None) if verdict else None
    said_no = verdict == Verdict.NO
    back = answered_at is None or _is_back(file, answered_at)
    return {
        "ask_at": ask_at,
        "asked_before": attempts > 0,
        "asked_last_at": max((at for at in given_up if at), default=None),
        "answered_at": None if said_no else answered_at,
        "said_no_at": answered_at if said_no and not back else None,
    }


def _waits_for_answer_since(file: CaseFile, case: Case) -> datetime | None:
    """Return since when something that the customer wrote is unanswered.

    A promise made, something done, and the customer's own word that it is put right answer, too;
    so does a colleague who saw that it needs no answer.
    """
    answers = [promise.made_at for promise in file.promises]
    answers += [at for at in (case.done_at, case.nothing_to_answer_at) if at]
    answers += [
        asked.answered_at
        for asked in file.follow_ups
        if asked.answered_at and asked.verdict == Verdict.YES
    ]
    answered_at = max(answers, default=None)
    waiting = (at for at in file.written_at if answered_at is None or at > answered_at)
    return next(waiting, None)


def _is_back(file: CaseFile, since: datetime) -> bool:
    """Return whether anybody came back to the customer after `since`, or promised anew."""
    spoken = file.replied_at is not None and file.replied_at > since
    return spoken or any(promise.made_at >= since for promise in file.promises)


def _running(file: CaseFile) -> tuple[Moment, ...]:
    """Return when the clocks are due that run and bind."""
    return tuple(
        Moment(ASKS_FOR[clock.whose, clock.what], clock.due_at)
        for clock in file.clocks
        if clock.binds and clock.due_at and clock.ended_at is None
    )


def _alike(case: Case, file: CaseFile) -> int:
    """Return how many cases lately had the same cause, this one included; three are enough to know.

    The same cause is the same kind of thing on the same topic, or to the same customer where nobody
    noted a topic.
    """
    topics = [issue.topic for issue in file.issues if issue.topic]
    if file.cause is None or not (topics or case.person_id):
        return 0
    where = {"case__issues__topic__in": topics} if topics else {"case__person": case.person_id}
    alike = Cause.objects.filter(
        mechanism=file.cause.mechanism,
        pillar=file.cause.pillar,
        counted_at__gt=file.cause.counted_at - LATELY,
        **where,
    )
    return len(alike.order_by().values("case").distinct()[:TIMES_THAT_ASK_FOR_PREVENTION])
