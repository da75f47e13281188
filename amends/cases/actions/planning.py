"""Replies that leave later: planned, moved, taken back; looked at once more when they leave."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from amends.base.files import keep, open_kept
from amends.base.refusal import Refused
from amends.cases.actions.correspondence import reply_by_mail
from amends.cases.actions.fit_to_send import addressed, must_be_fit_to_send
from amends.cases.actions.letters import Reply
from amends.cases.actions.within import locked_for, must_be_allowed
from amends.cases.events.planned import (
    PlannedReplyDropped,
    PlannedReplyMoved,
    PlannedReplyStopped,
    ReplyPlanned,
)
from amends.cases.models.case import Case
from amends.cases.models.planned import PlannedFile, PlannedReply
from amends.cases.queries.planned import wrote_since
from amends.contacts.actions.attachments import Upload, check_uploads
from amends.contacts.models import OutgoingMail
from amends.journal.actions import record
from amends.staff.models import Staff
from amends.staff.rules.permissions import Act

FURTHEST = timedelta(days=90)


class LeavesInThePast(Refused):
    text = _("Choose a moment to come.")


class LeavesTooFarAway(Refused):
    text = _("A reply can wait for at most 90 days. Plan the next step instead.")


class LeftAlready(Refused):
    text = _("It has left, or was taken back, in the meantime.")


class AnothersReply(Refused):
    text = _("%(name)s wrote this and signs it. Ask them, or write your own reply.")


class WroteMeanwhile(Refused):
    text = _("The customer wrote after this was written. Read that first.")


@transaction.atomic
def plan_reply(
    case: Case, *, reply: Reply, leaves_at: datetime, by: Staff, at: datetime
) -> PlannedReply:
    """Keep `reply` to leave at `leaves_at`, and return it; until then nothing is said to anybody.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, NothingToSend, OnlyGreeted, NotFilledIn,
    HeldBack, NotTheirAddress, StrangersCopied, LeavesInThePast, LeavesTooFarAway, TooManyFiles,
    FileTooLarge, FileEmpty, KindNotAccepted.
    """
    must_be_fit_to_send(case, reply)
    case = locked_for(case, by=by)
    _must_be_ahead(leaves_at, at)
    reply = addressed(case, reply)
    check_uploads(reply.files)
    planned = PlannedReply.objects.create(
        case=case,
        author=by,
        text=reply.text.strip(),
        cc=list(reply.cc),
        bcc=list(reply.bcc),
        strangers_are_meant=reply.strangers_are_meant,
        written_at=at,
        leaves_at=leaves_at,
    )
    PlannedFile.objects.bulk_create(
        PlannedFile(
            reply=planned, name=file.name, size_bytes=len(file.data), sha256=keep(file.data)
        )
        for file in reply.files
    )
    told = ReplyPlanned(case_id=case.pk, planned_id=planned.pk, leaves_at=leaves_at.isoformat())
    record(told, by=by, at=at)
    return planned


@transaction.atomic
def move_planned(
    planned: PlannedReply, *, leaves_at: datetime, by: Staff, at: datetime
) -> PlannedReply:
    """Let a planned reply leave at another moment, and return it; one that was held waits again.

    Whoever does so has seen what came meanwhile.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, LeftAlready, LeavesInThePast,
    LeavesTooFarAway.
    """
    planned = _waiting(planned, by)
    _must_be_ahead(leaves_at, at)
    planned.leaves_at, planned.written_at = leaves_at, at
    planned.held_at, planned.held_reason = None, ""
    planned.save()
    case_id, moment = planned.case_id, leaves_at.isoformat()
    told = PlannedReplyMoved(case_id=case_id, planned_id=planned.pk, leaves_at=moment)
    record(told, by=by, at=at)
    return planned


@transaction.atomic
def drop_planned(planned: PlannedReply, *, by: Staff, at: datetime) -> PlannedReply:
    """Take back a reply before it leaves, and return it.

    Raises NotAllowed, Barred, NotYours, LeftAlready.
    """
    planned = _locked(planned)
    must_be_allowed(planned.case, by=by, act=Act.WORK_ON_CASE)
    planned.gone_at = at
    planned.save(update_fields=["gone_at"])
    record(PlannedReplyDropped(case_id=planned.case_id, planned_id=planned.pk), by=by, at=at)
    return planned


@transaction.atomic
def send_planned_now(planned: PlannedReply, *, by: Staff, at: datetime) -> OutgoingMail:
    """Let a planned reply of one's own leave now, whatever came meanwhile; return its mail.

    Raises LeftAlready, AnothersReply, and what `reply_by_mail` raises.
    """
    planned = _locked(planned)
    if planned.author_id != by.pk:
        raise AnothersReply(name=planned.author.name)
    return _sent(planned, at)


@transaction.atomic
def let_planned_leave(planned: PlannedReply, *, at: datetime) -> PlannedReply:
    """Send a planned reply whose time has come, or hold it if something stands in its way.

    What its author would be refused now holds it, and so does WroteMeanwhile: that the customer
    wrote after it was written.
    """
    planned = _locked(planned)
    try:
        with transaction.atomic():
            if wrote_since(planned.case, planned.written_at):
                raise WroteMeanwhile
            _sent(planned, at)
    except (Refused, FileNotFoundError) as problem:
        planned.refresh_from_db()
        with override(planned.author.language):
            planned.held_at, planned.held_reason = at, str(problem)[:500]
        planned.save()
        told = PlannedReplyStopped(case_id=planned.case_id, planned_id=planned.pk)
        record(told, by=None, at=at)
    return planned


def _sent(planned: PlannedReply, at: datetime) -> OutgoingMail:
    reply = Reply(
        text=planned.text,
        cc=tuple(planned.cc),
        bcc=tuple(planned.bcc),
        strangers_are_meant=planned.strangers_are_meant,
        files=tuple(Upload(file.name, _bytes(file)) for file in planned.files.order_by("pk")),
    )
    planned.mail = reply_by_mail(planned.case, reply=reply, by=planned.author, at=at)
    planned.gone_at, planned.held_at, planned.held_reason = at, None, ""
    planned.save()
    return planned.mail


def _bytes(file: PlannedFile) -> bytes:
    with open_kept(file.sha256) as kept:
        return kept.read()


def _locked(planned: PlannedReply) -> PlannedReply:
    found = PlannedReply.objects.select_related("case", "author").select_for_update(of=("self",))
    planned = found.get(pk=planned.pk)
    if planned.gone_at:
        raise LeftAlready
    return planned


def _waiting(planned: PlannedReply, by: Staff) -> PlannedReply:
    planned = _locked(planned)
    locked_for(planned.case, by=by)
    return planned


def _must_be_ahead(leaves_at: datetime, at: datetime) -> None:
    if leaves_at <= at:
        raise LeavesInThePast
    if leaves_at - at > FURTHEST:
        raise LeavesTooFarAway
