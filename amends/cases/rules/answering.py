"""By when we say that somebody hears from us. Pure."""

from datetime import datetime, time, timedelta

from amends.cases.rules.due import TO_AGREE, after
from amends.standards.rules.calendar import Calendar

MORNING, EVENING = time(9), time(18)
SATURDAY = 5


def heard_by(received_at: datetime, calendar: Calendar | None) -> datetime:
    """Return the moment by which who wrote at `received_at` hears what we will do.

    received_at: in the zone of the house. A day later as `calendar` knows days, which is what we
    hold ourselves to (`amends.cases.rules.due`). Where nobody has said when we are open, a day
    later, put off to the next morning of a usual working day: nobody is told that they hear from
    us at night or on a Sunday.
    """
    if calendar:
        return after(calendar, received_at, TO_AGREE).astimezone(received_at.tzinfo)
    moment = received_at + TO_AGREE
    if moment.time() > EVENING:
        moment = _morning_of(moment + timedelta(days=1))
    if moment.time() < MORNING:
        moment = _morning_of(moment)
    while moment.weekday() >= SATURDAY:
        moment = _morning_of(moment + timedelta(days=1))
    return moment


def _morning_of(moment: datetime) -> datetime:
    return moment.replace(hour=MORNING.hour, minute=0, second=0, microsecond=0)
