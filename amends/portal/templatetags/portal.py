"""What the public pages say of a case."""

from datetime import date

from django import template
from django.utils import timezone

from amends.base.time_words import by_words, date_words, day_words
from amends.cases.rules.trace import Happened, Line, Reach
from amends.portal.words import HAPPENED, SPOKE, TOLD

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
