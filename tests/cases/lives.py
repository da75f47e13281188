"""A case on the straight way, and whatever people do to it, legal or not, in any order."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from amends.base.refusal import Refused
from amends.cases.actions.assessment import Assessment, assess_case, change_kind
from amends.cases.actions.clarifying import set_need_by
from amends.cases.actions.closing import (
    Why,
    apologise,
    close_case,
    count_cause,
    reopen_case,
    thank,
    withdraw_case,
)
from amends.cases.actions.correspondence import reply_by_mail, undo_reply
from amends.cases.actions.follow_up import (
    Answer,
    answer_put_right,
    finish_on_the_spot,
    finish_without_customer,
    note_attempt,
)
from amends.cases.actions.letters import Reply
from amends.cases.actions.ownership import (
    accept_handover,
    assign_case,
    decline_handover,
    offer_handover,
    take_case,
    withdraw_handover,
)
from amends.cases.actions.parties import name_party
from amends.cases.actions.promises import (
    accept_promise,
    apologise_for_broken,
    counter_promise,
    keep_promise,
    make_promise,
    mark_promise_broken,
    renegotiate_promise,
)
from amends.cases.actions.protection import Standstill, lift_hold, set_hold
from amends.cases.models.case import Case
from amends.cases.models.colleagues import Handover
from amends.cases.models.promises import Attempt, FollowUp, Promise
from amends.cases.models.protection import Hold
from amends.cases.models.todos import Todo
from amends.cases.queries.facts import due_facts
from amends.cases.rules.due import next_due
from amends.cases.rules.kinds import (
    AttemptResult,
    CaseKind,
    How,
    Mechanism,
    Part,
    Pillar,
    PromiseState,
    Verdict,
)
from amends.cases.rules.lifecycle import State
from amends.cases.rules.replay import replay
from amends.contacts.models import OutgoingMail, Words
from amends.journal.models import Entry
from amends.staff.rules.permissions import Role
from tests import make

HOURS = st.integers(1, 60)
# Mostly those who may: else little would happen to a case but refusals.
ANYBODY = st.sampled_from(
    [*["senior"] * 6, *["agent"] * 4, "mate", "manager", "stranger", "employee"]
)
SELDOM = st.integers(0, 9).map(lambda n: n == 0)
VERDICTS = st.sampled_from([Verdict.YES, Verdict.PARTLY, Verdict.NO])


class Life(RuleBasedStateMachine):
    """One case, six colleagues and its customer."""

    @initialize(start=st.sampled_from(["told", "promised", "broken", "kept", "done", "closed"]))
    def begin(self, start):
        self.staff = {
            "agent": make.staff(),
            "mate": make.staff(),
            "stranger": make.staff(),
            "senior": make.staff(role=Role.SENIOR),
            "manager": make.staff(role=Role.MANAGER),
            "employee": make.staff(role=Role.EMPLOYEE),
        }
        team = make.team(
            f"Team of {self.staff['agent'].pk}",
            duty_owner=self.staff["senior"],
            members=(self.staff["agent"], self.staff["mate"]),
        )
        self.customer = make.person(email="ruta@home.example")
        self.case = make.case(make.contact(person=self.customer), team_=team)
        self.first = self.case.case_contacts.get().contact_id
        self.received_at = self.case.received_at
        self.done = set()
        self.now = make.NOW
        self.has_come_so_far(start)

    def has_come_so_far(self, start):
        """Take the case to where its further life begins."""
        if start in {"promised", "broken"}:
            make.promise(self.case)
        if start == "kept":
            make.kept(self.case)
        if start in {"done", "closed"}:
            make.done(self.case)
        if start != "told":
            self.done |= {"make_promise", "close_case"}
        self.now += timedelta(hours=5)
        if start == "broken":
            self.time_passes(hours=30)
        if start == "closed":
            self.be_kind("senior")
            self.close("senior")

    def attempt(self, act, subject, **facts):
        """Let somebody do something; what is refused changes nothing."""
        self.now += timedelta(minutes=7)
        if subject is None:
            return
        before = Entry.objects.filter(subject=f"case:{self.case.pk}").count()
        try:
            act(subject, at=self.now, **facts)
            self.done.add(act.__name__)
        except Refused:
            assert Entry.objects.filter(subject=f"case:{self.case.pk}").count() == before

    def some(self, model, which: int, **facts):
        found = list(model.objects.filter(case=self.case, **facts).order_by("pk"))
        return found[which % len(found)] if found else None

    @rule(hours=HOURS)
    def time_passes(self, hours):
        self.now += timedelta(hours=hours)
        for promise in Promise.objects.filter(case=self.case).overdue(self.now):
            mark_promise_broken(promise, at=self.now)

    @rule(who=ANYBODY)
    def take(self, who):
        self.attempt(take_case, self.case, by=self.staff[who])

    @rule(who=ANYBODY, to=ANYBODY)
    def assign(self, who, to):
        self.attempt(assign_case, self.case, to=self.staff[to], by=self.staff[who])

    @rule(who=ANYBODY, to=ANYBODY, summary=st.sampled_from(["She waits.", ""]))
    def hand_over(self, who, to, summary):
        self.attempt(
            offer_handover, self.case, to=self.staff[to], summary=summary, by=self.staff[who]
        )

    @precondition(lambda life: "offer_handover" in life.done)
    @rule(who=ANYBODY, answer=st.sampled_from(["accept", "decline", "withdraw"]))
    def answer_handover(self, who, answer):
        handover = self.some(Handover, -1)
        if answer == "accept":
            self.attempt(accept_handover, handover, by=self.staff[who])
        elif answer == "decline":
            self.attempt(decline_handover, handover, reason="Away.", by=self.staff[who])
        else:
            self.attempt(withdraw_handover, handover, by=self.staff[who])

    @rule(who=ANYBODY, hours=HOURS)
    def promise(self, who, hours):
        offer = make.offer(due_at=self.now + timedelta(hours=hours))
        self.attempt(make_promise, self.case, offer=offer, by=self.staff[who])

    @precondition(lambda life: "make_promise" in life.done)
    @rule(which=st.integers(0, 3))
    def say_yes(self, which):
        self.attempt(accept_promise, self.some(Promise, which), how=How.LINK, by=self.customer)

    @precondition(lambda life: "make_promise" in life.done)
    @rule(which=st.integers(0, 3), hours=HOURS)
    def wish_another_day(self, which, hours):
        self.attempt(
            counter_promise,
            self.some(Promise, which),
            wished=self.now + timedelta(hours=hours),
            words="I am away.",
            by=self.customer,
        )

    @precondition(lambda life: "make_promise" in life.done)
    @rule(who=ANYBODY, which=st.integers(0, 3))
    def keep(self, who, which):
        self.attempt(keep_promise, self.some(Promise, which), evidence="Done.", by=self.staff[who])

    @precondition(lambda life: "make_promise" in life.done)
    @rule(who=ANYBODY, which=st.integers(0, 3), hours=HOURS, as_wished=st.booleans())
    def promise_anew(self, who, which, hours, as_wished):
        promise = self.some(Promise, which)
        wished = promise.counter_for if promise and as_wished else None
        offer = make.offer(due_at=wished or self.now + timedelta(hours=hours))
        self.attempt(renegotiate_promise, promise, offer=offer, by=self.staff[who])

    @precondition(lambda life: "make_promise" in life.done)
    @rule(who=ANYBODY, which=st.integers(0, 3))
    def say_sorry_for_what_broke(self, who, which):
        self.attempt(apologise_for_broken, self.some(Promise, which), by=self.staff[who])

    @precondition(lambda life: "make_promise" in life.done)
    @rule(who=ANYBODY, which=st.integers(0, 3))
    def ask(self, who, which):
        self.attempt(
            note_attempt,
            self.some(FollowUp, which),
            how=How.TELEPHONE,
            result=AttemptResult.NOT_REACHED,
            by=self.staff[who],
        )

    @precondition(lambda life: "make_promise" in life.done)
    @rule(which=st.integers(0, 3), verdict=VERDICTS)
    def hear(self, which, verdict):
        answer = Answer(verdict=verdict, how=How.LINK)
        self.attempt(answer_put_right, self.some(FollowUp, which), answer=answer, by=self.customer)

    @rule(who=ANYBODY, there=st.booleans())
    def do_it_now(self, who, there):
        by = self.staff[who]
        if there:
            self.attempt(finish_on_the_spot, self.case, done="Done.", yes_how=How.DESK, by=by)
        else:
            self.attempt(finish_without_customer, self.case, done="Done.", by=by)

    @rule(who=ANYBODY, severity=st.sampled_from([None, 2, 4, 9]))
    def assess(self, who, severity):
        self.attempt(
            assess_case,
            self.case,
            assessment=Assessment(severity=severity),
            by=self.staff[who],
        )

    @rule(who=ANYBODY, step=st.booleans(), undone=st.booleans())
    def reply(self, who, step, undone):
        next_at = self.now + timedelta(hours=9) if step else None
        reply = Reply(
            text="Dear", next_step="We look.", next_at=next_at, held_for=timedelta(hours=1)
        )
        self.attempt(reply_by_mail, self.case, reply=reply, by=self.staff[who])
        if undone:
            mine = OutgoingMail.objects.filter(contact__case_contacts__case=self.case)
            self.attempt(undo_reply, mine.order_by("pk").last(), by=self.staff[who])

    @rule(who=ANYBODY, lifted=st.booleans())
    def hold(self, who, lifted):
        still = Standstill(what="Dunning", until=self.now + timedelta(hours=30), told_whom="Bills")
        if lifted:
            self.attempt(lift_hold, self.some(Hold, -1), by=self.staff[who])
        else:
            self.attempt(set_hold, self.case, standstill=still, by=self.staff[who])

    @rule(who=ANYBODY, hours=st.none() | HOURS)
    def need(self, who, hours):
        need_by = self.now + timedelta(hours=hours) if hours else None
        self.attempt(set_need_by, self.case, need_by=need_by, reason="", by=self.staff[who])

    @rule(who=ANYBODY, kind=st.sampled_from([CaseKind.COMPLAINT, CaseKind.ENQUIRY]))
    def call_it(self, who, kind):
        self.attempt(change_kind, self.case, kind=kind, reason="So.", by=self.staff[who])

    @rule(who=ANYBODY, about=st.sampled_from(["mate", "stranger", "agent"]), happens=SELDOM)
    def complain_about(self, who, about, happens):
        if happens:
            self.attempt(
                name_party,
                self.case,
                part=Part.COMPLAINED_ABOUT,
                who=self.staff[about],
                by=self.staff[who],
            )

    @rule(who=ANYBODY)
    def be_kind(self, who):
        by = self.staff[who]
        why = Why(pillar=Pillar.SYSTEM, mechanism=Mechanism.DELAY, none_needed_reason="Known.")
        self.attempt(apologise, self.case, by=by)
        self.attempt(thank, self.case, by=by)
        self.attempt(count_cause, self.case, why=why, by=by)

    @rule(who=ANYBODY)
    def close(self, who):
        self.attempt(close_case, self.case, by=self.staff[who])

    @precondition(lambda life: {"withdraw_case", "close_case", "answer_put_right"} & life.done)
    @rule(who=ANYBODY, by_customer=st.booleans())
    def reopen(self, who, by_customer):
        by = self.customer if by_customer else self.staff[who]
        self.attempt(reopen_case, self.case, reason="It came back.", by=by)

    @rule(happens=SELDOM)
    def withdraw(self, happens):
        if happens:
            self.attempt(withdraw_case, self.case, statement="Never mind.", by=self.customer)

    @invariant()
    def holds(self):
        if not hasattr(self, "case") or not self.has_news():
            return
        case = Case.objects.select_related("owner").get(pk=self.case.pk)
        self.owner_may_own_it(case)
        self.next_is_what_follows(case)
        self.words_are_as_they_were()
        self.closed_means_asked(case)
        self.journal_tells_the_same(case)
        assert case.received_at == self.received_at

    def has_news(self):
        """Tell whether anything happened since the last look: what was refused changes nothing."""
        newest = Entry.objects.filter(subject=f"case:{self.case.pk}").latest("pk").pk
        seen, self.seen = getattr(self, "seen", None), newest
        return newest != seen

    def owner_may_own_it(self, case):
        if case.owner:
            assert Case.objects.visible_to(case.owner).filter(pk=case.pk).exists()
            assert case.owner.role != Role.EMPLOYEE

    def next_is_what_follows(self, case):
        moment = next_due(due_facts(case))
        assert (moment is not None) == case.is_open
        if moment:
            assert (case.next_due, case.next_due_at) == (moment.what, moment.at)

    def words_are_as_they_were(self):
        assert Words.objects.get(contact=self.first).text == make.STORY

    def closed_means_asked(self, case):
        if case.state != State.CLOSED:
            return
        assert not Promise.objects.filter(case=case).owed().exists()
        if case.kind == CaseKind.COMPLAINT and case.verdict == Verdict.NO_ANSWER:
            assert Attempt.objects.filter(follow_up__case=case).count() >= 2
        assert case.verdict != Verdict.NO

    def journal_tells_the_same(self, case):
        entries = Entry.objects.filter(subject=f"case:{case.pk}").order_by("pk")
        told = replay(entries.values_list("kind", "facts"))
        promises = list(Promise.objects.filter(case=case))
        assert (told.state, told.owner_id) == (case.state, case.owner_id)
        assert told.tags == set(case.tags)
        todos = Todo.objects.open().filter(case=case)
        assert told.todos == set(todos.values_list("pk", flat=True))
        assert told.promises == {p.pk: PromiseState(p.state) for p in promises}
        assert told.due == {p.pk: p.due_at.isoformat() for p in promises}
        return told
