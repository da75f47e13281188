"""The public holidays of a country and its regions, as the `holidays` library knows them. Pure."""

from collections.abc import Container
from datetime import date
from functools import lru_cache

import holidays


class UnknownCountry(ValueError):
    """Nobody has told the library of the holidays of such a country, or of such a region in it."""


@lru_cache(maxsize=256)
def public_holidays(country: str, region: str = "") -> Container[date]:
    """Return the public holidays of a country and region, both as ISO 3166 names them, of any year.

    A day off in the place of a holiday on a weekend counts where the law gives one.
    Raises UnknownCountry.
    """
    if region and region not in regions(country):
        raise UnknownCountry(f"{country}-{region}")
    return holidays.country_holidays(_known(country), subdiv=region or None)


def holidays_in(year: int, country: str, region: str = "") -> list[date]:
    """Return the public holidays of a year in order.

    Raises UnknownCountry.
    """
    first = date(year, 1, 1).toordinal()
    last = date(year, 12, 31).toordinal()
    kept = public_holidays(country, region)
    days = map(date.fromordinal, range(first, last + 1))
    return [day for day in days if day in kept]


def names_of_holidays(year: int, country: str, region: str, language: str) -> dict[date, str]:
    """Return the public holidays of a year and what each is called, in `language` where known.

    Else in English, or as the country itself calls them.
    Raises UnknownCountry.
    """
    public_holidays(country, region)
    named = holidays.country_holidays(
        country, subdiv=region or None, years=year, language=_tongue(country, language)
    )
    return {day: name for day, name in named.items() if day.year == year}


def _tongue(country: str, language: str) -> str | None:
    spoken: tuple[str, ...] = holidays.country_holidays(country).supported_languages
    wanted = (each for asked in (language, "en") for each in spoken if each.startswith(asked))
    return next(wanted, None)


def countries() -> tuple[str, ...]:
    """Return the countries whose holidays are known, in ISO 3166."""
    return tuple(sorted(holidays.list_supported_countries(include_aliases=False)))


def regions(country: str) -> tuple[str, ...]:
    """Return the regions of a country that have holidays of their own.

    Raises UnknownCountry.
    """
    supported = holidays.list_supported_countries(include_aliases=False)
    return tuple(sorted(supported[_known(country)]))


def _known(country: str) -> str:
    if country not in holidays.list_supported_countries(include_aliases=False):
        raise UnknownCountry(country)
    return country
