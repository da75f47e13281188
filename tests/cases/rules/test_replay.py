import pytest

from amends.cases.rules.kinds import PromiseState
from amends.cases.rules.lifecycle import State
from amends.cases.rules.replay import Retold, replay

OPENED = ("CaseOpened", {"state": "received", "owner_id": None})
MADE = (
    "PromiseMade",
    {"promise_id": 1, "due_at": "2026-03-28", "state": "assessed", "owner_id": 7},
)
BROKEN = ("PromiseBroken", {"promise_id": 1})
KEPT = ("PromiseKept", {"promise_id": 1, "state": "follow-up"})
ANEW = {"promise_id": 1, "new_promise_id": 2, "due_at": "2026-03-30", "state": "fulfilling"}


def test_nothing_told_is_nothing():
    assert replay([]) == Retold()


def test_state_and_owner_are_the_last_that_was_told():
    told = replay([OPENED, MADE, ("Apologised", {}), ("CaseTaken", {"owner_id": 9})])
    assert (told.state, told.owner_id) == (State.ASSESSED, 9)
    assert told.due == {1: "2026-03-28"}


@pytest.mark.parametrize(
    ("since", "state"),
    [
        ([], PromiseState.OFFERED),
        ([("PromiseAccepted", {"promise_id": 1})], PromiseState.AGREED),
        ([("PromiseCountered", {"promise_id": 1})], PromiseState.COUNTERED),
        ([BROKEN], PromiseState.BROKEN),
        ([KEPT], PromiseState.KEPT),
        ([BROKEN, KEPT], PromiseState.BROKEN),
        ([BROKEN, ("BrokenPromiseApologised", {"promise_id": 1})], PromiseState.BROKEN),
        ([("PromiseRenegotiated", {**ANEW, "agreed": False})], PromiseState.RENEGOTIATED),
        ([BROKEN, ("PromiseRenegotiated", {**ANEW, "agreed": False})], PromiseState.BROKEN),
        ([("CaseWithdrawn", {"state": "withdrawn"})], PromiseState.RELEASED),
        ([BROKEN, ("CaseWithdrawn", {"state": "withdrawn"})], PromiseState.BROKEN),
        ([KEPT, ("CaseWithdrawn", {"state": "withdrawn"})], PromiseState.KEPT),
    ],
)
def test_a_promise_stands_where_the_journal_left_it(since, state):
    assert replay([OPENED, MADE, *since]).promises[1] is state


@pytest.mark.parametrize(
    ("agreed", "state"), [(True, PromiseState.AGREED), (False, PromiseState.OFFERED)]
)
def test_a_promise_made_anew_may_be_agreed_already(agreed, state):
    told = replay([OPENED, MADE, ("PromiseRenegotiated", {**ANEW, "agreed": agreed})])
    assert (told.promises[2], told.due[2]) == (state, "2026-03-30")


def test_what_was_found_decided_and_carried_out_is_told():
    told = replay(
        [
            OPENED,
            ("FindingRecorded", {"issue_id": 3, "validity": "not-judged"}),
            ("FindingRecorded", {"issue_id": 3, "validity": "upheld"}),
            ("CaseDecided", {"state": "decided"}),
            ("RemedyGiven", {"remedy_id": 5}),
            MADE,
            ("RemedyOwed", {"remedy_id": 6, "promise_id": 1}),
            ("PromiseRenegotiated", {**ANEW, "agreed": False}),
        ]
    )
    assert (told.findings, told.decided, told.remedies) == ({3: "upheld"}, 1, {5: None, 6: 2})


def test_what_waits_beside_its_way_is_told():
    held, asked = ("ReplyHeld", {"held_id": 4}), ("ReadBackAsked", {"read_back_id": 8})
    told = replay([OPENED, held, asked])
    assert (told.held, told.read_back) == (frozenset({4}), 8)
    over = [("ReplyReturned", {"held_id": 4}), ("ReadBackAnswered", {"read_back_id": 8})]
    told = replay([OPENED, held, asked, *over])
    assert (told.held, told.read_back) == (frozenset(), None)
