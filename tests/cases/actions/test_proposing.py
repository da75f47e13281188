from datetime import timedelta
from decimal import Decimal

import pytest

from amends.base.due import kinds
from amends.cases.actions.assessment import record_finding
from amends.cases.actions.closing import reopen_case
from amends.cases.actions.parties import hear_party, name_party
from amends.cases.actions.proposing import (
    ApprovalAnsweredAlready,
    ApprovalReasonNeeded,
    ApprovalWaits,
    ApprovalWordsNeeded,
    CannotApprove,
    NobodyMayApprove,
    NothingProposed,
    NotReadyToPropose,
    View,
    ViewNeeded,
    answer_approval,
    ask_approval,
    hear_view,
    propose_remedy,
    remind_of_approval,
    take_proposal_back,
)
from amends.cases.actions.within import NotTheOrder
from amends.cases.models.deciding import Approval, Decision
from amends.cases.queries.approving import approval_for, approvals_for, approvals_to_remind
from amends.cases.rules.kinds import How, Outcome, Part
from amends.cases.rules.lifecycle import State
from amends.cases.rules.proposing import Unready
from amends.notices.rules.reasons import Reason
from amends.staff.rules.authority import RemedyKind
from amends.staff.rules.permissions import Role
from tests import make
from tests.cases import hard
from tests.cases.actions.seen import again, last_entry
from tests.told import told

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def owner():
    return make.staff("Inga Ramanauskaitė")


@pytest.fixture
def senior(owner):
    made = make.staff("Jonas Petraitis", role=Role.SENIOR)
    make.team(duty_owner=made, members=(owner,))
    make.authority(Role.SENIOR, RemedyKind.REFUND_PART, 500)
    return made


@pytest.fixture
def case(owner, senior):
    return hard.found(hard.investigated(owner))


@pytest.fixture
def option(case):
    hard.option(case, "We only explain", amount=None)
    return hard.option(case)


@pytest.fixture
def approval(option, owner):
    return ask_approval(option, reason="Two cold days.", by=owner, at=hard.NOW)


class TestProposing:
    def test_what_is_within_authority_is_proposed_at_once(self, option, owner, case):
        make.authority(Role.AGENT, RemedyKind.REFUND_PART, 50)
        made = propose_remedy(option, by=owner, at=hard.NOW)
        assert again(case).state == State.PROPOSED
        assert last_entry() == (
            "RemedyProposed",
            owner.actor,
            {
                "case_id": case.pk,
                "proposal_id": made.pk,
                "option_id": option.pk,
                "state": "proposed",
            },
        )

    @pytest.mark.requirement("S0-02", "S1-14", "S1-15")
    def test_what_is_missing_is_named(self, owner, senior):
        case = hard.investigated(owner)
        with pytest.raises(NotReadyToPropose) as refused:
            propose_remedy(hard.option(case), by=owner, at=hard.NOW)
        assert refused.value.obstacles == (
            Unready.NOT_FOUND_ON,
            Unready.TOO_FEW_OPTIONS,
            Unready.APPROVAL_NEEDED,
        )

    def test_nothing_is_proposed_before_every_issue_is_found_on(self, case, option, owner):
        make.authority(Role.AGENT, RemedyKind.REFUND_PART)
        second = hard.issue(case, "Nobody called back.")
        with pytest.raises(NotReadyToPropose) as refused:
            propose_remedy(option, by=owner, at=hard.NOW)
        assert refused.value.obstacles == (Unready.NOT_FOUND_ON,)
        record_finding(second, finding=hard.FOUND, by=owner, at=hard.NOW)
        assert propose_remedy(option, by=owner, at=hard.NOW).option == option

    def test_whom_it_is_about_is_heard_first(self, case, option, owner):
        make.authority(Role.AGENT, RemedyKind.REFUND_PART)
        about = make.staff()
        party = name_party(case, part=Part.COMPLAINED_ABOUT, who=about, by=owner, at=hard.NOW)
        with pytest.raises(NotReadyToPropose) as refused:
            propose_remedy(option, by=owner, at=hard.NOW)
        assert refused.value.obstacles == (Unready.NOT_HEARD,)
        hear_party(party, view="I was ill.", by=owner, at=hard.NOW)
        assert propose_remedy(option, by=owner, at=hard.NOW).by == owner

    def test_it_is_proposed_once(self, owner):
        made = hard.proposed(owner)
        with pytest.raises(NotTheOrder):
            propose_remedy(made.option, by=owner, at=hard.NOW)

    @pytest.mark.requirement("S3-22")
    def test_what_the_customer_says_to_it_and_its_value_is_written_down(self, owner):
        made = hard.heard(owner)
        assert (made.view_how, made.value_confirmed) == ("telephone", True)
        assert last_entry()[0] == "ViewHeard"

    def test_who_cannot_be_reached_was_tried(self, owner):
        made = hear_view(
            hard.proposed(owner), view=View(tried="Called twice."), by=owner, at=hard.NOW
        )
        assert (made.tried, made.value_confirmed) == ("Called twice.", None)

    @pytest.mark.parametrize("view", [View(), View(words="Good."), View(how=How.EMAIL)])
    def test_a_view_that_says_nothing_is_refused(self, owner, view):
        with pytest.raises(ViewNeeded):
            hear_view(hard.proposed(owner), view=view, by=owner, at=hard.NOW)

    def test_a_proposal_is_taken_back_and_the_case_looked_into_again(self, owner):
        made = hard.heard(owner)
        case = take_proposal_back(made, by=owner, at=hard.NOW)
        assert case.state == State.INVESTIGATING
        assert not Decision.objects.filter(case=case).exists()
        with pytest.raises(NothingProposed):
            hear_view(made, view=View(tried="Called."), by=owner, at=hard.NOW)
        assert propose_remedy(made.option, by=owner, at=hard.NOW).pk != made.pk

    def test_what_was_proposed_stands_no_more_once_the_case_went_another_way(self, owner):
        case = hard.written(owner)
        made = case.proposals.get()
        make.withdrawn(case)
        reopen_case(case, reason="It is cold again.", by=owner, at=hard.NOW)
        assert not Decision.objects.filter(case=case).exists()
        assert propose_remedy(made.option, by=owner, at=hard.NOW).pk != made.pk


class TestApproval:
    @pytest.mark.requirement("S2-10", "S3-33")
    def test_beyond_authority_it_waits_for_somebody_who_has_it(
        self, option, approval, owner, senior
    ):
        assert (approval.asked_of, approval.due_at) == (senior, hard.NOW + DAY)
        assert told() == [(senior, Reason.APPROVAL_WAITS)]
        with pytest.raises(NotReadyToPropose) as refused:
            propose_remedy(option, by=owner, at=hard.NOW)
        assert refused.value.obstacles == (Unready.APPROVAL_WAITS,)
        answer_approval(approval, granted=True, by=senior, at=hard.NOW)
        assert (owner, Reason.APPROVED) in told()
        assert propose_remedy(option, by=owner, at=hard.NOW).by == owner

    def test_no_needs_a_word_and_stands(self, option, approval, owner, senior):
        with pytest.raises(ApprovalWordsNeeded):
            answer_approval(approval, granted=False, by=senior, at=hard.NOW)
        answer_approval(approval, granted=False, words="Half.", by=senior, at=hard.NOW)
        with pytest.raises(NotReadyToPropose) as refused:
            propose_remedy(option, by=owner, at=hard.NOW)
        assert refused.value.obstacles == (Unready.APPROVAL_DECLINED,)

    def test_what_was_changed_since_is_asked_anew(self, option, approval, owner, senior):
        later = hard.NOW + timedelta(hours=1)
        answer_approval(approval, granted=True, by=senior, at=hard.NOW)
        option.changed_at = later
        option.save()
        with pytest.raises(NotReadyToPropose) as refused:
            propose_remedy(option, by=owner, at=later)
        assert refused.value.obstacles == (Unready.APPROVAL_NEEDED,)

    def test_it_says_why_and_is_asked_once(self, option, owner, senior):
        with pytest.raises(ApprovalReasonNeeded):
            ask_approval(option, reason=" ", by=owner, at=hard.NOW)
        ask_approval(option, reason="Cold.", by=owner, at=hard.NOW, of=senior)
        with pytest.raises(ApprovalWaits):
            ask_approval(option, reason="Cold.", by=owner, at=hard.NOW)

    def test_only_who_may_give_it_is_asked_and_answers(self, option, owner, senior):
        with pytest.raises(CannotApprove):
            ask_approval(option, reason="Cold.", by=owner, at=hard.NOW, of=make.staff())
        asked = ask_approval(option, reason="Cold.", by=owner, at=hard.NOW)
        other = make.staff(role=Role.MANAGER)
        with pytest.raises(CannotApprove):
            answer_approval(asked, granted=True, by=other, at=hard.NOW)
        with pytest.raises(CannotApprove):
            answer_approval(asked, granted=True, by=owner, at=hard.NOW)
        answer_approval(asked, granted=True, by=senior, at=hard.NOW)
        with pytest.raises(ApprovalAnsweredAlready):
            answer_approval(asked, granted=True, by=senior, at=hard.NOW)

    def test_where_nobody_else_may_it_cannot_be_asked(self, option, owner):
        hard.remedy(option, RemedyKind.COMPENSATION, "Compensation", amount=5000)
        with pytest.raises(NobodyMayApprove):
            ask_approval(option, reason="Cold.", by=owner, at=hard.NOW)

    def test_who_is_complained_about_is_not_asked_and_sees_nothing_of_it(
        self, case, option, owner, senior
    ):
        asked = ask_approval(option, reason="Cold.", by=owner, at=hard.NOW)
        assert approval_for(senior, asked.pk) == asked
        make.staff(role=Role.SENIOR)
        name_party(case, part=Part.COMPLAINED_ABOUT, who=senior, by=owner, at=hard.NOW)
        assert not approvals_for(senior).exists()

    @pytest.mark.requirement("S1-13")
    def test_who_does_not_answer_is_reminded_and_a_deputy_is_asked(self, approval, owner, senior):
        deputy = make.staff("Ona", role=Role.SENIOR)
        assert not approvals_to_remind(hard.NOW).exists()
        at = hard.NOW + DAY
        sweep = next(kind for kind in kinds() if kind.name == "cases.approval_waits")
        (due,) = sweep.rows(at)
        assert sweep.act(due, at=at)
        reminded = again(approval)
        assert (reminded.deputy, reminded.due_at, reminded.reminders) == (deputy, at + DAY, 1)
        assert list(approvals_for(deputy)) == [reminded]
        assert answer_approval(reminded, granted=True, by=deputy, at=at).answered_by == deputy
        assert not remind_of_approval(reminded, at=at + DAY)

    def test_after_three_reminders_it_waits_in_silence(self, approval):
        at = hard.NOW
        for _n in range(3):
            at += DAY
            assert remind_of_approval(approval, at=at)
        assert again(approval).due_at is None
        assert Approval.objects.get().reminders == 3


def test_the_outcome_follows_from_the_findings(case):
    assert again(case).outcome == Outcome.UPHELD


def test_sums_are_exact(option):
    assert sum(each.amount for each in option.remedies.exclude(amount=None)) == Decimal(49)
