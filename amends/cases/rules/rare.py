"""The few moments at which a customer is met who may be won for long. Pure. Source: S3-20."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from amends.cases.rules.kinds import CaseKind

YEAR = timedelta(days=365)


class Rare(StrEnum):
    """Why this meeting is one of the few that count most."""

    FIRST_TIME = "first-time"
    FIRST_COMPLAINT = "first-complaint"
    AFTER_LONG = "after-long"


@dataclass(frozen=True, slots=True)
class Before:
    """How a customer turned to us before a case: how often ever and in the year, when last.

    complaints: their earlier ones.
    """

    contacts: int = 0
    in_year: int = 0
    complaints: int = 0
    last_at: datetime | None = None


def rare_moment(before: Before, *, kind: CaseKind, at: datetime) -> Rare | None:
    """Return why the meeting of a case that began `at` is a rare one, the foremost; None if not."""
    if not before.contacts or before.last_at is None:
        return Rare.FIRST_TIME
    if kind is CaseKind.COMPLAINT and not before.complaints:
        return Rare.FIRST_COMPLAINT
    return Rare.AFTER_LONG if at - before.last_at >= YEAR else None
