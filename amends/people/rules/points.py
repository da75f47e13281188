"""What a way to reach somebody is compared by, and whether it can be one at all. Pure."""

import re

import phonenumbers

from amends.people.rules.folding import plain
from amends.people.rules.kinds import PointKind

_MAIL = re.compile(r"[^@\s,;:<>()\[\]\"]+@[^@\s,;:<>()\[\]\"]+\.[^@\s,;:<>()\[\]\".]{2,}")
_SPACE = re.compile(r"[\W_]+")
LONGEST = 300


def folded_point(kind: PointKind, value: str, *, country: str) -> str:
    """Return what `value` is compared by; empty if nobody can be reached by it.

    country: ISO code of where a telephone number without a country is dialled.
    """
    if not 0 < len(value.strip()) <= LONGEST:
        return ""
    if kind is PointKind.EMAIL:
        return folded_mail(value)
    if kind is PointKind.TELEPHONE:
        return folded_telephone(value, country=country)
    return _SPACE.sub(" ", plain(value)).strip()[:LONGEST]


def folded_mail(value: str) -> str:
    """Return a mail address in small letters; empty if it is none, or none that can be kept."""
    folded = value.strip().casefold()
    return folded if len(folded) <= LONGEST and _MAIL.fullmatch(folded) else ""


def folded_telephone(value: str, *, country: str) -> str:
    """Return a telephone number as +, country and digits (E.164); empty if it is none."""
    try:
        number = phonenumbers.parse(value, country)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def shown_telephone(folded: str) -> str:
    """Return an E.164 number as people read it; what is none is returned as it is."""
    try:
        number = phonenumbers.parse(folded, None)
    except phonenumbers.NumberParseException:
        return folded
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
