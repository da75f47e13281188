"""What follows from a clock of the law: outcomes deemed, rights that open and close. Pure.

Facts for the people who handle a case and for the response; nothing is paid or sent by them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from amends.standards.rules.days import day_of, end_of_day, last_day
from amends.standards.rules.law import CountedFrom, Effect, Happening, LawClock, Right


@dataclass(frozen=True, slots=True)
class Follows:
    """What follows, since when, and by which profile. `to` names the one fallen back to."""

    effect: Effect
    since: datetime
    profile: str
    to: str = ""


@dataclass(frozen=True, slots=True)
class OpenRight:
    """A right of the customer to turn to a body outside; `until` none where it has no end yet."""

    body: str
    since: datetime
    until: datetime | None
    profile: str

    def is_open(self, at: datetime) -> bool:
        return self.since <= at and (self.until is None or at <= self.until)


def follows(clock: LawClock, at: datetime) -> tuple[Follows, ...]:
    """Return what followed by an instant from a duty that was not done in time; else nothing."""
    if clock.due_at is None or not clock.is_over(at):
        return ()
    profile = clock.profile
    return tuple(
        Follows(
            effect,
            clock.due_at,
            profile.key,
            profile.falls_back_to if effect is Effect.FALLS_BACK else "",
        )
        for effect in profile.effects
    )


def right_opened(
    clock: LawClock, happened: Mapping[Happening, datetime], at: datetime
) -> OpenRight | None:
    """Return the right that a customer has by an instant: since our answer, or since it was due.

    Its end is counted from the day of the answer, where the law says so, and is open until then.
    """
    right = clock.profile.right
    if right is None:
        return None
    answered_at = happened.get(Happening.SENT)
    if answered_at and answered_at > at:
        answered_at = None
    over_at = clock.due_at if clock.is_over(at) else None
    moments = [each for each in (answered_at, over_at) if each]
    if not moments:
        return None
    until = _until(right, clock, answered_at)
    return OpenRight(right.body, min(moments), until, clock.profile.key)


def _until(right: Right, clock: LawClock, answered_at: datetime | None) -> datetime | None:
    counted = clock.started_at if right.counted_from is CountedFrom.START else answered_at
    if right.within is None or counted is None:
        return None
    zone = clock.place.zone
    last = last_day(day_of(counted, zone), right.within, clock.place.working_days)
    return end_of_day(last, zone)
