"""Storing what a mailbox gives, and noting how far its fetching is.

What a mailbox has given once is not stored again, under whatever number it shows it: its bytes
decide, as each server on the way writes its own number and time into a mail. A Message-ID does
not: two mails with one are two.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from amends.base.spool import Kept
from amends.contacts.events import ArrivalStored, FolderRenumbered
from amends.contacts.models import Arrival, Recognised
from amends.contacts.models.mailboxes import Fetching, LeftThere, Mailbox
from amends.contacts.queries.mailboxes import given_before, known_keys
from amends.contacts.rules.arriving import source_of_fetched
from amends.contacts.rules.fetching import CannotFetch, Waiting
from amends.journal.actions import record, record_all


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A mail as it came out of a mailbox."""

    waiting: Waiting
    kept: Kept


@transaction.atomic
def store_fetched(
    mailbox: Mailbox, *, fetched: Sequence[Fetched], passed: int, up_to: int, at: datetime
) -> int:
    """Keep mails byte for byte, all or none of them; return how many were not known before.

    Committed with them: how many more of those that waited are passed, and up to which uid.
    """
    new = _store(mailbox, fetched, at)
    keys = [each.waiting.key for each in fetched]
    LeftThere.objects.filter(mailbox=mailbox, key__in=keys).delete()
    fetching = _fetching_of(mailbox)
    fetching.waiting = max(fetching.waiting - passed, 0)
    fetching.fetched_uid = max(fetching.fetched_uid, up_to)
    fetching.looked_at = at
    fetching.save(update_fields=["waiting", "fetched_uid", "looked_at"])
    return new


def _store(mailbox: Mailbox, fetched: Sequence[Fetched], at: datetime) -> int:
    """Store what the mailbox has not given before; what is the same is recognised."""
    source = source_of_fetched(mailbox.pk)
    known = given_before(source, {each.kept.sha256 for each in fetched})
    taken = known_keys(mailbox, [each.waiting.key for each in fetched])
    new: list[Arrival] = []
    again: list[tuple[str, Arrival]] = []
    for each in fetched:
        key, kept = each.waiting.key, each.kept
        if before := known.get(kept.sha256):
            again.append((key, before))
            continue
        known[kept.sha256] = Arrival(
            source=source,
            # A server that was put back may give the number of one mail to another.
            key=f"{key}/{kept.sha256[:12]}" if key in taken else key,
            received_at=at,
            sha256=kept.sha256,
            size_bytes=kept.size_bytes,
            raw=kept.raw,
        )
        new.append(known[kept.sha256])
    stored = Arrival.objects.bulk_create(new)
    events = [ArrivalStored(arrival_id=each.pk, size_bytes=each.size_bytes) for each in stored]
    record_all(events, by=None, at=at)
    Recognised.objects.bulk_create(
        (
            Recognised(mailbox=mailbox, key=key, arrival=before)
            for key, before in again
            if before.key != key
        ),
        ignore_conflicts=True,
    )
    return len(new)


@transaction.atomic
def begin_life(
    mailbox: Mailbox, *, place: str, uid_validity: int, highest_uid: int, at: datetime
) -> Fetching:
    """Count from the beginning, as the folder is another or numbered anew; return where we are.

    Everything in it is looked at again. highest_uid: what is above it is new in any case.
    """
    fetching = _fetching_of(mailbox)
    if fetching.uid_validity is not None:
        record(FolderRenumbered(mailbox_id=mailbox.pk), by=None, at=at)
    LeftThere.objects.filter(mailbox=mailbox).delete()
    fetching.place, fetching.uid_validity = place, uid_validity
    fetching.dated_uid, fetching.fetched_uid, fetching.settled_uid = highest_uid, 0, 0
    fetching.save(
        update_fields=["place", "uid_validity", "dated_uid", "fetched_uid", "settled_uid"]
    )
    return fetching


@transaction.atomic
def note_waiting(mailbox: Mailbox, *, waiting: int, listens: bool, at: datetime) -> Fetching:
    """Note how many mails wait in the mailbox, as it just told us; return where we are."""
    fetching = _fetching_of(mailbox)
    fetching.waiting = fetching.total = waiting
    fetching.listens, fetching.looked_at = listens, at
    fetching.save(update_fields=["waiting", "total", "listens", "looked_at"])
    return fetching


@transaction.atomic
def note_settled(mailbox: Mailbox, *, up_to: int, at: datetime) -> None:
    """Note up to which uid everything was marked or moved."""
    Fetching.objects.filter(mailbox=mailbox, settled_uid__lt=up_to).update(
        settled_uid=up_to, looked_at=at
    )


@transaction.atomic
def note_trouble(mailbox: Mailbox, *, problem: CannotFetch, at: datetime) -> Fetching:
    """Note why nothing could be fetched, or not settled, and since when; return where we are."""
    fetching = _fetching_of(mailbox)
    fetching.failing_since = fetching.failing_since or at
    fetching.trouble, fetching.detail = problem.trouble, _plain(problem.detail)
    fetching.listens = False
    fetching.save(update_fields=["failing_since", "trouble", "detail", "listens"])
    return fetching


@transaction.atomic
def note_well(mailbox: Mailbox, *, at: datetime) -> None:
    """Note that all goes well again."""
    Fetching.objects.filter(mailbox=mailbox).exclude(failing_since=None).update(
        failing_since=None, trouble="", detail="", looked_at=at
    )


@transaction.atomic
def leave_there(
    mailbox: Mailbox, *, mails: Iterable[Waiting], problem: CannotFetch, at: datetime
) -> None:
    """Note that mails could not be fetched, so that others go on; they are tried again later."""
    for mail in mails:
        left, new = LeftThere.objects.select_for_update().get_or_create(
            mailbox=mailbox,
            key=mail.key,
            defaults={
                "trouble": problem.trouble,
                "detail": _plain(problem.detail),
                "size_bytes": mail.size_bytes,
                "first_at": at,
                "tried_at": at,
            },
        )
        if not new:
            left.trouble, left.detail = problem.trouble, _plain(problem.detail)
            left.tries, left.tried_at = left.tries + 1, at
            left.save(update_fields=["trouble", "detail", "tries", "tried_at"])


@transaction.atomic
def note_gone(mailbox: Mailbox, *, key: str, at: datetime) -> None:
    """Note that somebody has taken a mail out of the mailbox that had been left there."""
    LeftThere.objects.filter(mailbox=mailbox, key=key, tried_at__lte=at).delete()


def _fetching_of(mailbox: Mailbox) -> Fetching:
    """Return how far the fetching of `mailbox` is, locked until the transaction ends."""
    fetching, _new = Fetching.objects.select_for_update().get_or_create(mailbox=mailbox)
    return fetching


def _plain(detail: str) -> str:
    return detail.replace("\0", "?")[:300]
