"""What falls to those who stand in for a colleague who is away, and what does not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from amends.cases.actions.help import (
    AskedOfAnother,
    answer_help,
    ask_for_help,
    ask_in_confidence,
)
from amends.cases.actions.ownership import IsAway, assign_case, offer_handover
from amends.cases.actions.promises import keep_promise, mark_promise_broken
from amends.cases.actions.proposing import (
    answer_approval,
    ask_approval,
    remind_of_approval,
)
from amends.cases.actions.within import NotYours
from amends.cases.models.case import Case
from amends.cases.queries.approving import approval_for
from amends.cases.queries.colleagues import substitute_for
from amends.cases.queries.day import my_day_for
from amends.cases.queries.help import help_request_for, help_requests_for
from amends.cases.queries.inbox import inbox_for
from amends.notices.models import Notice
from amends.notices.queries.sentences import sentence
from amends.notices.rules.reasons import Reason
from amends.staff.actions.absence import end_absence
from amends.staff.actions.authorise import NotAllowed
from amends.staff.rules.authority import RemedyKind
from amends.staff.rules.permissions import Role
from tests import make
from tests.cases import hard
from tests.told import told

pytestmark = pytest.mark.django_db
LATER = make.NOW + timedelta(hours=1)


@pytest.fixture
def duty():
    make.organisation()
    return make.staff("Vida Duty", role=Role.SENIOR)


@pytest.fixture
def milda(duty):
    return make.staff("Milda Jankauskaitė")


@pytest.fixture
def jonas(milda, duty):
    """A mate of Milda, who sees the same cases; the duty owner is a third."""
    mate = make.staff("Jonas Petraitis")
    make.team(members=(milda, mate), duty_owner=duty)
    return mate


@pytest.fixture
def away(milda, jonas):
    return make.absence(milda, jonas, at=make.NOW)


def away_now(who, *deputies):
    """Let `who` be away just now, also as the database reads the clock."""
    return make.absence(who, *deputies, at=timezone.now())


class TestTheDay:
    def test_what_is_due_of_who_is_away_stands_before_the_deputy_and_stays_theirs(
        self, milda, jonas, away
    ):
        case = make.case(owner=milda)
        promise = make.promise(case, make.offer(due_at=LATER))
        asked = ask_for_help(None, text="How?", of=milda, by=jonas, at=make.NOW)
        day = my_day_for(jonas, at=make.NOW)
        (instead,) = day.instead
        assert (instead.name, instead.until) == (milda.name, away.last_on)
        assert [row.pk for row in instead.promises] == [promise.pk]
        assert [call.pk for call in instead.calls] == [asked.pk]
        assert day.promises == ()
        assert Case.objects.get(pk=case.pk).owner == milda

    def test_cases_that_are_due_stand_there_and_in_the_inbox(self, milda, jonas):
        case = make.case(owner=milda)
        assert inbox_for(jonas).rows == ()
        away_now(milda, jonas)
        (instead,) = my_day_for(jonas, at=timezone.now()).instead
        assert [row.reference for row in instead.waits] == [case.reference]
        (row,) = inbox_for(jonas).rows
        assert (row.reference, row.owner) == (case.reference, milda.name)

    def test_who_is_back_has_it_alone_again(self, milda, jonas, away):
        make.case(owner=milda)
        end_absence(away, by=milda, at=LATER)
        assert my_day_for(jonas, at=LATER).instead == ()


class TestActing:
    def test_who_stands_in_may_act_on_a_case_of_another_team(self, milda, jonas):
        elsewhere = make.team("Meters", members=(milda,))
        case = make.case(owner=milda, team_=elsewhere)
        promise = make.promise(case)
        with pytest.raises(NotYours):
            keep_promise(promise, evidence="Done.", by=jonas, at=LATER)
        away_now(milda, jonas)
        assert keep_promise(promise, evidence="Done.", by=jonas, at=LATER).kept_at == LATER

    def test_who_stands_in_may_answer_for_help(self, milda, jonas):
        asked = ask_for_help(None, text="How?", of=milda, by=make.staff(), at=make.NOW)
        with pytest.raises(NotAllowed):
            answer_help(asked, answer="So.", by=jonas, at=LATER)
        now = timezone.now()
        away_now(milda, jonas)
        assert help_request_for(jonas, asked.pk) == asked
        assert list(help_requests_for(jonas, at=make.NOW)) == [asked]
        assert answer_help(asked, answer="So.", by=jonas, at=now).answered_by == jonas

    def test_what_was_asked_in_confidence_waits_for_who_was_asked(self, milda, jonas):
        away_now(milda, jonas)
        now = timezone.now()
        asked = ask_in_confidence(None, text="Between us?", of=milda, by=make.staff(), at=now)
        assert my_day_for(jonas, at=now).instead[0].calls == ()
        assert list(help_requests_for(jonas, at=now)) == []
        assert told() == [(milda, Reason.HELP_ASKED)]
        with pytest.raises(AskedOfAnother):
            answer_help(asked, answer="So.", by=jonas, at=now)


class TestGiving:
    def test_nothing_new_is_given_to_who_is_away_and_the_refusal_names_who_stands_in(
        self, milda, jonas, duty, away
    ):
        case = make.case(owner=duty)
        with pytest.raises(IsAway, match="Jonas Petraitis stands in"):
            assign_case(case, to=milda, by=duty, at=LATER)

    def test_where_nobody_stands_in_the_team_is_the_way(self, duty):
        make.team(duty_owner=duty)
        case = make.case()
        alone = make.staff(role=Role.SENIOR)
        make.absence(alone, duty)
        alone.absences.get().deputies.clear()
        with pytest.raises(IsAway, match="or to the team"):
            assign_case(case, to=alone, by=duty, at=LATER)

    def test_a_case_may_still_be_offered_to_who_is_away(self, milda, jonas, duty, away):
        case = make.case(owner=duty)
        offer = offer_handover(case, to=milda, summary="Cold again.", by=duty, at=LATER)
        assert offer.taker == milda

    def test_who_is_away_takes_over_last(self, milda, jonas, duty):
        case = make.case(owner=milda)
        assert substitute_for(case) == duty
        away_now(duty, jonas)
        assert substitute_for(case) == jonas


class TestApproving:
    @pytest.fixture
    def option(self, jonas, milda, duty):
        make.authority(Role.SENIOR, RemedyKind.REFUND_PART, 500)
        case = hard.found(hard.investigated(milda))
        hard.option(case, "We only explain", amount=None)
        return hard.option(case)

    def test_a_deputy_with_the_authority_is_asked_at_once(self, option, milda, duty):
        other = make.staff("Asta", role=Role.SENIOR)
        make.absence(duty, other, at=hard.NOW)
        asked = ask_approval(option, reason="Cold.", by=milda, of=duty, at=hard.NOW)
        assert asked.deputy == other
        assert (other, Reason.APPROVAL_WAITS) in told()
        done = answer_approval(asked, granted=True, by=other, at=hard.NOW)
        assert done.answered_by == other

    def test_who_stands_in_later_is_reminded_before_anybody_else(self, option, milda, duty):
        make.staff("Asta", role=Role.SENIOR)
        other = make.staff("Zita", role=Role.SENIOR)
        asked = ask_approval(option, reason="Cold.", by=milda, of=duty, at=hard.NOW)
        assert asked.deputy is None
        make.absence(duty, other, at=hard.NOW)
        assert remind_of_approval(asked, at=hard.NOW + timedelta(days=1))
        asked.refresh_from_db()
        assert asked.deputy == other

    def test_where_nobody_else_has_the_authority_nobody_is_asked(self, option, milda, duty, jonas):
        make.absence(duty, jonas, at=hard.NOW)
        asked = ask_approval(option, reason="Cold.", by=milda, of=duty, at=hard.NOW)
        assert asked.deputy is None

    def test_what_was_asked_before_they_went_waits_for_the_deputy_too(self, option, milda, duty):
        other = make.staff("Zita", role=Role.SENIOR)
        asked = ask_approval(option, reason="Cold.", by=milda, of=duty, at=hard.NOW)
        away_now(duty, other)
        assert approval_for(other, asked.pk) == asked
        (waits,) = my_day_for(other, at=timezone.now()).approvals
        assert waits.pk == asked.pk


class TestNotices:
    def test_what_asks_for_an_act_reaches_the_deputy_and_says_for_whom(self, milda, jonas, away):
        promise = make.promise(make.case(owner=milda), make.offer(due_at=LATER))
        mark_promise_broken(promise, at=LATER)
        broken = Reason.PROMISE_BROKEN
        assert {(milda, broken), (jonas, broken)} <= set(told())
        notice = Notice.objects.get(to=jonas, reason=broken)
        assert notice.instead_of == milda
        says = sentence(broken, who=None, instead_of=milda.name)
        assert says.startswith("Told to Milda Jankauskaitė, who is away: ")

    def test_what_is_good_to_know_does_not(self, milda, jonas, duty, away):
        case = make.case(owner=duty)
        offer_handover(case, to=milda, summary="Cold again.", by=duty, at=LATER)
        assert (jonas, Reason.HANDOVER_WAITS) not in told()
