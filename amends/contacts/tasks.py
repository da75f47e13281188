"""Mail leaves here: the sweeper takes up what is due, a job hands it to the server."""

from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from amends.base.due import Due, sweep
from amends.base.locked import CannotOpen, unlock
from amends.contacts.actions.drafts import forget_sent
from amends.contacts.actions.manners import forget_manner
from amends.contacts.actions.sending import begin_sending, doubt_mail, note_result, take_up_mail
from amends.contacts.channels.email.compose import CannotWrite, compose, written_address
from amends.contacts.channels.email.dkim import Signer, signed
from amends.contacts.channels.email.send import Server, send
from amends.contacts.models import OutgoingMail
from amends.contacts.models.sending import SendingIdentity
from amends.contacts.queries.drafts import sent_to_forget
from amends.contacts.queries.mail import (
    identity_of,
    mail_in_doubt,
    mail_to_send,
    outbound_of,
    sender_of,
)
from amends.contacts.queries.manners import expired_manners
from amends.contacts.rules.sending import Outcome, Result, Security


@app.task(name="contacts.send_mail", retry=10)
def send_mail(*, mail_id: int) -> None:
    """Hand one mail to the server, once; what becomes of it is noted with the mail.

    Where the database was lost meanwhile this is run again: it sends what was not begun, and what
    was begun is perhaps sent.
    """
    mail = OutgoingMail.objects.select_related("author", "contact", "mailbox").get(pk=mail_id)
    if begin_sending(mail, at=timezone.now()):
        note_result(mail, result=_sent(mail), at=timezone.now())


def _sent(mail: OutgoingMail) -> Result:
    try:
        raw = compose(outbound_of(mail), at=timezone.now())
        to, *copies = (written_address(each) for each in (mail.to_address, *mail.cc, *mail.bcc))
        identity = identity_of(mail)
        if identity and identity.signs:
            raw = signed(raw, _signer(mail, identity))
        server = _server_of(identity) if identity and identity.host else _server()
    except (CannotWrite, FileNotFoundError) as problem:
        return Result(Outcome.REFUSED, f"{type(problem).__name__}: {problem}")
    except CannotOpen as problem:
        return Result(Outcome.TRY_AGAIN, f"{type(problem).__name__}: {problem}")
    return send(raw, sender=sender_of(mail), to=to, copies=copies, server=server)


def _signer(mail: OutgoingMail, identity: SendingIdentity) -> Signer:
    domain = sender_of(mail).rpartition("@")[2]
    return Signer(domain=domain, selector=identity.selector, key=unlock(identity.private_key))


def _server_of(identity: SendingIdentity) -> Server:
    return replace(
        _server(),
        host=identity.host,
        port=identity.port,
        security=Security(identity.security),
        user=identity.user,
        password=unlock(identity.secret),
    )


def _server() -> Server:
    protected = Security.TLS if settings.EMAIL_USE_SSL else Security.NONE
    return Server(
        host=settings.EMAIL_HOST,
        port=settings.EMAIL_PORT,
        security=Security.STARTTLS if settings.EMAIL_USE_TLS else protected,
        user=settings.EMAIL_HOST_USER,
        password=settings.EMAIL_HOST_PASSWORD,
        hello=urlsplit(settings.BASE_ADDRESS).hostname or "localhost",
        patience_seconds=float(settings.EMAIL_TIMEOUT or 30),
    )


def _take_up(mail: OutgoingMail, at: datetime) -> None:
    if take_up_mail(mail, at=at):
        send_mail.defer(mail_id=mail.pk)


def _doubt(mail: OutgoingMail, at: datetime) -> None:
    doubt_mail(mail, at=at)


sweep(
    Due(
        name="contacts.mail_leaves",
        rows=mail_to_send,
        act=_take_up,
        by_clock_alone=False,  # whether mail leaves at all is a setting
    )
)
sweep(
    Due(
        name="contacts.sent_draft_forgotten",
        rows=sent_to_forget,
        act=forget_sent,
    )
)
sweep(Due(name="contacts.mail_in_doubt", rows=mail_in_doubt, act=_doubt))
sweep(
    Due(
        name="contacts.manner_expires",
        rows=expired_manners,
        act=forget_manner,
    )
)
