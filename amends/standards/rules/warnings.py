"""Whose clocks there are, and when somebody is warned before one is over. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from amends.standards.rules.calendar import Calendar, subtract_working_time


class Whose(StrEnum):
    """Whose time a clock counts: the law's, ours, that of a promise, the customer's own."""

    LAW = "law"
    STANDARD = "standard"
    PROMISE = "promise"
    CUSTOMER = "customer"


class Whom(StrEnum):
    """Who is warned: who answers for it, the duty owner of the team, or a colleague by name."""

    OWNER = "owner"
    DUTY_OWNER = "duty-owner"
    COLLEAGUE = "colleague"


class How(StrEnum):
    """How somebody is warned: on the pages alone, or by mail besides."""

    PAGE = "page"
    EMAIL = "email"


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """A warning as it is set. standard: the key of the one it belongs to; empty for all."""

    pk: int
    about: Whose
    before: timedelta
    standard: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A clock to warn of. calendar: what its time counts in; none for the time that just passes."""

    about: Whose
    started_at: datetime
    due_at: datetime
    standard: str = ""
    calendar: Calendar | None = None


def warnings_of(watched: Watched, warnings: Iterable[Warned]) -> dict[int, datetime]:
    """Return when each warning of a clock is given, by its key.

    One that would come before the clock even started is left out: it would say nothing.
    """
    fitting = [
        each
        for each in warnings
        if each.about is watched.about and each.standard in ("", watched.standard)
    ]
    moments = {each.pk: _before(watched, each.before) for each in fitting}
    return {pk: at for pk, at in moments.items() if at > watched.started_at}


def _before(watched: Watched, span: timedelta) -> datetime:
    if watched.calendar is None:
        return watched.due_at - span
    return subtract_working_time(watched.calendar, watched.due_at, span)
