"""What helped: of each advice how often it was followed, and how the mood moved with and without.

In aggregate alone: no colleague, no customer and no contact can be told from it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from babel.numbers import format_decimal, format_percent
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from amends.coach.queries import Helped, what_helped
from amends.coach.rules import FEWEST_COLLEAGUES, FEWEST_CONTACTS, Advice, Moved, difference
from amends.staff.rules.permissions import Act
from amends.standards.rules.measured import interval
from amends.web.coach.cards import of_key
from amends.web.http import StaffRequest, needs
from amends.web.spreadsheets import csv_file


@dataclass(frozen=True, slots=True)
class Group:
    """The contacts with an advice, or without it. share, between, down: empty if not told."""

    share: str = ""
    between: str = ""
    of: str = ""
    down: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One advice as the page shows it. verdict: what can be told of the two groups."""

    name: str
    advice: str
    is_said: bool
    at_hand: int
    followed: int
    with_it: Group
    without_it: Group
    verdict: str


@needs(Act.SEE_CASES)
@require_safe
def helped(request: StaffRequest) -> HttpResponse:
    """Show what helped, as far as it can be told without telling of anybody."""
    rows = [_line(each) for each in what_helped()]
    bounds = {"contacts": FEWEST_CONTACTS, "colleagues": FEWEST_COLLEAGUES}
    return render(request, "web/coach/helped.html", {"rows": rows, **bounds})


@needs(Act.SEE_CASES)
@require_safe
def as_csv(_request: StaffRequest) -> HttpResponse:
    """Send the same as a file, one line for each advice."""
    groups = (_("calmer"), _("of"), _("low"), _("high"))
    with_it = [_("With it: %(what)s") % {"what": name} for name in groups]
    without = [_("Without it: %(what)s") % {"what": name} for name in groups]
    head = [_("Card"), _("Advice"), _("At hand"), _("Followed"), *with_it, *without]
    return csv_file([head, *(_cells(each) for each in what_helped())], name="what-helped.csv")


def _cells(each: Helped) -> Sequence[object]:
    line = _line(each)
    begin = (line.name, line.advice, each.at_hand, each.followed)
    return *begin, *_numbers(each.with_it), *_numbers(each.without_it)


def _numbers(moved: Moved) -> list[str]:
    between = interval(moved.counted)
    if not moved.is_told or between is None:
        return [""] * 4
    return [str(moved.counted.kept), str(moved.counted.all), *(f"{each:.4f}" for each in between)]


def _line(each: Helped) -> Line:
    card = of_key(each.card)
    is_said = each.advice is Advice.SAID
    return Line(
        name=card.name,
        advice=_("Said the sentence of the card") if is_said else card.do,
        is_said=is_said,
        at_hand=each.at_hand,
        followed=each.followed,
        with_it=_group(each.with_it),
        without_it=_group(each.without_it),
        verdict=_verdict(each),
    )


def _group(moved: Moved) -> Group:
    between = interval(moved.counted)
    if not moved.is_told or between is None:
        return Group()
    low, high = (_percent(each) for each in between)
    counted = moved.counted
    of = ngettext(
        "%(calmer)s of %(count)d contact", "%(calmer)s of %(count)d contacts", counted.all
    )
    return Group(
        share=_percent(counted.kept / counted.all),
        between=_("between %(low)s and %(high)s") % {"low": low, "high": high},
        of=of % {"calmer": counted.kept, "count": counted.all},
        down=format_decimal(round(moved.down or 0.0, 1), locale=get_language() or "en"),
    )


def _verdict(each: Helped) -> str:
    apart = difference(each.with_it, each.without_it)
    if apart is None:
        return _("Too few to say")
    low, high = apart
    if low > 0:
        return _("More were calmer with it")
    if high < 0:
        return _("Fewer were calmer with it")
    return _("No difference can be told")


def _percent(share: float) -> str:
    return format_percent(share, locale=get_language() or "en")
