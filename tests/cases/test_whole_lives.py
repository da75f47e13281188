"""Cases live through whatever people do to them: every act there is, legal or not, in any order."""

import os
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule, run_state_machine_as_test

from amends.cases.actions.after_outside import answer_outside_decision, write_answer_to_outside
from amends.cases.actions.assessment import Complaint, add_issue, record_finding
from amends.cases.actions.conduct import pass_step_over, take_step_up
from amends.cases.actions.deciding import decide_case, write_decision
from amends.cases.actions.elsewhere import Receiver, forward_case, rule_out_of_scope
from amends.cases.actions.from_portal import add_words
from amends.cases.actions.fulfilling import accept_decision, carry_out_decision
from amends.cases.actions.investigating import (
    Awaited,
    Plan,
    end_wait,
    end_wait_in_time,
    plan_investigation,
    wait_for,
)
from amends.cases.actions.linking import link_cases, remove_link
from amends.cases.actions.merging import merge_case, undo_merge
from amends.cases.actions.options import Way, add_option
from amends.cases.actions.outside import (
    Body,
    Ruling,
    ask_outside_again,
    comply,
    go_outside,
    record_outside_decision,
)
from amends.cases.actions.procedures import adopt_procedure
from amends.cases.actions.proposing import View, hear_view, propose_remedy, take_proposal_back
from amends.cases.actions.reviewing import (
    Second,
    ask_for_review,
    finish_review,
    write_reviewed_decision,
)
from amends.cases.actions.snoozing import snooze_case, wake_case
from amends.cases.actions.splitting import Portion, split_case, undo_split
from amends.cases.actions.tags import keep_tag, set_tags
from amends.cases.actions.todos import (
    Plain,
    add_todo,
    finish_todo,
    leave_todos,
    take_back_todo,
)
from amends.cases.models.case import Case, CaseLink, Issue
from amends.cases.models.deciding import Option, Proposal
from amends.cases.models.promises import Promise
from amends.cases.models.todos import Todo
from amends.cases.models.turns import InternalReview, Merging, OutsideProceeding, Wait
from amends.cases.rules.kinds import How, Outcome
from amends.cases.rules.lifecycle import AWAITING, State
from amends.cases.rules.steps import Step
from amends.cases.rules.turns import Accepted, Linkage, Reviewed
from tests import make
from tests.cases import hard
from tests.cases.lives import ANYBODY, HOURS, SELDOM, Life
from tests.cases.lives_beside import LifeBeside, was_weighed

ACTS = int(os.environ.get("AMENDS_ACTS", "2000"))
A_LIFE = 40
LIVES = 10
PARTS_UNDER_LAW = 5
PLAN = Plan(questions="Why?", sources="The log.", persons="Jonas.", update_every_days=5)
STARTS = [
    "told", "promised", "kept", "done", "closed", "looked-into", "waits", "written", "decided",
    "reviewed", "outside", "ruled",
]  # fmt: skip


class WholeLife(LifeBeside):
    """The same case on every way there is."""

    @initialize(start=st.sampled_from(STARTS))
    def begin(self, start):
        Life.begin(self, start=start if start in STARTS[:5] else "told")
        self.other = make.case(make.contact(person=self.customer), team_=self.case.team)
        self.label = keep_tag(
            None,
            names={"en": f"Tag {self.case.pk}"},
            by=self.staff["manager"],
            at=make.NOW,
        )
        self.is_furnished()
        if start in {"written", "decided", "reviewed"}:
            self.is_hard(start)
        if start in {"looked-into", "waits"}:
            self.assess("senior", None)
            self.attempt(plan_investigation, self.case, plan=PLAN, by=self.staff["senior"])
        if start == "waits":
            self.wait("senior", State.WAITING_CUSTOMER, 30)
        if start in {"outside", "ruled"}:
            self.go_outside("senior", by_customer=False)
        if start == "ruled":
            self.rule_outside("senior", award="Pay.", binding=True, hours=40)

    def is_hard(self, start):
        """Let it be a case that was weighed, and perhaps decided."""
        owner = self.staff["agent"]
        self.customer = make.person(email="jonas@home.example")
        self.case = hard.written(owner, person=self.customer)
        if start != "written":
            decide_case(self.case, by=owner, at=hard.NOW)
        first = self.case.case_contacts.earliest("contact")
        self.first, self.received_at = first.contact_id, self.case.received_at
        self.now = hard.NOW + timedelta(hours=1)
        self.done |= {"make_promise", "close_case", "hear_view"}
        if start == "reviewed":
            self.review("senior", by_customer=True)

    @rule(hours=HOURS)
    def waits_end(self, hours):
        self.now += timedelta(hours=hours)
        for case in Case.objects.filter(pk=self.case.pk, state_until__lte=self.now):
            end_wait_in_time(case, at=self.now)

    @rule(who=ANYBODY, off=st.booleans())
    def tag(self, who, off):
        self.attempt(set_tags, self.case, tags=[] if off else [self.label], by=self.staff[who])

    @rule(who=ANYBODY, hours=HOURS, what=st.sampled_from(["add", "finish", "undo", "leave"]))
    def to_do(self, who, hours, what):
        by = self.staff[who]
        if what == "add":
            plain = Plain(what="Look.", owner=by, due_at=self.now + timedelta(hours=hours))
            self.attempt(add_todo, self.case, plain=plain, by=by)
        elif what == "finish":
            self.attempt(finish_todo, self.some(Todo, hours), by=by)
        elif what == "undo":
            self.attempt(take_back_todo, self.some(Todo, hours), by=by)
        else:
            self.attempt(leave_todos, self.case, reason="Not needed.", by=by)

    @rule(who=ANYBODY, hours=HOURS, wakes=st.booleans())
    def snooze(self, who, hours, wakes):
        by, until = self.staff[who], self.now + timedelta(hours=hours)
        if wakes:
            self.attempt(wake_case, self.case, by=by)
        else:
            self.attempt(snooze_case, self.case, until=until, reason="Not now.", by=by)

    @rule(who=ANYBODY, step=st.sampled_from(Step), again=st.booleans())
    def pass_over(self, who, step, again):
        by = self.staff[who]
        if again:
            self.attempt(take_step_up, self.case, step=step, by=by)
        else:
            self.attempt(pass_step_over, self.case, step=step, reason="It fits not.", by=by)

    @rule(who=ANYBODY, whole=st.booleans())
    def plan(self, who, whole):
        plan = PLAN if whole else Plan(questions="", sources="", persons="", update_every_days=0)
        self.attempt(plan_investigation, self.case, plan=plan, by=self.staff[who])

    @rule(who=ANYBODY, state=st.sampled_from(State), hours=st.integers(-2, 60))
    def wait(self, who, state, hours):
        awaited = Awaited(state=state, what="A", whom="B", until=self.now + timedelta(hours=hours))
        self.attempt(wait_for, self.case, awaited=awaited, by=self.staff[who])

    @rule(who=ANYBODY, came=st.booleans(), wrote=st.booleans())
    def wait_is_over(self, who, came, wrote):
        if wrote:
            self.attempt(add_words, self.case, words="Here it is.", by=self.customer)
        else:
            self.attempt(end_wait, self.case, came=came, by=self.staff[who])

    @rule(who=ANYBODY, happens=SELDOM, reason=st.sampled_from(["Theirs.", ""]))
    def send_elsewhere(self, who, happens, reason):
        told = {"reason": reason, "told_how": How.DESK, "by": self.staff[who]}
        if happens:
            receiver = Receiver(name="The city", accepted_by="Mr P.")
            self.attempt(forward_case, self.case, receiver=receiver, **told)
            self.attempt(rule_out_of_scope, self.case, signpost="1802", **told)

    @rule(who=ANYBODY, by_customer=st.booleans())
    def review(self, who, by_customer):
        by = self.customer if by_customer else self.staff[who]
        self.attempt(ask_for_review, self.case, reason="Why?", by=by)

    @rule(who=ANYBODY, asked=st.booleans(), result=st.sampled_from(Reviewed))
    def review_is_done(self, who, asked, result):
        review = self.some(InternalReview, -1)
        by = review.reviewer if review and asked else self.staff[who]
        if review:
            self.attempt(write_reviewed_decision, review, said=hard.SAID, by=by)
        second = Second(result=result, reasons="So it is.", outcome=Outcome.UPHELD)
        self.attempt(finish_review, review, second=second, by=by)

    @rule(who=ANYBODY, by_customer=st.booleans())
    def go_outside(self, who, by_customer):
        by = self.customer if by_customer else self.staff[who]
        body = Body(name="The consumer office", reference="7/26")
        self.attempt(go_outside, self.case, body=body, by=by)

    @rule(who=ANYBODY, award=st.sampled_from(["", "Pay."]), binding=st.booleans(), hours=HOURS)
    def rule_outside(self, who, award, binding, hours):
        ruling = Ruling(
            outcome=Outcome.PARTLY_UPHELD,
            binding=binding,
            accepted=Accepted.NOBODY,
            reasons="The meter.",
            award=award,
            comply_by=self.now + timedelta(hours=hours),
        )
        self.attempt(ask_outside_again, self.case, by=self.staff[who])
        self.attempt(record_outside_decision, self.case, ruling=ruling, by=self.staff[who])

    @rule(who=ANYBODY)
    def answer_what_was_decided_outside(self, who):
        by = self.staff[who]
        self.attempt(write_answer_to_outside, self.case, what="We pay", said=hard.SAID, by=by)
        self.attempt(answer_outside_decision, self.case, by=by)

    @rule(who=ANYBODY)
    def comply(self, who):
        self.attempt(comply, self.case, evidence="Paid.", by=self.staff[who])

    @rule(who=ANYBODY, back=st.booleans())
    def join(self, who, back):
        by = self.staff[who]
        if back:
            self.attempt(undo_merge, self.case, by=by)
        else:
            self.attempt(merge_case, self.case, into=self.other, reason="One story.", by=by)

    @rule(who=ANYBODY, back=st.booleans(), which=st.integers(0, 3))
    def split(self, who, back, which):
        by, promise = self.staff[who], self.some(Promise, which)
        if back:
            part = Case.objects.filter(split_from=self.case).order_by("pk").last()
            self.attempt(undo_split, part, by=by)
            return
        complaint = Complaint(statement="The bill is wrong, too.")
        self.attempt(add_issue, self.case, complaint=complaint, by=by)
        portion = Portion(issues=[self.some(Issue, -1)], promises=[promise] if promise else [])
        self.attempt(split_case, self.case, portion=portion, reason="Two stories.", by=by)

    @rule(who=ANYBODY, linkage=st.sampled_from(Linkage), away=st.booleans())
    def link(self, who, linkage, away):
        by = self.staff[who]
        if away:
            self.attempt(remove_link, self.some(CaseLink, -1), by=by)
        else:
            self.attempt(link_cases, self.case, other=self.other, linkage=linkage, by=by)

    @rule(who=ANYBODY)
    def go_by_the_newest(self, who):
        self.attempt(adopt_procedure, self.case, by=self.staff[who])

    @rule(who=ANYBODY)
    def find_and_weigh(self, who):
        by = self.staff[who]
        self.attempt(record_finding, self.some(Issue, 0), finding=hard.FOUND, by=by)
        self.attempt(add_option, self.case, way=Way(what="We explain it"), by=by)

    @rule(who=ANYBODY, which=st.integers(0, 3), back=SELDOM)
    def propose(self, who, which, back):
        by = self.staff[who]
        if back:
            self.attempt(take_proposal_back, self.some(Proposal, -1), by=by)
        else:
            self.attempt(propose_remedy, self.some(Option, which), by=by)

    @precondition(was_weighed)
    @rule(who=ANYBODY)
    def decide(self, who):
        by = self.staff[who]
        view = View(words="Good.", how=How.TELEPHONE, value_confirmed=True)
        self.attempt(hear_view, self.some(Proposal, -1), view=view, by=by)
        self.attempt(write_decision, self.case, said=hard.SAID, by=by)
        self.attempt(decide_case, self.case, by=by)

    @rule(who=ANYBODY, accepted=st.booleans())
    def carry_out(self, who, accepted):
        if accepted:
            self.attempt(accept_decision, self.case, how=How.LINK, by=self.customer)
        else:
            self.attempt(carry_out_decision, self.case, by=self.staff[who])

    @invariant()
    def what_stands_beside_it_is_what_its_state_says(self):
        if not hasattr(self, "other"):
            return
        case = Case.objects.get(pk=self.case.pk)
        if case.state == getattr(self, "stood", None):
            return
        self.stood = case.state
        of_case = {"case": case}
        waits = Wait.objects.filter(**of_case, ended_at=None)
        reviews = InternalReview.objects.filter(**of_case, done_at=None)
        outside = OutsideProceeding.objects.filter(**of_case, decided_at=None)
        merged = Merging.objects.filter(**of_case, undone_at=None)
        assert waits.exists() == (case.state in AWAITING)
        assert reviews.exists() == (case.state == State.INTERNAL_REVIEW)
        assert outside.exists() == (case.state == State.EXTERNAL)
        assert merged.exists() == (case.state == State.MERGED)
        assert not any(each.reviewer_id == each.decider_id and not each.alone for each in reviews)


class LifeUnderLaw(WholeLife):
    """The same in a house for which there is a law, whose terms may be extended."""

    under_law = True


@pytest.mark.django_db
@pytest.mark.requirement("S4-19", "S1-13", "S4-12", "S1-10")
@pytest.mark.parametrize("part", range(max(1, ACTS // (A_LIFE * LIVES))))
def test_whatever_is_done_to_a_case_it_stays_whole(part):
    run_state_machine_as_test(
        LifeUnderLaw if part % PARTS_UNDER_LAW == 0 else WholeLife,
        settings=settings(
            max_examples=LIVES,
            stateful_step_count=A_LIFE,
            deadline=None,
            phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        ),
    )
