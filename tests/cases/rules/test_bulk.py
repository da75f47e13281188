from datetime import timedelta

import pytest

from amends.cases.rules.bulk import (
    TAKEN_UP_AFTER,
    UNDO_WITHIN,
    WHILE_ONE_WAITS,
    BulkAct,
    Fate,
    Phase,
    goes_on_at,
    in_one_turn,
    may_undo,
    phase_after,
    undo_until,
    works_on,
)
from tests import make

NOW = make.NOW
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("phase", "fate", "then"),
    [
        (Phase.PREVIEWING, Fate.WAITING, Phase.PREVIEWED),
        (Phase.DOING, Fate.READY, Phase.DONE),
        (Phase.UNDOING, Fate.DONE, Phase.UNDONE),
    ],
)
def test_each_phase_works_through_one_fate_and_another_follows(phase, fate, then):
    assert works_on(phase) is fate
    assert phase_after(phase) is then
    assert works_on(then) is None


def test_few_are_done_while_one_waits_and_many_go_on_by_themselves():
    assert goes_on_at(WHILE_ONE_WAITS + 1, NOW) == NOW
    assert goes_on_at(WHILE_ONE_WAITS, NOW) == NOW + TAKEN_UP_AFTER


def test_where_two_cases_are_held_each_has_a_turn_of_its_own():
    assert in_one_turn(BulkAct.MERGE) == 1
    assert all(in_one_turn(act) > 1 for act in BulkAct if act is not BulkAct.MERGE)


@pytest.mark.parametrize(
    ("phase", "since", "may"),
    [
        (Phase.DONE, SECOND, True),
        (Phase.DONE, UNDO_WITHIN, True),
        (Phase.DONE, UNDO_WITHIN + SECOND, False),
        (Phase.UNDONE, SECOND, False),
        (Phase.PREVIEWED, None, False),
    ],
)
def test_it_can_be_undone_for_ten_minutes(phase, since, may):
    finished_at = None if since is None else NOW - since
    assert may_undo(phase, finished_at, NOW) is may


def test_what_is_not_done_has_no_moment_to_undo_it_by():
    assert undo_until(None) is None
