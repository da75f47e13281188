"""What arrived: its bytes, and what waits to be read or looked at."""

import mmap
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate

from amends.base.files import open_kept
from amends.contacts.models import Arrival
from amends.contacts.rules.arriving import DELIVERY, MAILBOX
from amends.contacts.rules.kinds import ArrivalState
from amends.staff.models import Staff
from amends.staff.rules.permissions import Act

# Whoever stored an arrival reads it at once; only what was left behind by a kill is older.
LEFT_BEHIND = timedelta(minutes=2)


def raw_of(arrival: Arrival, *, most_bytes: int | None = None) -> bytes:
    """Return the bytes of `arrival` as they came, or only the first `most_bytes` of them.

    Raises FileNotFoundError.
    """
    if arrival.raw is not None:
        return bytes(arrival.raw)[:most_bytes]
    with open_kept(arrival.sha256) as kept:
        return kept.read(-1 if most_bytes is None else most_bytes)


@contextmanager
def mapped_raw_of(arrival: Arrival) -> Iterator[mmap.mmap]:
    """Give the bytes of a large `arrival`, which lies in file storage, without reading them.

    Raises FileNotFoundError.
    """
    with (
        open_kept(arrival.sha256) as kept,
        mmap.mmap(kept.fileno(), 0, access=mmap.ACCESS_READ) as mapped,
    ):
        yield mapped


def arrivals_left_behind(at: datetime) -> QuerySet[Arrival]:
    """Return what was stored some time before `at` and never read, the oldest first."""
    waiting = Arrival.objects.filter(state=ArrivalState.WAITING)
    return waiting.filter(received_at__lte=at - LEFT_BEHIND).order_by("pk")


def arrivals_delivered(at: datetime) -> QuerySet[Arrival]:
    """Return what was handed over or fetched until `at` and nobody has read, the oldest first.

    Whoever takes it in only stores it, so that it is read at once by somebody else.
    """
    from_servers = Q(source__startswith=DELIVERY) | Q(source__startswith=MAILBOX)
    waiting = Arrival.objects.filter(from_servers, state=ArrivalState.WAITING)
    return waiting.filter(received_at__lte=at).order_by("pk")


def arrivals_for(staff: Staff, states: Iterable[ArrivalState]) -> QuerySet[Arrival]:
    """Return what arrived and stands in one of `states`, newest first, without the bytes."""
    arrivals = Arrival.objects.filter(state__in=[state.value for state in states])
    seen = arrivals if staff.may(Act.SEE_CASES) else arrivals.none()
    return seen.defer("raw").order_by("-pk")


def arrivals_by_day(staff: Staff, since: datetime) -> dict[date, Counter[ArrivalState]]:
    """Return how much arrived since then on each local day, by what became of it, newest first."""
    if not staff.may(Act.SEE_CASES):
        return {}
    counted = (
        Arrival.objects.filter(received_at__gte=since)
        .annotate(day=TruncDate("received_at"))
        .values_list("day", "state")
        .annotate(number=Count("pk"))
        .order_by("-day", "state")
    )
    days: dict[date, Counter[ArrivalState]] = {}
    for day, state, number in counted:
        days.setdefault(day, Counter())[ArrivalState(state)] = number
    return days
