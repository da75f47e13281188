"""How long the record of a case is kept after its end. Pure."""

from datetime import datetime, timedelta

USUAL_YEARS, FEWEST_YEARS, MOST_YEARS = 3, 1, 30


def record_kept_until(ended_at: datetime, years: int) -> datetime:
    """Return until when the record of a case is kept that ended then: the same day, years later.

    What ended on the 29th of February is kept until the 1st of March.
    """
    try:
        return ended_at.replace(year=ended_at.year + years)
    except ValueError:
        return (ended_at + timedelta(days=1)).replace(year=ended_at.year + years)
