"""What can become of a mail that leaves, and when it is tried again. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from amends.contacts.rules.kinds import MailState

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=4)
GIVEN_UP_AFTER = timedelta(days=2)
# Longer than any server may take over one mail: then whoever was sending it is no more.
SENDING_TAKES = timedelta(minutes=15)


class Security(StrEnum):
    """How the way to a server is protected."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


class Outcome(StrEnum):
    """What became of a mail handed to a server."""

    SENT = "sent"
    REFUSED = "refused"
    TRY_AGAIN = "try-again"
    PERHAPS_SENT = "perhaps-sent"


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a mail, and what the server or the network said.

    missed: who got no copy of a mail that was sent, and why.
    """

    outcome: Outcome
    reason: str = ""
    missed: str = ""


def pace(*, per_minute: int | None, per_hour: int | None) -> timedelta:
    """Return how far apart mails leave, where at most so many may; nothing where any number may."""
    spans = [
        span / most
        for span, most in ((timedelta(minutes=1), per_minute), (timedelta(hours=1), per_hour))
        if most
    ]
    return max(spans, default=timedelta(0))


def may_go_again(state: MailState) -> bool:
    """Return whether a mail may be sent once more: it failed, or nobody knows whether it left."""
    return state in {MailState.PERHAPS_SENT, MailState.FAILED}


def may_be_taken_back(state: MailState) -> bool:
    """Return whether a mail has not left yet."""
    return state is MailState.WAITING


def next_try(*, tries: int, written_at: datetime, at: datetime) -> datetime | None:
    """Return when a mail that was not taken at `at` is tried again; None when it is given up.

    tries: how often it was tried, this time included.
    """
    if at - written_at >= GIVEN_UP_AFTER:
        return None
    doublings = min(tries - 1, 10)
    return at + min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)
