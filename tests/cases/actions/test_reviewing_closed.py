"""Another person looks at what was decided and has been closed since."""

from datetime import timedelta

import pytest

from amends.cases.actions.reviewing import Second, ask_for_review, finish_review
from amends.cases.actions.within import CaseHasEnded
from amends.cases.models.case import Case
from amends.cases.queries.links import holder_of
from amends.cases.rules.lifecycle import State
from amends.cases.rules.turns import Reviewed
from amends.staff.models import Staff
from amends.staff.rules.permissions import Role
from tests import make
from tests.cases import hard

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WHY = "Nobody asked my neighbour."
STANDS = Second(result=Reviewed.STANDS, reasons="The neighbour saw the same.")


@pytest.fixture
def owner():
    return make.staff("Inga Ramanauskaitė")


class TestAfterTheEnd:
    @pytest.fixture
    def closed(self, owner):
        case = hard.decided(owner).decision.case
        Case.objects.filter(pk=case.pk).update(
            state=State.CLOSED, closed_at=hard.NOW, verdict="no-answer", next_due="",
            next_due_at=None,
        )  # fmt: skip
        return Case.objects.select_related("person").get(pk=case.pk)

    def test_what_was_decided_and_closed_lately_is_looked_at_again(self, closed):
        review = ask_for_review(closed, reason=WHY, by=holder_of(closed), at=hard.NOW + DAY)
        closed.refresh_from_db()
        assert (closed.state, closed.closed_at) == (State.INTERNAL_REVIEW, None)
        assert review.was == State.CLOSED
        finish_review(review, second=STANDS, by=review.reviewer, at=hard.NOW + 2 * DAY)
        closed.refresh_from_db()
        assert closed.is_open

    def test_long_after_it_is_not(self, closed):
        with pytest.raises(CaseHasEnded):
            ask_for_review(closed, reason=WHY, by=holder_of(closed), at=hard.NOW + 91 * DAY)

    def test_nor_where_nothing_was_decided(self, owner):
        case = make.withdrawn(make.case(owner=owner))
        with pytest.raises(CaseHasEnded):
            ask_for_review(case, reason=WHY, by=owner, at=hard.NOW)

    def test_whose_owner_left_is_nobodys_while_it_is_looked_at(self, closed, owner):
        Staff.objects.filter(pk=owner.pk).update(is_active=False)
        make.staff("Asta Duty", role=Role.SENIOR)
        ask_for_review(closed, reason=WHY, by=holder_of(closed), at=hard.NOW + DAY)
        closed.refresh_from_db()
        assert closed.owner is None
