from datetime import timedelta

import pytest

from amends.cases.actions.checklists import (
    ChecklistKnown,
    ChecklistLinesNeeded,
    ChecklistNameNeeded,
    Draft,
    keep_checklist,
    retire_checklist,
)
from amends.cases.actions.closing import NotReadyToClose, close_case
from amends.cases.actions.ownership import assign_case
from amends.cases.actions.snoozing import SnoozedPastDue, snooze_case
from amends.cases.actions.todos import (
    ChecklistNotForIt,
    ChecklistThere,
    NothingToLeave,
    Plain,
    TodoInThePast,
    TodoNotDone,
    TodoOver,
    TodoSaysNothing,
    WhyLeftNeeded,
    add_todo,
    finish_todo,
    give_todo,
    leave_todos,
    put_checklist,
    take_back_todo,
)
from amends.cases.actions.within import CannotLookAfterIt, NotYours
from amends.cases.models.todos import Checklist
from amends.cases.queries.todos import (
    checklist_kept,
    checklists_for,
    checklists_kept,
    todo_in,
    todos_for,
)
from amends.cases.rules.closing import Obstacle
from amends.cases.rules.kinds import CaseKind, Next
from amends.cases.rules.todos import Line
from amends.staff.actions.authorise import NotAllowed
from amends.staff.rules.permissions import Role
from tests import make
from tests.cases.actions.seen import again, bar, entries, last_entry

pytestmark = pytest.mark.django_db
NOW = make.NOW
HOUR = timedelta(hours=1)
LINES = (Line("Ring", 1), Line("Look", 2))


@pytest.fixture
def owner():
    return make.staff("Milda Jankauskaitė")


@pytest.fixture
def case(owner):
    make.team(members=(owner,))
    return make.case(owner=owner)


@pytest.fixture
def manager():
    make.organisation()
    return make.staff(role=Role.MANAGER)


def todo(case, *, what="Read the meter.", to=None, due_at=NOW + HOUR, by=None):
    plain = Plain(what=what, owner=to or case.owner, due_at=due_at)
    return add_todo(case, plain=plain, by=by or case.owner, at=NOW)


def checklist(by, name="Cold flat", kind="", lines=LINES):
    return keep_checklist(None, draft=Draft(name=name, kind=kind, lines=lines), by=by, at=NOW)


def whats(staff):
    return [row.what for row in todos_for(staff).rows]


class TestOnACase:
    def test_it_is_due_as_all_else_is_and_no_promise(self, case):
        made = todo(case)
        assert (again(case).next_due, again(case).next_due_at) == (Next.TODO, made.due_at)
        assert not case.promises.exists()
        assert last_entry()[0] == "TodoMade"
        with pytest.raises(SnoozedPastDue):
            snooze_case(case, until=NOW + 2 * HOUR, reason="x", by=case.owner, at=NOW)

    def test_it_says_what_by_a_moment_to_come_for_who_may_look_after_it(self, case):
        with pytest.raises(TodoSaysNothing):
            todo(case, what=" ")
        with pytest.raises(TodoInThePast):
            todo(case, due_at=NOW)
        about = make.staff()
        bar(case, about)
        with pytest.raises(CannotLookAfterIt):
            todo(case, to=about)
        with pytest.raises(NotYours):
            todo(case, by=make.staff())

    def test_it_is_done_by_somebody_with_what_came_of_it_and_perhaps_not_after_all(self, case):
        made = todo(case)
        done = finish_todo(made, by=case.owner, at=NOW, evidence=" 412 ")
        assert (done.done_by, done.done_at, done.evidence) == (case.owner, NOW, "412")
        assert again(case).next_due != Next.TODO
        with pytest.raises(TodoOver):
            finish_todo(made, by=case.owner, at=NOW)
        back = take_back_todo(made, by=case.owner, at=NOW)
        assert (back.done_at, back.evidence) == (None, "412")
        assert again(case).next_due == Next.TODO
        with pytest.raises(TodoNotDone):
            take_back_todo(made, by=case.owner, at=NOW)

    def test_somebody_else_does_it_by_another_moment_and_may_work_on_the_case(self, case):
        made, other = todo(case), make.staff()
        given = give_todo(made, to=other, due_at=NOW + 2 * HOUR, by=case.owner, at=NOW)
        assert (given.owner, again(case).next_due_at) == (other, NOW + 2 * HOUR)
        with pytest.raises(TodoInThePast):
            give_todo(made, to=other, due_at=NOW, by=case.owner, at=NOW)
        assert finish_todo(made, by=other, at=NOW).done_by == other

    def test_what_is_left_undone_is_left_for_a_reason(self, case):
        made = todo(case)
        with pytest.raises(WhyLeftNeeded):
            leave_todos(case, reason=" ", by=case.owner, at=NOW)
        leave_todos(case, reason="He moved.", by=case.owner, at=NOW)
        assert again(made).left_reason == "He moved."
        assert entries()[-1] == "TodoLeft"
        with pytest.raises(NothingToLeave):
            leave_todos(case, reason="He moved.", by=case.owner, at=NOW)
        assert todo_in(case, made.pk) == made

    def test_it_stands_against_closing_until_it_is_done_or_left(self, case):
        todo(case)
        with pytest.raises(NotReadyToClose) as refused:
            close_case(case, by=case.owner, at=NOW)
        assert Obstacle.TODOS_OPEN in refused.value.obstacles
        leave_todos(case, reason="Not needed.", by=case.owner, at=NOW)
        with pytest.raises(NotReadyToClose) as refused:
            close_case(case, by=case.owner, at=NOW)
        assert Obstacle.TODOS_OPEN not in refused.value.obstacles


class TestOfAColleague:
    def test_ones_own_are_in_the_order_in_which_they_are_due(self, case, owner):
        for hours in range(30, 0, -1):
            todo(case, what=f"Nr. {hours}", due_at=NOW + hours * HOUR)
        first = todos_for(owner)
        assert [row.what for row in first.rows][:2] == ["Nr. 1", "Nr. 2"]
        assert [row.what for row in todos_for(owner, after=first.after).rows][-1] == "Nr. 30"
        assert len(todos_for(owner, before=NOW + 3 * HOUR).rows) == 2

    def test_what_nobody_would_do_any_more_is_shown_to_the_owner_of_the_case(self, case, owner):
        left, lost, mate = make.staff(), make.staff(), make.staff()
        make.team(members=(left, mate))
        for to in (left, lost, mate):
            todo(case, what=to.name, to=to)
        left.is_active = False
        left.save()
        assert set(whats(owner)) == {left.name, lost.name}
        assert whats(mate) == [mate.name]

    def test_a_new_owner_sees_what_one_who_is_barred_was_to_do(self, case, owner, manager):
        todo(case)
        bar(case, owner)
        assign_case(case, to=manager, by=manager, at=NOW)
        assert (whats(owner), whats(manager)) == ([], ["Read the meter."])

    def test_what_ended_and_who_sees_no_cases_has_nothing_to_do(self, case, owner):
        todo(case)
        make.withdrawn(case)
        assert whats(owner) == []
        assert whats(make.staff(role=Role.EMPLOYEE)) == []


class TestChecklists:
    def test_one_is_put_on_a_case_once_and_its_owner_does_it(self, case, manager):
        kept = checklist(manager)
        todos = put_checklist(case, checklist=kept, by=case.owner, at=NOW)
        assert [(each.what, each.owner) for each in todos] == [
            ("Ring", case.owner),
            ("Look", case.owner),
        ]
        assert todos[1].due_at == NOW + timedelta(days=2)
        with pytest.raises(ChecklistThere):
            put_checklist(case, checklist=kept, by=case.owner, at=NOW)
        assert not checklists_for(case).exists()

    def test_where_nobody_owns_it_yet_whoever_puts_it_there_does_it(self, manager):
        (first, *_more) = put_checklist(
            make.case(), checklist=checklist(manager), by=manager, at=NOW
        )
        assert first.owner == manager

    def test_it_is_offered_for_its_kind_while_it_is_offered_at_all(self, case, manager):
        other = checklist(manager, kind=CaseKind.ENQUIRY)
        gone = retire_checklist(checklist(manager, "Old"), by=manager, at=NOW)
        for kept in (other, gone):
            with pytest.raises(ChecklistNotForIt):
                put_checklist(case, checklist=kept, by=case.owner, at=NOW)
        assert not checklists_for(case).exists()
        retire_checklist(gone, by=manager, at=NOW)
        assert list(checklists_for(case)) == [gone]

    def test_written_anew_it_leaves_what_is_on_cases(self, case, manager):
        kept = checklist(manager)
        put_checklist(case, checklist=kept, by=case.owner, at=NOW)
        draft = Draft(name="Cold flat", kind="", lines=(Line("Write", 1),))
        keep_checklist(kept, draft=draft, by=manager, at=NOW)
        assert [line.what for line in kept.lines.all()] == ["Write"]
        assert case.todos.count() == 2

    def test_it_has_a_name_of_its_own_and_lines(self, manager):
        checklist(manager)
        with pytest.raises(ChecklistKnown):
            checklist(manager, "cold  FLAT")
        with pytest.raises(ChecklistNameNeeded):
            checklist(manager, " ")
        with pytest.raises(ChecklistLinesNeeded):
            checklist(manager, "Empty", lines=())

    def test_only_who_decides_procedures_keeps_them(self, manager):
        kept, agent = checklist(manager), make.staff()
        with pytest.raises(NotAllowed):
            checklist(agent, "Other")
        with pytest.raises(NotAllowed):
            retire_checklist(kept, by=agent, at=NOW)
        assert not checklists_kept(agent).exists()
        assert checklist_kept(manager, kept.pk) == kept
        with pytest.raises(Checklist.DoesNotExist):
            checklist_kept(agent, kept.pk)
