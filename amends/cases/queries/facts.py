"""What the rules need to know about one case."""

from datetime import timedelta

from amends.cases.models.case import Case, Issue
from amends.cases.models.causes import Cause
from amends.cases.models.colleagues import Handover
from amends.cases.models.promises import Attempt, FollowUp, Promise
from amends.cases.models.protection import Hold
from amends.cases.rules.closing import ClosingFacts
from amends.cases.rules.due import DueFacts
from amends.cases.rules.kinds import CaseKind, Outcome, Track, Verdict
from amends.cases.rules.lifecycle import State

LATELY = timedelta(days=90)
WAITING = {"accepted_at": None, "declined_at": None, "withdrawn_at": None}


def due_facts(case: Case) -> DueFacts:
    """Return all the moments that `case` can be due by."""
    promises = list(Promise.objects.filter(case=case).owed())
    open_ = [promise for promise in promises if promise.is_open]
    ask = FollowUp.objects.filter(case=case, due_at__isnull=False).order_by("due_at").first()
    handover = Handover.objects.filter(case=case, **WAITING).first()
    last = FollowUp.objects.filter(case=case, answered_at__isnull=False).last()
    return DueFacts(
        state=State(case.state),
        received_at=case.received_at,
        state_since=case.state_since,
        promised=tuple(promise.due_at for promise in open_),
        countered=tuple(
            promise.countered_at for promise in open_ if promise.countered_at and not promise.yes_at
        ),
        broken=tuple(
            promise.broken_at
            for promise in promises
            if promise.broken_at and promise.apologised_at is None
        ),
        ask_at=ask.due_at if ask else None,
        asked_before=bool(ask and ask.asked_at),
        said_no=bool(last and last.verdict == Verdict.NO and case.state == State.INVESTIGATING),
        need_by=case.need_by,
        holds_until=tuple(
            Hold.objects.filter(case=case, lifted_at=None).values_list("until", flat=True)
        ),
        handover_by=handover.due_at if handover else None,
    )


def closing_facts(case: Case) -> ClosingFacts:
    """Return what the rules need to decide whether `case` may be closed."""
    cause = Cause.objects.filter(case=case).first()
    return ClosingFacts(
        kind=CaseKind(case.kind),
        track=Track(case.track),
        severity=case.severity,
        owned=case.owner_id is not None,
        promises_owed=Promise.objects.filter(case=case).owed().count(),
        broken_without_apology=Promise.objects.filter(
            case=case, broken_at__isnull=False, apologised_at=None
        ).count(),
        something_done=case.done_at is not None,
        verdict=Verdict(case.verdict) if case.verdict else None,
        attempts=_attempts(case),
        thanked=case.thanked_at is not None,
        cause_counted=cause is not None,
        prevention_decided=bool(cause and (cause.prevention or cause.none_needed_reason)),
        same_cause=_alike(cause) if cause else 0,
        issues_without_finding=Issue.objects.filter(case=case, validity=Outcome.NOT_JUDGED).count(),
        holds=Hold.objects.filter(case=case, lifted_at=None).count(),
        handover_waits=Handover.objects.filter(case=case, **WAITING).exists(),
    )


def _attempts(case: Case) -> int:
    return Attempt.objects.filter(
        follow_up__case=case, follow_up__dropped_at=None, follow_up__answered_at=None
    ).count()


def _alike(cause: Cause) -> int:
    """Return how many cases had the same cause on the same topic in the 90 days before."""
    topics = Issue.objects.filter(case=cause.case).exclude(topic="").values("topic")
    return (
        Cause.objects.filter(
            mechanism=cause.mechanism,
            pillar=cause.pillar,
            counted_at__gt=cause.counted_at - LATELY,
            case__issues__topic__in=topics,
        )
        .distinct()
        .count()
    )
