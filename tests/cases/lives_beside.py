"""What happens beside the ways of a case: weighing anew, held words, reading back, the page."""

from datetime import timedelta
from decimal import Decimal

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from amends.cases.actions.checklists import Draft, keep_checklist
from amends.cases.actions.clocks import Delay, extend_term
from amends.cases.actions.conduct import Sight, review_contact
from amends.cases.actions.correspondence import reply_by_mail
from amends.cases.actions.fields import fill_in
from amends.cases.actions.follow_up import Answer
from amends.cases.actions.from_portal import (
    answer_on_page,
    ask_for_another_look,
    come_back,
    take_back,
    tell_of_outside,
)
from amends.cases.actions.holding_back import ask_release, release_reply, return_reply
from amends.cases.actions.letters import Reply
from amends.cases.actions.options import (
    Gives,
    Way,
    add_remedy,
    change_option,
    drop_option,
    drop_remedy,
)
from amends.cases.actions.outside import Body
from amends.cases.actions.rating import Rated, rate
from amends.cases.actions.read_back import ask_read_back, confirm_read_back, correct_read_back
from amends.cases.actions.safety import call_senior, end_by_rule
from amends.cases.actions.their_answer import (
    agree_to_decision,
    agree_to_proposal,
    ask_for_time,
    counter_proposal,
    leave_unanswered,
)
from amends.cases.actions.todos import put_checklist
from amends.cases.models.case import CaseContact
from amends.cases.models.deciding import Option, Proposal, Remedy
from amends.cases.models.held import HeldReply
from amends.cases.models.promises import FollowUp
from amends.cases.models.read_back import ReadBack
from amends.cases.models.safety import SeniorCall
from amends.cases.rules.conduct import Do, Dont, Seen
from amends.cases.rules.fields import Filled
from amends.cases.rules.kinds import CaseKind, How, Satisfaction, Verdict
from amends.cases.rules.todos import Line
from amends.staff.rules.authority import RemedyKind
from amends.standards.actions import ship_profiles
from amends.standards.models import ClockProfile
from tests import make
from tests.cases import fielded
from tests.cases.lives import ANYBODY, HOURS, SELDOM, Life

HURTS = "You are an idiot, and we come on Tuesday."
WHICH = st.integers(0, 3)
PARTLY = [Verdict.YES, Verdict.PARTLY, Verdict.NO]


def was_weighed(life):
    """Return whether something may have been put to the customer."""
    return bool({"propose_remedy", "hear_view"} & life.done)


class LifeBeside(Life):
    """The acts which move no case by themselves, and those of customers on their own page."""

    under_law = False

    def is_furnished(self):
        """Let there be a field of our own and a checklist, and in some houses law."""
        if self.under_law and not ClockProfile.objects.exists():
            ship_profiles(at=make.NOW - timedelta(days=1))
        by = self.staff["manager"]
        self.field = fielded.a_field(f"Contract number {by.pk}")
        draft = Draft(name=f"Cold flat {by.pk}", kind=CaseKind.COMPLAINT, lines=(Line("Go.", 1),))
        self.checklist = keep_checklist(None, draft=draft, by=by, at=make.NOW)

    @rule(who=ANYBODY, which=WHICH, seen=st.sampled_from(Seen))
    def review_a_contact(self, who, which, seen):
        here = self.some(CaseContact, which)
        sights = {Do.LISTEN: Sight(seen), Dont.INTERRUPT: Sight(seen, "Once.")}
        if here:  # a case that was joined to another gave it what was said
            self.attempt(
                review_contact, self.case, contact=here.contact, sights=sights, by=self.staff[who]
            )

    @rule(who=ANYBODY, which=WHICH, what=st.sampled_from(["say", "drop", "give", "take"]))
    def weigh_anew(self, who, which, what):
        by, option = self.staff[who], self.some(Option, which)
        if what == "say":
            way = Way(what="We mend it at night", cost=Decimal(9), value=Decimal(90))
            self.attempt(change_option, option, way=way, by=by)
        elif what == "drop":
            self.attempt(drop_option, option, why="Too late.", by=by)
        elif what == "give":
            gives = Gives(kind=RemedyKind.APOLOGY, what="In a letter")
            self.attempt(add_remedy, option, gives=gives, by=by)
        else:
            given = Remedy.objects.filter(option__case=self.case).order_by("pk").last()
            self.attempt(drop_remedy, given, by=by)

    @precondition(lambda life: life.under_law)
    @rule(who=ANYBODY, days=st.integers(-2, 40), reason=st.sampled_from(["The lab is full.", ""]))
    def extend(self, who, days, reason):
        until = (self.now + timedelta(days=days)).date()
        delay = Delay(until=until, reason=reason, circumstances="It waits.", told_how=How.TELEPHONE)
        self.attempt(extend_term, self.case, delay=delay, by=self.staff[who])

    @rule(who=ANYBODY, text=st.sampled_from(["17-B", "", "x" * 300]))
    def fill_in_our_field(self, who, text):
        values = {self.field.pk: Filled(text=text)}
        self.attempt(fill_in, self.case, values=values, by=self.staff[who])

    @rule(who=ANYBODY)
    def go_by_a_checklist(self, who):
        self.attempt(put_checklist, self.case, checklist=self.checklist, by=self.staff[who])

    @rule(who=ANYBODY, ends=st.booleans())
    def be_threatened(self, who, ends):
        if ends:
            self.attempt(end_by_rule, self.some(SeniorCall, -1), by=self.staff[who])
        else:
            self.attempt(call_senior, self.case, by=self.staff[who])

    @rule(who=ANYBODY, text=st.sampled_from([HURTS, "We come on Tuesday."]))
    def hold_back(self, who, text):
        by = self.staff[who]
        self.attempt(reply_by_mail, self.case, reply=Reply(text=HURTS), by=by)
        self.attempt(ask_release, self.case, text=text, by=by)

    @precondition(lambda life: "ask_release" in life.done)
    @rule(who=ANYBODY, leaves=st.booleans())
    def judge_what_is_held(self, who, leaves):
        act = release_reply if leaves else return_reply
        self.attempt(act, self.some(HeldReply, -1), reason="Say it so.", by=self.staff[who])

    @rule(who=ANYBODY)
    def read_back(self, who):
        text = "You were cold, and we come on Tuesday."
        self.attempt(ask_read_back, self.case, text=text, by=self.staff[who])

    @precondition(lambda life: "ask_read_back" in life.done)
    @rule(which=WHICH, right=st.booleans())
    def answer_what_was_read_back(self, which, right):
        asked = self.some(ReadBack, which)
        if right:
            self.attempt(confirm_read_back, asked, words="Yes.", by=self.customer)
        else:
            self.attempt(correct_read_back, asked, words="No, three days.", by=self.customer)

    @precondition(lambda life: "make_promise" in life.done)
    @rule(which=WHICH, verdict=st.sampled_from(PARTLY), words=st.sampled_from(["", "So it is."]))
    def answer_on_their_page(self, which, verdict, words):
        answer = Answer(verdict=verdict, how=How.LINK, words=words)
        asked = self.some(FollowUp, which)
        self.attempt(answer_on_page, asked, answer=answer, by=self.customer)

    @rule(which=WHICH, satisfaction=st.sampled_from(Satisfaction))
    def rate_us(self, which, satisfaction):
        rated = Rated(satisfaction=satisfaction, words="Well.")
        self.attempt(rate, self.some(FollowUp, which), rated=rated, by=self.customer)

    @rule(what=st.sampled_from(["back", "look", "outside"]), named=st.booleans())
    def turn_elsewhere_on_their_page(self, what, named):
        words = {"words": "Not like this.", "by": self.customer}
        if what == "back":
            self.attempt(come_back, self.case, **words)
        elif what == "look":
            self.attempt(ask_for_another_look, self.case, **words)
        else:
            body = Body(name="The consumer office", reference="7/26" if named else "")
            self.attempt(tell_of_outside, self.case, body=body, **words)

    @rule(happens=SELDOM)
    def take_it_back_on_their_page(self, happens):
        if happens:
            self.attempt(take_back, self.case, words="Never mind.", by=self.customer)

    @precondition(was_weighed)
    @rule(what=st.sampled_from(["yes", "else", "later"]), hours=HOURS)
    def answer_the_proposal_on_their_page(self, what, hours):
        proposal, by = self.some(Proposal, -1), self.customer
        if what == "yes":
            self.attempt(agree_to_proposal, proposal, words="Good.", by=by)
        elif what == "else":
            self.attempt(counter_proposal, proposal, words="A new pump.", by=by)
        else:
            until = self.now + timedelta(hours=hours)
            self.attempt(ask_for_time, proposal, until=until, words="My wife.", by=by)

    @rule()
    def say_yes_to_the_decision_on_their_page(self):
        self.attempt(agree_to_decision, self.case, by=self.customer)

    @rule(who=ANYBODY)
    def need_no_answer(self, who):
        self.attempt(leave_unanswered, self.case, by=self.staff[who])

    def journal_tells_the_same(self, case):
        told = super().journal_tells_the_same(case)
        held = HeldReply.objects.filter(case=case, judged_by=None)
        assert told.held == set(held.values_list("pk", flat=True))
        asked = ReadBack.objects.filter(case=case, answered_at=None, ended_at=None)
        assert told.read_back == asked.values_list("pk", flat=True).first()
        found = case.issues.exclude(found_at=None)
        assert told.findings == dict(found.values_list("pk", "validity"))
        return told
