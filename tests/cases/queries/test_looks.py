from datetime import timedelta

import pytest

from amends.cases.actions.from_portal import ask_for_another_look
from amends.cases.queries.customer_page import customer_page
from amends.cases.queries.links import holder_of
from amends.cases.queries.looks import looks_for
from amends.cases.rules.trace import Happened
from amends.staff.rules.permissions import Role
from tests import make
from tests.cases import hard
from tests.cases.actions.seen import again

pytestmark = pytest.mark.django_db
LATER = make.NOW + timedelta(days=2)


@pytest.fixture
def asta():
    make.organisation()
    return make.staff("Asta Duty", role=Role.SENIOR)


@pytest.fixture
def owner(asta):
    owner = make.staff("Inga Ramanauskaitė")
    make.team(duty_owner=asta, members=(owner,))
    return owner


def test_before_it_is_decided_it_waits_for_who_was_asked_and_the_customer_reads_their_name(
    asta, owner
):
    case = make.case(make.contact(person=make.person()), owner=owner)
    ask_for_another_look(case, words="Why?", by=holder_of(case), at=LATER)
    (look,) = looks_for(asta, at=LATER)
    assert (look.reference, look.due_at) == (case.reference, again(case).next_due_at)
    assert looks_for(owner, at=LATER) == ()
    lines = customer_page(case, at=LATER).lines
    says = [each.says for each in lines if each.what is Happened.ASKED_FOR_ANOTHER]
    assert says == [asta.name]


def test_a_decision_waits_for_who_looks_at_it_again_with_its_day(asta, owner):
    case = hard.decided(owner).decision.case
    at = hard.NOW + timedelta(hours=1)
    ask_for_another_look(case, words="Why?", by=holder_of(case), at=at)
    review = case.reviews.get()
    assert [each.due_at for each in looks_for(review.reviewer, at=at)] == [review.due_at]
