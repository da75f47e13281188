"""What is to be done next on a case, and when. Pure. Every instant is timezone-aware."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from amends.cases.rules.kinds import Next
from amends.cases.rules.lifecycle import AWAITING, LOOKING, State, is_open
from amends.standards.rules.calendar import Calendar, add_working_days, add_working_time

TO_ANSWER = timedelta(hours=4)
TO_AGREE = timedelta(days=1)
TO_PROMISE = timedelta(days=1)
TO_PROMISE_ANEW = timedelta(hours=4)
TO_ANSWER_COUNTER = timedelta(hours=4)
TO_TAKE_THE_NEXT_STEP = timedelta(days=1)
TO_CLOSE = timedelta(days=1)
TO_ACCEPT_HANDOVER = timedelta(hours=4)
BEFORE_ASKING = timedelta(hours=2)
BEFORE_ASKING_AGAIN = timedelta(days=3)

# How long until one asks again at an outside body how it stands.
TO_ASK_OUTSIDE = timedelta(days=14)
TO_REVIEW = timedelta(days=10)
# How long until the customer has our letter on what an outside body decided.
TO_TELL_DECISION = timedelta(days=3)

_AWAITED = {
    **dict.fromkeys(AWAITING, Next.AWAITED),
    State.INTERNAL_REVIEW: Next.REVIEW,
    State.EXTERNAL: Next.OUTSIDE,
}
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

    as_history, taken_at: a case brought in from elsewhere waits for nobody until somebody takes it.
    promised: when open promises are due; agreed_until: the last of those the customer said yes to.
    countered: since when a wished other day waits for us.
    broken: when promises broke that nobody has apologised for yet; owed_since_sorry: when somebody
    did, without promising anew. ask_at: when to ask whether it is put right, and whether it was
    asked before. asked_last_at: when we asked for the last time. answered_at: when the customer
    said that it is put right. said_no_at: when they said it is not, and nobody has spoken to them
    since. wrote_at: since when something they wrote later on waits for an answer. state_until: by
    when what the state waits for is due. comply_by: when what an outside body decided must be done.
    todos: when what is to be done inside is due.
    letter_owed_since: since when the customer waits for our letter on it.
    tell_every, told_at: how often the customer hears of an investigation, and when they last did,
    or when it began. calendar: when we are open, for what we hold ourselves to; without one the
    time just passes.
    """

    state: State
    received_at: datetime
    state_since: datetime
    as_history: bool = False
    taken_at: datetime | None = None
    promised: tuple[datetime, ...] = ()
    agreed_until: datetime | None = None
    countered: tuple[datetime, ...] = ()
    broken: tuple[datetime, ...] = ()
    owed_since_sorry: tuple[datetime, ...] = ()
    ask_at: datetime | None = None
    asked_before: bool = False
    asked_last_at: datetime | None = None
    answered_at: datetime | None = None
    said_no_at: datetime | None = None
    wrote_at: datetime | None = None
    need_by: datetime | None = None
    holds_until: tuple[datetime, ...] = ()
    handover_by: datetime | None = None
    state_until: datetime | None = None
    comply_by: datetime | None = None
    todos: tuple[datetime, ...] = ()
    letter_owed_since: datetime | None = None
    tell_every: timedelta | None = None
    told_at: datetime | None = None
    calendar: Calendar | None = None
    clocks: tuple[Moment, ...] = ()

    def measures(self, what: Next) -> bool:
        """Return whether a clock of a standard runs for `what`."""
        return any(each.what is what for each in self.clocks)


def after(calendar: Calendar | None, at: datetime, span: timedelta) -> datetime:
    """Return the instant by which `span` has passed while we are open: hours, or whole days."""
    if calendar is None:
        return at + span
    if span.seconds:
        return add_working_time(calendar, at, span)
    return add_working_days(calendar, at, span.days)


def next_due(facts: DueFacts) -> Moment | None:
    """Return the earliest of all that is due on a case.

    None once it has ended, and while a case brought in from elsewhere is nobody's and nobody wrote.
    """
    return min(all_due(facts), key=lambda moment: moment.at, default=None)


def all_due(facts: DueFacts) -> list[Moment]:
    """Return all that is due on a case, in no order; nothing once it has ended."""
    if not is_open(facts.state):
        return []
    awaited = _from_what_is_awaited(facts)
    others = [*_from_promises(facts), *_from_others(facts), *(awaited or _from_state(facts))]
    return [*facts.clocks, *others]


def _from_promises(facts: DueFacts) -> list[Moment]:
    return [
        *(Moment(Next.KEEP, at) for at in facts.promised),
        *(
            Moment(Next.ANSWER_COUNTER, after(facts.calendar, at, TO_ANSWER_COUNTER))
            for at in facts.countered
        ),
        *(Moment(Next.SAY_SORRY_FIRST, at) for at in facts.broken),
        *(
            Moment(Next.PROMISE, after(facts.calendar, at, TO_PROMISE_ANEW))
            for at in facts.owed_since_sorry
        ),
    ]


def _from_others(facts: DueFacts) -> list[Moment]:
    moments = [Moment(Next.HOLD_ENDS, at) for at in facts.holds_until]
    moments += [Moment(Next.TODO, at) for at in facts.todos]
    moments += _from_outside(facts)
    if facts.said_no_at:
        moments.append(Moment(Next.CALL_BACK_AT_ONCE, facts.said_no_at))
    if facts.wrote_at and not facts.measures(Next.OUR_NEXT_ANSWER):
        moments.append(Moment(Next.ANSWER, after(facts.calendar, facts.wrote_at, TO_ANSWER)))
    if facts.ask_at:
        moments.append(Moment(Next.ASK_AGAIN if facts.asked_before else Next.ASK, facts.ask_at))
    if facts.need_by and _need_is_open(facts, facts.need_by):
        moments.append(Moment(Next.CUSTOMER_NEED, facts.need_by))
    if facts.handover_by:
        moments.append(Moment(Next.ACCEPT_HANDOVER, facts.handover_by))
    measured = facts.measures(Next.TELL_THEM)
    if facts.state in LOOKING and facts.tell_every and facts.told_at and not measured:
        moments.append(Moment(Next.TELL_THEM, facts.told_at + facts.tell_every))
    return moments


def _from_outside(facts: DueFacts) -> list[Moment]:
    """Return what is due because an outside body decided."""
    moments = [Moment(Next.COMPLY, facts.comply_by)] if facts.comply_by else []
    if facts.letter_owed_since:
        by = after(facts.calendar, facts.letter_owed_since, TO_TELL_DECISION)
        moments.append(Moment(Next.TELL_DECISION, by))
    return moments


def _need_is_open(facts: DueFacts, need_by: datetime) -> bool:
    """Return whether the customer's own day still counts: not once they agreed to a later one."""
    agreed_to_later = facts.agreed_until is not None and facts.agreed_until > need_by
    return facts.state is not State.FOLLOW_UP and not agreed_to_later


def _from_what_is_awaited(facts: DueFacts) -> list[Moment]:
    if facts.state_until is None:
        return []
    return [Moment(_AWAITED[facts.state], facts.state_until)]


def _from_state(facts: DueFacts) -> list[Moment]:
    """Return what the state asks for, where nothing else is agreed."""
    owed = facts.promised or facts.broken or facts.owed_since_sorry
    agreed = owed or facts.ask_at or facts.comply_by
    if facts.as_history:
        taken = None if agreed else facts.taken_at
        return (
            [Moment(Next.NEXT_STEP, after(facts.calendar, taken, TO_TAKE_THE_NEXT_STEP))]
            if taken
            else []
        )
    if facts.state is State.RECEIVED:
        answer = Moment(Next.ANSWER, after(facts.calendar, facts.received_at, TO_ANSWER))
        return [] if facts.measures(Next.OUR_FIRST_ANSWER) else [answer]
    if facts.state is State.ACKNOWLEDGED:
        return [Moment(Next.AGREE, after(facts.calendar, facts.received_at, TO_AGREE))]
    return [] if agreed else [_from_what_happened_last(facts)]


def _from_what_happened_last(facts: DueFacts) -> Moment:
    what, span = _WHEN_NOTHING_IS_PROMISED.get(facts.state, (Next.NEXT_STEP, TO_TAKE_THE_NEXT_STEP))
    due = [after(facts.calendar, facts.state_since, span)]
    if facts.answered_at:
        due.append(after(facts.calendar, facts.answered_at, span))
    if facts.asked_last_at:
        due.append(facts.asked_last_at + BEFORE_ASKING_AGAIN)
    return Moment(what, max(due))
