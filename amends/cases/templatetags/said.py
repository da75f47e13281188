"""Moments as people say them, in texts that are not HTML. `now` is in the reader's zone."""

from datetime import datetime

from django import template

from amends.base.time_words import by_words, day_words

register = template.Library()


@register.filter
def by(at: datetime, now: datetime) -> str:
    """Tell the limit that a promise names: "by Tuesday 24 November, 16:00"."""
    return by_words(at, now)


@register.filter
def day(at: datetime, now: datetime) -> str:
    """Tell a moment in full: "tomorrow, Tuesday 24 November, 16:00"."""
    return day_words(at, now)
