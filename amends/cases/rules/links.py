"""The signed link by which a customer reaches their case. Pure.

The link is the case's reference and a keyed hash of it: nothing is stored, nothing can be guessed,
and a case's links die together when its link version is raised.
"""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from datetime import date
from hashlib import sha256

from amends.cases.rules.reference import ALPHABET, BASE, symbols_in

_BYTES = 16
_CODE = 8
_PARTS, _LONGEST_NUMBER = 3, 18


def sign(reference: str, *, version: int, key: str) -> str:
    """Return the token of the case `reference`, fit for an address: `C-7K4-Q92X.…`."""
    return f"{reference}.{_mac(reference, version, key)}"


def code_for(reference: str, *, version: int, key: str) -> str:
    """Return the code that stands for the link where it must be said aloud: `K7QM-2XWD`.

    Whoever asks by it is counted, so that nobody tries them all.
    """
    message = f"case-code:{version}:{reference}".encode()
    left = int.from_bytes(hmac.new(key.encode(), message, sha256).digest())
    symbols = []
    for _ in range(_CODE):
        left, symbol = divmod(left, BASE)
        symbols.append(ALPHABET[symbol])
    return f"{''.join(symbols[:4])}-{''.join(symbols[4:])}"


def is_code(text: str, reference: str, *, version: int, keys: Iterable[str]) -> bool:
    """Return whether `text`, however it is written, is the code of this `version` by a key."""
    typed = symbols_in(text).encode()
    codes = (symbols_in(code_for(reference, version=version, key=key)) for key in keys)
    return any(hmac.compare_digest(typed, code.encode()) for code in codes)


def reference_in(token: str) -> str:
    """Return the reference that `token` claims, unchecked."""
    return token.partition(".")[0]


def is_signed(token: str, *, version: int, keys: Iterable[str]) -> bool:
    """Return whether `token` was signed for this `version` with any of `keys`."""
    reference, _, mac = token.partition(".")
    return any(
        hmac.compare_digest(mac.encode(), _mac(reference, version, key).encode()) for key in keys
    )


def sign_person(person: int, *, until: date, key: str) -> str:
    """Return the token under which a customer sees all their cases, `until` a day: `12.739950.…`.

    It tells who and until when by itself, so nothing is stored.
    """
    return f"{person}.{until.toordinal()}.{_mac_of(f'own-cases:{until.toordinal()}:{person}', key)}"


def person_in(token: str, *, keys: Iterable[str]) -> tuple[int, date] | None:
    """Return whose cases `token` opens and until when; None if no key of ours signed it."""
    parts = token.split(".")
    if len(parts) != _PARTS or not all(_is_number(part) for part in parts[:2]):
        return None
    person, ordinal = int(parts[0]), int(parts[1])
    if not 0 < ordinal <= date.max.toordinal():
        return None
    until = date.fromordinal(ordinal)
    signed = (sign_person(person, until=until, key=key) for key in keys)
    if any(hmac.compare_digest(token.encode(), one.encode()) for one in signed):
        return person, until
    return None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER


def _mac(reference: str, version: int, key: str) -> str:
    return _mac_of(f"case-link:{version}:{reference}", key)


def _mac_of(message: str, key: str) -> str:
    digest = hmac.new(key.encode(), message.encode(), sha256).digest()[:_BYTES]
    return urlsafe_b64encode(digest).rstrip(b"=").decode()
