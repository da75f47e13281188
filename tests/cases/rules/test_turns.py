from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.cases.rules.lifecycle import State, may_follow
from amends.cases.rules.turns import (
    Accepted,
    Linkage,
    Reviewed,
    Says,
    after_outside,
    after_review,
    begins,
    keeps_from_deletion,
    leads_back,
    may_reopen,
    may_undo_split,
    must_comply,
    says,
    state_of_part,
)
from tests.make import NOW

chains = st.frozensets(st.tuples(st.integers(1, 6), st.integers(1, 6)), max_size=9)


@pytest.mark.parametrize(("days", "may"), [(0, True), (90, True), (91, False)])
def test_a_case_is_opened_again_within_the_window(days, may):
    assert may_reopen(NOW, NOW + timedelta(days=days), days=90) is may


@pytest.mark.parametrize(
    ("binding", "accepted", "something", "must"),
    [
        (True, Accepted.NOBODY, True, True),
        (False, Accepted.BOTH, True, True),
        (False, Accepted.US, True, True),
        (False, Accepted.CUSTOMER, True, False),
        (False, Accepted.NOBODY, True, False),
        (True, Accepted.BOTH, False, False),
    ],
)
def test_what_binds_us_or_we_accepted_is_done(binding, accepted, something, must):
    assert must_comply(binding=binding, accepted=accepted, something_to_do=something) is must


@pytest.mark.parametrize(
    ("was_closed", "owes", "state"),
    [
        (True, False, State.CLOSED),
        (True, True, State.DECIDED),
        (False, False, State.DECIDED),
        (False, True, State.DECIDED),
    ],
)
def test_what_was_closed_and_asks_nothing_more_is_closed_again(was_closed, owes, state):
    assert after_outside(was_closed=was_closed, owes=owes) is state


@pytest.mark.parametrize(
    ("state", "holds", "owes", "kept"),
    [
        (State.EXTERNAL, 0, False, True),
        (State.CLOSED, 1, False, True),
        (State.DECIDED, 0, True, True),
        (State.CLOSED, 0, False, False),
    ],
)
def test_what_somebody_outside_may_ask_for_is_not_deleted(state, holds, owes, kept):
    assert keeps_from_deletion(state, holds=holds, owes_outside=owes) is kept


def test_a_link_says_something_at_both_of_its_ends():
    told = {says(linkage, from_here=here) for linkage in Linkage for here in (True, False)}
    assert told == set(Says)


@pytest.mark.parametrize(
    ("links", "back"),
    [((), False), (((2, 3), (3, 1)), True), (((2, 3), (3, 2)), False), (((1, 2),), False)],
)
def test_a_chain_of_links_is_followed_to_its_end(links, back):
    assert leads_back(links, case=1, other=2) is back


@given(chains, st.integers(1, 6), st.integers(1, 6))
def test_where_nothing_leads_back_a_new_link_closes_no_circle(links, case, other):
    back = leads_back(links, case=case, other=other)
    assert back == leads_back({*links, (case, other)}, case=case, other=other)


@pytest.mark.parametrize(
    ("was", "result", "decided_anew", "owes", "ends"),
    [
        (State.DECIDED, Reviewed.STANDS, False, True, State.DECIDED),
        (State.FULFILLING, Reviewed.STANDS, False, True, State.FULFILLING),
        (State.FULFILLING, Reviewed.STANDS, False, False, State.FOLLOW_UP),
        (State.FOLLOW_UP, Reviewed.STANDS, False, True, State.FOLLOW_UP),
        (State.FULFILLING, Reviewed.CHANGES, True, True, State.DECIDED),
        (State.FOLLOW_UP, Reviewed.CHANGES, False, False, State.INVESTIGATING),
    ],
)
def test_a_case_goes_on_after_another_look(was, result, decided_anew, owes, ends):
    states = after_review(was, result, decided_anew=decided_anew, owes=owes)
    assert states[-1] is ends
    ways = [State.INTERNAL_REVIEW, *states]
    assert all(may_follow(now, then) for now, then in zip(ways, states, strict=False))


@pytest.mark.parametrize(
    ("now", "owes", "kept", "stands"),
    [
        (State.RECEIVED, True, False, State.RECEIVED),
        (State.WAITING_INSIDE, False, False, State.INVESTIGATING),
        (State.FULFILLING, True, True, State.FULFILLING),
        (State.FULFILLING, False, True, State.FOLLOW_UP),
        (State.FOLLOW_UP, False, False, State.ASSESSED),
    ],
)
def test_what_is_split_off_stands_where_its_promises_do(now, owes, kept, stands):
    assert state_of_part(now, owes=owes, kept=kept) is stands


@pytest.mark.parametrize(
    ("hours", "happened", "may"), [(24, False, True), (25, False, False), (1, True, False)]
)
def test_a_split_is_undone_within_a_day_while_nothing_happened(hours, happened, may):
    assert may_undo_split(NOW, NOW + timedelta(hours=hours), happened=happened) is may


def test_work_begins_with_what_is_neither_an_answer_nor_an_end():
    assert begins(State.ASSESSED, State.INVESTIGATING)
    assert begins(State.ASSESSED, State.EARLY_RESOLUTION)
    assert not begins(State.RECEIVED, State.ACKNOWLEDGED)
    assert not begins(State.ASSESSED, State.EXTERNAL)
    assert not begins(State.ASSESSED, State.FORWARDED)
    assert not begins(State.INVESTIGATING, State.PROPOSED)
