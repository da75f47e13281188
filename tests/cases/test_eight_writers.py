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
from amends.cases.actions.correspondence import add_note
from amends.cases.actions.follow_up import finish_without_customer
from amends.cases.actions.investigating import Awaited, Plan, end_wait, plan_investigation, wait_for
from amends.cases.actions.outside import Body, Ruling, go_outside, record_outside_decision
from amends.cases.actions.ownership import assign_case, take_case
from amends.cases.actions.promises import accept_promise, keep_promise, make_promise
from amends.cases.actions.snoozing import snooze_case
from amends.cases.actions.tags import keep_tag, set_tags
from amends.cases.actions.todos import Plain, add_todo, finish_todo
from amends.cases.models.case import Case, CaseNote
from amends.cases.models.promises import Promise
from amends.cases.models.todos import Todo
from amends.cases.models.turns import Wait
from amends.cases.queries.facts import due_facts
from amends.cases.rules.due import next_due
from amends.cases.rules.kinds import How, Mechanism, Outcome, Pillar, PromiseState
from amends.cases.rules.lifecycle import State
from amends.cases.rules.replay import replay
from amends.cases.rules.turns import Accepted
from amends.journal.models import Entry
from amends.staff.rules.permissions import Role
from tests import make

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

    def __init__(self, case, staff, number, steps, label):
        super().__init__()
        self.case, self.staff, self.steps, self.label = case, staff, steps, label
        self.by = staff[number]
        self.chance = random.Random(number)  # noqa: S311 - a game, no secret
        self.now = make.NOW
        self.noted = self.promised = self.waited = 0
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
            self.go_outside, self.reopen, self.reopen,
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

    def reopen(self):
        self.on(reopen_case, reason="It came back.")

    def finish(self):
        self.on(finish_without_customer, done="Done.")

    def go_outside(self):
        self.on(go_outside, body=BODY)
        self.on(record_outside_decision, ruling=RULING)


@pytest.mark.django_db(transaction=True)
@pytest.mark.requirement("S1-13")
def test_eight_writers_lose_nothing_and_the_journal_tells_the_same():
    staff = [make.staff(role=Role.SENIOR) for _ in range(WRITERS)]
    case = make.case(owner=staff[0])
    label = keep_tag(None, names={"en": "Heating"}, by=make.staff(role=Role.MANAGER), at=make.NOW)
    writers = [Writer(case, staff, number, STEPS // WRITERS, label) for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.broke for writer in writers] == [None] * WRITERS
    assert sum(each.promised for each in writers) > STEPS // 50
    assert CaseNote.objects.filter(case=case).count() == sum(each.noted for each in writers)
    assert Promise.objects.filter(case=case).count() == sum(each.promised for each in writers)
    assert Wait.objects.filter(case=case).count() == sum(each.waited for each in writers)
    case = Case.objects.get(pk=case.pk)
    told = replay(
        Entry.objects.filter(subject=f"case:{case.pk}").order_by("pk").values_list("kind", "facts")
    )
    promises = Promise.objects.filter(case=case)
    assert (told.state, told.owner_id) == (case.state, case.owner_id)
    assert told.promises == {each.pk: PromiseState(each.state) for each in promises}
    assert told.tags == set(case.tags)
    assert told.todos == {each.pk for each in Todo.objects.open().filter(case=case)}
    moment = next_due(due_facts(case))
    assert (case.next_due, case.next_due_at) == ((moment.what, moment.at) if moment else ("", None))
