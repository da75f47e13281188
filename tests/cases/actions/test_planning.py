from datetime import timedelta

import pytest

from amends.base.files import path_of
from amends.cases.actions.closing import apologise
from amends.cases.actions.correspondence import reply_by_mail
from amends.cases.actions.fit_to_send import NotFilledIn, OnlyGreeted, StrangersCopied
from amends.cases.actions.letters import Reply
from amends.cases.actions.opening import add_contact
from amends.cases.actions.planning import (
    AnothersReply,
    LeavesInThePast,
    LeavesTooFarAway,
    LeftAlready,
    drop_planned,
    let_planned_leave,
    move_planned,
    plan_reply,
    send_planned_now,
)
from amends.cases.queries.planned import planned_for, planned_in, planned_on, planned_to_leave
from amends.contacts.actions.attachments import Upload
from amends.contacts.models import Contact, OutgoingMail
from amends.contacts.rules.kinds import Channel
from amends.jobs.sweeper import sweep
from amends.notices.rules.reasons import Reason
from amends.people.rules.address import greeting
from tests import make
from tests.cases.actions.seen import entries
from tests.make import NOW
from tests.told import told

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
TOMORROW = NOW + timedelta(days=1)
REPLY = Reply(text="He comes at four.", files=(Upload("plan.pdf", b"%PDF-1.4\n%%EOF\n"),))


@pytest.fixture
def owner():
    make.organisation()
    return make.staff("Inga")


@pytest.fixture
def case(owner):
    person = make.person(email="ruta@post.example")
    return make.case(make.contact(person=person), owner=owner)


def plan(case, owner, reply=REPLY, *, leaves_at=TOMORROW):
    return plan_reply(case, reply=reply, leaves_at=leaves_at, by=owner, at=NOW)


def writes(case, owner, at):
    said = make.contact(person=case.person, channel=Channel.EMAIL, started_at=at, ended_at=at)
    add_contact(case, contact=said, by=owner, at=at)


def test_until_it_leaves_nothing_was_said(case, owner):
    planned = plan(case, owner)
    assert not OutgoingMail.objects.exists()
    assert not Contact.objects.filter(direction="out").exists()
    assert list(planned_on(case)) == list(planned_for(owner)) == [planned]
    assert planned_in(case, planned.pk) == planned
    assert list(planned_to_leave(TOMORROW - HOUR)) == []


def test_a_greeting_alone_is_not_planned_either(case, owner):
    with pytest.raises(OnlyGreeted):
        plan(case, owner, Reply(text=f"{greeting(case.person.addressee, 'en')},\n\n"))


def test_when_its_time_comes_it_leaves_with_its_files_as_its_author_wrote_it(case, owner):
    planned = plan(case, owner)
    sweep(TOMORROW)
    planned.refresh_from_db()
    mail = OutgoingMail.objects.get()
    assert (planned.mail, planned.gone_at, mail.author) == (mail, TOMORROW, owner)
    assert mail.contact
    assert mail.contact.attachments.get().name == "plan.pdf"
    assert "He comes at four." in mail.text
    assert list(planned_on(case)) == []


def test_if_the_customer_wrote_meanwhile_it_waits_and_its_author_is_told(case, owner):
    planned = plan(case, owner)
    writes(case, owner, NOW + HOUR)
    sweep(TOMORROW)
    planned.refresh_from_db()
    assert planned.held_at == TOMORROW
    assert "wrote after this was written" in planned.held_reason
    assert not OutgoingMail.objects.exists()
    assert entries()[-1] == "PlannedReplyStopped"
    assert (owner, Reason.REPLY_WAITS) in told()


def test_who_has_read_what_came_lets_it_leave_all_the_same(case, owner):
    planned = plan(case, owner)
    writes(case, owner, NOW + HOUR)
    let_planned_leave(planned, at=TOMORROW)
    mail = send_planned_now(planned, by=owner, at=TOMORROW + HOUR)
    planned.refresh_from_db()
    assert (planned.mail, planned.held_at, planned.held_reason) == (mail, None, "")


def test_one_moved_after_it_was_held_leaves_at_its_new_time(case, owner):
    planned = plan(case, owner)
    writes(case, owner, NOW + HOUR)
    let_planned_leave(planned, at=TOMORROW)
    move_planned(planned, leaves_at=TOMORROW + 2 * HOUR, by=owner, at=TOMORROW + HOUR)
    let_planned_leave(planned, at=TOMORROW + 2 * HOUR)
    assert OutgoingMail.objects.exists()


def test_what_would_be_refused_when_it_leaves_holds_it(case, owner):
    planned = plan(case, owner)
    owner.is_active = False
    owner.save()
    assert let_planned_leave(planned, at=TOMORROW).held_reason
    assert not OutgoingMail.objects.exists()


def test_a_file_that_is_gone_holds_it(case, owner):
    planned = plan(case, owner)
    path_of(planned.files.get().sha256).unlink()
    assert let_planned_leave(planned, at=TOMORROW).held_reason


def test_one_is_taken_back_and_does_not_leave(case, owner):
    planned = plan(case, owner)
    drop_planned(planned, by=owner, at=NOW + HOUR)
    sweep(TOMORROW)
    assert not OutgoingMail.objects.exists()
    for again in (
        lambda: drop_planned(planned, by=owner, at=NOW),
        lambda: move_planned(planned, leaves_at=TOMORROW, by=owner, at=NOW),
        lambda: send_planned_now(planned, by=owner, at=NOW),
    ):
        with pytest.raises(LeftAlready):
            again()


@pytest.mark.parametrize(
    ("leaves_at", "refusal"),
    [(NOW, LeavesInThePast), (NOW + timedelta(days=91), LeavesTooFarAway)],
)
def test_it_leaves_within_reason(case, owner, leaves_at, refusal):
    with pytest.raises(refusal):
        plan(case, owner, leaves_at=leaves_at)


@pytest.mark.parametrize(
    ("reply", "refusal"),
    [
        (Reply(text="{promise}"), NotFilledIn),
        (Reply(text="Hello", cc=("x@strange.example",)), StrangersCopied),
    ],
)
def test_what_could_not_be_sent_now_is_not_planned(case, owner, reply, refusal):
    with pytest.raises(refusal):
        plan(case, owner, reply)


def test_nobody_sends_what_another_signs(case, owner):
    planned = plan(case, owner)
    with pytest.raises(AnothersReply):
        send_planned_now(planned, by=make.staff("Vida"), at=NOW)


def test_what_colleagues_do_meanwhile_does_not_hold_it(case, owner):
    planned = plan(case, owner)
    reply_by_mail(case, reply=Reply(text="And one more thing."), by=owner, at=NOW + HOUR)
    apologise(case, by=owner, at=NOW + HOUR)
    let_planned_leave(planned, at=TOMORROW)
    assert OutgoingMail.objects.count() == 2
