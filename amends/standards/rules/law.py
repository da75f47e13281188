"""The clocks that laws set, and what they do at a moment: profiles are data, this reads them. Pure.

A clock of the law never pauses: nothing here knows of waiting. Every instant is aware; what is
computed is in UTC. Source: case-model 2.2 and 2.6.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from amends.standards.rules.days import (
    EndsOnDayOff,
    Length,
    WorkingDays,
    day_of,
    end_of_day,
    last_day,
)


class Duty(StrEnum):
    """What the law gives time for."""

    ACKNOWLEDGE = "acknowledge"
    ANSWER = "answer"


class Happening(StrEnum):
    """What starts or stops a clock."""

    RECEIVED = "received"
    REGISTERED = "registered"
    ACKNOWLEDGED = "acknowledged"
    SENT = "sent"
    DELIVERED = "delivered"
    ACCEPTED = "accepted"
    SUMMARY_SENT = "summary-sent"
    SATISFIED = "satisfied"


class Effect(StrEnum):
    """What follows when the time is over and the duty is not done."""

    ESCALATED = "escalated"
    RIGHT_OPENS = "right-opens"
    DEEMED_ACCEPTED = "deemed-accepted"
    DEEMED_AS_WISHED = "deemed-as-wished"
    BURDEN_OF_PROOF_SHIFTS = "burden-of-proof-shifts"
    PENALTY = "penalty"
    REGULATOR = "regulator"
    MARKED_UNTIMELY = "marked-untimely"
    FALLS_BACK = "falls-back"


class Part(StrEnum):
    """What a notice of extension has to say."""

    REASON = "reason"
    CIRCUMSTANCES = "circumstances"
    DATE = "date"


class CountedFrom(StrEnum):
    """From where an extension, or a right, is counted."""

    START = "start"
    FIRST_TERM = "first-term"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Extension:
    """How far a term may be extended, and what the notice of it has to say."""

    length: Length
    counted_from: CountedFrom
    parts: frozenset[Part] = frozenset({Part.REASON, Part.DATE})


@dataclass(frozen=True, slots=True)
class Right:
    """Where a customer may turn, and for how long; without a length, for as long as they wish."""

    body: str
    within: Length | None = None
    counted_from: CountedFrom = CountedFrom.ANSWER


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockProfile:
    """One clock that a law, or our own custom, sets.

    length: none where the law says "promptly", which has no date.
    party_kind, sector, jurisdiction: for whom it runs; empty means for everybody.
    stops_on: what must all have happened.
    option: a shorter way that may be taken and need not be, so it never counts as the earliest.
    custom: ours, which counts only where no law does.
    source, verified_on: where it is written, and when somebody looked; without both it never runs.
    """

    key: str
    version: int
    jurisdiction: str
    sector: str
    party_kind: str
    duty: Duty
    length: Length | None
    starts_on: Happening
    stops_on: frozenset[Happening]
    extension: Extension | None = None
    ends_on_day_off: EndsOnDayOff = EndsOnDayOff.STAYS
    effects: tuple[Effect, ...] = ()
    right: Right | None = None
    falls_back_to: str = ""
    option: bool = False
    custom: bool = False
    source: str
    verified_on: date | None
    note: str = ""

    @property
    def may_run(self) -> bool:
        return bool(self.source.strip()) and self.verified_on is not None


@dataclass(frozen=True, slots=True)
class Notice:
    """What the customer was told when a term was extended, and until when."""

    sent_at: datetime
    until: date | None
    reason: str = ""
    circumstances: str = ""


class Obstacle(StrEnum):
    """Why a term cannot be extended so."""

    NO_EXTENSION = "no-extension"
    TOO_LATE = "too-late"
    NOT_LATER = "not-later"
    TOO_FAR = "too-far"
    REASON_MISSING = "reason-missing"
    CIRCUMSTANCES_MISSING = "circumstances-missing"
    DATE_MISSING = "date-missing"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a clock runs: the civil time of it, and the days on which people work there."""

    zone: ZoneInfo
    working_days: WorkingDays


@dataclass(frozen=True, slots=True)
class LawClock:
    """One clock as it runs. due_at: none where the law names no date; first_due_at: unextended.

    stopped_at: when all that it waits for had happened.
    """

    profile: ClockProfile
    started_at: datetime
    first_due_at: datetime | None
    due_at: datetime | None
    stopped_at: datetime | None
    place: Place

    def is_over(self, at: datetime) -> bool:
        """Return whether its time was up at an instant before it was stopped."""
        until = min(at, self.stopped_at) if self.stopped_at else at
        return self.due_at is not None and until > self.due_at

    def runs(self, at: datetime) -> bool:
        """Return whether it runs at an instant, in time or over it."""
        stopped = self.stopped_at is not None and self.stopped_at <= at
        return self.started_at <= at and not stopped


def profiles_for(
    profiles: Iterable[ClockProfile], jurisdiction: str, sector: str, party_kinds: Collection[str]
) -> list[ClockProfile]:
    """Return the profiles that run for such a case: those of its law, and our custom.

    party_kinds: all that the customer is, such as a consumer and a natural person.
    """
    return [
        each
        for each in profiles
        if each.may_run
        and each.jurisdiction in ("", jurisdiction)
        and each.sector in ("", sector)
        and each.party_kind in ("", *party_kinds)
    ]


def law_clock(
    profile: ClockProfile,
    happened: Mapping[Happening, datetime],
    place: Place,
    notice: Notice | None = None,
) -> LawClock | None:
    """Return the clock of a profile for what `happened` and when; none while it has not started.

    A notice counts only where nothing stands in its way.
    """
    started_at = happened.get(profile.starts_on)
    if started_at is None:
        return None
    first = _last_day(profile, started_at, place)
    last = first
    if notice and notice.until and not obstacles_to_extending(profile, started_at, place, notice):
        last = notice.until
    stops = [happened.get(each) for each in profile.stops_on]
    moments = [each for each in stops if each is not None]
    return LawClock(
        profile=profile,
        started_at=started_at,
        first_due_at=end_of_day(first, place.zone) if first else None,
        due_at=end_of_day(last, place.zone) if last else None,
        stopped_at=max(moments) if len(moments) == len(stops) else None,
        place=place,
    )


def obstacles_to_extending(
    profile: ClockProfile, started_at: datetime, place: Place, notice: Notice
) -> tuple[Obstacle, ...]:
    """Return what stands in the way of extending a term by a notice; empty if nothing does."""
    first = _last_day(profile, started_at, place)
    extension = profile.extension
    if first is None or extension is None:
        return (Obstacle.NO_EXTENSION,)
    found = [] if notice.sent_at <= end_of_day(first, place.zone) else [Obstacle.TOO_LATE]
    if Part.REASON in extension.parts and not notice.reason.strip():
        found.append(Obstacle.REASON_MISSING)
    if Part.CIRCUMSTANCES in extension.parts and not notice.circumstances.strip():
        found.append(Obstacle.CIRCUMSTANCES_MISSING)
    if notice.until is None:
        return (*found, Obstacle.DATE_MISSING)
    if notice.until <= first:
        found.append(Obstacle.NOT_LATER)
    if notice.until > last_extended_day(profile, extension, started_at, place):
        found.append(Obstacle.TOO_FAR)
    return tuple(found)


def last_extended_day(
    profile: ClockProfile, extension: Extension, started_at: datetime, place: Place
) -> date:
    """Return the last day to which a term may be extended."""
    begins_on = day_of(started_at, place.zone)
    if extension.counted_from is CountedFrom.FIRST_TERM:
        begins_on = _last_day(profile, started_at, place) or begins_on
    return last_day(begins_on, extension.length, place.working_days, profile.ends_on_day_off)


def clocks_that_count(clocks: Iterable[LawClock]) -> list[LawClock]:
    """Return the clocks that bind, earliest first.

    Options are left out, and our custom counts only where no law sets a date for the same duty.
    """
    dated = [
        (each.due_at, each.profile.key, each)
        for each in clocks
        if each.due_at and not each.profile.option
    ]
    by_law = {each.profile.duty for _, _, each in dated if not each.profile.custom}
    return [
        each
        for _, _, each in sorted(dated, key=lambda item: item[:2])
        if not each.profile.custom or each.profile.duty not in by_law
    ]


def earliest(clocks: Iterable[LawClock], at: datetime) -> LawClock | None:
    """Return the clock that counts at an instant: of all that bind and still run, the earliest."""
    return next((each for each in clocks_that_count(clocks) if each.runs(at)), None)


def due_after_change(was: datetime | None, now: datetime | None, reason: str) -> datetime | None:
    """Return when a clock is due after its profile was changed.

    Never later than it was, and never without a date where it had one, unless a reason is named.
    """
    if was is None or reason.strip():
        return now
    return was if now is None else min(was, now)


def _last_day(profile: ClockProfile, started_at: datetime, place: Place) -> date | None:
    if profile.length is None:
        return None
    begins_on = day_of(started_at, place.zone)
    return last_day(begins_on, profile.length, place.working_days, profile.ends_on_day_off)
