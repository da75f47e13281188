"""Mail that leaves: what is due, what is in doubt, and what a mail is made of."""

from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet

from amends.base.files import open_kept
from amends.contacts.models import OutgoingMail
from amends.contacts.models.mailboxes import Mailbox as OurMailbox
from amends.contacts.models.sending import SendingIdentity
from amends.contacts.rules.kinds import MailState
from amends.contacts.rules.messages import Attached, Mailbox, Outbound
from amends.contacts.rules.sending import SENDING_TAKES
from amends.contacts.rules.threading import reply_address
from amends.staff.models import Staff
from amends.staff.queries import organisation
from amends.staff.rules.permissions import Act


def mail_leaves() -> bool:
    """Return whether mail leaves at all: not from the demonstration, and not without a server."""
    if settings.DEMO:
        return False
    return bool(settings.EMAIL_HOST) or SendingIdentity.objects.exclude(host="").exists()


def nothing_is_real() -> bool:
    """Return whether this is the demonstration, from which nothing leaves."""
    return bool(settings.DEMO)


def mail_to_send(at: datetime) -> QuerySet[OutgoingMail]:
    """Return the mails that are to leave by `at`, longest due first; none where none leaves."""
    if settings.DEMO:
        return OutgoingMail.objects.none()
    waiting = OutgoingMail.objects.filter(state=MailState.WAITING, send_at__lte=at)
    if not settings.EMAIL_HOST:
        waiting = waiting.filter(mailbox__identity__host__gt="")
    return waiting.order_by("send_at", "pk")


def mail_in_doubt(at: datetime) -> QuerySet[OutgoingMail]:
    """Return the mails that somebody began to send so long before `at` that they are no more."""
    begun = OutgoingMail.objects.filter(state=MailState.SENDING, tried_at__lte=at - SENDING_TAKES)
    return begun.order_by("tried_at", "pk")


def outbound_of(mail: OutgoingMail) -> Outbound:
    """Return `mail` with all that goes with it, ready to be written."""
    author = mail.author.name if mail.author else organisation().name
    house = mail.mailbox.from_name if mail.mailbox else ""
    name = f"{author}, {house}" if house and house != author else author
    sender = Mailbox(name, sender_of(mail))
    return Outbound(
        message_id=mail.message_id,
        author=sender,
        to=(Mailbox(mail.to_name, mail.to_address),),
        subject=mail.subject,
        text=mail.text,
        language=mail.language,
        cc=tuple(Mailbox("", address) for address in mail.cc),
        reply_to=_reply_to(mail, sender),
        references=tuple(mail.references.split()),
        automatic=mail.automatic,
        attachments=_files_of(mail),
    )


def sender_of(mail: OutgoingMail) -> str:
    """Return the address in whose name `mail` leaves."""
    return mail.mailbox.address if mail.mailbox else str(settings.DEFAULT_FROM_EMAIL)


def house_sender() -> str:
    """Return the address in whose name leaves what is of no mailbox."""
    return str(settings.DEFAULT_FROM_EMAIL)


def identity_of(mail: OutgoingMail) -> SendingIdentity | None:
    """Return how `mail` leaves, where somebody has said so."""
    return SendingIdentity.objects.filter(mailbox=mail.mailbox_id).first()


def identities_kept(staff: Staff) -> dict[int | None, SendingIdentity]:
    """Return how mail leaves, by the key of its mailbox, for those who keep that."""
    if not staff.may(Act.EDIT_ORGANISATION):
        return {}
    return {each.mailbox_id: each for each in SendingIdentity.objects.all()}


def mailboxes_sending(staff: Staff) -> QuerySet[OurMailbox]:
    """Return the mailboxes in whose name mail can leave, by name, for those who keep that."""
    rows = OurMailbox.objects.filter(is_active=True).order_by("name")
    return rows if staff.may(Act.EDIT_ORGANISATION) else rows.none()


def _reply_to(mail: OutgoingMail, sender: Mailbox) -> Mailbox | None:
    """Return the signed address to which an answer finds its way by itself."""
    if mail.contact_id is None or not settings.MAIL_TAKES_PLUS:
        return None
    signed = reply_address(
        sender.address, mail_id=mail.pk, key=str(settings.SECRET_KEY), at=mail.written_at
    )
    return Mailbox(sender.name, signed)


def _files_of(mail: OutgoingMail) -> tuple[Attached, ...]:
    if mail.contact is None:
        return ()
    files = []
    for file in mail.contact.attachments.order_by("position"):
        with open_kept(file.sha256) as kept:
            files.append(Attached(file.name, file.media_type, file.media_type, kept.read()))
    return tuple(files)
