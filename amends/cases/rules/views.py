"""What a view of cases may be made of: filters, columns and orders, from one documented set. Pure.

A view is a list that somebody wants to come back to. Its filters are joined by "and". What it may
be made of is written down here and nowhere else, so that every one of them is known to be quick.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from amends.cases.rules.fields import CHOSEN, NUMBERS, TEXTS, FieldType

MOST_FILTERS, MOST_COLUMNS, MOST_VALUES = 12, 10, 50
LONGEST_TEXT, LONGEST_NAME = 100, 80
MOST_DAYS = 3650
ME, NOBODY, MINE, YES = "me", "nobody", "mine", "yes"
_FIELD = "field-"


class By(StrEnum):
    """What of a case a filter looks at."""

    STATE = "state"
    OPEN = "open"
    KIND = "kind"
    NEXT = "next"
    DUE = "due"
    OWNER = "owner"
    TEAM = "team"
    SEVERITY = "severity"
    AHEAD = "ahead"
    OUTCOME = "outcome"
    RECEIVED = "received"
    ENDED = "ended"
    LAST_CONTACT = "last-contact"
    MOOD = "mood"
    CHANNEL = "channel"
    LANGUAGE = "language"
    CUSTOMER = "customer"
    PRODUCT = "product"
    TOPIC = "topic"
    TAG = "tag"
    SNOOZED = "snoozed"
    TEXT = "text"


class Match(StrEnum):
    """How a filter looks at it."""

    IS = "is"
    IS_NOT = "is-not"
    OVER = "over"
    WITHIN = "within"
    IN_LAST = "in-last"
    LONGER_AGO = "longer-ago"
    FROM = "from"
    UNTIL = "until"
    CONTAINS = "contains"
    AT_LEAST = "at-least"
    AT_MOST = "at-most"
    THERE = "there"
    MISSING = "missing"


class Column(StrEnum):
    """What a list shows of each case, besides who it is and what it is about."""

    REFERENCE = "reference"
    DUE = "due"
    LAW = "law"
    NEXT = "next"
    KIND = "kind"
    STATE = "state"
    OWNER = "owner"
    TEAM = "team"
    SEVERITY = "severity"
    AHEAD = "ahead"
    OUTCOME = "outcome"
    RECEIVED = "received"
    ENDED = "ended"
    LAST_CONTACT = "last-contact"
    CHANNEL = "channel"
    LANGUAGE = "language"
    PRODUCT = "product"
    TOPIC = "topic"
    TAGS = "tags"


class Order(StrEnum):
    """What stands on top."""

    DUE_FIRST = "due-first"
    NEWEST_FIRST = "newest-first"
    OLDEST_FIRST = "oldest-first"
    ENDED_LAST = "ended-last"


class Shared(StrEnum):
    """Who sees a view besides whoever made it."""

    NOBODY = "nobody"
    TEAM = "team"
    ALL = "all"


AMONG = frozenset({Match.IS, Match.IS_NOT})
DAYS = frozenset({Match.WITHIN, Match.IN_LAST, Match.LONGER_AGO})
ON_A_DAY = frozenset({Match.FROM, Match.UNTIL})
AMOUNTS = frozenset({Match.AT_LEAST, Match.AT_MOST})
SAID_ALREADY = frozenset({Match.OVER, Match.THERE, Match.MISSING})
_ONE_OF = (Match.IS, Match.IS_NOT)
_PAST = (Match.IN_LAST, Match.LONGER_AGO, Match.FROM, Match.UNTIL)
MATCHES: Mapping[By, tuple[Match, ...]] = {
    **dict.fromkeys(By, _ONE_OF),
    By.OPEN: (Match.IS,),
    By.SNOOZED: (Match.IS,),
    By.MOOD: (Match.IS,),
    By.DUE: (Match.OVER, Match.WITHIN, Match.FROM, Match.UNTIL),
    By.RECEIVED: _PAST,
    By.ENDED: _PAST,
    By.LAST_CONTACT: (Match.IN_LAST, Match.LONGER_AGO),
    By.CUSTOMER: (Match.CONTAINS,),
    By.TEXT: (Match.CONTAINS,),
}
_KEPT = (Match.THERE, Match.MISSING)


def matches_of(kind: FieldType) -> tuple[Match, ...]:
    """Return how a filter may look at a field of `kind`."""
    if kind in CHOSEN:
        return (*_ONE_OF, *_KEPT)
    if kind in TEXTS:
        return (Match.CONTAINS, *_KEPT)
    if kind in NUMBERS:
        return (Match.AT_LEAST, Match.AT_MOST, *_KEPT)
    return (Match.IS, *_KEPT) if kind is FieldType.YES_NO else (Match.FROM, Match.UNTIL, *_KEPT)


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter. by: one of `By`, or a field of our own as `field-12`. values: as text."""

    by: str
    match: Match
    values: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What names it where filters are offered: what it looks at, and how."""
        return f"{self.by}:{self.match.value}"

    @property
    def field(self) -> int | None:
        """The key of the field of our own that it looks at."""
        return field_in(self.by)


@dataclass(frozen=True, slots=True)
class Look:
    """What a view shows: which cases, what of them, and what stands on top."""

    filters: tuple[Filter, ...] = ()
    columns: tuple[str, ...] = (Column.DUE.value, Column.NEXT.value, Column.OWNER.value)
    order: Order = Order.DUE_FIRST


def field_in(name: str) -> int | None:
    """Return the key of the field of our own that `name` names; None if it names none."""
    key = name.removeprefix(_FIELD)
    if key == name or not (key.isascii() and key.isdigit() and len(key) < 19):  # noqa: PLR2004 - of a bigint
        return None
    return int(key)


def field_name(key: int) -> str:
    """Return how a field of our own is named in filters and columns."""
    return f"{_FIELD}{key}"


def filter_of(key: str, values: Iterable[str] = ()) -> Filter | None:
    """Return the filter that `key` names, with `values`; None if it names none we know."""
    by, _colon, match = key.partition(":")
    known = match in {each.value for each in Match} and (
        field_in(by) is not None or by in {each.value for each in By}
    )
    if not known or (field_in(by) is None and Match(match) not in MATCHES[By(by)]):
        return None
    return Filter(by, Match(match), tuple(values))


def is_whole(asked: Filter) -> bool:
    """Return whether `asked` says what it needs to say, in the form in which it must be said."""
    values = asked.values
    if asked.match in SAID_ALREADY:
        return not values
    if asked.match in AMONG:
        return 0 < len(values) <= MOST_VALUES and all(
            0 < len(value) <= LONGEST_TEXT for value in values
        )
    return len(values) == 1 and _is_said(asked.match, values[0])


def _is_said(match: Match, value: str) -> bool:
    if match is Match.CONTAINS:
        return bool(value.strip()) and len(value) <= LONGEST_TEXT and "\x00" not in value
    if match in DAYS:
        return value.isascii() and value.isdigit() and len(value) < 5 and int(value) <= MOST_DAYS  # noqa: PLR2004 - digits of that
    return day_in(value) is not None if match in ON_A_DAY else number_in(value) is not None


def day_in(value: str) -> date | None:
    """Return the day that `value` names; None if it names none."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return day if 1900 <= day.year <= 2200 else None  # noqa: PLR2004 - a day of ours


def number_in(value: str) -> Decimal | None:
    """Return the number that `value` is, with a comma or a point; None if it is none."""
    try:
        number = Decimal(value.replace(",", ".").replace(" ", "")) if len(value) < 25 else None  # noqa: PLR2004 - longer than any
    except InvalidOperation:
        return None
    return number if number is not None and number.is_finite() and abs(number) < 10**15 else None


def written(look: Look) -> dict[str, object]:
    """Return `look` as it is kept."""
    return {
        "filters": [
            {"by": each.by, "match": each.match.value, "values": list(each.values)}
            for each in look.filters
        ],
        "columns": list(look.columns),
        "order": look.order.value,
    }


def read_look(filters: Iterable[Mapping[str, object]], columns: Sequence[str], order: str) -> Look:
    """Return a look as it was kept; what is not known any more is left out."""
    read = (
        filter_of(f"{each['by']}:{each['match']}", [str(value) for value in _list(each["values"])])
        for each in filters
    )
    known = Order(order) if order in {each.value for each in Order} else Order.DUE_FIRST
    return Look(tuple(each for each in read if each and is_whole(each)), tuple(columns), known)


def _list(values: object) -> list[object]:
    return values if isinstance(values, list) else []


def is_offered(look: Look, fields: Collection[int]) -> bool:
    """Return whether `look` is made of the documented set and of `fields` of our own."""
    names = [*(each.by for each in look.filters), *look.columns]
    known = {*(each.value for each in By), *(each.value for each in Column)}
    own = (field_in(name) for name in names if name not in known)
    return (
        len(look.filters) <= MOST_FILTERS
        and 0 < len(look.columns) <= MOST_COLUMNS
        and len(set(look.columns)) == len(look.columns)
        and all(is_whole(each) for each in look.filters)
        and all(
            name not in {each.value for each in By} or _is_column(name) for name in look.columns
        )
        and all(key in fields for key in own)
    )


def _is_column(name: str) -> bool:
    return name in {each.value for each in Column}


def about(count: int) -> int:
    """Return an estimate as it is said: two digits that mean something, and noughts."""
    step = int("1" + "0" * max(len(str(count)) - 2, 0))
    return round(count / step) * step
