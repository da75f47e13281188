from datetime import timedelta

import pytest

from amends.contacts.actions.mail import Letter, queue_mail
from amends.contacts.actions.sending import (
    AlreadyLeft,
    NotToBeSentAgain,
    begin_sending,
    doubt_mail,
    note_result,
    note_returned,
    send_again,
    take_up_mail,
    withdraw_mail,
)
from amends.contacts.models import OutgoingMail
from amends.contacts.rules.kinds import MailKind, MailState
from amends.contacts.rules.sending import GIVEN_UP_AFTER, Outcome, Result
from amends.journal.models import Entry
from amends.staff.actions.authorise import NotAllowed
from amends.staff.rules.permissions import Role
from tests import make
from tests.make import NOW

pytestmark = pytest.mark.django_db
SOON = NOW + timedelta(seconds=1)


@pytest.fixture
def mail():
    letter = Letter(
        kind=MailKind.NOTICE, to_address="ruta@example.lt", subject="a", text="b", language="lt"
    )
    return queue_mail(letter, by=None, at=NOW)


@pytest.fixture
def sending(mail):
    assert take_up_mail(mail, at=NOW)
    assert begin_sending(mail, at=NOW)
    return mail


def now(mail) -> OutgoingMail:
    return OutgoingMail.objects.get(pk=mail.pk)


def last_entry():
    entry = Entry.objects.order_by("-pk")[0]
    return entry.kind, entry.facts


def test_a_mail_is_taken_up_once_and_when_it_is_due(mail):
    assert not take_up_mail(mail, at=NOW - timedelta(seconds=1))
    assert take_up_mail(mail, at=NOW)
    assert not take_up_mail(mail, at=NOW)


def test_a_mail_that_was_not_taken_up_is_not_sent(mail):
    assert not begin_sending(mail, at=NOW)
    assert now(mail).tries == 0


def test_a_mail_that_was_begun_and_never_ended_is_perhaps_sent(sending):
    assert not begin_sending(sending, at=SOON)
    assert now(sending).state == MailState.PERHAPS_SENT
    assert last_entry()[1]["outcome"] == "perhaps-sent"


def test_a_mail_that_was_taken_is_sent(sending):
    note_result(sending, result=Result(Outcome.SENT, "queued as 7"), at=SOON)

    stands = now(sending)
    assert (stands.state, stands.sent_at, stands.error) == (MailState.SENT, SOON, "")
    assert last_entry() == (
        "MailTried",
        {"mail_id": sending.pk, "tries": 1, "outcome": "sent"},
    )


def test_a_mail_that_was_not_taken_is_tried_again_later(sending):
    note_result(sending, result=Result(Outcome.TRY_AGAIN, "451 later"), at=SOON)

    stands = now(sending)
    assert (stands.state, stands.error) == (MailState.WAITING, "451 later")
    assert stands.send_at == SOON + timedelta(minutes=1)
    assert not take_up_mail(sending, at=SOON)


def test_a_mail_is_given_up_in_the_end(sending):
    note_result(sending, result=Result(Outcome.TRY_AGAIN, "no route"), at=NOW + GIVEN_UP_AFTER)
    assert (now(sending).state, now(sending).error) == (MailState.FAILED, "no route")


def test_a_mail_that_was_refused_has_failed(sending):
    note_result(sending, result=Result(Outcome.REFUSED, "550 " + "x" * 900), at=SOON)
    assert now(sending).state == MailState.FAILED
    assert len(now(sending).error) == 500


def test_a_result_that_comes_too_late_changes_nothing(sending):
    doubt_mail(sending, at=SOON)
    note_result(sending, result=Result(Outcome.SENT), at=SOON)
    assert now(sending).state == MailState.PERHAPS_SENT


def test_a_mail_that_came_back_has_failed(sending):
    note_result(sending, result=Result(Outcome.SENT), at=SOON)
    note_returned(sending, reason="550 no such user", at=SOON)

    stands = now(sending)
    assert (stands.state, stands.sent_at, stands.error) == (
        MailState.FAILED,
        None,
        "550 no such user",
    )
    assert last_entry() == ("MailReturned", {"mail_id": sending.pk})


def test_only_somebody_who_looked_sends_a_doubtful_mail_again(sending):
    doubt_mail(sending, at=SOON)
    assert not take_up_mail(sending, at=SOON + timedelta(days=1))
    with pytest.raises(NotAllowed):
        send_again(sending, by=make.staff(), at=SOON)

    send_again(sending, by=make.staff(role=Role.SENIOR), at=SOON)

    assert (now(sending).state, now(sending).send_at) == (MailState.WAITING, SOON)
    assert last_entry() == ("MailSentAgain", {"mail_id": sending.pk})
    assert take_up_mail(sending, at=SOON)


def test_a_mail_that_left_is_not_sent_again(sending):
    note_result(sending, result=Result(Outcome.SENT), at=SOON)
    with pytest.raises(NotToBeSentAgain):
        send_again(sending, by=make.staff(role=Role.SENIOR), at=SOON)


def test_a_mail_of_ones_own_is_taken_back_before_it_leaves(mail):
    author = make.staff()
    OutgoingMail.objects.filter(pk=mail.pk).update(author=author)
    with pytest.raises(NotAllowed):
        withdraw_mail(mail, by=make.staff(), at=NOW)

    withdraw_mail(mail, by=author, at=NOW)

    assert now(mail).state == MailState.WITHDRAWN
    assert last_entry() == ("MailWithdrawn", {"mail_id": mail.pk})
    assert not take_up_mail(mail, at=SOON)


def test_a_mail_that_is_on_its_way_is_not_taken_back(sending):
    with pytest.raises(AlreadyLeft):
        withdraw_mail(sending, by=make.staff(role=Role.SENIOR), at=SOON)
