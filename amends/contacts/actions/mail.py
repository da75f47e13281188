"""Writing mail that leaves. It is committed here and sent by a job, never inside a request."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.base.rows import write_rows
from amends.contacts.events import MailQueued
from amends.contacts.models import Contact, OutgoingMail
from amends.contacts.models.mailboxes import Mailbox
from amends.contacts.rules.kinds import MailKind
from amends.journal.actions import Actor, record_all
from amends.staff.models import Organisation, Staff


class NoAddress(Refused):
    text = _("There is no mail address to write to.")


class NobodySigns(Refused):
    text = _("A mail to a customer needs a named author.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A mail, before it is queued. `language` is the receiver's; `held_for` leaves time to undo.

    cc, bcc: who gets it too, for all to see and unseen. mailbox: in whose name it leaves.
    """

    kind: MailKind
    to_address: str
    subject: str
    text: str
    language: str
    to_name: str = ""
    cc: tuple[str, ...] = ()
    bcc: tuple[str, ...] = ()
    mailbox: Mailbox | None = None
    author: Staff | None = None
    contact: Contact | None = None
    references: tuple[str, ...] = ()
    automatic: bool = False
    held_for: timedelta = field(default=timedelta(0))


@transaction.atomic
def queue_mail(letter: Letter, *, by: Actor | None, at: datetime) -> OutgoingMail:
    """Commit `letter` to be sent once `held_for` has passed, and return it.

    Raises NoAddress, NobodySigns.
    """
    return queue_mails([letter], by=by, at=at)[0]


@transaction.atomic
def queue_mails(letters: Sequence[Letter], *, by: Actor | None, at: datetime) -> list[OutgoingMail]:
    """Commit `letters` as `queue_mail` does each, in few statements; return them in their order.

    Raises NoAddress, NobodySigns.
    """
    domain = _domain()
    mails = write_rows(OutgoingMail, (_mail(letter, domain, at) for letter in letters))
    record_all([MailQueued(mail_id=mail.pk, kind=mail.kind) for mail in mails], by=by, at=at)
    return mails


def _mail(letter: Letter, domain: str, at: datetime) -> OutgoingMail:
    if not letter.to_address:
        raise NoAddress
    if letter.contact and letter.author is None:
        raise NobodySigns
    return OutgoingMail(
        contact=letter.contact,
        kind=letter.kind,
        author=letter.author,
        to_name=letter.to_name,
        to_address=letter.to_address,
        cc=list(letter.cc),
        bcc=list(letter.bcc),
        mailbox=letter.mailbox,
        subject=letter.subject,
        text=letter.text,
        language=letter.language,
        message_id=f"{uuid4().hex}@{_domain_of(letter, domain)}",
        references=" ".join(letter.references),
        automatic=letter.automatic,
        written_at=at,
        send_at=at + letter.held_for,
    )


def _domain_of(letter: Letter, domain: str) -> str:
    return letter.mailbox.address.rpartition("@")[2] if letter.mailbox else domain


def _domain() -> str:
    address = Organisation.objects.values_list("mail_address", flat=True).first() or ""
    return address.rpartition("@")[2] or "amends.invalid"
