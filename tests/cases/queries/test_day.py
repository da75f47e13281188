from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from amends.cases.actions.follow_up import Answer, answer_put_right
from amends.cases.actions.promises import mark_promise_broken
from amends.cases.models.case import PartyOfCase
from amends.cases.models.colleagues import Handover, HelpRequest
from amends.cases.queries.day import bad_notes_of, my_day_for
from amends.cases.queries.promises import Kept, kept_lately, promises_for
from amends.cases.rules.kinds import How, Part, Verdict
from amends.cases.rules.lists import PAGE, Which
from amends.contacts.rules.kinds import Effect
from amends.people.models import Person
from amends.staff.rules.permissions import Role
from tests import make

pytestmark = pytest.mark.django_db
VILNIUS = ZoneInfo("Europe/Vilnius")
NOW = make.NOW.astimezone(VILNIUS)


@pytest.fixture
def mine():
    return make.staff("Jonas Kairys")


def owed(mine, hours: float, **facts):
    case = make.case(owner=mine, **facts)
    return make.promise(case, make.offer(due_at=make.NOW + timedelta(hours=hours)), by=mine)


def met(person, effect: Effect, *, days: int, by):
    at = make.NOW - timedelta(days=days)
    return make.contact(person=person, by=by, started_at=at, ended_at=at, effect=effect)


class TestMyDay:
    def test_promises_of_today_come_first_and_the_next_ones_apart(self, mine):
        # In Vilnius it is 17:00: six hours later is today, eight hours later is tomorrow.
        tomorrow, today = owed(mine, 8), owed(mine, 6)
        make.promise()
        day = my_day_for(mine, at=NOW)
        assert [row.pk for row in day.promises] == [today.pk]
        assert [row.pk for row in day.coming] == [tomorrow.pk]

    def test_what_broke_stays_until_it_is_made_good(self, mine):
        promise = owed(mine, 1)
        mark_promise_broken(promise, at=make.NOW + timedelta(hours=2))
        (row,) = my_day_for(mine, at=NOW + timedelta(days=3)).promises
        assert row.broken_at == make.NOW + timedelta(hours=2)

    def test_who_waits_for_me_is_shown_once(self, mine):
        waiting = make.case(owner=mine)
        owed(mine, 6)
        make.case()
        assert [row.reference for row in my_day_for(mine, at=NOW).waits] == [waiting.reference]

    def test_handovers_and_calls_for_help_reach_me(self, mine):
        case, giver = make.case(), make.staff("Giver")
        Handover.objects.create(
            case=case,
            giver=giver,
            taker=mine,
            summary="She waits for a call.",
            offered_at=make.NOW,
            due_at=make.NOW + timedelta(hours=4),
        )
        HelpRequest.objects.create(
            case=case, asked_by=giver, asked_of=mine, text="What may I give?", asked_at=make.NOW
        )
        HelpRequest.objects.create(asked_by=mine, asked_of=giver, text="?", asked_at=make.NOW)
        day = my_day_for(mine, at=NOW)
        assert [(one.giver, one.summary) for one in day.handovers] == [
            ("Giver", "She waits for a call.")
        ]
        assert [(call.reference, call.text) for call in day.calls] == [
            (case.reference, "What may I give?")
        ]

    def test_thanks_reach_whom_they_are_for(self, mine):
        follow_up = make.kept(make.case(owner=mine))
        answer = Answer(verdict=Verdict.YES, how=How.LINK, words="Thank Jonas, he was the first.")
        answer_put_right(follow_up, answer=answer, by=Person.objects.get(), at=make.NOW)
        (thanks,) = my_day_for(mine, at=NOW).thanks
        assert thanks.words == "Thank Jonas, he was the first."
        assert my_day_for(make.staff(), at=NOW).thanks == ()

    def test_it_takes_five_statements_whatever_waits(self, mine, django_assert_num_queries):
        for hours in (1, 2, 9):
            owed(mine, hours)
        with django_assert_num_queries(5):
            my_day_for(mine, at=NOW)


class TestBadNotes:
    @pytest.mark.requirement("S1-08", "S1-09")
    def test_one_bad_contact_after_a_hundred_good_ones_counts(self, mine):
        person = make.person()
        for days in range(101, 1, -1):
            met(person, Effect.GOOD, days=days, by=mine)
        bad = met(person, Effect.BAD, days=1, by=mine)
        assert [note.contact_id for note in bad_notes_of(mine, at=NOW)] == [bad.pk]

    @pytest.mark.requirement("S1-09")
    def test_one_better_contact_clears_it(self, mine):
        person = make.person()
        met(person, Effect.BAD, days=2, by=mine)
        met(person, Effect.GOOD, days=1, by=make.staff())
        assert bad_notes_of(mine, at=NOW) == ()

    def test_a_contact_that_nobody_judged_clears_nothing(self, mine):
        person = make.person()
        met(person, Effect.BAD, days=2, by=mine)
        met(person, Effect.UNKNOWN, days=1, by=mine)
        assert len(bad_notes_of(mine, at=NOW)) == 1

    def test_two_bad_ones_with_one_customer_are_one_note(self, mine):
        case = make.case(met(make.person(), Effect.BAD, days=2, by=mine))
        last = met(case.person, Effect.BAD, days=1, by=mine)
        (note,) = bad_notes_of(mine, at=NOW)
        assert (note.contact_id, note.reference) == (last.pk, None)

    def test_after_ninety_days_it_is_forgotten(self, mine):
        met(make.person(), Effect.BAD, days=91, by=mine)
        assert bad_notes_of(mine, at=NOW) == ()


class TestPromises:
    def test_an_agenda_stands_by_when_it_is_due(self, mine):
        later, sooner = owed(mine, 5), owed(mine, 3)
        make.promise()
        agenda = promises_for(mine)
        assert [row.pk for row in agenda.rows] == [sooner.pk, later.pk]
        assert (agenda.rows[0].customer, agenda.rows[0].owner) == (
            "Rūta Petrauskienė",
            "Jonas Kairys",
        )

    def test_it_goes_on_where_the_page_before_ended(self, mine):
        made = [owed(mine, 3).pk for _ in range(PAGE + 1)]
        first = promises_for(mine)
        second = promises_for(mine, after=first.after)
        assert [row.pk for row in first.rows + second.rows] == made
        assert second.after == ""

    def test_the_team_s_and_all(self, mine):
        team = make.team("Heating", members=(mine,))
        ours = make.promise(make.case(team_=team))
        other = make.promise(make.case(team_=make.team("Roads")))
        assert [row.pk for row in promises_for(mine, which=Which.TEAM).rows] == [ours.pk]
        assert {row.pk for row in promises_for(mine, which=Which.ALL).rows} == {ours.pk, other.pk}

    def test_nobody_sees_promises_on_a_case_about_them(self, mine):
        promise = owed(mine, 3)
        PartyOfCase.objects.create(
            case=promise.case, part=Part.COMPLAINED_ABOUT, staff=mine, since=make.NOW
        )
        assert promises_for(mine).rows == ()

    def test_who_may_see_no_cases_sees_no_promises(self):
        make.promise()
        assert promises_for(make.staff(role=Role.EMPLOYEE), which=Which.ALL).rows == ()


def test_of_the_promises_kept_the_number_of_all_is_told(mine):
    make.kept()
    mark_promise_broken(owed(mine, 1), at=make.NOW + timedelta(hours=2))
    make.promise()
    assert kept_lately() == Kept(kept=1, of=2)
