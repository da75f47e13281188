from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.cases.rules.due import TO_TELL_DECISION, DueFacts, Moment, next_due
from amends.cases.rules.kinds import Next
from amends.cases.rules.lifecycle import ENDED, OPEN, State
from tests.make import NOW

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def facts(state: State = State.RECEIVED, **known) -> DueFacts:
    return DueFacts(state=state, received_at=NOW, state_since=NOW + HOUR, **known)


@pytest.mark.parametrize(
    ("known", "moment"),
    [
        # Nothing is agreed: the state asks for the next step.
        (facts(), Moment(Next.ANSWER, NOW + 4 * HOUR)),
        (facts(State.ACKNOWLEDGED), Moment(Next.AGREE, NOW + DAY)),
        (facts(State.ASSESSED), Moment(Next.PROMISE, NOW + HOUR + DAY)),
        (facts(State.EARLY_RESOLUTION), Moment(Next.CLOSE, NOW + HOUR + DAY)),
        (facts(State.INVESTIGATING), Moment(Next.NEXT_STEP, NOW + HOUR + DAY)),
        (facts(State.FOLLOW_UP), Moment(Next.CLOSE, NOW + HOUR + DAY)),
        # Something is promised.
        (facts(State.FULFILLING, promised=(NOW + 3 * DAY,)), Moment(Next.KEEP, NOW + 3 * DAY)),
        (
            facts(State.FULFILLING, promised=(NOW + 3 * DAY, NOW + 2 * DAY)),
            Moment(Next.KEEP, NOW + 2 * DAY),
        ),
        (
            facts(State.ASSESSED, promised=(NOW + 3 * DAY,), countered=(NOW + 2 * HOUR,)),
            Moment(Next.ANSWER_COUNTER, NOW + 6 * HOUR),
        ),
        (facts(State.FULFILLING, broken=(NOW + DAY,)), Moment(Next.SAY_SORRY_FIRST, NOW + DAY)),
        (
            facts(State.FULFILLING, owed_since_sorry=(NOW + DAY,)),
            Moment(Next.PROMISE, NOW + DAY + 4 * HOUR),
        ),
        # A promise answers nobody who has not been answered yet.
        (facts(promised=(NOW + 3 * DAY,)), Moment(Next.ANSWER, NOW + 4 * HOUR)),
        # Something is awaited, by its own moment.
        (
            facts(State.WAITING_INSIDE, state_until=NOW + 3 * DAY, tell_every=DAY, told_at=NOW),
            Moment(Next.TELL_THEM, NOW + DAY),
        ),
        (facts(State.INTERNAL_REVIEW, state_until=NOW + DAY), Moment(Next.REVIEW, NOW + DAY)),
        (facts(State.EXTERNAL, state_until=NOW + DAY), Moment(Next.OUTSIDE, NOW + DAY)),
        (facts(State.DECIDED, comply_by=NOW + 9 * DAY), Moment(Next.COMPLY, NOW + 9 * DAY)),
        (
            facts(State.DECIDED, comply_by=NOW + 9 * DAY, letter_owed_since=NOW),
            Moment(Next.TELL_DECISION, NOW + TO_TELL_DECISION),
        ),
        # Asking.
        (facts(State.FOLLOW_UP, ask_at=NOW + DAY), Moment(Next.ASK, NOW + DAY)),
        (
            facts(State.FOLLOW_UP, ask_at=NOW + 3 * DAY, asked_before=True),
            Moment(Next.ASK_AGAIN, NOW + 3 * DAY),
        ),
        (
            facts(State.FOLLOW_UP, asked_last_at=NOW + 5 * DAY),
            Moment(Next.CLOSE, NOW + 8 * DAY),
        ),
        (facts(State.FOLLOW_UP, answered_at=NOW + 5 * DAY), Moment(Next.CLOSE, NOW + 6 * DAY)),
        (
            facts(State.INVESTIGATING, said_no_at=NOW + HOUR),
            Moment(Next.CALL_BACK_AT_ONCE, NOW + HOUR),
        ),
        (
            facts(State.INVESTIGATING, said_no_at=NOW + HOUR, promised=(NOW + DAY,)),
            Moment(Next.CALL_BACK_AT_ONCE, NOW + HOUR),
        ),
        # What they write later on is answered as soon as what they wrote first.
        (
            facts(State.FULFILLING, wrote_at=NOW + DAY, promised=(NOW + 3 * DAY,)),
            Moment(Next.ANSWER, NOW + DAY + 4 * HOUR),
        ),
        (
            facts(State.FULFILLING, wrote_at=NOW + DAY, promised=(NOW + DAY + HOUR,)),
            Moment(Next.KEEP, NOW + DAY + HOUR),
        ),
        (
            facts(State.WAITING_CUSTOMER, wrote_at=NOW + 2 * HOUR),
            Moment(Next.ANSWER, NOW + 6 * HOUR),
        ),
        (
            facts(State.FOLLOW_UP, wrote_at=NOW + HOUR, ask_at=NOW + DAY),
            Moment(Next.ANSWER, NOW + 5 * HOUR),
        ),
        (
            facts(State.INVESTIGATING, as_history=True, wrote_at=NOW + HOUR),
            Moment(Next.ANSWER, NOW + 5 * HOUR),
        ),
        # Others.
        (
            facts(State.ASSESSED, need_by=NOW + 2 * HOUR),
            Moment(Next.CUSTOMER_NEED, NOW + 2 * HOUR),
        ),
        (
            facts(State.FOLLOW_UP, need_by=NOW + 2 * HOUR),
            Moment(Next.CLOSE, NOW + HOUR + DAY),
        ),
        (
            facts(State.FULFILLING, holds_until=(NOW + 2 * HOUR,), promised=(NOW + DAY,)),
            Moment(Next.HOLD_ENDS, NOW + 2 * HOUR),
        ),
        (
            facts(State.FULFILLING, handover_by=NOW + 4 * HOUR, promised=(NOW + DAY,)),
            Moment(Next.ACCEPT_HANDOVER, NOW + 4 * HOUR),
        ),
        # Brought in from elsewhere: nobody waits until somebody takes it or agrees something.
        (facts(as_history=True), None),
        (facts(as_history=True, taken_at=NOW + DAY), Moment(Next.NEXT_STEP, NOW + 2 * DAY)),
        (
            facts(as_history=True, taken_at=NOW, promised=(NOW + 3 * DAY,)),
            Moment(Next.KEEP, NOW + 3 * DAY),
        ),
    ],
)
def test_the_earliest_of_all_that_is_due_comes_next(known, moment):
    assert next_due(known) == moment


@pytest.mark.requirement("S1-17")
def test_the_customer_s_own_day_drives_the_work_where_it_is_earlier():
    promised = facts(State.FULFILLING, promised=(NOW + 3 * DAY,), need_by=NOW + 2 * DAY)
    assert next_due(promised) == Moment(Next.CUSTOMER_NEED, NOW + 2 * DAY)


def test_a_day_that_the_customer_agreed_to_pass_drives_nothing():
    agreed = facts(
        State.FULFILLING,
        promised=(NOW + 3 * DAY,),
        agreed_until=NOW + 3 * DAY,
        need_by=NOW + 2 * DAY,
    )
    assert next_due(agreed) == Moment(Next.KEEP, NOW + 3 * DAY)


@pytest.mark.parametrize("state", sorted(ENDED))
def test_nothing_is_due_once_it_has_ended(state):
    known = facts(state, promised=(NOW,), ask_at=NOW, holds_until=(NOW,), need_by=NOW)
    assert next_due(known) is None


instants = st.integers(0, 10_000).map(lambda minutes: NOW + timedelta(minutes=minutes))
several = st.lists(instants, max_size=3).map(tuple)
maybe = st.none() | instants
due_facts = st.builds(
    DueFacts,
    state=st.sampled_from(sorted(OPEN)),
    received_at=instants,
    state_since=instants,
    as_history=st.just(value=False),
    taken_at=maybe,
    promised=several,
    agreed_until=maybe,
    countered=several,
    broken=several,
    owed_since_sorry=several,
    ask_at=maybe,
    asked_before=st.booleans(),
    asked_last_at=maybe,
    answered_at=maybe,
    said_no_at=maybe,
    need_by=maybe,
    holds_until=several,
    handover_by=maybe,
)


@pytest.mark.requirement("S4-19")
@given(due_facts)
def test_every_open_case_has_a_next_action_with_a_date(known):
    assert next_due(known) is not None


@given(due_facts)
def test_nothing_that_was_agreed_is_ever_later_than_what_comes_next(known):
    moment = next_due(known)
    assert moment is not None
    agreed = [*known.promised, *known.broken, *known.holds_until]
    assert all(moment.at <= at for at in agreed)
