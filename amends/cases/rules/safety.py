"""When a senior speaks with a customer who insulted or threatened a colleague. Pure."""

from datetime import datetime, time, timedelta

WITHIN = timedelta(minutes=30)
_ROUND = timedelta(minutes=5)
_DAY = timedelta(days=1)


def speaks_at(called_at: datetime) -> datetime:
    """Return by when a senior speaks: within half an hour, at five full minutes."""
    moment = called_at + WITHIN
    over = timedelta(
        minutes=moment.minute % 5, seconds=moment.second, microseconds=moment.microsecond
    )
    return moment + (_ROUND - over if over else timedelta(0))


def spared_until(called_at: datetime) -> datetime:
    """Return until when the colleague is not given this customer: the end of the day they are in.

    called_at: in the zone of the house.
    """
    return datetime.combine(called_at.date() + _DAY, time(0), tzinfo=called_at.tzinfo)
