"""What happens to a mail on its way out. It is committed before, and noted after, every try.

A mail that is perhaps sent is never sent again by itself: only somebody who looked may do that.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.contacts.events import (
    CopyReturned,
    MailReturned,
    MailSentAgain,
    MailTried,
    MailWithdrawn,
)
from amends.contacts.models import OutgoingMail
from amends.contacts.models.sending import SendingIdentity
from amends.contacts.rules.kinds import MailState
from amends.contacts.rules.sending import (
    Outcome,
    Result,
    may_be_taken_back,
    may_go_again,
    next_try,
    pace,
)
from amends.journal.actions import record
from amends.staff.actions.authorise import require
from amends.staff.models import Staff
from amends.staff.rules.permissions import Act

LONGEST_ERROR = 500

_NO_ANSWER = "nobody knows whether the server took it"


class NotToBeSentAgain(Refused):
    text = _("This mail is on its way or has left. It is not sent a second time.")


class AlreadyLeft(Refused):
    text = _("This mail has left. Write to the customer instead.")


@transaction.atomic
def take_up_mail(mail: OutgoingMail, *, at: datetime) -> bool:
    """Mark `mail` as being sent, if it waits and is due at `at`; return whether it was.

    Where only so many may leave in a minute or an hour, it gets its turn, and waits for it.
    """
    if not _is_its_turn(mail, at):
        return False
    due = OutgoingMail.objects.filter(pk=mail.pk, state=MailState.WAITING, send_at__lte=at)
    return due.update(state=MailState.SENDING, tried_at=None) == 1


@transaction.atomic
def begin_sending(mail: OutgoingMail, *, at: datetime) -> bool:
    """Note that `mail` is handed to a server from `at` on; return whether that may be done.

    One that was begun before and never ended was cut in the middle: it is perhaps sent.
    """
    mail = _locked(mail)
    if mail.state != MailState.SENDING:
        return False
    if mail.tried_at is not None:
        _leave(mail, MailState.PERHAPS_SENT, _NO_ANSWER)
        _tried(mail, Outcome.PERHAPS_SENT, at)
        return False
    mail.tried_at, mail.tries = at, mail.tries + 1
    mail.save(update_fields=["tried_at", "tries"])
    return True


@transaction.atomic
def note_result(mail: OutgoingMail, *, result: Result, at: datetime) -> OutgoingMail:
    """Note what became of `mail`, and return it as it now stands."""
    mail = _locked(mail)
    if mail.state != MailState.SENDING:
        return mail
    if result.outcome is Outcome.SENT:
        mail.sent_at = at
        _leave(mail, MailState.SENT, result.missed)
    elif result.outcome is Outcome.TRY_AGAIN:
        _put_off(mail, result.reason, at)
    elif result.outcome is Outcome.PERHAPS_SENT:
        _leave(mail, MailState.PERHAPS_SENT, result.reason)
    else:
        _leave(mail, MailState.FAILED, result.reason)
    _tried(mail, result.outcome, at)
    return mail


@transaction.atomic
def doubt_mail(mail: OutgoingMail, *, at: datetime) -> OutgoingMail:
    """Mark a mail whose sender is no more as perhaps sent, and return it."""
    return note_result(mail, result=Result(Outcome.PERHAPS_SENT, _NO_ANSWER), at=at)


@transaction.atomic
def note_returned(mail: OutgoingMail, *, reason: str, at: datetime) -> OutgoingMail:
    """Note that `mail` came back undelivered, and return it as it now stands."""
    mail = _locked(mail)
    mail.sent_at = None
    _leave(mail, MailState.FAILED, reason)
    record(MailReturned(mail_id=mail.pk), by=None, at=at)
    return mail


@transaction.atomic
def note_copy_returned(mail: OutgoingMail, *, reason: str, at: datetime) -> OutgoingMail:
    """Note that a copy of `mail` came back undelivered, and return it; the mail itself was sent."""
    mail = _locked(mail)
    _leave(mail, MailState(mail.state), reason)
    record(CopyReturned(mail_id=mail.pk), by=None, at=at)
    return mail


@transaction.atomic
def send_again(mail: OutgoingMail, *, by: Staff, at: datetime) -> OutgoingMail:
    """Let a mail that failed, or that is perhaps sent, be sent once more; return it.

    Raises NotAllowed, NotToBeSentAgain.
    """
    require(by, Act.SEND_AGAIN)
    mail = _locked(mail)
    if not may_go_again(MailState(mail.state)):
        raise NotToBeSentAgain
    mail.send_at = mail.written_at = at
    mail.tries, mail.slot_at = 0, None
    _leave(mail, MailState.WAITING, mail.error)
    record(MailSentAgain(mail_id=mail.pk), by=by, at=at)
    return mail


@transaction.atomic
def withdraw_mail(mail: OutgoingMail, *, by: Staff, at: datetime) -> OutgoingMail:
    """Take back a mail of one's own, or of anybody if one may send mail again, before it leaves.

    Raises NotAllowed, AlreadyLeft.
    """
    mail = _locked(mail)
    if mail.author_id != by.pk:
        require(by, Act.SEND_AGAIN)
    if not may_be_taken_back(MailState(mail.state)):
        raise AlreadyLeft
    _leave(mail, MailState.WITHDRAWN, mail.error)
    record(MailWithdrawn(mail_id=mail.pk), by=by, at=at)
    return mail


def _is_its_turn(mail: OutgoingMail, at: datetime) -> bool:
    if mail.slot_at:
        return mail.slot_at <= at
    identities = SendingIdentity.objects.select_for_update().filter(mailbox=mail.mailbox_id)
    identity = identities.first()
    apart = pace(per_minute=identity.per_minute, per_hour=identity.per_hour) if identity else None
    if not identity or not apart:
        return True
    slot_at = max(identity.next_at or at, at)
    identity.next_at = slot_at + apart
    identity.save(update_fields=["next_at"])
    waiting = OutgoingMail.objects.filter(pk=mail.pk, state=MailState.WAITING)
    waiting.update(slot_at=slot_at, send_at=max(slot_at, mail.send_at))
    return slot_at <= at


def _locked(mail: OutgoingMail) -> OutgoingMail:
    return OutgoingMail.objects.select_for_update(of=("self",)).get(pk=mail.pk)


def _put_off(mail: OutgoingMail, reason: str, at: datetime) -> None:
    again = next_try(tries=mail.tries, written_at=mail.written_at, at=at)
    mail.slot_at = None
    if again:
        mail.send_at = again
    _leave(mail, MailState.WAITING if again else MailState.FAILED, reason)


def _leave(mail: OutgoingMail, state: MailState, reason: str) -> None:
    mail.state, mail.error = state, reason[:LONGEST_ERROR]
    mail.save()


def _tried(mail: OutgoingMail, outcome: Outcome, at: datetime) -> None:
    record(MailTried(mail_id=mail.pk, tries=mail.tries, outcome=outcome), by=None, at=at)
