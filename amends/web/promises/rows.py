"""What a promise shows in a list, worked out once a row so that the template only prints it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from amends.cases.queries.promises import PromiseRow
from amends.web.templatetags.amends import badge, day_html, due_html

WEEK = 7


@dataclass(frozen=True, slots=True)
class Shown:
    """One promise as it is printed. `need` is the customer's own deadline, in a sentence."""

    url: str
    when: SafeString
    customer: str
    what: str
    owner: str
    said: SafeString
    need: str
    day: str


def shown(rows: Iterable[PromiseRow], now: datetime) -> list[Shown]:
    """Return `rows` as they are printed, for a reader whose time is `now`."""
    page = reverse("case", args=["-"])
    return [
        Shown(
            url=page.replace("-", row.reference),
            when=due_html(row.due_at, now),
            customer=row.customer or _("Nobody known yet"),
            what=row.what,
            owner=row.owner,
            said=said_to(row, now),
            need=row.need_reason,
            day=day_of(row, now),
        )
        for row in rows
    ]


def said_to(row: PromiseRow, now: datetime) -> SafeString:
    """Return how things stand with the customer: what they said, or what we owe them first."""
    if row.broken_at:
        sorry_said = badge("late", _("broken, apologised"))
        return sorry_said if row.apologised_at else badge("late", _("Say so first"), "warning")
    if row.yes_at:
        return badge("kept", _("yes"), "promise")
    if row.countered_at and row.counter_for:
        asked = badge("soon", _("another day"))
        return SafeString(f"{asked} {day_html(row.counter_for, now)}")
    return badge("fine", _("no answer yet"))


def is_late(row: PromiseRow, now: datetime) -> bool:
    """Return whether a promise was to be kept by now; another day that they wished for counts."""
    if row.yes_at is None and row.counter_for and not row.broken_at:
        return max(row.due_at, row.counter_for) <= now
    return row.due_at <= now


def day_of(row: PromiseRow, now: datetime) -> str:
    """Return under which heading of the agenda a promise stands."""
    days = (timezone.localtime(row.due_at).date() - now.date()).days
    headings = (
        (is_late(row, now), _("Late")),
        (days == 0, _("Today")),
        (days == 1, _("Tomorrow")),
        (days < WEEK - now.weekday(), _("This week")),
    )
    return next((heading for holds, heading in headings if holds), _("Later"))
