"""What the rail shows: only what the role may use and the organisation needs yet. Pure."""

from collections.abc import Callable
from enum import StrEnum

from amends.staff.rules.permissions import Act


class Place(StrEnum):
    """Where one can go from anywhere."""

    MY_DAY = "my-day"
    INBOX = "inbox"
    CUSTOMERS = "customers"
    PROMISES = "promises"
    MORE = "more"


NEEDS = {
    Place.INBOX: Act.SEE_CASES,
    Place.CUSTOMERS: Act.SEE_CUSTOMERS,
    Place.PROMISES: Act.SEE_CASES,
}


def places(may: Callable[[Act], bool]) -> tuple[Place, ...]:
    """Return the places of the rail, in order, for somebody of whom `may` tells what is allowed."""
    return tuple(place for place in Place if place not in NEEDS or may(NEEDS[place]))
