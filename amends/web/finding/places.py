"""The pages that the palette leads to by their names."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from amends.people.rules.folding import plain
from amends.staff.rules.permissions import Act
from amends.staff.rules.rail import places
from amends.web.frame import ICONS
from amends.web.settings.house import DOORS
from amends.web.words import word


@dataclass(frozen=True, slots=True)
class Destination:
    """A page, by the name that it has in the rail or behind More."""

    label: str
    icon: str
    url: str


def places_named(text: str, *, may: Callable[[Act], bool]) -> tuple[Destination, ...]:
    """Return the pages open to somebody whose names hold `text`; all of them for no text."""
    named = [(place.value, ICONS[place], word(place)) for place in places(may)]
    named += [
        (door.name, door.icon, str(door.label))
        for door in DOORS
        if door.act is None or may(door.act)
    ]
    wanted = plain(text)
    return tuple(
        Destination(label, icon, url)
        for name, icon, label in named
        if wanted in plain(label) and (url := _address(name))
    )


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
