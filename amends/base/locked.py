"""Secrets of others that we must be able to say again: locked in the database, with our own key.

The key comes from AMENDS_SECRET_KEY; what was locked with the one before opens with it as long as
that is set as AMENDS_SECRET_KEY_BEFORE.
"""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_PURPOSE = b"amends: secrets of others"


class CannotOpen(Exception):
    """Locked with a key that we no longer have."""


def lock(secret: str) -> str:
    """Return `secret` as only we can read it; an empty one stays empty."""
    return _keys().encrypt(secret.encode()).decode() if secret else ""


def unlock(locked: str) -> str:
    """Return what was locked. Raises CannotOpen."""
    if not locked:
        return ""
    try:
        return _keys().decrypt(locked.encode()).decode()
    except InvalidToken as problem:
        raise CannotOpen from problem


def locked_anew(locked: str) -> str:
    """Return the same secret, locked with the key of now. Raises CannotOpen."""
    return lock(unlock(locked))


def _keys() -> MultiFernet:
    return MultiFernet(
        [_key(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    )


def _key(secret: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
