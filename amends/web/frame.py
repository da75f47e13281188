"""What stands around every page of the staff: the rail's entries and what the top offers."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from amends.cases.queries.inbox import counts_for
from amends.cases.rules.lists import BUSY
from amends.contacts.queries.drafts import Kept, sheets_of
from amends.staff.rules.permissions import Act
from amends.staff.rules.rail import Place, places
from amends.web.notices.seeing import unread_by
from amends.web.words import word

ICONS = {
    Place.MY_DAY: "sun",
    Place.INBOX: "inbox",
    Place.CUSTOMERS: "people",
    Place.PROMISES: "promise",
    Place.MORE: "more",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the rail."""

    label: str
    icon: str
    url: str
    current: bool
    count: str = ""


class Frame:
    """Computed only when a whole page asks for it, so that parts cost nothing."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def _may(self, act: Act) -> bool:
        user = self.request.user
        return user.is_authenticated and user.may(act)

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
    def unread(self) -> int:
        """Return how much whoever reads was told and has not seen, up to a hundred."""
        user = self.request.user
        return unread_by(self.request, user).count if user.is_authenticated else 0

    @property
    def unread_said(self) -> str:
        return _count(self.unread)

    @cached_property
    def sheets(self) -> Sequence[Kept]:
        """Return the sheets that were begun and not finished, but for the one on this page."""
        user = self.request.user
        if not (user.is_authenticated and self.may_record):
            return ()
        return [kept for kept in sheets_of(user) if kept.key not in self.request.path]

    @cached_property
    def rail(self) -> Sequence[Entry]:
        user = self.request.user
        if not user.is_authenticated:
            return ()
        found = [(place, _address(place)) for place in places(self._may)]
        waits = counts_for(user)
        counts = {Place.INBOX: waits.mine, Place.PROMISES: waits.promises}
        return [
            Entry(
                label=word(place),
                icon=ICONS[place],
                url=url,
                current=_is_here(url, self.request.path),
                count=_count(counts.get(place, 0)),
            )
            for place, url in found
            if url
        ]


def _count(number: int) -> str:
    return f"{BUSY - 1}+" if number >= BUSY else str(number or "")


def _is_here(url: str, path: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def frame(request: HttpRequest) -> dict[str, object]:
    """Offer `frame` to every template; a context processor."""
    return {"frame": Frame(request)}
