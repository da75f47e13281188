"""Eight people at one case at once: nothing that one of them did is lost, and the journal knows."""

import os
import random
from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection

from amends.base.refusal import Refused
from amends.cases.actions.closing import (
    Why,
    apologise,
    close_case,
    count_cause,
    reopen_case,
    thank,
)
from amends.cases.actions.conduct import Sight, review_contact
from amends.cases.actions.correspondence import add_note
from amends.cases.actions.fields import fill_in
from amends.cases.actions.follow_up import finish_without_customer
from amends.cases.actions.from_portal import add_words, come_back
from amends.cases.actions.holding_back import ask_release, release_reply
from amends.cases.actions.investigating import Awaited, Plan, end_wait, plan_investigation, wait_for
from amends.cases.actions.outside import Body, Ruling, go_outside, record_outside_decision
from amends.cases.actions.ownership import assign_case, take_case
from amends.cases.actions.promises import accept_promise, keep_promise, make_promise
from amends.cases.actions.read_back import ask_read_back, confirm_read_back, correct_read_back
from amends.cases.actions.snoozing import snooze_case
from amends.cases.actions.tags import keep_tag, set_tags
from amends.cases.actions.todos import Plain, add_todo, finish_todo
from amends.cases.models.case import Case, CaseNote
from amends.cases.models.conduct import ContactReview
from amends.cases.models.fields import CustomValue
from amends.cases.models.held import HeldReply
from amends.cases.models.promises import Promise
from amends.cases.models.read_back import ReadBack
from amends.cases.models.todos import Todo
from amends.cases.models.turns import Wait
from amends.cases.queries.facts import due_facts
from amends.cases.rules.conduct import Do, Seen
from amends.cases.rules.due import next_due
from amends.cases.rules.fields import Filled
from amends.cases.rules.kinds import How, Mechanism, Outcome, Pillar, PromiseState
from amends.cases.rules.lifecycle import State
from amends.cases.rules.replay import replay
from amends.cases.rules.turns import Accepted
from amends.contacts.rules.kinds import Channel
from amends.journal.models import Entry
from amends.staff.rules.permissions import Role
from tests import make
from tests.cases import fielded

WRITERS = 8
STEPS = int(os.environ.get("AMENDS_STEPS", "480"))
SOON = timedelta(hours=9)
WHY = Why(pillar=Pillar.SYSTEM, mechanism=Mechanism.DELAY)
PLAN = Plan(questions="Why?", sources="The log.", persons="Jonas.", update_every_days=5)
BODY = Body(name="The consumer office", reference="7/26")
RULING = Ruling(
    outcome=Outcome.NOT_UPHELD, binding=False, accepted=Accepted.US, reasons="The meter."
)


class Writer(Thread):
    """Somebody who does one thing after the other to a case, as if nobody else did."""

    def __init__(self, case, staff, number, steps, label, field):
        super().__init__()
        self.case, self.staff, self.steps = case, staff, steps
        self.label, self.field = label, field
        self.by = staff[number]
        self.chance = random.Random(number)  # noqa: S311 - a game, no secret
        self.now = make.NOW
        self.noted = self.promised = self.waited = self.held = self.asked = self.wrote = 0
        self.filled = set()
        self.broke = None

    def run(self):
        try:
            for _step in range(self.steps):
                self.now += timedelta(minutes=3)
                self.do_something()
        except Exception as error:  # noqa: BLE001 - told by the test, not by the thread
            self.broke = error
        finally:
            connection.close()

    def do_something(self):
        act = self.chance.choice([
            self.note, self.note, self.promise, self.agree, self.keep, self.wait, self.go_on,
            self.tag, self.do_inside, self.snooze, self.be_kind, self.hand, self.finish,
            self.go_outside, self.reopen, self.reopen, self.hold_back, self.read_back, self.review,
            self.fill_in, self.write,
        ])  # fmt: skip
        try:
            act()
        except Refused:
            return

    def on(self, act, **facts):
        return act(self.case, by=self.by, at=self.now, **facts)

    def a_promise(self):
        owed = Promise.objects.filter(case=self.case).owed()
        return owed.order_by("?").first()

    def note(self):
        self.on(add_note, text="I was here.")
        self.noted += 1

    def promise(self):
        self.on(make_promise, offer=make.offer(due_at=self.now + SOON))
        self.promised += 1

    def agree(self):
        if promise := self.a_promise():
            accept_promise(promise, how=How.DESK, by=self.by, at=self.now)

    def keep(self):
        if promise := self.a_promise():
            keep_promise(promise, evidence="Done.", by=self.by, at=self.now)

    def wait(self):
        self.on(plan_investigation, plan=PLAN)
        until = self.now + SOON
        awaited = Awaited(state=State.WAITING_INSIDE, what="A", whom="B", until=until)
        self.on(wait_for, awaited=awaited)
        self.waited += 1

    def go_on(self):
        self.on(end_wait, came=True)

    def be_kind(self):
        self.on(apologise)
        self.on(thank)
        self.on(count_cause, why=WHY)
        self.on(close_case)

    def hand(self):
        self.on(take_case)
        self.on(assign_case, to=self.chance.choice(self.staff))

    def tag(self):
        self.on(set_tags, tags=[self.label] if self.chance.random() < 0.5 else [])

    def do_inside(self):
        if self.chance.random() < 0.5:
            plain = Plain(what="Look.", owner=self.by, due_at=self.now + SOON)
            self.on(add_todo, plain=plain)
        elif todo := Todo.objects.open().filter(case=self.case).order_by("?").first():
            finish_todo(todo, by=self.by, at=self.now)

    def snooze(self):
        self.on(snooze_case, until=self.now + timedelta(hours=1), reason="Not now.")

    def hold_back(self):
        words = f"You are an idiot, {self.by.name}, {self.held}."
        held = self.on(ask_release, text=words)
        self.held += 1
        judge = self.chance.choice(self.staff)
        release_reply(held, reason="He is right.", by=judge, at=self.now)

    def read_back(self):
        read_back = self.on(ask_read_back, text="You were cold.")
        self.asked += 1
        if self.chance.random() < 0.5:
            confirm_read_back(read_back, by=self.case.person, at=self.now)
        else:
            correct_read_back(read_back, words="Three days.", by=self.case.person, at=self.now)
            self.wrote += 1

    def review(self):
        contact = self.case.case_contacts.earliest("contact").contact
        seen = self.chance.choice(list(Seen))
        self.on(review_contact, contact=contact, sights={Do.LISTEN: Sight(seen)})

    def fill_in(self):
        text = f"17-{self.now:%d%H%M}"
        self.on(fill_in, values={self.field.pk: Filled(text=text)})
        self.filled.add(text)

    def write(self):
        words = {"words": "It is cold.", "by": self.case.person, "at": self.now}
        act = come_back if self.chance.random() < 0.5 else add_words
        act(self.case, **words)
        self.wrote += 1

    def reopen(self):
        self.on(reopen_case, reason="It came back.")

    def finish(self):
        self.on(finish_without_customer, done="Done.")

    def go_outside(self):
        self.on(go_outside, body=BODY)
        self.on(record_outside_decision, ruling=RULING)


def sum_of(writers, what):
    return sum(getattr(each, what) for each in writers)


def nothing_is_lost(case, writers):
    assert CaseNote.objects.filter(case=case).count() == sum_of(writers, "noted")
    assert Promise.objects.filter(case=case).count() == sum_of(writers, "promised")
    assert Wait.objects.filter(case=case).count() == sum_of(writers, "waited")
    assert HeldReply.objects.filter(case=case).count() == sum_of(writers, "held")
    assert ReadBack.objects.filter(case=case).count() == sum_of(writers, "asked")
    assert case.case_contacts.filter(contact__channel=Channel.WEB).count() == sum_of(
        writers, "wrote"
    )
    assert ContactReview.objects.filter(case=case).count() <= WRITERS
    filled = {value.text for value in CustomValue.objects.filter(case=case)}
    assert len(filled) == 1
    assert filled <= set().union(*(each.filled for each in writers))


def the_journal_tells_the_same(case):
    entries = Entry.objects.filter(subject=f"case:{case.pk}").order_by("pk")
    told = replay(entries.values_list("kind", "facts"))
    promises = Promise.objects.filter(case=case)
    assert (told.state, told.owner_id) == (case.state, case.owner_id)
    assert told.promises == {each.pk: PromiseState(each.state) for each in promises}
    assert told.tags == set(case.tags)
    assert told.todos == {each.pk for each in Todo.objects.open().filter(case=case)}
    asked = ReadBack.objects.filter(case=case, answered_at=None, ended_at=None)
    assert told.read_back == asked.values_list("pk", flat=True).first()
    assert told.held == {each.pk for each in HeldReply.objects.filter(case=case, judged_by=None)}


@pytest.mark.django_db(transaction=True)
@pytest.mark.requirement("S1-13")
def test_eight_writers_lose_nothing_and_the_journal_tells_the_same():
    staff = [make.staff(role=Role.SENIOR) for _ in range(WRITERS)]
    case = make.case(owner=staff[0])
    manager = make.staff(role=Role.MANAGER)
    label = keep_tag(None, names={"en": "Heating"}, by=manager, at=make.NOW)
    field = fielded.a_field()
    each = STEPS // WRITERS
    writers = [Writer(case, staff, number, each, label, field) for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.broke for writer in writers] == [None] * WRITERS
    assert sum_of(writers, "promised") > STEPS // 50
    case = Case.objects.get(pk=case.pk)
    nothing_is_lost(case, writers)
    the_journal_tells_the_same(case)
    moment = next_due(due_facts(case))
    assert (case.next_due, case.next_due_at) == ((moment.what, moment.at) if moment else ("", None))
