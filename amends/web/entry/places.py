"""Countries and time zones, as choices in the reader's language."""

import zoneinfo
from functools import lru_cache

from babel import Locale
from django.utils import translation

from amends.people.rules.folding import plain
from amends.staff.rules.organisation import LIKELY, countries

Choices = list[tuple[str, str]]
_AREAS = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


def country_choices() -> Choices:
    """Return every country by its name, those where we are most likely used first."""
    return _countries(translation.get_language() or "en")


@lru_cache(maxsize=8)
def _countries(language: str) -> Choices:
    names = Locale.parse(language).territories
    named = [(code, names[code]) for code in countries() if code in names]
    return sorted(named, key=lambda each: (each[0] not in LIKELY, plain(each[1])))


@lru_cache(maxsize=1)
def zone_choices() -> Choices:
    """Return the time zones by the place they are called after."""
    zones = [zone for zone in zoneinfo.available_timezones() if zone.startswith(_AREAS)]
    return [(zone, zone.replace("_", " ")) for zone in sorted([*zones, "UTC"])]
