"""A mail, or a copy of it, that came back."""

from dataclasses import replace

import pytest

from amends.cases.actions.correspondence import reply_by_mail
from amends.cases.actions.letters import Reply
from amends.cases.actions.returned import note_undelivered
from amends.contacts.actions.sending import begin_sending, note_result, take_up_mail
from amends.contacts.channels.email.parse import read_mail
from amends.contacts.rules.kinds import MailState
from amends.contacts.rules.messages import Undelivered
from amends.contacts.rules.sending import Outcome, Result
from tests import make
from tests.make import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def mail():
    make.organisation()
    owner = make.staff()
    case = make.case(make.contact(person=make.person(email="ruta@post.example")), owner=owner)
    reply = Reply(text="Hello", cc=("jonas@post.example",), strangers_are_meant=True)
    sent = reply_by_mail(case, reply=reply, by=owner, at=NOW)
    take_up_mail(sent, at=NOW)
    begin_sending(sent, at=NOW)
    return note_result(sent, result=Result(Outcome.SENT), at=NOW)


def back(mail, *addresses):
    gone = [Undelivered(each, permanent=True, reason="no such user") for each in addresses]
    report = replace(
        read_mail(b"From: mailer@mx.example\r\n\r\nReport"),
        returned_id=mail.message_id,
        undelivered=tuple(gone),
    )
    return note_undelivered(report, at=NOW)


def test_a_copy_that_came_back_leaves_the_mail_as_sent_and_is_told(mail):
    noted = back(mail, "Jonas@post.example")
    assert noted.state == MailState.SENT
    assert noted.error == "Jonas@post.example: no such user"


def test_where_the_customers_own_came_back_the_mail_was_not_sent(mail):
    assert back(mail, "jonas@post.example", "ruta@post.example").state == MailState.FAILED
