from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction

from amends.cases.actions.bulk import (
    NothingChosen,
    NotYourRun,
    TooLateToUndo,
    TooManyCases,
    Wanted,
    begin_bulk,
    forget_bulk,
    go_on,
    prepare_bulk,
    undo_bulk,
)
from amends.cases.actions.closing import NotClosed, Why, count_cause, thank
from amends.cases.actions.correspondence import add_note
from amends.cases.actions.from_portal import add_words
from amends.cases.actions.linking import remove_link
from amends.cases.actions.ownership import (
    WithTheTeamAlready,
    assign_case,
    give_to_team,
    offer_handover,
)
from amends.cases.actions.tags import keep_tag, tag_case
from amends.cases.actions.taking_back import Stood, take_back_closing
from amends.cases.actions.within import locked
from amends.cases.models.bulk import BulkItem, BulkRun
from amends.cases.models.case import CaseLink
from amends.cases.queries.bulk import run_for, runs_to_forget, runs_to_go_on, told_of
from amends.cases.rules.bulk import KEPT_FOR, MOST_CASES, UNDO_WITHIN, BulkAct, Fate, Phase
from amends.cases.rules.kinds import Mechanism, Pillar
from amends.cases.rules.lifecycle import State
from amends.jobs.sweeper import sweep
from amends.staff.actions.authorise import NotAllowed
from amends.staff.rules.permissions import Role
from tests import make
from tests.cases.actions.seen import again, bar, entries

pytestmark = pytest.mark.django_db
NOW = make.NOW
HOUR = timedelta(hours=1)


@pytest.fixture
def senior():
    return make.staff("Aldona Senior", role=Role.SENIOR)


@pytest.fixture
def cases(senior):
    return [make.case(make.contact(f"Matter {n}."), owner=senior) for n in range(3)]


def through(run, at=NOW):
    while go_on(run, one=True, at=at):
        pass
    run.refresh_from_db()
    return run


def tried(act, cases, by, *, key="one", **order):
    wanted = Wanted(act, order)
    return through(prepare_bulk(wanted, cases=[c.pk for c in cases], key=key, by=by, at=NOW))


def done(act, cases, by, *, key="one", **order):
    return through(begin_bulk(tried(act, cases, by, key=key, **order), by=by, at=NOW))


def undone(run, by):
    return through(undo_bulk(run, by=by, at=NOW))


def fates(run):
    return [item.fate for item in run.items.order_by("case")]


def said(run):
    return [item.said for item in run.items.order_by("case")]


class TestTrying:
    def test_it_changes_nothing_and_says_whom_it_would_not_do(self, senior, cases):
        to = make.staff()
        assign_case(cases[1], to=to, by=senior, at=NOW)
        before = entries()
        run = tried(BulkAct.ASSIGN, cases, senior, to=to.pk)
        assert run.phase == Phase.PREVIEWED
        assert fates(run) == [Fate.READY, Fate.REFUSED, Fate.READY]
        assert "has" in said(run)[1]
        assert entries() == before
        assert again(cases[0]).owner == senior

    def test_each_guard_of_closing_is_named_for_each_case(self, senior, cases):
        put_right = make.done(make.case(owner=senior))
        run = tried(BulkAct.CLOSE, [*cases, put_right], senior)
        item = run.items.get(case=cases[0])
        assert item.fate == Fate.REFUSED
        assert {"not-asked", "nothing-done"} & {*item.missing}

    def test_the_same_form_begins_one_run_however_often_it_is_sent(self, senior, cases):
        one = tried(BulkAct.ASSIGN, cases, senior, to=make.staff().pk)
        assert tried(BulkAct.ASSIGN, cases, senior, to=make.staff().pk) == one
        assert BulkRun.objects.count() == 1

    def test_what_one_may_not_see_is_left_out(self, senior, cases):
        bar(cases[0], senior)
        run = tried(BulkAct.ASSIGN, cases, senior, to=make.staff().pk)
        assert run.items.count() == 2
        with pytest.raises(NothingChosen):
            tried(BulkAct.ASSIGN, cases[:1], senior, key="two", to=make.staff().pk)

    def test_more_than_a_thousand_are_for_no_hand(self, senior):
        with pytest.raises(TooManyCases):
            prepare_bulk(
                Wanted(BulkAct.CLOSE, {}),
                cases=range(MOST_CASES + 1),
                key="k",
                by=senior,
                at=NOW,
            )

    def test_who_works_on_no_cases_begins_nothing(self, cases):
        with pytest.raises(NotAllowed):
            tried(BulkAct.CLOSE, cases, make.staff(role=Role.AUDITOR))

    def test_permission_is_asked_for_each_case(self, cases):
        agent = make.staff()
        mine = make.case(owner=agent)
        tag = keep_tag(None, names={"en": "A"}, by=make.staff(role=Role.MANAGER), at=NOW)
        run = tried(BulkAct.TAG, [*cases, mine], agent, tag=tag.pk)
        assert fates(run) == [Fate.REFUSED] * 3 + [Fate.READY]


@pytest.mark.django_db(transaction=True)
def test_while_somebody_joins_the_same_pair_by_hand_no_one_waits_for_the_other(senior):
    ruta = make.person()
    into, case = (make.case(make.contact(person=ruta), owner=senior) for _ in range(2))
    run = begin_bulk(
        tried(BulkAct.MERGE, [case], senior, into=into.pk, reason="One."), by=senior, at=NOW
    )

    def work():
        try:
            return go_on(run, at=NOW)
        finally:
            connection.close()

    with transaction.atomic(), ThreadPoolExecutor(1) as other:
        locked(into)
        assert other.submit(work).result(timeout=20) == 0
        locked(case)
    assert go_on(run, at=NOW) == 1
    assert again(case).merged_into == into


class TestDoing:
    def test_each_case_has_its_own_entry_and_a_second_click_does_nothing(self, senior, cases):
        to = make.staff()
        run = done(BulkAct.ASSIGN, cases, senior, to=to.pk)
        through(begin_bulk(run, by=senior, at=NOW))
        assert (run.phase, fates(run)) == (Phase.DONE, [Fate.DONE] * 3)
        assert {again(case).owner for case in cases} == {to}
        assert entries().count("CaseAssigned") == 3

    def test_what_changed_since_it_was_tried_is_left_alone(self, senior, cases):
        jonas = make.staff("Jonas", role=Role.SENIOR)
        run = tried(BulkAct.ASSIGN, cases, senior, to=make.staff().pk)
        add_note(cases[0], text="I have it.", by=jonas, at=NOW)
        add_words(cases[1], words="Hello?", by=make.person(), at=NOW)
        through(begin_bulk(run, by=senior, at=NOW))
        assert fates(run) == [Fate.REFUSED, Fate.REFUSED, Fate.DONE]
        assert "Jonas did something" in said(run)[0]
        assert "The customer did something" in said(run)[1]

    def test_only_who_began_it_goes_on_with_it(self, senior, cases):
        run, other = tried(BulkAct.CLOSE, cases, senior), make.staff(role=Role.SENIOR)
        with pytest.raises(NotYourRun):
            begin_bulk(run, by=other, at=NOW)
        with pytest.raises(NotYourRun):
            undo_bulk(run, by=other, at=NOW)
        with pytest.raises(BulkRun.DoesNotExist):
            run_for(other, run.pk)
        assert run_for(senior, run.pk) == run

    def test_where_nothing_can_be_done_nothing_begins(self, senior, cases):
        run = tried(BulkAct.CLOSE, cases, senior)
        assert begin_bulk(run, by=senior, at=NOW).phase == Phase.PREVIEWED

    def test_what_was_cut_in_its_midst_goes_on_by_itself_exactly_once(self, senior, cases):
        to = make.staff()
        run = tried(BulkAct.ASSIGN, cases, senior, to=to.pk)
        begin_bulk(run, by=senior, at=NOW)
        go_on(run, one=True, at=NOW)
        assert not runs_to_go_on(NOW).exists()
        sweep(NOW + HOUR)
        run.refresh_from_db()
        assert (run.phase, run.go_on_at, fates(run)) == (Phase.DONE, None, [Fate.DONE] * 3)
        assert entries().count("CaseAssigned") == 3
        assert go_on(run, at=NOW) == 0

    def test_many_take_turns(self, senior):
        cases = [make.case(make.contact(f"Matter {n}."), owner=senior) for n in range(21)]
        wanted = Wanted(BulkAct.ASSIGN, {"to": make.staff().pk})
        run = prepare_bulk(wanted, cases=[c.pk for c in cases], key="k", by=senior, at=NOW)
        assert go_on(run, at=NOW) == 20
        assert again(run).go_on_at > NOW
        assert go_on(run, at=NOW) == 1
        assert again(run).phase == Phase.PREVIEWED

    def test_what_became_of_them_is_told_by_fate(self, senior, cases):
        to = make.staff()
        assign_case(cases[1], to=to, by=senior, at=NOW)
        run = tried(BulkAct.ASSIGN, cases, senior, to=to.pk)
        told = told_of(run)
        assert told.counts == {Fate.READY: 2, Fate.REFUSED: 1}
        assert len(told.rows) == 3
        assert [row.fate for row in told_of(run, fate=Fate.REFUSED).rows] == [Fate.REFUSED]


class TestUndoing:
    def test_every_case_is_whose_it_was_and_so_is_what_is_owed_on_it(self, senior, cases):
        to = make.staff()
        own, passed = make.promise(cases[0]), make.promise(cases[0])
        type(own).objects.filter(pk=own.pk).update(owner=to)
        nobodys = make.case()
        run = done(BulkAct.ASSIGN, [cases[0], nobodys], senior, to=to.pk)
        assert again(passed).owner == to
        undone(run, senior)
        assert fates(run) == [Fate.UNDONE] * 2
        assert again(cases[0]).owner == senior
        assert (again(own).owner, again(passed).owner) == (to, senior)
        assert again(nobodys).owner is None

    def test_a_case_goes_back_to_the_team_it_came_from(self, senior, cases):
        other = make.team("Billing")
        run = done(BulkAct.TEAM, cases, senior, team=other.pk)
        assert {again(case).team for case in cases} == {other}
        assert {again(case).owner for case in cases} == {None}
        undone(run, senior)
        assert {again(case).team for case in cases} == {cases[0].team}
        assert {again(case).owner for case in cases} == {senior}

    def test_tags_set_are_taken_off_and_tags_taken_off_are_set(self, senior, cases):
        tag = keep_tag(None, names={"en": "A"}, by=make.staff(role=Role.MANAGER), at=NOW)
        tag_case(cases[0], tag=tag, by=senior, at=NOW)
        run = done(BulkAct.TAG, cases, senior, tag=tag.pk)
        assert fates(run) == [Fate.REFUSED, Fate.DONE, Fate.DONE]
        undone(run, senior)
        assert [again(case).tags for case in cases] == [[tag.pk], [], []]
        run = done(BulkAct.UNTAG, cases, senior, key="two", tag=tag.pk)
        assert fates(run) == [Fate.DONE, Fate.REFUSED, Fate.REFUSED]
        undone(run, senior)
        assert again(cases[0]).tags == [tag.pk]

    def test_what_was_put_out_of_sight_is_back(self, senior, cases):
        until = (NOW + HOUR).isoformat()
        run = done(BulkAct.SNOOZE, cases, senior, until=until, reason="Ordered.")
        assert again(cases[0]).snoozed_until == NOW + HOUR
        undone(run, senior)
        assert again(cases[0]).snoozed_until is None

    def test_what_was_closed_stands_where_it_stood(self, senior):
        ready = make.done(make.case(owner=senior))
        ready.follow_ups.create(due_at=NOW + HOUR)
        thank(ready, by=senior, at=NOW)
        count_cause(
            ready, why=Why(pillar=Pillar.STAFF, mechanism=Mechanism.DELAY), by=senior, at=NOW
        )
        before = again(ready)
        run = done(BulkAct.CLOSE, [ready], senior)
        assert (fates(run), again(ready).state) == ([Fate.DONE], State.CLOSED)
        undone(run, senior)
        after = again(ready)
        assert after.follow_ups.get(dropped_at=None, answered_at=None).due_at == NOW + HOUR
        assert (after.state, after.verdict, after.next_due_at) == (
            before.state,
            before.verdict,
            before.next_due_at,
        )

    def test_what_was_joined_is_parted_and_what_was_linked_is_not(self, senior):
        person = make.person()
        one, two, into = (
            make.case(make.contact(f"Cold {n}.", person=person), owner=senior) for n in range(3)
        )
        run = done(BulkAct.MERGE, [one, two, into], senior, into=into.pk, reason="One story.")
        assert fates(run) == [Fate.DONE, Fate.DONE, Fate.REFUSED]
        undone(run, senior)
        assert again(one).is_open
        linked = done(BulkAct.LINK, [one, two], senior, key="two", into=into.pk, linkage="related")
        assert CaseLink.objects.count() == 2
        undone(linked, senior)
        assert not CaseLink.objects.exists()

    def test_where_something_happened_since_it_says_what_stands_against_it(self, senior, cases):
        run = done(BulkAct.ASSIGN, cases, senior, to=make.staff().pk)
        add_note(cases[0], text="Mine now.", by=senior, at=NOW)
        undone(run, senior)
        assert fates(run) == [Fate.KEPT, Fate.UNDONE, Fate.UNDONE]
        assert "Aldona Senior did something" in said(run)[0]

    def test_it_can_be_undone_once_and_not_for_ever(self, senior, cases):
        run = done(BulkAct.ASSIGN, cases, senior, to=make.staff().pk)
        with pytest.raises(TooLateToUndo):
            undo_bulk(run, by=senior, at=NOW + UNDO_WITHIN + HOUR)
        undone(run, senior)
        assert undo_bulk(run, by=senior, at=NOW).phase == Phase.UNDONE
        assert entries().count("CaseAssigned") == 6

    def test_a_link_that_is_gone_is_not_undone(self, senior, cases):
        run = done(BulkAct.LINK, cases[:1], senior, into=cases[1].pk, linkage="related")
        link = CaseLink.objects.get()
        remove_link(link, by=senior, at=NOW)
        BulkItem.objects.update(entry=10**9)
        undone(run, senior)
        assert said(run) == ["The link was removed already."]


def test_a_case_goes_to_a_team_once_and_leaves_no_handover_behind(senior, cases):
    case, team = cases[0], make.team("Billing")
    handover = offer_handover(case, to=make.staff(), summary="Read.", by=senior, at=NOW)
    promise = make.promise(case)
    give_to_team(case, to=team, by=senior, at=NOW)
    assert again(handover).withdrawn_at == NOW
    assert again(promise).owner == team.duty_owner
    with pytest.raises(WithTheTeamAlready):
        give_to_team(case, to=team, by=senior, at=NOW)


def test_only_what_is_closed_is_opened_again_as_it_stood(senior, cases):
    stood = Stood(state=State.RECEIVED, since=NOW, verdict="", asked={})
    with pytest.raises(NotClosed):
        take_back_closing(cases[0], stood=stood, by=senior, at=NOW)


class TestForgetting:
    def test_a_run_is_forgotten_a_month_after_it_ended_and_its_cases_stay_as_they_are(
        self, senior, cases
    ):
        to = make.staff()
        run = done(BulkAct.ASSIGN, cases, senior, to=to.pk)
        sweep(NOW + KEPT_FOR - HOUR)
        assert BulkRun.objects.filter(pk=run.pk).exists()
        sweep(NOW + KEPT_FOR)
        assert not BulkRun.objects.exists()
        assert not BulkItem.objects.exists()
        assert again(cases[0]).owner == to

    def test_what_was_never_begun_is_forgotten_and_what_is_at_work_is_not(self, senior, cases):
        only_tried = tried(BulkAct.ASSIGN, cases, senior, to=make.staff().pk)
        wanted = Wanted(BulkAct.TAG, {"tag": 1})
        at_work = prepare_bulk(wanted, cases=[cases[0].pk], key="two", by=senior, at=NOW)
        assert set(runs_to_forget(NOW + KEPT_FOR)) == {only_tried}
        forget_bulk(at_work, at=NOW + KEPT_FOR)
        forget_bulk(only_tried, at=NOW + KEPT_FOR)
        assert list(BulkRun.objects.all()) == [at_work]

    def test_what_was_prepared_long_ago_and_done_lately_can_be_undone(self, senior, cases):
        run = tried(BulkAct.ASSIGN, cases, senior, to=make.staff().pk)
        later = NOW + KEPT_FOR
        run = through(begin_bulk(run, by=senior, at=later), at=later)
        forget_bulk(run, at=later + UNDO_WITHIN)
        assert undo_bulk(run, by=senior, at=later + UNDO_WITHIN).phase == Phase.UNDOING
