"""How mail leaves in the name of each mailbox: its server, its pace, its signature."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.key_pairs import new_key_pair
from amends.base.locked import lock
from amends.base.refusal import Refused
from amends.contacts.events import IdentityKept, SigningChanged, SigningKeyMade
from amends.contacts.models.mailboxes import Mailbox
from amends.contacts.models.sending import SendingIdentity
from amends.contacts.rules.sending import Security
from amends.journal.actions import record
from amends.staff.actions.authorise import require
from amends.staff.models import Organisation, Staff
from amends.staff.rules.permissions import Act


class ServerNeeded(Refused):
    text = _("Name the server, too: without one, mail leaves through that of the installation.")


class KeyNeeded(Refused):
    text = _("Make a key first, and let whoever keeps your domain publish it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOut:
    """How mail leaves. host: empty for the server of the installation.

    password: None for the one that is kept. per_minute, per_hour: at most so many; None: any.
    """

    host: str = ""
    port: int = 587
    security: Security = Security.STARTTLS
    user: str = ""
    password: str | None = None
    per_minute: int | None = None
    per_hour: int | None = None


@transaction.atomic
def keep_identity(
    mailbox: Mailbox | None, *, way: WayOut, by: Staff, at: datetime
) -> SendingIdentity:
    """Write down how mail leaves in the name of `mailbox`, or of the house, and return it.

    Raises NotAllowed, ServerNeeded.
    """
    identity = _identity(mailbox, by)
    if not way.host and (way.user or way.password):
        raise ServerNeeded
    identity.host, identity.port, identity.security = way.host, way.port, way.security
    identity.user = way.user
    if way.password is not None or not way.host:
        identity.secret = lock(way.password or "")
    identity.per_minute, identity.per_hour, identity.next_at = way.per_minute, way.per_hour, None
    identity.save()
    record(IdentityKept(mailbox_id=identity.mailbox_id), by=by, at=at)
    return identity


@transaction.atomic
def make_signing_key(mailbox: Mailbox | None, *, by: Staff, at: datetime) -> SendingIdentity:
    """Make a new key to sign the mail of `mailbox` with, and return its identity.

    Nothing is signed until somebody says so: first the key must be published.

    Raises NotAllowed.
    """
    identity, pair = _identity(mailbox, by), new_key_pair()
    identity.selector = f"amends{at:%Y%m%d%H%M}"
    identity.private_key, identity.public_key = lock(pair.private), pair.public
    identity.signs = False
    identity.save()
    record(SigningKeyMade(mailbox_id=identity.mailbox_id), by=by, at=at)
    return identity


@transaction.atomic
def begin_signing(mailbox: Mailbox | None, *, by: Staff, at: datetime) -> SendingIdentity:
    """Sign the mail of `mailbox` from now on, and return its identity.

    Raises NotAllowed, KeyNeeded.
    """
    identity = _identity(mailbox, by)
    if not identity.private_key:
        raise KeyNeeded
    return _sign(identity, signs=True, by=by, at=at)


@transaction.atomic
def stop_signing(mailbox: Mailbox | None, *, by: Staff, at: datetime) -> SendingIdentity:
    """Sign the mail of `mailbox` no more, and return its identity; the key is kept.

    Raises NotAllowed.
    """
    return _sign(_identity(mailbox, by), signs=False, by=by, at=at)


def _sign(identity: SendingIdentity, *, signs: bool, by: Staff, at: datetime) -> SendingIdentity:
    identity.signs = signs
    identity.save()
    record(SigningChanged(mailbox_id=identity.mailbox_id, signs=signs), by=by, at=at)
    return identity


def _identity(mailbox: Mailbox | None, by: Staff) -> SendingIdentity:
    """Return the identity of `mailbox`; two who change it at once come one after another."""
    require(by, Act.EDIT_ORGANISATION)
    Organisation.objects.select_for_update().get()
    return SendingIdentity.objects.filter(mailbox=mailbox).first() or SendingIdentity(
        mailbox=mailbox
    )
