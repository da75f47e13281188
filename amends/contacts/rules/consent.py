"""How somebody lets us into a mailbox without a password: OAuth 2 with PKCE. Pure."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode, urlsplit

from amends.contacts.rules.mailboxes import Issuer

# An access that ends so soon is renewed before it is used.
EARLY = timedelta(minutes=2)
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where an issuer asks its people, where it gives what they allowed, and what to ask for."""

    authorise_at: str
    token_at: str
    scope: str


KNOWN = {
    Issuer.GOOGLE: Endpoints(
        "https://accounts.google.com/o/oauth2/v2/auth",
        "https://oauth2.googleapis.com/token",
        "https://mail.google.com/",
    ),
    Issuer.MICROSOFT: Endpoints(
        "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
        "https://login.microsoftonline.com/common/oauth2/v2.0/token",
        "offline_access https://outlook.office.com/IMAP.AccessAsUser.All "
        "https://outlook.office.com/POP.AccessAsUser.All",
    ),
}


def challenge_of(verifier: str) -> str:
    """Return what is told of `verifier` at first: who has not the one cannot use the other.

    Source: RFC 7636, section 4.2 (S256).
    """
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def way_to_ask(
    endpoints: Endpoints, *, client_id: str, back_to: str, state: str, challenge: str, user: str
) -> str:
    """Return the address at which the issuer asks the owner of the mailbox."""
    asked = {
        "response_type": "code",
        "client_id": client_id,
        "redirect_uri": back_to,
        "scope": endpoints.scope,
        "state": state,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        "login_hint": user,
        # Without these, Google lets us in for an hour only.
        "access_type": "offline",
        "prompt": "consent",
    }
    joint = "&" if urlsplit(endpoints.authorise_at).query else "?"
    return f"{endpoints.authorise_at}{joint}{urlencode(asked)}"


def may_be_asked(address: str) -> bool:
    """Return whether secrets may be sent to `address`: over TLS, or to this machine itself."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return False
    if parts.username or parts.fragment or not parts.hostname:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
