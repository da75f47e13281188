"""What follows for a customer from a term of the law that is over, as a letter says it."""

from datetime import datetime

from django.utils.translation import gettext as _

from amends.base.time_words import date_words
from amends.cases.models.case import Case
from amends.cases.queries.clocks import clocks_told
from amends.cases.rules.sentences import ended_once
from amends.standards.rules.consequences import follows, right_opened
from amends.standards.rules.law import Effect, LawClock
from amends.standards.rules.law_history import happenings


def opened_for(case: Case, *, at: datetime) -> tuple[str, ...]:
    """Return what a law gives the customer of `case` by an instant, a sentence each.

    In the language that is active; `at` is in the zone of the house.
    """
    telling = clocks_told(case, at=at)
    happened = happenings(telling.entries)
    told = [sentence for clock in telling.laws for sentence in _deemed(clock, at)]
    for clock in telling.laws:
        right = right_opened(clock, happened, at)
        if right and right.until:
            until = {"body": right.body, "day": date_words(right.until.astimezone(at.tzinfo))}
            told.append(ended_once(_("You may turn to %(body)s until %(day)s.") % until))
        elif right:
            told.append(_("You may turn to %(body)s.") % {"body": right.body})
    return tuple(told)


def _deemed(clock: LawClock, at: datetime) -> list[str]:
    """Return what the law takes for settled because our answer comes late."""
    effects = {each.effect for each in follows(clock, at)}
    if clock.due_at is None or not effects & {Effect.DEEMED_ACCEPTED, Effect.DEEMED_AS_WISHED}:
        return []
    day = {"day": date_words(clock.due_at.astimezone(at.tzinfo))}
    if Effect.DEEMED_ACCEPTED in effects:
        text = _("Our answer was due by %(day)s. By law your complaint counts as accepted.")
    else:
        text = _("Our answer was due by %(day)s. By law it counts as settled as you wished.")
    return [text % day]
