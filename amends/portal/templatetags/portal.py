"""What the public pages say of a case."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from amends.base.time_words import by_words, date_words, day_words
from amends.cases.queries.own_cases import OwnCase
from amends.cases.rules.kinds import Satisfaction
from amends.cases.rules.lifecycle import State
from amends.cases.rules.trace import Happened, Line, Reach
from amends.portal.door import Door
from amends.portal.words import HAPPENED, RATED, SPOKE, STANDS, TOLD

register = template.Library()
ICONS = {Reach.DONE: "promise", Reach.NOW: "now", Reach.LATE: "warning", Reach.TO_COME: "circle"}


@register.filter
def whole_day(on: date) -> str:
    """Tell a day: "24 November 2026"."""
    return date_words(on)


@register.filter
def happened(line: Line) -> str:
    """Say one line of the trace."""
    if line.what is Happened.TOLD_US:
        return str(TOLD[line.channel])
    if line.what is Happened.WE_SPOKE:
        return str(SPOKE[line.channel])
    now = timezone.localtime()
    moments = (
        {"by": by_words(line.due_at, now), "day": day_words(line.due_at, now)}
        if line.due_at
        else {}
    )
    return str(HAPPENED[line.what]) % {"says": line.says, **moments}


@register.filter
def reach_icon(line: Line) -> str:
    """Return the icon of a line: behind, now, gone wrong or still to come."""
    return ICONS[line.reach]


@register.simple_tag(takes_context=True)
def leads(context: Mapping[str, Any], name: str, *args: object) -> SafeString:
    """Let a link lead to the page `name` of the case; for a colleague who only looks, nowhere."""
    door: Door = context["door"]
    if url := door.to(name, *args):
        return format_html('href="{}"', url)
    return mark_safe('role="link" aria-disabled="true"')


@register.filter
def rated(value: str) -> str:
    """Say how a customer found the way we dealt with it."""
    return str(RATED[Satisfaction(value)])


@register.filter
def stands(case: OwnCase) -> str:
    """Say in plain words where one of the customer's cases stands."""
    return str(STANDS[State(case.state)])
