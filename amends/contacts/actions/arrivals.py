"""Storing what reaches us, before anybody reads it, and noting what became of it."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from amends.base.files import keep
from amends.base.refusal import Refused
from amends.base.rows import write_rows
from amends.contacts.events import (
    ArrivalRead,
    ArrivalReleased,
    ArrivalStored,
    ReadAgainAsked,
)
from amends.contacts.models import Arrival
from amends.contacts.rules.arriving import LARGEST_IN_DATABASE, SPAM
from amends.contacts.rules.holding import BY_RULE
from amends.contacts.rules.kinds import ArrivalState
from amends.journal.actions import record, record_all
from amends.staff.actions.authorise import require
from amends.staff.models import Staff
from amends.staff.rules.permissions import Act

_NOTE = """
UPDATE contacts_arrival SET state = fate.state, reason = fate.reason, sender = fate.sender,
  subject = fate.subject, likeness = fate.likeness, read_at = %s
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[])
  AS fate(id, state, reason, sender, subject, likeness)
WHERE contacts_arrival.id = fate.id
"""
_UNREAD = {ArrivalState.HELD, ArrivalState.FAILED, ArrivalState.AUTOMATIC, ArrivalState.BOUNCE}


class ReadAlready(Refused):
    text = _("This has been read and filed already.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """Something that arrives: its bytes, where it comes from, and what that place calls it."""

    source: str
    key: str
    raw: bytes | memoryview
    name: str = ""
    as_history: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What became of an arrival. reason: why it was not filed, as a code or in the words of it.

    likeness: by which others of the same words are known, where that was looked at.
    """

    state: ArrivalState
    reason: str = ""
    sender: str = ""
    subject: str = ""
    likeness: str = ""


@transaction.atomic
def store_arrival(incoming: Incoming, *, at: datetime) -> tuple[Arrival, bool]:
    """Keep `incoming` byte for byte; return it, and whether it was not known before.

    What is too large for the database lies in file storage, on the disk before the commit.
    """
    arrival, new = Arrival.objects.defer("raw").get_or_create(
        source=incoming.source,
        key=incoming.key,
        defaults=_columns(incoming, at),
    )
    if new:
        record(ArrivalStored(arrival_id=arrival.pk, size_bytes=arrival.size_bytes), by=None, at=at)
    return arrival, new


@transaction.atomic
def store_arrivals(incoming: Sequence[Incoming], *, at: datetime) -> list[tuple[Arrival, bool]]:
    """Keep all of `incoming` as `store_arrival` does each, in few statements; in their order."""
    known = _known(incoming)
    fresh = {(each.source, each.key): each for each in incoming} if incoming else {}
    new = {which: _row(each, at) for which, each in fresh.items() if which not in known}
    try:
        with transaction.atomic():
            write_rows(Arrival, new.values())
    except IntegrityError:  # somebody else stored one of them meanwhile
        return [store_arrival(each, at=at) for each in incoming]
    stored = [
        ArrivalStored(arrival_id=each.pk, size_bytes=each.size_bytes) for each in new.values()
    ]
    record_all(stored, by=None, at=at)
    found = known | new
    told: list[tuple[Arrival, bool]] = []
    for each in incoming:
        which = each.source, each.key
        told.append((found[which], new.pop(which, None) is not None))
    return told


def _known(incoming: Sequence[Incoming]) -> dict[tuple[str, str], Arrival]:
    sources, keys = {each.source for each in incoming}, {each.key for each in incoming}
    found = Arrival.objects.defer("raw").filter(source__in=sources, key__in=keys)
    return {(each.source, each.key): each for each in found}


def _row(incoming: Incoming, at: datetime) -> Arrival:
    return Arrival(source=incoming.source, key=incoming.key, **_columns(incoming, at))


def _columns(incoming: Incoming, at: datetime) -> dict[str, Any]:
    large = len(incoming.raw) > LARGEST_IN_DATABASE
    return {
        "received_at": at,
        "sha256": keep(incoming.raw) if large else hashlib.sha256(incoming.raw).hexdigest(),
        "size_bytes": len(incoming.raw),
        "raw": None if large else bytes(incoming.raw),
        "name": incoming.name[-300:],
        "as_history": incoming.as_history,
    }


@transaction.atomic
def note_fate(arrival: Arrival, *, fate: Fate, at: datetime) -> Arrival:
    """Note what became of `arrival`, and return it as it now stands."""
    arrival = Arrival.objects.defer("raw").select_for_update(of=("self",)).get(pk=arrival.pk)
    note_fates([(arrival, fate)], at=at)
    return arrival


@transaction.atomic
def note_fates(fates: Sequence[tuple[Arrival, Fate]], *, at: datetime) -> None:
    """Note what became of arrivals that the caller holds, in two statements."""
    for arrival, fate in fates:
        arrival.state, arrival.reason = fate.state, fate.reason[:500]
        arrival.sender, arrival.subject = fate.sender[:300], fate.subject[:300]
        arrival.likeness, arrival.read_at = fate.likeness, at
    arrivals = [arrival for arrival, _fate in fates]
    columns = ("pk", "state", "reason", "sender", "subject", "likeness")
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, [at, *([getattr(e, name) for e in arrivals] for name in columns)])
    noted = [ArrivalRead(arrival_id=each.pk, state=each.state) for each in arrivals]
    record_all(noted, by=None, at=at)


@transaction.atomic
def read_again(arrival: Arrival, *, by: Staff, at: datetime) -> Arrival:
    """Let `arrival`, which was not filed, be read once more; return it.

    Raises NotAllowed, ReadAlready.
    """
    require(by, Act.RECORD_CONTACT)
    arrival = Arrival.objects.defer("raw").select_for_update(of=("self",)).get(pk=arrival.pk)
    if arrival.state not in _UNREAD:
        raise ReadAlready
    arrival.state, arrival.reason = ArrivalState.WAITING, ""
    arrival.save(update_fields=["state", "reason"])
    record(ReadAgainAsked(arrival_id=arrival.pk), by=by, at=at)
    return arrival


@transaction.atomic
def release_spam(keys: Collection[int], *, by: Staff, at: datetime) -> int:
    """Say that what a filter or a rule holds is wanted, and let it be read again; return how many.

    What is not held as spam, or not any more, is left as it is.

    Raises NotAllowed.
    """
    require(by, Act.RECORD_CONTACT)
    unwanted = Q(reason=SPAM) | Q(reason__startswith=BY_RULE)
    held = Arrival.objects.filter(unwanted, pk__in=keys, state=ArrivalState.HELD)
    found = list(held.defer("raw").select_for_update(of=("self",)).order_by("pk"))
    Arrival.objects.filter(pk__in=[each.pk for each in found]).update(
        state=ArrivalState.WAITING, reason="", wanted_at=at
    )
    record_all([ArrivalReleased(arrival_id=each.pk) for each in found], by=by, at=at)
    return len(found)
