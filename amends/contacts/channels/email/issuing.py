"""Asking an issuer for what lets us into a mailbox: OAuth 2 tokens."""

import http.client
import json
import ssl
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode, urlsplit

from amends.base.locked import CannotOpen, unlock
from amends.contacts.actions.consent import Tokens, end_consent, note_renewed
from amends.contacts.models.mailboxes import Consent, Mailbox
from amends.contacts.rules.consent import EARLY, may_be_asked
from amends.contacts.rules.fetching import CannotFetch
from amends.contacts.rules.mailboxes import Trouble

PATIENCE_SECONDS = 20
_MOST_BYTES = 100_000
_USUAL_SECONDS = 3600
# What an issuer says when nobody may come in any more, and waiting does not help.
_ENDED = {"invalid_grant", "interaction_required", "consent_required", "unauthorized_client"}


@dataclass(frozen=True, slots=True)
class Said:
    """What an issuer answered."""

    status: int
    told: dict[str, object]


def tokens_for(consent: Consent, *, code: str, verifier: str, back_to: str) -> Tokens:
    """Return what the issuer gives for `code`, once. Raises CannotFetch."""
    asked = {
        "grant_type": "authorization_code",
        "code": code,
        "code_verifier": verifier,
        "redirect_uri": back_to,
    }
    return _tokens(consent, asked)


def access_for(mailbox: Mailbox, *, at: datetime) -> str:
    """Return what lets us in now, renewed where it has ended. Raises CannotFetch."""
    consent = Consent.objects.filter(mailbox=mailbox).first()
    if consent is None or not consent.refresh or consent.ended_at:
        raise CannotFetch(Trouble.CONSENT)
    try:
        if consent.access and consent.access_until and consent.access_until > at + EARLY:
            return unlock(consent.access)
        asked = {"grant_type": "refresh_token", "refresh_token": unlock(consent.refresh)}
        tokens = _tokens(consent, asked)
    except CannotOpen as problem:
        raise CannotFetch(Trouble.SECRET) from problem
    except CannotFetch as problem:
        if problem.trouble is Trouble.CONSENT:
            end_consent(mailbox, at=at)
        raise
    note_renewed(mailbox, tokens=tokens, at=at)
    return tokens.access


def _tokens(consent: Consent, asked: dict[str, str]) -> Tokens:
    asked |= {"client_id": consent.client_id}
    if consent.client_secret:
        asked |= {"client_secret": unlock(consent.client_secret)}
    said = _ask(consent.token_at, asked)
    access = said.told.get("access_token")
    if said.status != http.client.OK or not isinstance(access, str):
        problem = str(said.told.get("error", said.status))
        refused = problem in _ENDED
        raise CannotFetch(Trouble.CONSENT if refused else Trouble.ANSWER, problem[:300])
    lasts = said.told.get("expires_in")
    seconds = lasts if isinstance(lasts, int) and lasts > 0 else _USUAL_SECONDS
    refresh = said.told.get("refresh_token")
    return Tokens(
        access=access,
        lasts=timedelta(seconds=seconds),
        refresh=refresh if isinstance(refresh, str) else "",
    )


def _ask(address: str, asked: dict[str, str]) -> Said:
    """Post `asked` to the issuer and return its answer. Raises CannotFetch."""
    if not may_be_asked(address):
        raise CannotFetch(Trouble.TLS, address[:300])
    parts = urlsplit(address)
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    connection = _connection(parts.scheme, str(parts.hostname), parts.port)
    try:
        connection.request("POST", path, urlencode(asked), headers)
        answer = connection.getresponse()
        told = json.loads(answer.read(_MOST_BYTES))
    except ssl.SSLError as problem:
        raise CannotFetch(Trouble.TLS, str(problem.reason)) from problem
    except (OSError, http.client.HTTPException) as problem:
        raise CannotFetch(Trouble.CONNECTION, str(problem)[:300]) from problem
    except ValueError as problem:
        raise CannotFetch(Trouble.ANSWER, "JSON") from problem
    finally:
        connection.close()
    return Said(answer.status, told if isinstance(told, dict) else {})


def _connection(scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
    if scheme == "https":
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(host, port, timeout=PATIENCE_SECONDS, context=context)
    return http.client.HTTPConnection(host, port, timeout=PATIENCE_SECONDS)
