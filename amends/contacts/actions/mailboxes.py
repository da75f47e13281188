"""Naming our mailboxes, and pausing the fetching of one."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from amends.base.locked import CannotOpen, lock, locked_anew
from amends.base.refusal import Refused
from amends.contacts.events import MailboxAdded, MailboxChanged, MailboxPaused, MailboxResumed
from amends.contacts.models.mailboxes import Consent, Fetching, LeftThere, Mailbox
from amends.contacts.rules.mailboxes import Afterwards, Protection, SignIn, WayIn
from amends.journal.actions import record
from amends.staff.actions.authorise import require
from amends.staff.models import Staff, Team
from amends.staff.rules.permissions import Act


class MailboxNameTaken(Refused):
    text = _("There is already a mailbox called %(name)s.")


class MailboxAddressTaken(Refused):
    text = _("There is already a mailbox with the address %(address)s.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """All that is said of a mailbox. password: empty leaves the one that is kept."""

    name: str
    address: str
    from_name: str = ""
    team: Team | None = None
    languages: tuple[str, ...] = ()
    signature: dict[str, str] = field(default_factory=dict)
    way_in: WayIn = WayIn.NONE
    host: str = ""
    port: int = 993
    protection: Protection = Protection.TLS
    authority: str = ""
    sign_in: SignIn = SignIn.PASSWORD
    user: str = ""
    password: str = ""
    folder: str = "INBOX"
    afterwards: Afterwards = Afterwards.LEAVE
    move_to: str = ""
    since_on: date | None = None


@transaction.atomic
def add_mailbox(naming: Naming, *, by: Staff, at: datetime) -> Mailbox:
    """Add a mailbox, whose mail is fetched from now on if it says from where.

    Raises NotAllowed, MailboxNameTaken, MailboxAddressTaken.
    """
    require(by, Act.EDIT_ORGANISATION)
    mailbox = Mailbox(added_at=at)
    _write(mailbox, naming, at)
    record(MailboxAdded(mailbox_id=mailbox.pk), by=by, at=at)
    return mailbox


@transaction.atomic
def change_mailbox(mailbox: Mailbox, *, naming: Naming, by: Staff, at: datetime) -> Mailbox:
    """Change what is said of a mailbox; where mail from another day on is wanted, look again.

    Raises NotAllowed, MailboxNameTaken, MailboxAddressTaken.
    """
    require(by, Act.EDIT_ORGANISATION)
    mailbox = Mailbox.objects.select_for_update().get(pk=mailbox.pk)
    if mailbox.since_on != naming.since_on:
        Fetching.objects.filter(mailbox=mailbox).update(uid_validity=None)
    _write(mailbox, naming, at)
    record(MailboxChanged(mailbox_id=mailbox.pk), by=by, at=at)
    return mailbox


@transaction.atomic
def pause_mailbox(mailbox: Mailbox, *, by: Staff, at: datetime) -> Mailbox:
    """Fetch no mail of a mailbox until it is resumed; what comes waits there.

    Raises NotAllowed.
    """
    require(by, Act.EDIT_ORGANISATION)
    mailbox = _turn(mailbox, is_active=False, at=at)
    Fetching.objects.filter(mailbox=mailbox).update(
        listens=False, failing_since=None, trouble="", detail=""
    )
    record(MailboxPaused(mailbox_id=mailbox.pk), by=by, at=at)
    return mailbox


@transaction.atomic
def resume_mailbox(mailbox: Mailbox, *, by: Staff, at: datetime) -> Mailbox:
    """Fetch the mail of a mailbox again, from where it was paused; or at once, if it failed.

    Raises NotAllowed.
    """
    require(by, Act.EDIT_ORGANISATION)
    mailbox = _turn(mailbox, is_active=True, at=at)
    LeftThere.objects.filter(mailbox=mailbox).update(tries=0)
    record(MailboxResumed(mailbox_id=mailbox.pk), by=by, at=at)
    return mailbox


@transaction.atomic
def lock_secrets_anew(*, at: datetime) -> int:
    """Lock the secrets of all mailboxes with the key of now; return how many open no more."""
    lost = 0
    for mailbox in Mailbox.objects.select_for_update().exclude(secret=""):
        mailbox.changed_at = at
        lost += not _locked_anew(mailbox, "secret")
    for consent in Consent.objects.select_for_update():
        lost += not _locked_anew(consent, "client_secret", "refresh", "access")
    return lost


def _locked_anew(row: Mailbox | Consent, *fields: str) -> bool:
    try:
        for each in fields:
            setattr(row, each, locked_anew(getattr(row, each)))
    except CannotOpen:
        return False
    row.save()
    return True


def _turn(mailbox: Mailbox, *, is_active: bool, at: datetime) -> Mailbox:
    mailbox = Mailbox.objects.select_for_update().get(pk=mailbox.pk)
    mailbox.is_active, mailbox.changed_at = is_active, at
    mailbox.save(update_fields=["is_active", "changed_at"])
    return mailbox


def _write(mailbox: Mailbox, naming: Naming, at: datetime) -> None:
    _check_free(mailbox, naming)
    mailbox.name, mailbox.address = naming.name.strip(), naming.address.strip()
    mailbox.from_name, mailbox.team = naming.from_name.strip(), naming.team
    mailbox.languages, mailbox.signature = list(naming.languages), naming.signature
    mailbox.way_in, mailbox.host, mailbox.port = naming.way_in, naming.host, naming.port
    mailbox.protection, mailbox.authority = naming.protection, naming.authority
    mailbox.sign_in, mailbox.user = naming.sign_in, naming.user
    if naming.password:
        mailbox.secret = lock(naming.password)
    mailbox.folder, mailbox.since_on = naming.folder, naming.since_on
    mailbox.afterwards, mailbox.move_to = naming.afterwards, naming.move_to
    mailbox.changed_at = at
    mailbox.save()


def _check_free(mailbox: Mailbox, naming: Naming) -> None:
    name, address = naming.name.strip(), naming.address.strip()
    others = Mailbox.objects.filter(Q(name__iexact=name) | Q(address__iexact=address))
    for other in others.exclude(pk=mailbox.pk):
        if other.name.casefold() == name.casefold():
            raise MailboxNameTaken(name=name)
        raise MailboxAddressTaken(address=address)
