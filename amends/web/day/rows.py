"""What waits for somebody, of whatever kind, as rows in the order in which it is due."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from amends.cases.queries.day import Call, Day, Instead
from amends.cases.queries.inbox import Row
from amends.cases.queries.looks import Look
from amends.cases.rules.lists import Which
from amends.web.inbox.rows import shown as shown_cases
from amends.web.templatetags.amends import ago_html, due_html


@dataclass(frozen=True, slots=True)
class Waits:
    """One thing that waits, as it is printed: a case, a handover, a call for help, an approval.

    next_url: where what is next is done, if not where `url` leads.
    """

    at: datetime
    when: SafeString
    url: str
    who: str
    gist: str
    next: str
    next_url: str = ""


def waiting(day: Day, looks: Sequence[Look], now: datetime) -> list[Waits]:
    """Return all that waits on `day`, and to be looked at, what is late or due first on top."""
    rows = [
        *_cases(day.waits, now),
        *_handovers(day, now),
        *_calls(day.calls, now),
        *_approvals(day, now),
        *_looks(looks, now),
    ]
    return sorted(rows, key=lambda row: row.at)


def waiting_instead(instead: Instead, now: datetime) -> list[Waits]:
    """Return what waits for a colleague who is away, what is late or due first on top."""
    rows = [*_cases(instead.waits, now), *_calls(instead.calls, now)]
    return sorted(rows, key=lambda row: row.at)


def _cases(waits: Sequence[Row], now: datetime) -> Iterator[Waits]:
    shown = shown_cases(waits, Which.MINE, now)
    for row, one in zip(waits, shown, strict=True):
        yield Waits(row.next_due_at or now, one.when, one.url, one.customer, one.gist, one.next)


def _handovers(day: Day, now: datetime) -> Iterator[Waits]:
    for each in day.handovers:
        who = _("%(giver)s hands over: %(about)s") % {"giver": each.giver, "about": each.gist}
        url = reverse("case", args=[each.reference])
        when = due_html(each.due_at, now)
        accept = reverse("case-accept", args=[each.reference])
        yield Waits(each.due_at, when, url, who, each.summary, _("Read and accept"), accept)


def _looks(looks: Sequence[Look], now: datetime) -> Iterator[Waits]:
    for each in looks:
        url = reverse("case", args=[each.reference])
        when = due_html(each.due_at, now)
        who = each.customer or _("Nobody known yet")
        yield Waits(each.due_at, when, url, who, each.gist, _("Look at it with other eyes"))


def _calls(calls: Sequence[Call], now: datetime) -> Iterator[Waits]:
    for call in calls:
        url = f"{reverse('ask-for-help')}#asked-{call.pk}"
        who = _("%(who)s asks for help") % {"who": call.asked_by}
        yield Waits(call.asked_at, ago_html(call.asked_at, now), url, who, call.text, _("Answer"))


def _approvals(day: Day, now: datetime) -> Iterator[Waits]:
    for each in day.approvals:
        url = reverse("case", args=[each.reference])
        told = {"who": each.asked_by, "about": each.gist}
        who = _("%(who)s asks for your approval: %(about)s") % told
        when = due_html(each.due_at, now) if each.due_at else ago_html(each.asked_at, now)
        answer = reverse("approval-answer", args=[each.pk])
        at = each.due_at or each.asked_at
        yield Waits(at, when, url, who, each.reason, _("Yes or no"), answer)
