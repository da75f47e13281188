"""Sharing the reply one is writing with a colleague, who reads along, takes it over, or remarks."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.actions.correspondence import NoteSaysNothing, add_note
from amends.cases.actions.within import locked_for, may_help_on
from amends.cases.events.sharing import ReplyShared, ReplySharingEnded, SharedReplyTakenOver
from amends.cases.models.case import Case, CaseNote
from amends.cases.models.sharing import SharedReply
from amends.cases.queries.colleagues import able_for
from amends.cases.queries.mentions import handles_of_all
from amends.cases.queries.sharing import reply_written_on, shared_by, shared_with
from amends.contacts.actions.drafts import copy_draft, set_aside
from amends.contacts.models.drafting import Draft
from amends.journal.actions import record
from amends.staff.models import Staff


class NothingToShare(Refused):
    text = _("Write something first: there is nothing to read yet.")


class DoesNotWorkOnIt(Refused):
    text = _("%(name)s does not work on this case. Choose another colleague.")


class NotSharedAnyMore(Refused):
    text = _("It left, or is not shared any more.")


@transaction.atomic
def share_reply(case: Case, *, to: Staff, by: Staff, at: datetime) -> SharedReply:
    """Let `to` read the reply that `by` is writing on `case` until it leaves; return that.

    Another time with the same colleague changes nothing.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, DoesNotWorkOnIt, NothingToShare.
    """
    case = locked_for(case, by=by)
    if to == by or not able_for(case).filter(pk=to.pk).exists() or not may_help_on(case, to):
        raise DoesNotWorkOnIt(name=to.name)
    draft = reply_written_on(case, by)
    if draft is None or not draft.fields.get("reply-text", "").strip():
        raise NothingToShare
    shared, is_new = SharedReply.objects.get_or_create(
        draft=draft, to=to, defaults={"case": case, "since": at}
    )
    if is_new:
        told = ReplyShared(case_id=case.pk, shared_id=shared.pk, to_id=to.pk)
        record(told, by=by, at=at)
    return shared


@transaction.atomic
def stop_sharing(case: Case, *, pk: int, by: Staff, at: datetime) -> None:
    """Let a colleague read no longer what `by` is writing on `case`; again changes nothing."""
    _end(shared_by(by, case=case).filter(pk=pk).select_for_update(of=("self",)), by, at)


@transaction.atomic
def set_reply_aside(
    case: Case, *, as_: str, fields: Mapping[str, str], by: Staff, at: datetime
) -> None:
    """Keep for a while what `by` sent from the composer of `case`; nobody reads it any more."""
    _end(shared_by(by, case=case).select_for_update(of=("self",)), by, at)
    set_aside(f"{case.reference}:reply", as_=as_, fields=fields, by=by, at=at)


@transaction.atomic
def take_reply_over(case: Case, *, pk: int, by: Staff, at: datetime) -> Draft:
    """Put a reply that is shared with `by` into their own composer, and return it.

    Its text, copies and files; the author keeps theirs.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, NotSharedAnyMore, WritesThemselves.
    """
    case = locked_for(case, by=by)
    shared = _read_by(by, case, pk)
    mine = copy_draft(shared.draft, by=by, at=at)
    told = SharedReplyTakenOver(
        case_id=case.pk, shared_id=shared.pk, author_id=shared.draft.staff_id
    )
    record(told, by=by, at=at)
    return mine


@transaction.atomic
def remark_on_reply(case: Case, *, pk: int, text: str, by: Staff, at: datetime) -> CaseNote:
    """Tell the author of a reply that is shared with `by` what to mind: a note that names them.

    Raises NotAllowed, Barred, NotYours, NotSharedAnyMore, NoteSaysNothing, NobodyOfThatName,
    MayNotReadIt.
    """
    shared = _read_by(by, case, pk)
    if not text.strip():
        raise NoteSaysNothing
    handle = {key: handle for handle, key in handles_of_all().items()}[shared.draft.staff_id]
    return add_note(case, text=f"@{handle} {text.strip()}", by=by, at=at)


def _read_by(reader: Staff, case: Case, pk: int) -> SharedReply:
    shared = shared_with(reader, case=case).filter(pk=pk).first()
    if shared is None:
        raise NotSharedAnyMore
    return shared


def _end(shared: QuerySet[SharedReply], by: Staff, at: datetime) -> None:
    for each in shared:
        record(ReplySharingEnded(case_id=each.case_id, shared_id=each.pk), by=by, at=at)
        each.delete()
