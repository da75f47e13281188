"""The signed link by which a customer reaches their case. Pure.

The link is the case's reference and a keyed hash of it: nothing is stored, nothing can be guessed,
and a case's links die together when its link version is raised.
"""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from hashlib import sha256

from amends.cases.rules.reference import ALPHABET, BASE, symbols_in

_BYTES = 16
_CODE = 8


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


def _mac(reference: str, version: int, key: str) -> str:
    message = f"case-link:{version}:{reference}".encode()
    digest = hmac.new(key.encode(), message, sha256).digest()[:_BYTES]
    return urlsafe_b64encode(digest).rstrip(b"=").decode()
