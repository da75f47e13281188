"""What somebody was told, as it is printed, and where each leads."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from amends.notices.queries.sentences import sentence
from amends.notices.queries.telling import Row
from amends.notices.rules.reasons import Reason
from amends.web.templatetags.amends import ago_html

# These are answered on a page of their own, not on the case.
_ELSEWHERE = {
    Reason.HELP_ASKED: "ask-for-help",
    Reason.HELP_GIVEN: "ask-for-help",
    Reason.APPROVAL_WAITS: "approvals",
    Reason.THANKED: "my-day",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One line of the list."""

    url: str
    says: str
    about: str
    reference: str
    customer: str
    when: SafeString
    is_unread: bool


@dataclass(frozen=True, slots=True)
class Day:
    """The lines of today, or of before."""

    label: str
    lines: list[Shown]


def shown(rows: Iterable[Row], now: datetime) -> list[Day]:
    """Return the rows as they are printed: those of today, then the earlier ones; none empty."""
    today: list[Shown] = []
    earlier: list[Shown] = []
    for row in rows:
        is_of_today = timezone.localtime(row.at, now.tzinfo).date() == now.date()
        (today if is_of_today else earlier).append(_line(row, now))
    days = [Day(_("Today"), today), Day(_("Earlier"), earlier)]
    return [day for day in days if day.lines]


def leads_to(reason: Reason, *, reference: str | None, about: str) -> str:
    """Return where somebody goes who was told of `reason`: where it is read, or answered."""
    if name := _ELSEWHERE.get(reason):
        kind, _colon, key = about.partition(":")
        return reverse(name) + (f"#asked-{key}" if kind == "help" else "")
    return reverse("case", args=[reference]) if reference else reverse("notices")


def _line(row: Row, now: datetime) -> Shown:
    about = row.gist or ""
    return Shown(
        url=reverse("notice", args=[row.pk]),
        says=sentence(Reason(row.reason), who=row.by, instead_of=row.instead_of),
        about=_("%(about)s · you follow it") % {"about": about} if row.follows else about,
        reference=row.reference or "",
        customer=row.customer or "",
        when=ago_html(row.at, now),
        is_unread=row.read_at is None,
    )
