"""What is to be done next on a case, and when. Pure. Every instant is timezone-aware."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from amends.cases.rules.kinds import Next
from amends.cases.rules.lifecycle import State, is_open

TO_ANSWER = timedelta(hours=4)
TO_AGREE = timedelta(days=1)
TO_PROMISE = timedelta(days=1)
TO_ANSWER_COUNTER = timedelta(hours=4)
TO_TAKE_THE_NEXT_STEP = timedelta(days=1)
TO_CLOSE = timedelta(days=1)
TO_ACCEPT_HANDOVER = timedelta(hours=4)
BEFORE_ASKING = timedelta(hours=2)
BEFORE_ASKING_AGAIN = timedelta(days=3)

_UNANSWERED = frozenset({State.RECEIVED, State.ACKNOWLEDGED})
_WHEN_NOTHING_IS_PROMISED = {
    State.ASSESSED: (Next.PROMISE, TO_PROMISE),
    State.EARLY_RESOLUTION: (Next.CLOSE, TO_CLOSE),
    State.FOLLOW_UP: (Next.CLOSE, TO_CLOSE),
}


@dataclass(frozen=True, slots=True)
class Moment:
    """What is next, and when it is due."""

    what: Next
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DueFacts:
    """All the moments that a case can be due by.

    promised: when open promises are due. countered: since when a wished other day waits for us.
    broken: when promises broke that nobody has apologised for yet. put_right: when to ask, and
    whether it was asked before. said_no: the customer said that it is not put right.
    """

    state: State
    received_at: datetime
    state_since: datetime
    promised: tuple[datetime, ...] = ()
    countered: tuple[datetime, ...] = ()
    broken: tuple[datetime, ...] = ()
    ask_at: datetime | None = None
    asked_before: bool = False
    said_no: bool = False
    need_by: datetime | None = None
    holds_until: tuple[datetime, ...] = ()
    handover_by: datetime | None = None


def next_due(facts: DueFacts) -> Moment | None:
    """Return the earliest of all that is due on a case; None once it has ended."""
    if not is_open(facts.state):
        return None
    moments = [*_from_promises(facts), *_from_others(facts)]
    nothing_agreed = not (facts.promised or facts.broken or facts.ask_at)
    if nothing_agreed or facts.state in _UNANSWERED:
        moments.append(_from_state(facts))
    return min(moments, key=lambda moment: moment.at)


def _from_promises(facts: DueFacts) -> list[Moment]:
    return [
        *(Moment(Next.KEEP, at) for at in facts.promised),
        *(Moment(Next.ANSWER_COUNTER, at + TO_ANSWER_COUNTER) for at in facts.countered),
        *(Moment(Next.SAY_SORRY_FIRST, at) for at in facts.broken),
    ]


def _from_others(facts: DueFacts) -> list[Moment]:
    moments = [Moment(Next.HOLD_ENDS, at) for at in facts.holds_until]
    if facts.ask_at:
        moments.append(Moment(Next.ASK_AGAIN if facts.asked_before else Next.ASK, facts.ask_at))
    if facts.need_by and facts.state is not State.FOLLOW_UP:
        moments.append(Moment(Next.CUSTOMER_NEED, facts.need_by))
    if facts.handover_by:
        moments.append(Moment(Next.ACCEPT_HANDOVER, facts.handover_by))
    return moments


def _from_state(facts: DueFacts) -> Moment:
    if facts.said_no:
        return Moment(Next.CALL_BACK_AT_ONCE, facts.state_since)
    if facts.state is State.RECEIVED:
        return Moment(Next.ANSWER, facts.received_at + TO_ANSWER)
    if facts.state is State.ACKNOWLEDGED:
        return Moment(Next.AGREE, facts.received_at + TO_AGREE)
    what, span = _WHEN_NOTHING_IS_PROMISED.get(facts.state, (Next.NEXT_STEP, TO_TAKE_THE_NEXT_STEP))
    return Moment(what, facts.state_since + span)
