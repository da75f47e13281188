"""How our standards are kept: each with its share, how sure that is, its trend, and its cases."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from babel.core import Locale
from babel.dates import format_skeleton
from babel.numbers import format_percent
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from amends.cases.queries.kept_standards import PAGE, Monitored, missed_by, monitored
from amends.staff.rules.permissions import Act
from amends.standards.rules.measured import Counted, interval
from amends.web.http import StaffRequest, needs
from amends.web.settings.standard_words import MEASURES, limit_of
from amends.web.spreadsheets import csv_file

if TYPE_CHECKING:
    from amends.standards.models import Standard

MOST = 2**63 - 1
BAR, GAP, HIGH = 12, 4, 40


@dataclass(frozen=True, slots=True)
class Month:
    """One month of a standard. x, y, height: its bar in the small picture; none without data."""

    name: str
    share: str
    kept: int
    all: int
    x: int
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A standard as the page shows it. share, between: empty while it is unmeasured."""

    standard: "Standard"
    measure: str
    limit: str
    owner: str
    share: str
    between: str
    aim: str
    meets: bool
    kept: int
    all: int
    months: list[Month]
    trend: str


@needs(Act.SEE_JOURNAL)
@require_safe
def standards(request: StaffRequest) -> HttpResponse:
    """Show each standard with its share kept, how sure that is, and its trend."""
    rows = [_shown(each) for each in monitored(timezone.localtime())]
    return render(request, "web/standards/standards.html", {"rows": rows})


@needs(Act.SEE_JOURNAL)
@require_safe
def standard(request: StaffRequest, key: str) -> HttpResponse:
    """Show one standard by month, and the cases that did not keep it."""
    now = timezone.localtime()
    found = next((each for each in monitored(now) if each.standard.key == key), None)
    if found is None:
        raise Http404
    before = _place(request.GET.get("before", ""))
    missed = missed_by(key, by=request.user, at=now, before=before)
    address = reverse("kept-standard", args=[key])
    facts = {
        "shown": _shown(found),
        "missed": missed[:PAGE],
        "first": address if before else "",
        "further": f"{address}?before={missed[PAGE - 1].pk}" if len(missed) > PAGE else "",
    }
    return render(request, "web/standards/standard.html", facts)


@needs(Act.SEE_JOURNAL)
@require_safe
def as_csv(_request: StaffRequest) -> HttpResponse:
    """Send all of it as a file, one line for each standard and month."""
    return csv_file(_lines(monitored(timezone.localtime())), name="standards.csv")


def _lines(found: Iterable[Monitored]) -> Iterator[Sequence[object]]:
    of_whom = (_("Standard"), _("Who answers for it"), _("Limit"))
    yield *of_whom, _("Month"), _("Kept"), _("Of"), _("Share")
    for each in found:
        shown = _shown(each)
        of = (each.standard.name, shown.owner, shown.limit)
        for month, counted in each.months.items():
            share = f"{counted.share:.4f}" if counted.share is not None else _("unmeasured")
            yield *of, f"{month:%Y-%m}", counted.kept, counted.all, share


def _shown(each: Monitored) -> Shown:
    standard, counted = each.standard, each.in_all
    between = interval(counted)
    months = [_month(*one, place) for place, one in enumerate(each.months.items())]
    text = _("between %(low)s and %(high)s")
    return Shown(
        standard=standard,
        measure=str(MEASURES[standard.measure]),
        limit=limit_of(standard),
        owner=standard.owner.name if standard.owner else "",
        share=percent(counted.share),
        between=text % {"low": percent(between[0]), "high": percent(between[1])} if between else "",
        aim=percent(standard.aim_percent / 100),
        meets=counted.share is not None and counted.share * 100 >= standard.aim_percent,
        kept=counted.kept,
        all=counted.all,
        months=months,
        trend=", ".join(f"{month.name} {month.share}" for month in months if month.share),
    )


def _month(month: date, counted: Counted, place: int) -> Month:
    height = max(round((counted.share or 0) * HIGH), 1) if counted.all else 0
    return Month(
        name=format_skeleton("yMMM", month, locale=_locale()),
        share=percent(counted.share),
        kept=counted.kept,
        all=counted.all,
        x=place * (BAR + GAP),
        y=HIGH - height,
        height=height,
    )


def percent(share: float | None) -> str:
    """Return a share as people write it; nothing where there is none."""
    return "" if share is None else str(format_percent(share, locale=_locale()))


def _locale() -> Locale:
    return Locale.parse(get_language() or "en", sep="-")


def _place(text: str) -> int | None:
    """Return the key that a list goes on from; none where the address says nothing sensible."""
    if not (text.isascii() and text.isdigit() and len(text) < len(str(MOST))):
        return None
    return int(text)
