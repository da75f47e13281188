"""When a written contact happened. Pure."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

# No mail is older than this, and no clock that is set right runs further ahead.
FIRST_MAIL_AT = datetime(1982, 1, 1, tzinfo=UTC)
AHEAD = timedelta(days=1)


def moment_of(told: Iterable[datetime | None], *, otherwise: datetime) -> datetime:
    """Return the first of the `told` moments that can be true, seen from `otherwise`; or that.

    All are timezone-aware. A moment a little ahead is the sender's clock: it happened by now.
    """
    for moment in told:
        if moment and FIRST_MAIL_AT <= moment <= otherwise + AHEAD:
            return min(moment, otherwise)
    return otherwise
