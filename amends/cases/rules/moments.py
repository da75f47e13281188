"""The moments by which things are promised most. Pure; `now` is in the zone of who promises."""

from datetime import datetime, time, timedelta

_MORNING = time(9)
_AFTERNOON = time(16)
_NOON = time(12)
_FRIDAY = 4
_DAY = timedelta(days=1)
LEAST = timedelta(hours=1)


def handy_moments(now: datetime) -> tuple[datetime, ...]:
    """Return today 16:00 while it is far enough, the next working noon, and Friday 16:00."""
    today = _at(now, _AFTERNOON)
    noon = _at(now + _DAY, _NOON)
    while noon.weekday() > _FRIDAY:
        noon = _at(noon + _DAY, _NOON)
    ahead = (_FRIDAY - now.weekday()) % 7 or 7
    friday = _at(now + ahead * _DAY, _AFTERNOON)
    works_today = now.weekday() <= _FRIDAY and now + LEAST <= today
    return (*((today,) if works_today else ()), noon, friday)


def moment_before(until: datetime, now: datetime) -> datetime | None:
    """Return the last moment until `until` at which people work; None if it is past or too near."""
    if until <= now:
        return None
    until = until.astimezone(now.tzinfo)
    if until.time() < _MORNING:
        until = _at(until - _DAY, _AFTERNOON)
    while until.weekday() > _FRIDAY:
        until = _at(until - _DAY, _AFTERNOON)
    until = min(until, _at(until, _AFTERNOON))
    return until if now + LEAST <= until else None


def _at(day: datetime, moment: time) -> datetime:
    return datetime.combine(day.date(), moment, tzinfo=day.tzinfo)
