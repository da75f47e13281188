from datetime import timedelta

import pytest
from django.db import IntegrityError

from amends.cases.actions.checklists import Draft, keep_checklist
from amends.cases.actions.following import follow_case
from amends.cases.actions.merging import (
    AnotherCustomer,
    NotMerged,
    SameCase,
    WhySameNeeded,
    merge_case,
    undo_merge,
)
from amends.cases.actions.todos import Plain, add_todo, put_checklist
from amends.cases.actions.within import Barred, CaseHasEnded, NotTheOrder, NotYours, StillOwed
from amends.cases.models.case import Case
from amends.cases.models.turns import Merging
from amends.cases.rules.lifecycle import State
from amends.cases.rules.replay import replay
from amends.cases.rules.todos import Line
from amends.journal.models import Entry
from amends.staff.rules.permissions import Role
from tests import make
from tests.cases.actions.seen import again, bar, entries

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WHY = "She wrote it down and then called about it."


@pytest.fixture
def owner():
    return make.staff("Inga Ramanauskaitė")


@pytest.fixture
def ruta():
    return make.person(email="ruta@home.example")


@pytest.fixture
def mail(owner, ruta):
    """The first of the two: written the day before."""
    told = make.contact("It is cold.", person=ruta, started_at=make.NOW - DAY)
    return make.case(told, owner=owner)


@pytest.fixture
def call(owner, ruta):
    return make.case(make.contact("I wrote you.", person=ruta), owner=owner)


class TestMergeCase:
    def test_one_story_becomes_one_case_that_keeps_the_earlier_day(self, mail, call, owner):
        into = merge_case(mail, into=call, reason=WHY, by=owner, at=make.NOW)
        assert into.received_at == make.NOW - DAY
        assert into.case_contacts.count() == 2
        gone = again(mail)
        assert (gone.state, gone.merged_into) == (State.MERGED, call)
        assert gone.case_contacts.count() == 0
        assert entries()[-2:] == ["CaseMerged", "CaseTookIn"]

    def test_what_is_to_be_done_and_who_follows_it_goes_along_and_comes_back(
        self, mail, call, owner
    ):
        plain = Plain(what="Measure it.", owner=owner, due_at=make.NOW + DAY)
        todo = add_todo(mail, plain=plain, by=owner, at=make.NOW)
        kept = add_todo(call, plain=plain, by=owner, at=make.NOW)
        mate = make.staff("Ona")
        follow_case(mail, by=mate, at=make.NOW)
        merge_case(mail, into=call, reason=WHY, by=owner, at=make.NOW)
        assert (again(todo).case, again(kept).case) == (call, call)
        assert call.followers.get().staff == mate
        undo_merge(mail, by=owner, at=make.NOW)
        assert (again(todo).case, again(kept).case) == (mail, call)
        assert again(todo).came_from is None
        assert not call.followers.exists()
        for case, open_ in ((mail, todo), (call, kept)):
            entries = Entry.objects.filter(subject=f"case:{case.pk}").order_by("pk")
            assert replay(entries.values_list("kind", "facts")).todos == {open_.pk}

    def test_a_line_of_a_checklist_that_is_there_already_stays_behind(self, mail, call, owner):
        manager = make.staff(role=Role.MANAGER)
        line = Line(what="Check the meter.", within_days=3)
        checklist = keep_checklist(
            None, draft=Draft(name="Heating", kind="", lines=(line,)), by=manager, at=make.NOW
        )
        for case in (mail, call):
            put_checklist(case, checklist=checklist, by=owner, at=make.NOW)
        merge_case(mail, into=call, reason=WHY, by=owner, at=make.NOW)
        assert (mail.todos.count(), call.todos.count()) == (1, 1)

    def test_what_is_later_keeps_its_own_day(self, mail, call, owner):
        into = merge_case(call, into=mail, reason=WHY, by=owner, at=make.NOW)
        assert into.received_at == make.NOW - DAY

    def test_who_told_it_is_known_to_both(self, owner, call):
        nameless = make.case(make.contact(), owner=owner)
        into = merge_case(call, into=nameless, reason=WHY, by=owner, at=make.NOW)
        assert into.person == call.person

    def test_what_somebody_else_told_stays_theirs(self, mail, owner):
        other = make.case(make.contact(person=make.person("Jonas")), owner=owner)
        with pytest.raises(AnotherCustomer):
            merge_case(other, into=mail, reason=WHY, by=owner, at=make.NOW)

    def test_what_is_owed_is_not_lost(self, mail, call, owner):
        make.promise(mail)
        with pytest.raises(StillOwed):
            merge_case(mail, into=call, reason=WHY, by=owner, at=make.NOW)
        merge_case(call, into=mail, reason=WHY, by=owner, at=make.NOW)

    def test_it_is_not_joined_to_itself_nor_without_a_reason(self, mail, call, owner):
        with pytest.raises(SameCase):
            merge_case(mail, into=mail, reason=WHY, by=owner, at=make.NOW)
        with pytest.raises(WhySameNeeded):
            merge_case(mail, into=call, reason=" ", by=owner, at=make.NOW)

    def test_both_must_be_open(self, mail, call, owner):
        make.withdrawn(call)
        with pytest.raises(CaseHasEnded):
            merge_case(mail, into=call, reason=WHY, by=owner, at=make.NOW)

    def test_what_an_outside_body_looks_at_is_not_joined_to_another(self, mail, call, owner):
        until = make.NOW + DAY
        Case.objects.filter(pk=mail.pk).update(state=State.EXTERNAL, state_until=until)
        with pytest.raises(NotTheOrder):
            merge_case(mail, into=call, reason=WHY, by=owner, at=make.NOW)

    def test_whoever_may_not_see_one_of_the_two_joins_neither(self, mail, call, owner):
        with pytest.raises(NotYours):
            merge_case(mail, into=call, reason=WHY, by=make.staff(), at=make.NOW)
        bar(call, owner)
        with pytest.raises(Barred):
            merge_case(mail, into=call, reason=WHY, by=owner, at=make.NOW)

    def test_the_database_knows_no_merge_into_nothing(self, mail, call, owner):
        merge_case(mail, into=call, reason=WHY, by=owner, at=make.NOW)
        with pytest.raises(IntegrityError, match="case_merged_into_another"):
            Case.objects.filter(pk=mail.pk).update(merged_into=None)


class TestUndoMerge:
    def test_two_are_two_again(self, mail, call, owner):
        merge_case(mail, into=call, reason=WHY, by=owner, at=make.NOW)
        case = undo_merge(mail, by=owner, at=make.NOW + DAY)
        assert (case.state, case.merged_into, case.closed_at) == (State.RECEIVED, None, None)
        assert case.case_contacts.count() == again(call).case_contacts.count() == 1
        assert again(call).received_at == call.received_at
        assert entries()[-2:] == ["MergeUndone", "CaseGaveBack"]
        with pytest.raises(NotMerged):
            undo_merge(mail, by=owner, at=make.NOW + DAY)

    def test_what_waited_is_looked_into(self, mail, call, owner):
        until = make.NOW + DAY
        Case.objects.filter(pk=mail.pk).update(state=State.WAITING_INSIDE, state_until=until)
        merge_case(mail, into=call, reason=WHY, by=owner, at=make.NOW)
        assert undo_merge(mail, by=owner, at=make.NOW).state == State.INVESTIGATING

    def test_it_may_be_joined_once_more(self, mail, call, owner):
        for _ in range(2):
            merge_case(mail, into=call, reason=WHY, by=owner, at=make.NOW)
            undo_merge(mail, by=owner, at=make.NOW)
        assert Merging.objects.filter(undone_at=None).count() == 0

    def test_only_who_works_on_both_parts_them(self, mail, call, owner):
        merge_case(mail, into=call, reason=WHY, by=owner, at=make.NOW)
        with pytest.raises(NotYours):
            undo_merge(mail, by=make.staff(), at=make.NOW)
