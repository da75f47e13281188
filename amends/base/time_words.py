"""Times as people say them, in the active language.

`now` is in the zone of the reader, and every other instant is told in that zone. Languages differ
in how a number bends the word after it, so a phrase is translated whole: "in 2 days" is one
message with its plural forms, never "in" and "2 days" joined.
"""

from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache, lru_cache

from babel import Locale
from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext_lazy, npgettext_lazy, pgettext
from django.utils.translation import gettext as _

SOON = timedelta(hours=6)
WEEK = 7


class Tone(StrEnum):
    """How pressing a due moment is."""

    LATE = "late"
    SOON = "soon"
    FINE = "fine"


class Unit(StrEnum):
    """What a distance in time is counted in."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"


class Distance(StrEnum):
    """Which way a distance in time goes."""

    LATE = "late"
    LEFT = "left"
    AGO = "ago"
    LONG = "long"


PHRASES: dict[Distance, dict[Unit, Promise]] = {
    Distance.LATE: {
        Unit.MINUTE: ngettext_lazy("%(n)s min late", "%(n)s min late", "n"),
        Unit.HOUR: ngettext_lazy("%(n)s h late", "%(n)s h late", "n"),
        Unit.DAY: ngettext_lazy("%(n)s day late", "%(n)s days late", "n"),
    },
    Distance.LEFT: {
        Unit.MINUTE: ngettext_lazy("in %(n)s min", "in %(n)s min", "n"),
        Unit.HOUR: ngettext_lazy("in %(n)s h", "in %(n)s h", "n"),
        Unit.DAY: ngettext_lazy("in %(n)s day", "in %(n)s days", "n"),
    },
    Distance.AGO: {
        Unit.MINUTE: ngettext_lazy("%(n)s min ago", "%(n)s min ago", "n"),
        Unit.HOUR: ngettext_lazy("%(n)s h ago", "%(n)s h ago", "n"),
        Unit.DAY: ngettext_lazy("%(n)s day ago", "%(n)s days ago", "n"),
    },
    Distance.LONG: {
        Unit.MINUTE: npgettext_lazy("how long", "%(n)s minute", "%(n)s minutes", "n"),
        Unit.HOUR: npgettext_lazy("how long", "%(n)s hour", "%(n)s hours", "n"),
        Unit.DAY: npgettext_lazy("how long", "%(n)s day", "%(n)s days", "n"),
    },
}


def tone(at: datetime, now: datetime) -> Tone:
    """Return how pressing something due at `at` is."""
    if at <= now:
        return Tone.LATE
    return Tone.SOON if at - now <= SOON else Tone.FINE


def measured(span: timedelta) -> tuple[int, Unit]:
    """Return `span` as a count of its largest fitting unit, and never as more than it is."""
    minutes = abs(span) // timedelta(minutes=1)
    hours = minutes // 60
    if minutes < 60:  # noqa: PLR2004 - of an hour
        return minutes, Unit.MINUTE
    if hours < 24:  # noqa: PLR2004 - of a day
        return hours, Unit.HOUR
    return hours // 24, Unit.DAY


def phrase(distance: Distance, span: timedelta) -> str:
    """Return a distance in time, such as "2 h late" or "in 20 min"."""
    n, unit = measured(span)
    return str(PHRASES[distance][unit] % {"n": n})


def span_words(span: timedelta) -> str:
    """Return how long something took, to the nearest minute: "14 minutes"."""
    return phrase(Distance.LONG, span + timedelta(seconds=30))


def due_parts(at: datetime, now: datetime) -> tuple[str, str]:
    """Return the moment of something due, and how far it is; one of them may be empty."""
    if at <= now:
        is_over = now - at >= timedelta(minutes=1)
        return "", phrase(Distance.LATE, now - at) if is_over else _("now")
    if _days_ahead(at, now) == 0:
        left = max(at - now, timedelta(minutes=1))
        return _moment(at, now), phrase(Distance.LEFT, left)
    return _moment(at, now), ""


def ago_words(at: datetime, now: datetime) -> str:
    """Return briefly when something happened: "12 min ago", "yesterday 10:41", "23 November"."""
    if now - at < timedelta(seconds=90):
        return _("just now")
    if now - at < timedelta(hours=1):
        return phrase(Distance.AGO, now - at)
    return _moment(at, now)


def day_words(at: datetime, now: datetime) -> str:
    """Return a moment in full: "tomorrow, Tuesday 24 November, 16:00"."""
    parts = {"day": _day(at, now), "time": _time(at, now)}
    ahead = _days_ahead(at, now)
    if abs(ahead) > 1:
        return _("%(day)s, %(time)s") % parts
    near = (
        _("today, %(day)s, %(time)s"),
        _("tomorrow, %(day)s, %(time)s"),
        _("yesterday, %(day)s, %(time)s"),
    )
    return near[ahead] % parts


def date_words(at: datetime | date) -> str:
    """Return a day with its year: "23 November 2026"."""
    return _written(_language(), date(at.year, at.month, at.day), in_this_year=False)


def day_of_words(at: datetime, now: datetime) -> str:
    """Return which day it is: "Sunday 22 November"."""
    return _day(at, now)


def which_day_words(at: datetime, now: datetime) -> str:
    """Return a day in full: "yesterday, Tuesday 24 November"."""
    day = {"day": _day(at, now)}
    ahead = _days_ahead(at, now)
    if abs(ahead) > 1:
        return day["day"]
    near = (_("today, %(day)s"), _("tomorrow, %(day)s"), _("yesterday, %(day)s"))
    return near[ahead] % day


def by_words(at: datetime, now: datetime) -> str:
    """Return the limit that a promise names: "by Tuesday 24 November, 16:00".

    It names no "tomorrow", for a slip is read on other days too.
    """
    local = at.astimezone(now.tzinfo)
    parts = {"weekday": by_weekday(local.weekday()), "date": _date(at, now)}
    day = pgettext("the day in: by Tuesday 24 November, 16:00", "%(weekday)s %(date)s") % parts
    return _("by %(day)s, %(time)s") % {"day": day, "time": _time(at, now)}


def exact_words(at: datetime, now: datetime) -> str:
    """Return a moment with its year and zone, for who wants to be sure."""
    local = at.astimezone(now.tzinfo)
    return f"{_exact_day(_language(), local.date())}, {local:%H:%M} ({_zone(local)})"


def by_weekday(weekday: int) -> str:
    """Return a weekday (Monday is 0) in the form it takes after "by"."""
    return (
        pgettext("after 'by'", "Monday"),
        pgettext("after 'by'", "Tuesday"),
        pgettext("after 'by'", "Wednesday"),
        pgettext("after 'by'", "Thursday"),
        pgettext("after 'by'", "Friday"),
        pgettext("after 'by'", "Saturday"),
        pgettext("after 'by'", "Sunday"),
    )[weekday]


def plural_examples() -> dict[str, int]:
    """Return a number for each CLDR plural category of the language at hand."""
    locale = _locale(_language())
    return {str(locale.plural_form(n)): n for n in range(60, 0, -1)}


def phrase_forms() -> dict[str, dict[str, dict[str, str]]]:
    """Return every phrase by distance, unit and CLDR plural category, for clocks in the browser."""
    examples = plural_examples()
    return {
        distance: {
            unit: {
                category: str(message % {"n": n}).replace(str(n), "#")
                for category, n in examples.items()
            }
            for unit, message in units.items()
        }
        for distance, units in PHRASES.items()
        if distance is not Distance.LONG
    }


def _moment(at: datetime, now: datetime) -> str:
    ahead = _days_ahead(at, now)
    parts = {"time": _time(at, now)}
    if abs(ahead) <= 1:
        # One after the other: looking up all three costs as much as the rest of a row's cell.
        if ahead == 0:
            return _("today %(time)s") % parts
        return (_("tomorrow %(time)s") if ahead > 0 else _("yesterday %(time)s")) % parts
    if abs(ahead) < WEEK:
        weekday = _weekday(_language(), at.astimezone(now.tzinfo).date())
        return _("%(weekday)s %(time)s") % {**parts, "weekday": weekday}
    return _date(at, now)


def _days_ahead(at: datetime, now: datetime) -> int:
    return (at.astimezone(now.tzinfo).date() - now.date()).days


def _time(at: datetime, now: datetime) -> str:
    return f"{at.astimezone(now.tzinfo):%H:%M}"


def _day(at: datetime, now: datetime) -> str:
    weekday = _weekday(_language(), at.astimezone(now.tzinfo).date())
    return _weekday_and_date(weekday, _date(at, now))


def _date(at: datetime, now: datetime) -> str:
    local = at.astimezone(now.tzinfo)
    return _written(_language(), local.date(), in_this_year=local.year == now.year)


def _weekday_and_date(weekday: str, date: str) -> str:
    return _("%(weekday)s %(date)s") % {"weekday": weekday, "date": date}


def _zone(local: datetime) -> str:
    offset = (local.utcoffset() or timedelta()) / timedelta(hours=1)
    return f"UTC{offset:+g}" if offset else "UTC"


def _language() -> str:
    return get_language() or "en"


# A list names the same few days again and again, so a day is put into words once a language.
@lru_cache(4096)
def _exact_day(language: str, day: date) -> str:
    written = _written(language, day, in_this_year=False)
    return _weekday_and_date(_weekday(language, day), written)


@lru_cache(4096)
def _written(language: str, day: date, *, in_this_year: bool) -> str:
    locale = _locale(language)
    pattern = locale.datetime_skeletons["MMMMd"] if in_this_year else locale.date_formats["long"]
    return str(pattern.apply(day, locale))


@lru_cache(64)
def _weekday(language: str, day: date) -> str:
    return str(_locale(language).days["format"]["wide"][day.weekday()])


@cache
def _locale(language: str) -> Locale:
    # Everybody who reads English here reads the day before the month.
    return Locale("en", "GB") if language == "en" else Locale.parse(language, sep="-")
