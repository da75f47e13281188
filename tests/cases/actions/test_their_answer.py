from datetime import timedelta

import pytest

from amends.cases.actions.from_portal import add_words
from amends.cases.actions.proposing import NothingProposed, take_proposal_back
from amends.cases.actions.their_answer import (
    NothingWaitsForAnswer,
    TimeAlreadyPast,
    agree_to_decision,
    agree_to_proposal,
    ask_for_time,
    counter_proposal,
    leave_unanswered,
)
from amends.cases.actions.within import CaseHasEnded, NotTheOrder
from amends.cases.models.case import Case
from amends.cases.models.promises import Promise
from amends.cases.queries.links import holder_of
from amends.cases.rules.kinds import How, Next
from amends.cases.rules.lifecycle import State
from amends.contacts.actions.recording import NothingSaid
from amends.contacts.models import Contact
from amends.contacts.rules.kinds import Channel
from amends.journal.models import Entry
from amends.notices.rules.reasons import Reason
from amends.staff.models import Staff
from amends.staff.rules.permissions import Role
from tests import make
from tests.cases import hard
from tests.told import told

pytestmark = pytest.mark.django_db
NOW = hard.NOW
SOON = NOW + timedelta(days=3)


@pytest.fixture
def owner() -> Staff:
    make.organisation()
    made = make.staff("Inga Owner")
    make.team(duty_owner=make.staff("Asta Duty", role=Role.SENIOR), members=(made,))
    return made


@pytest.mark.requirement("S3-38", "S3-22")
def test_a_yes_to_what_we_propose_is_their_view_of_it(owner):
    proposal = hard.proposed(owner)
    heard = agree_to_proposal(
        proposal, words="Yes, I agree to this", by=holder_of(proposal.case), at=NOW
    )
    assert (heard.view, heard.view_how) == ("Yes, I agree to this", How.LINK)
    assert (heard.value_confirmed, heard.heard_at) == (True, NOW)
    assert told() == [(owner, Reason.SAID_YES)]


@pytest.mark.requirement("S3-38")
def test_what_would_put_it_right_instead_is_taken_in_their_own_words(owner):
    proposal = hard.proposed(owner)
    heard = counter_proposal(
        proposal, words="I want a new pump.", by=holder_of(proposal.case), at=NOW
    )
    assert (heard.view, heard.value_confirmed) == ("I want a new pump.", False)
    assert Contact.objects.get(channel=Channel.WEB).words.text == "I want a new pump."
    assert Case.objects.get(pk=heard.case_id).state == State.PROPOSED
    assert told() == [(owner, Reason.WROTE)]


def test_nothing_instead_is_no_counter_proposal(owner):
    proposal = hard.proposed(owner)
    with pytest.raises(NothingSaid):
        counter_proposal(proposal, words=" ", by=holder_of(proposal.case), at=NOW)


@pytest.mark.parametrize("words", ["", "I ask my wife."])
def test_time_to_think_is_noted_and_told(owner, words):
    proposal = hard.proposed(owner)
    ask_for_time(proposal, until=SOON, words=words, by=holder_of(proposal.case), at=NOW)
    assert Entry.objects.get(kind="MoreTimeAsked").facts["until"] == SOON.isoformat()
    assert told() == [(owner, Reason.MORE_TIME)]


def test_time_to_think_ends_in_the_future(owner):
    proposal = hard.proposed(owner)
    with pytest.raises(TimeAlreadyPast):
        ask_for_time(proposal, until=NOW, by=holder_of(proposal.case), at=NOW)


def test_about_what_is_proposed_no_more_nobody_thinks(owner):
    proposal = hard.proposed(owner)
    take_proposal_back(proposal, by=owner, at=NOW)
    with pytest.raises(NothingProposed):
        ask_for_time(proposal, until=SOON, by=holder_of(proposal.case), at=NOW)
    with pytest.raises(NothingProposed):
        agree_to_proposal(proposal, words="Yes", by=holder_of(proposal.case), at=NOW)


def test_a_yes_to_the_decision_begins_its_doing(owner):
    case = hard.decided(owner).decision.case
    case = agree_to_decision(case, by=holder_of(case), at=NOW)
    assert case.state == State.FULFILLING
    assert Promise.objects.filter(case=case, yes_how=How.LINK).count() == 1
    assert (owner, Reason.SAID_YES) in told()
    with pytest.raises(NotTheOrder):
        agree_to_decision(case, by=holder_of(case), at=NOW)


class TestNothingToAnswer:
    def test_thanks_that_came_last_wait_no_more(self, owner):
        case = make.case(make.contact(person=make.person()), owner=owner)
        make.promise(case, accepted=True)
        later = make.NOW + timedelta(hours=1)
        add_words(case, words="OK, thanks.", by=holder_of(case), at=later)
        case.refresh_from_db()
        assert case.next_due == Next.ANSWER
        case = leave_unanswered(case, by=owner, at=later + timedelta(minutes=1))
        assert case.next_due == Next.KEEP
        assert Entry.objects.filter(kind="NothingToAnswer").count() == 1
        add_words(case, words="One thing more.", by=holder_of(case), at=later + timedelta(hours=1))
        case.refresh_from_db()
        assert case.next_due == Next.ANSWER

    def test_where_nothing_waits_there_is_nothing_to_leave(self, owner):
        case = make.case(make.contact(person=make.person()), owner=owner)
        with pytest.raises(NothingWaitsForAnswer):
            leave_unanswered(case, by=owner, at=make.NOW)

    def test_of_a_case_that_has_ended_nothing_waits(self, owner):
        case = make.withdrawn(make.case(make.contact(person=make.person()), owner=owner))
        with pytest.raises(CaseHasEnded):
            leave_unanswered(case, by=owner, at=make.NOW)
