"""Being let into a mailbox without a password: who is asked, what was given, and when it ended."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.locked import lock
from amends.base.refusal import Refused
from amends.contacts.events import ConsentEnded, MailboxAllowed, MailboxChanged
from amends.contacts.models.mailboxes import Consent, Mailbox
from amends.contacts.rules.consent import Endpoints, may_be_asked
from amends.contacts.rules.mailboxes import Issuer, SignIn
from amends.journal.actions import record
from amends.staff.actions.authorise import require
from amends.staff.models import Staff
from amends.staff.rules.permissions import Act


class NoSafeAddress(Refused):
    text = _("The addresses of the issuer must begin with https://.")


class NothingLasting(Refused):
    text = _("The issuer let us in for once only. Allow it again, also for when you are away.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Whom we ask, and as whom we are known there. client_secret: empty leaves the one we have."""

    issuer: Issuer
    endpoints: Endpoints
    client_id: str
    client_secret: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """What an issuer gave. refresh: empty where the one before goes on to hold."""

    access: str
    lasts: timedelta
    refresh: str = ""


@transaction.atomic
def name_issuer(mailbox: Mailbox, *, asking: Asking, by: Staff, at: datetime) -> Consent:
    """Say who lets us into a mailbox; from now on its password counts no more.

    Raises NotAllowed, NoSafeAddress.
    """
    require(by, Act.EDIT_ORGANISATION)
    endpoints = asking.endpoints
    if not all(map(may_be_asked, (endpoints.authorise_at, endpoints.token_at))):
        raise NoSafeAddress
    consent, _new = Consent.objects.select_for_update().get_or_create(
        mailbox=mailbox, defaults={"issuer": asking.issuer}
    )
    consent.issuer, consent.client_id = asking.issuer, asking.client_id
    consent.authorise_at, consent.token_at = endpoints.authorise_at, endpoints.token_at
    consent.scope = endpoints.scope
    if asking.client_secret:
        consent.client_secret = lock(asking.client_secret)
    consent.save()
    Mailbox.objects.filter(pk=mailbox.pk).update(sign_in=SignIn.OAUTH2, changed_at=at)
    record(MailboxChanged(mailbox_id=mailbox.pk), by=by, at=at)
    return consent


@transaction.atomic
def note_consent(mailbox: Mailbox, *, tokens: Tokens, by: Staff, at: datetime) -> Consent:
    """Keep what the owner of a mailbox allowed, and look into it at once.

    Raises NotAllowed, NothingLasting.
    """
    require(by, Act.EDIT_ORGANISATION)
    if not tokens.refresh:
        raise NothingLasting
    note_renewed(mailbox, tokens=tokens, at=at)
    Consent.objects.filter(mailbox=mailbox).update(given_at=at, ended_at=None)
    Mailbox.objects.filter(pk=mailbox.pk).update(changed_at=at)
    record(MailboxAllowed(mailbox_id=mailbox.pk), by=by, at=at)
    return Consent.objects.get(mailbox=mailbox)


@transaction.atomic
def note_renewed(mailbox: Mailbox, *, tokens: Tokens, at: datetime) -> None:
    """Keep what the issuer gave for the next hour, and what it wants to see afterwards."""
    consent = Consent.objects.select_for_update().get(mailbox=mailbox)
    consent.access, consent.access_until = lock(tokens.access), at + tokens.lasts
    if tokens.refresh:
        consent.refresh = lock(tokens.refresh)
    consent.save(update_fields=["access", "access_until", "refresh"])


@transaction.atomic
def forget_access(mailbox: Mailbox, *, at: datetime) -> None:
    """Forget what the issuer gave for this hour, as the mailbox did not take it."""
    Consent.objects.filter(mailbox=mailbox).update(access="", access_until=at)


@transaction.atomic
def end_consent(mailbox: Mailbox, *, at: datetime) -> None:
    """Note that nobody lets us in any more, until somebody allows it again."""
    ended = Consent.objects.filter(mailbox=mailbox, ended_at=None).update(
        ended_at=at, access="", access_until=None
    )
    if ended:
        record(ConsentEnded(mailbox_id=mailbox.pk), by=None, at=at)


@transaction.atomic
def use_password(mailbox: Mailbox, *, by: Staff, at: datetime) -> None:
    """Sign in with the password again, and forget what was allowed.

    Raises NotAllowed.
    """
    require(by, Act.EDIT_ORGANISATION)
    Consent.objects.filter(mailbox=mailbox).delete()
    Mailbox.objects.filter(pk=mailbox.pk).update(sign_in=SignIn.PASSWORD, changed_at=at)
    record(MailboxChanged(mailbox_id=mailbox.pk), by=by, at=at)
