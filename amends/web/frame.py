"""What stands around every page of the staff: the rail's entries and what the top offers."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.staff.rules.permissions import Act


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere the rail leads to; `act` None means that everybody may go there."""

    name: str
    icon: str
    label: Promise | str
    act: Act | None = None


PLACES = (
    Place("my-day", "sun", _("My day")),
    Place("inbox", "inbox", _("Inbox"), Act.SEE_CASES),
    Place("customers", "people", _("Customers"), Act.SEE_CUSTOMERS),
    Place("promises", "promise", _("Promises"), Act.SEE_CASES),
    Place("more", "more", _("More")),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the rail."""

    place: Place
    url: str
    current: bool
    count: int = 0


class Frame:
    """Computed only when a whole page asks for it, so that parts cost nothing."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def _may(self, act: Act | None) -> bool:
        user = self.request.user
        return user.is_authenticated and (act is None or user.may(act))

    @property
    def may_find(self) -> bool:
        return self._may(Act.SEE_CASES) or self._may(Act.SEE_CUSTOMERS)

    @property
    def may_record(self) -> bool:
        return self._may(Act.RECORD_CONTACT)

    @property
    def may_ask_for_help(self) -> bool:
        return self._may(Act.WORK_ON_CASE)

    @cached_property
    def rail(self) -> Sequence[Entry]:
        here = self.request.path
        found = [(place, _address(place.name)) for place in PLACES if self._may(place.act)]
        return [
            Entry(place, url, current=here == url or (url != "/" and here.startswith(url)))
            for place, url in found
            if url
        ]


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def frame(request: HttpRequest) -> dict[str, object]:
    """Offer `frame` to every template; a context processor."""
    return {"frame": Frame(request)}
