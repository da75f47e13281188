from datetime import timedelta

import pytest

from amends.cases.rules.due import DueFacts, next_due
from amends.cases.rules.kinds import Next
from amends.cases.rules.lifecycle import State
from amends.cases.rules.replay import replay
from amends.cases.rules.todos import MOST_DAYS, MOST_LINES, Line, can_be_kept, lines_read
from tests import make

HOUR = timedelta(hours=1)


def test_empty_lines_are_left_out_and_a_day_is_meant_where_none_is_said():
    assert lines_read([(" Ring ", 2), (" ", 3), ("Write", None)]) == (
        Line("Ring", 2),
        Line("Write", 1),
    )


@pytest.mark.parametrize(
    ("lines", "may"),
    [
        ((), False),
        ((Line("Ring", 1),), True),
        ((Line("Ring", MOST_DAYS + 1),), False),
        ((Line("Ring", 0),), False),
        ((Line("Ring", 1),) * MOST_LINES, True),
        ((Line("Ring", 1),) * (MOST_LINES + 1), False),
    ],
)
def test_a_checklist_has_a_few_lines_each_in_time(lines, may):
    assert can_be_kept(lines) is may


def test_what_is_to_be_done_inside_counts_into_what_is_due_next():
    received = make.NOW - HOUR
    facts = DueFacts(
        state=State.RECEIVED,
        received_at=received,
        state_since=received,
        todos=(make.NOW + 2 * HOUR, make.NOW + HOUR),
    )
    moment = next_due(facts)
    assert moment
    assert (moment.what, moment.at) == (Next.TODO, make.NOW + HOUR)


def test_the_journal_tells_what_is_still_to_be_done():
    made = [("TodoMade", {"todo_id": 1}), ("TodoMade", {"todo_id": 2})]
    assert replay(made).todos == {1, 2}
    assert replay([*made, ("TodoDone", {"todo_id": 1})]).todos == {2}
    assert replay([*made, ("TodoLeft", {"todo_id": 2})]).todos == {1}
    back = [("TodoDone", {"todo_id": 1}), ("TodoUndone", {"todo_id": 1})]
    assert replay([*made, *back]).todos == {1, 2}
