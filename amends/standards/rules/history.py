"""What happened to a case, as far as clocks look at it: one entry of the journal each. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum


class What(StrEnum):
    """What an entry tells."""

    RECEIVED = "received"
    REGISTERED = "registered"
    ACKNOWLEDGED = "acknowledged"
    CUSTOMER_WROTE = "customer-wrote"
    ANSWERED = "answered"
    NOTHING_TO_ANSWER = "nothing-to-answer"
    UPDATED = "updated"
    RESPONSE_SENT = "response-sent"
    RESPONSE_DELIVERED = "response-delivered"
    ACCEPTED = "accepted"
    SUMMARY_SENT = "summary-sent"
    WAITING_BEGAN = "waiting-began"
    WAITING_ENDED = "waiting-ended"
    KIND_CHANGED = "kind-changed"
    TEAM_CHANGED = "team-changed"
    SEVERITY_CHANGED = "severity-changed"
    GROUP_CHANGED = "group-changed"
    CALENDAR_CHANGED = "calendar-changed"
    RHYTHM_AGREED = "rhythm-agreed"
    EXTENDED = "extended"
    RESOLVED = "resolved"
    REOPENED = "reopened"
    MERGED_IN = "merged-in"
    ENDED = "ended"


class WaitingFor(StrEnum):
    """For whom a case waits."""

    CUSTOMER = "customer"
    INSIDE = "inside"
    THIRD_PARTY = "third-party"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that happened, and what is known of it.

    kind, team, channel, severity, group: of the case, where the entry says or changes them.
    customers: whose case it is, by key: the customer and the organisations they belong to.
    waiting_for, until: for whom the case waits, and until when at the latest.
    calendar: the key of the one that `team` works by from now on.
    rhythm: how long a silence was agreed with the customer, in working time, or with
        around_the_clock in all of it.
    received_at, unanswered_since: of the case that was merged in, if it came to us before, and if
        its customer waits for an answer.
    notice_until, reason, circumstances: what a notice of extension told the customer.
    """

    at: datetime
    what: What
    kind: str = ""
    team: str = ""
    channel: str = ""
    severity: int = 0
    group: str = ""
    customers: frozenset[str] = frozenset()
    waiting_for: WaitingFor | None = None
    until: datetime | None = None
    calendar: str = ""
    rhythm: timedelta | None = None
    around_the_clock: bool = False
    received_at: datetime | None = None
    unanswered_since: datetime | None = None
    notice_until: date | None = None
    reason: str = ""
    circumstances: str = ""
