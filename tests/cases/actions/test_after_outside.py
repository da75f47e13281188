from dataclasses import replace
from datetime import timedelta

import pytest

from amends.cases.actions.after_outside import (
    NoLetterOwed,
    answer_outside_decision,
    write_answer_to_outside,
)
from amends.cases.actions.deciding import NotReadyToDecide
from amends.cases.actions.options import OptionSaysNothing
from amends.cases.actions.outside import (
    Body,
    Ruling,
    comply,
    go_outside,
    record_outside_decision,
)
from amends.cases.models.deciding import FinalResponse
from amends.cases.queries.facts import closing_facts
from amends.cases.rules.closing import Obstacle, obstacles_to_closing
from amends.cases.rules.due import TO_TELL_DECISION
from amends.cases.rules.gate import Gap
from amends.cases.rules.kinds import Next, Outcome
from amends.cases.rules.lifecycle import State
from amends.cases.rules.proposing import Undecided
from amends.cases.rules.turns import Accepted
from tests import make
from tests.cases import hard
from tests.cases.actions.seen import again

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
PAY = Ruling(
    outcome=Outcome.PARTLY_UPHELD,
    binding=True,
    accepted=Accepted.CUSTOMER,
    reasons="The meter was read wrongly.",
    award="Pay back 120 euros.",
    comply_by=hard.NOW + 20 * DAY,
)


@pytest.fixture
def owner():
    made = make.staff("Inga Ramanauskaitė")
    make.team(members=(made,))
    return made


@pytest.fixture
def case(owner):
    return again(hard.decided(owner).decision.case)


def ruled(case, owner, ruling=PAY):
    go_outside(case, body=Body(name="The consumer office", reference="7/26"), by=owner, at=hard.NOW)
    record_outside_decision(case, ruling=ruling, by=owner, at=hard.NOW)
    return again(case)


def write(case, owner, what="We pay back 120 euros", said=hard.SAID):
    return write_answer_to_outside(case, what=what, said=said, by=owner, at=hard.NOW)


def test_what_a_body_decides_against_our_letter_asks_for_another_one(case, owner):
    case = ruled(case, owner)
    assert case.letter_owed_since == hard.NOW
    assert (case.next_due, case.next_due_at) == (Next.TELL_DECISION, hard.NOW + TO_TELL_DECISION)
    assert Obstacle.LETTER_OWED in obstacles_to_closing(closing_facts(case))


def test_what_says_the_same_and_asks_nothing_needs_no_letter(case, owner):
    same = replace(PAY, outcome=Outcome.UPHELD, award="", comply_by=None)
    assert ruled(case, owner, same).letter_owed_since is None


def test_what_we_never_answered_in_writing_needs_none(owner):
    assert ruled(make.case(owner=owner), owner).letter_owed_since is None


@pytest.mark.requirement("S4-40")
def test_the_new_letter_says_what_was_decided_there_and_what_we_do(case, owner):
    case = ruled(case, owner)
    write(case, owner)
    draft = write(case, owner, "We pay back 120 euros to your account")
    response = answer_outside_decision(case, by=owner, at=hard.NOW)
    case = again(case)
    assert (response.version, response.decision) == (2, draft)
    assert (case.state, case.letter_owed_since) == (State.DECIDED, None)
    assert "WHAT THE CONSUMER OFFICE DECIDED" in response.text
    assert "The meter was read wrongly." in response.text
    assert "Pay back 120 euros, by" in response.text
    assert "Inga Ramanauskaitė sees to it." in response.text
    assert "If we do not do what was decided" in response.text
    assert response.decision.outcome == Outcome.PARTLY_UPHELD
    comply(case, evidence="Paid.", by=owner, at=hard.NOW + DAY)
    assert again(case).state == State.FOLLOW_UP


def test_a_letter_of_another_outcome_without_an_award_gives_nothing_more(case, owner):
    case = ruled(case, owner, replace(PAY, award="", comply_by=None))
    write(case, owner, "We say that you were right")
    assert "sees to it" not in answer_outside_decision(case, by=owner, at=hard.NOW).text


def test_the_gate_asks_of_it_what_it_asks_of_the_first(case, owner):
    case = ruled(case, owner)
    with pytest.raises(NotReadyToDecide) as refused:
        answer_outside_decision(case, by=owner, at=hard.NOW)
    assert refused.value.obstacles == (Undecided.NO_REASONS,)
    write(case, owner, said=replace(hard.SAID, changes=""))
    with pytest.raises(NotReadyToDecide) as refused:
        answer_outside_decision(case, by=owner, at=hard.NOW)
    assert refused.value.gaps == (Gap.CHANGE_MISSING,)
    assert FinalResponse.objects.count() == 1


def test_it_says_what_we_do_now(case, owner):
    case = ruled(case, owner)
    with pytest.raises(OptionSaysNothing):
        write(case, owner, " ")


def test_nothing_is_written_that_is_not_owed(case, owner):
    with pytest.raises(NoLetterOwed):
        write(case, owner)
