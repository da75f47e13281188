"""Mail that leaves in the name of a mailbox: through its own server, signed, at its pace."""

from datetime import timedelta

import pytest
from django.utils import timezone

from amends.contacts.actions.identities import (
    KeyNeeded,
    ServerNeeded,
    WayOut,
    begin_signing,
    keep_identity,
    make_signing_key,
    stop_signing,
)
from amends.contacts.actions.mail import Letter, queue_mail
from amends.contacts.actions.sending import begin_sending, note_result, take_up_mail
from amends.contacts.channels.email.parse import read_mail
from amends.contacts.models import OutgoingMail
from amends.contacts.models.mailboxes import Mailbox
from amends.contacts.models.sending import SendingIdentity
from amends.contacts.queries.mail import mail_leaves, mail_to_send
from amends.contacts.rules.kinds import MailKind, MailState
from amends.contacts.rules.sending import Outcome, Result, Security
from amends.contacts.tasks import send_mail
from amends.staff.actions.authorise import NotAllowed
from amends.staff.rules.permissions import Role
from tests import make
from tests.contacts.channels.email.smtp_server import Manners, serving
from tests.make import NOW

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.enable_socket,
    pytest.mark.allow_hosts(["127.0.0.1"]),
]
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def house(settings):
    make.organisation()
    settings.EMAIL_HOST, settings.DEMO, settings.EMAIL_TIMEOUT = "127.0.0.1", False, 3
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.DEFAULT_FROM_EMAIL = "care@water.example"
    return settings


@pytest.fixture
def admin():
    return make.staff(role=Role.ADMINISTRATOR)


@pytest.fixture
def box():
    facts = {"name": "Bills", "address": "bills@heat.example", "from_name": "Bills and meters"}
    return Mailbox.objects.create(**facts, added_at=NOW, changed_at=NOW)


def a_mail(box=None, *, at=NOW):
    letter = Letter(
        kind=MailKind.NOTICE,
        to_address="ruta@example.lt",
        subject="Your bill",
        text="Here it is.",
        language="en",
        mailbox=box,
    )
    return queue_mail(letter, by=None, at=at)


def sent(mail, post, *, settings=None):
    """Hand the mail to the server, and return it as it arrived there."""
    if settings:
        settings.EMAIL_PORT = post.port
    assert take_up_mail(mail, at=timezone.now())
    send_mail(mail_id=mail.pk)
    mail.refresh_from_db()
    assert mail.state == MailState.SENT
    return post.took[-1]


def through(post, **more):
    return WayOut(host="127.0.0.1", port=post.port, security=Security.NONE, **more)


def test_it_leaves_through_the_mailboxs_own_server_and_in_its_name(box, admin):
    with serving(Manners(ehlo="250-mx\r\n250 AUTH PLAIN")) as post:
        way = through(post, user="bills", password=make.PASSWORD)
        keep_identity(box, way=way, by=admin, at=NOW)
        read = read_mail(sent(a_mail(box), post))
    assert read.sender
    assert (read.sender.name, read.sender.address) == (
        "Water of Vilnius, Bills and meters",
        "bills@heat.example",
    )
    assert read.message_id.endswith("@heat.example")
    assert any("bills@heat.example" in line for line in post.said)
    assert any(line.startswith("AUTH") for line in post.said)
    assert make.PASSWORD not in SendingIdentity.objects.get().secret


def test_a_password_that_is_not_written_again_stays(box, admin):
    first = WayOut(host="a.example", user="bills", password=make.PASSWORD)
    kept = keep_identity(box, way=first, by=admin, at=NOW).secret
    again = WayOut(host="b.example", user="bills")
    assert keep_identity(box, way=again, by=admin, at=NOW).secret == kept
    assert keep_identity(box, way=WayOut(), by=admin, at=NOW).secret == ""
    with pytest.raises(ServerNeeded):
        keep_identity(box, way=WayOut(user="bills"), by=admin, at=NOW)


def test_it_is_signed_once_somebody_says_so(house, admin):
    with pytest.raises(KeyNeeded):
        begin_signing(None, by=admin, at=NOW)
    make_signing_key(None, by=admin, at=NOW)
    with serving(Manners()) as post:
        assert b"DKIM-Signature" not in sent(a_mail(), post, settings=house)
        begin_signing(None, by=admin, at=NOW)
        raw = sent(a_mail(), post, settings=house)
        assert raw.startswith(b"DKIM-Signature: v=1;")
        assert b"d=water.example" in raw
        stop_signing(None, by=admin, at=NOW)
        assert b"DKIM-Signature" not in sent(a_mail(), post, settings=house)


def test_what_was_locked_with_a_key_that_is_gone_waits_and_is_told(house, admin, box):
    way = WayOut(host="127.0.0.1", user="bills", password=make.PASSWORD)
    keep_identity(box, way=way, by=admin, at=NOW)
    house.SECRET_KEY = "another key altogether, long enough"
    mail = a_mail(box, at=timezone.now())
    take_up_mail(mail, at=timezone.now())
    send_mail(mail_id=mail.pk)
    mail.refresh_from_db()
    assert (mail.state, mail.error) == (MailState.WAITING, "CannotOpen: ")


def test_only_so_many_leave_in_a_minute_evenly_and_each_in_its_turn(admin):
    keep_identity(None, way=WayOut(per_minute=6, per_hour=720), by=admin, at=NOW)
    mails = [a_mail() for _ in range(3)]
    assert [take_up_mail(mail, at=NOW) for mail in mails] == [True, False, False]
    waits = [OutgoingMail.objects.get(pk=mail.pk).send_at - NOW for mail in mails[1:]]
    assert waits == [10 * SECOND, 20 * SECOND]
    second, third = (OutgoingMail.objects.get(pk=mail.pk) for mail in mails[1:])
    assert not take_up_mail(second, at=NOW + 9 * SECOND)
    assert take_up_mail(second, at=NOW + 10 * SECOND)
    assert take_up_mail(third, at=NOW + 20 * SECOND)


def test_one_that_is_tried_again_takes_its_turn_again(admin):
    keep_identity(None, way=WayOut(per_minute=1), by=admin, at=NOW)
    mail = a_mail()
    take_up_mail(mail, at=NOW)
    begin_sending(mail, at=NOW)
    note_result(mail, result=Result(Outcome.TRY_AGAIN, "451"), at=NOW)
    mail.refresh_from_db()
    assert (mail.slot_at, mail.send_at) == (None, NOW + 60 * SECOND)


def test_any_number_leaves_where_nobody_set_a_pace(admin, box):
    keep_identity(box, way=WayOut(), by=admin, at=NOW)
    assert all(take_up_mail(a_mail(each), at=NOW) for each in (box, box, None))


def test_without_a_server_of_the_installation_only_what_has_its_own_leaves(house, admin, box):
    house.EMAIL_HOST = ""
    assert not mail_leaves()
    keep_identity(box, way=WayOut(host="smtp.heat.example"), by=admin, at=NOW)
    a_mail()
    own = a_mail(box)
    assert mail_leaves()
    assert list(mail_to_send(NOW)) == [own]


def test_only_who_keeps_the_organisation_changes_how_mail_leaves(box):
    with pytest.raises(NotAllowed):
        keep_identity(box, way=WayOut(), by=make.staff(), at=NOW)
    with pytest.raises(NotAllowed):
        make_signing_key(box, by=make.staff(), at=NOW)
