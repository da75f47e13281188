"""What follows from where an organisation is, and what it can be. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from babel.core import get_global
from babel.languages import get_official_languages
from babel.numbers import get_territory_currencies

OURS = ("en", "ru", "pl", "sq", "lt")
# Where the first zone in the list of a country is not the one that most people live in.
_ZONES = {
    "AU": "Australia/Sydney",
    "BR": "America/Sao_Paulo",
    "CA": "America/Toronto",
    "CN": "Asia/Shanghai",
    "ES": "Europe/Madrid",
    "ID": "Asia/Jakarta",
    "KZ": "Asia/Almaty",
    "MN": "Asia/Ulaanbaatar",
    "MX": "America/Mexico_City",
    "PT": "Europe/Lisbon",
    "RU": "Europe/Moscow",
    "US": "America/New_York",
    "XK": "Europe/Belgrade",
}
_LANGUAGES = {"BY": "ru"}
# Where our customers most likely are; the form offers them first.
LIKELY = ("AL", "GB", "XK", "LT", "PL", "RU")


class Trade(StrEnum):
    """What an organisation does for its customers."""

    SHOP = "shop"
    UTILITY = "utility"
    CLINIC = "clinic"
    BANK = "bank"
    TRANSPORT = "transport"
    MUNICIPALITY = "municipality"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Customs:
    """What goes without saying in a country."""

    language: str
    currency: str
    zone: str


def countries() -> tuple[str, ...]:
    """Return the codes of all countries (ISO 3166, and Kosovo's) that use money today."""
    zones = get_global("territory_zones")
    codes = {str(code) for code in zones} | set(_ZONES)
    return tuple(sorted(code for code in codes if len(code) == len("LT") and _currency(code)))


def customs_of(country: str) -> Customs:
    """Return the language of ours, the currency and the time zone of `country`."""
    zones = get_global("territory_zones").get(country) or ["UTC"]
    return Customs(
        language=_language(country),
        currency=_currency(country) or "EUR",
        zone=_ZONES.get(country) or str(zones[0]),
    )


def _language(country: str) -> str:
    official = get_official_languages(country, regional=False, de_facto=True)
    first = _LANGUAGES.get(country) or next(iter(official), "en")
    return first if first in OURS else "en"


def _currency(country: str) -> str:
    return str(next(iter(get_territory_currencies(country)), ""))
