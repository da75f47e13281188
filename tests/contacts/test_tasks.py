"""Mail that leaves, through the sweeper, the job and a real server."""

from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from amends.base.files import keep
from amends.contacts.actions.mail import Letter, queue_mail
from amends.contacts.actions.recording import Telling, record_contact
from amends.contacts.channels.email.parse import read_mail
from amends.contacts.models import Attachment, OutgoingMail
from amends.contacts.rules.kinds import Channel, Direction, MailKind, MailState, Source
from amends.contacts.rules.messages import Automatic
from amends.contacts.rules.sending import SENDING_TAKES
from amends.contacts.rules.threading import answered_mail_in
from amends.contacts.tasks import send_mail
from amends.jobs.sweeper import sweep
from tests import make
from tests.contacts.channels.email.smtp_server import Manners, serving

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.enable_socket,
    pytest.mark.allow_hosts(["127.0.0.1"]),
]


@pytest.fixture
def house(settings, db):
    """Settings of an installation whose mail leaves without protection."""
    make.organisation()
    settings.EMAIL_HOST, settings.DEMO = "127.0.0.1", False
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.DEFAULT_FROM_EMAIL = "care@water.example"
    settings.EMAIL_TIMEOUT = 3
    return settings


def a_contact(author):
    now = timezone.now()
    telling = Telling(
        channel=Channel.EMAIL,
        direction=Direction.OUT,
        text="Laba diena!",
        source=Source.WRITTEN,
        started_at=now,
        ended_at=now,
        handled_by=author,
    )
    return record_contact(telling, by=author, at=now)


def a_mail(**changes) -> OutgoingMail:
    usual = {"kind": MailKind.REPLY, "to_address": "ruta@example.lt", "subject": "Šalta"}
    letter = Letter(**{**usual, "text": "Laba diena!", "language": "lt", **changes})
    return queue_mail(letter, by=None, at=timezone.now())


def leave(settings, manners, *, times=1):
    """Sweep, and run the jobs that were queued, `times` over; return the server's post."""
    with serving(manners) as post:
        settings.EMAIL_PORT = post.port
        for _ in range(times):
            sweep(timezone.now())
            for job in ProcrastinateJob.objects.filter(task_name="contacts.send_mail"):
                send_mail(**job.args)
    return post


def state_of(mail):
    return OutgoingMail.objects.values_list("state", flat=True).get(pk=mail.pk)


def test_a_mail_leaves_once(house):
    author = make.staff("Rūta Kazlauskienė")
    mail = a_mail(
        author=author, contact=a_contact(author), to_name="Ada", references=("0@example.lt",)
    )

    post = leave(house, Manners(), times=2)

    assert state_of(mail) == MailState.SENT
    [raw] = post.took
    read = read_mail(raw)
    assert str(read.sender) == "Rūta Kazlauskienė <care@water.example>"
    assert [str(box) for box in read.to] == ["Ada <ruta@example.lt>"]
    assert (read.subject, read.message_id) == ("Šalta", mail.message_id)
    assert (read.references, read.reply_to, read.automatic) == (("0@example.lt",), (), None)


def test_what_nobody_signs_comes_from_the_house(house):
    a_mail(kind=MailKind.PASSWORD, automatic=True)
    [raw] = leave(house, Manners()).took
    read = read_mail(raw)
    assert read.sender
    assert read.sender.name == "Water of Vilnius"
    assert read.automatic is Automatic.GENERATED


def test_files_go_with_a_reply(house):
    author = make.staff()
    contact = a_contact(author)
    Attachment.objects.create(
        contact=contact, position=0, name="kvitas.pdf", media_type="application/pdf",
        size_bytes=8, sha256=keep(b"%PDF-1.4"),
    )  # fmt: skip
    a_mail(author=author, contact=contact)
    [raw] = leave(house, Manners()).took
    assert [file.data for file in read_mail(raw).attachments][-1:] == [b"%PDF-1.4"]


def test_a_file_that_is_gone_stops_the_mail_and_says_so(house):
    author = make.staff()
    contact = a_contact(author)
    Attachment.objects.create(
        contact=contact, position=0, name="a", media_type="", size_bytes=1, sha256="0" * 64
    )
    mail = a_mail(author=author, contact=contact)
    assert leave(house, Manners()).took == []
    assert state_of(mail) == MailState.FAILED


def test_answers_may_be_addressed_so_that_they_find_their_case(house):
    house.MAIL_TAKES_PLUS = True
    author = make.staff()
    mail = a_mail(author=author, contact=a_contact(author))
    to_nobody = a_mail()
    first, second = (read_mail(raw) for raw in leave(house, Manners()).took)
    signed = {read.message_id: read.reply_to for read in (first, second)}
    [box] = signed[mail.message_id]
    assert answered_mail_in([box.address], keys=[house.SECRET_KEY], at=mail.written_at) == mail.pk
    assert signed[to_nobody.message_id] == ()


def test_an_address_that_cannot_be_written_fails_at_once(house):
    mail = a_mail(to_address="nobody at all")
    assert leave(house, Manners()).took == []
    assert state_of(mail) == MailState.FAILED


@pytest.mark.parametrize(
    ("manners", "state"),
    [
        (Manners(rcpt="550 no such user"), MailState.FAILED),
        (Manners(rcpt="450 later"), MailState.WAITING),
        (Manners(taken=""), MailState.PERHAPS_SENT),
    ],
)
def test_what_the_server_says_is_noted(house, manners, state):
    mail = a_mail()
    leave(house, manners, times=2)
    assert state_of(mail) == state


def test_a_mail_that_is_perhaps_sent_is_never_sent_again_by_itself(house):
    mail = a_mail()
    post = leave(house, Manners(taken=""), times=3)
    assert len(post.took) == 1
    assert state_of(mail) == MailState.PERHAPS_SENT


def test_a_mail_whose_sender_was_killed_becomes_doubtful(house):
    mail = a_mail()
    long_ago = timezone.now() - SENDING_TAKES - timedelta(seconds=1)
    OutgoingMail.objects.filter(pk=mail.pk).update(state=MailState.SENDING, tried_at=long_ago)
    sweep(timezone.now())
    assert state_of(mail) == MailState.PERHAPS_SENT


def test_nothing_leaves_before_its_time(house):
    mail = a_mail(held_for=timedelta(minutes=1))
    assert leave(house, Manners()).took == []
    assert state_of(mail) == MailState.WAITING


@pytest.mark.parametrize(("host", "demo"), [("", False), ("127.0.0.1", True)])
def test_nothing_leaves_the_demonstration_or_without_a_server(house, host, demo):
    mail = a_mail()
    house.EMAIL_HOST, house.DEMO = host, demo
    assert leave(house, Manners()).took == []
    assert state_of(mail) == MailState.WAITING


@pytest.mark.parametrize(("tls", "ssl"), [(True, False), (False, True)])
def test_the_way_is_protected_as_the_settings_say(house, tls, ssl):
    house.EMAIL_USE_TLS, house.EMAIL_USE_SSL = tls, ssl
    mail = a_mail()
    assert leave(house, Manners()).took == []
    assert state_of(mail) == MailState.WAITING
