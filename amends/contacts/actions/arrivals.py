"""Storing what reaches us, before anybody reads it, and noting what became of it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.files import keep
from amends.base.refusal import Refused
from amends.contacts.events import ArrivalRead, ArrivalStored, ReadAgainAsked
from amends.contacts.models import Arrival
from amends.contacts.rules.arriving import LARGEST_IN_DATABASE
from amends.contacts.rules.kinds import ArrivalState
from amends.journal.actions import record
from amends.staff.actions.authorise import require
from amends.staff.models import Staff
from amends.staff.rules.permissions import Act

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
    large = len(incoming.raw) > LARGEST_IN_DATABASE
    arrival, new = Arrival.objects.defer("raw").get_or_create(
        source=incoming.source,
        key=incoming.key,
        defaults={
            "received_at": at,
            "sha256": keep(incoming.raw) if large else hashlib.sha256(incoming.raw).hexdigest(),
            "size_bytes": len(incoming.raw),
            "raw": None if large else bytes(incoming.raw),
            "name": incoming.name[-300:],
            "as_history": incoming.as_history,
        },
    )
    if new:
        record(ArrivalStored(arrival_id=arrival.pk, size_bytes=arrival.size_bytes), by=None, at=at)
    return arrival, new


@transaction.atomic
def note_fate(arrival: Arrival, *, fate: Fate, at: datetime) -> Arrival:
    """Note what became of `arrival`, and return it as it now stands."""
    arrival = Arrival.objects.defer("raw").select_for_update(of=("self",)).get(pk=arrival.pk)
    arrival.state, arrival.reason = fate.state, fate.reason[:500]
    arrival.sender, arrival.subject = fate.sender[:300], fate.subject[:300]
    arrival.likeness, arrival.read_at = fate.likeness, at
    arrival.save(update_fields=["state", "reason", "sender", "subject", "likeness", "read_at"])
    record(ArrivalRead(arrival_id=arrival.pk, state=fate.state), by=None, at=at)
    return arrival


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
