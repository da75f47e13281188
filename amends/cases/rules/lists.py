"""Which cases a list shows, and where its next page begins. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

PAGE = 25
BUSY = 100


class Which(StrEnum):
    """The lists of the Inbox."""

    MINE = "mine"
    TEAM = "team"
    NOT_TAKEN = "not-taken"
    SNOOZED = "snoozed"
    ENDED = "ended"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a list a row stands: by its moment, then by its key."""

    at: datetime
    pk: int


def written(place: Place) -> str:
    """Return `place` as it stands in an address."""
    return f"{place.at.isoformat()}~{place.pk}"


def read_place(text: str) -> Place | None:
    """Return the place that `text` names, or None if it names none: a list then starts anew."""
    moment, _, key = text.partition("~")
    if not (key.isascii() and key.isdigit() and len(key) < 19):  # noqa: PLR2004 - of a bigint
        return None
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return Place(at, int(key)) if at.tzinfo else None


class Source(IntEnum):
    """What a timeline is merged from, in the order in which things of one moment stand."""

    CONTACT = 1
    NOTE = 2
    EVENT = 3


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """Where in a timeline an item stands."""

    at: datetime
    source: Source
    pk: int


def spot_written(spot: Spot) -> str:
    """Return `spot` as it stands in an address."""
    return f"{spot.source.value}~{written(Place(spot.at, spot.pk))}"


def read_spot(text: str) -> Spot | None:
    """Return the spot that `text` names, or None if it names none."""
    source, _, rest = text.partition("~")
    place = read_place(rest)
    if place is None or source not in {str(known.value) for known in Source}:
        return None
    return Spot(place.at, Source(int(source)), place.pk)
