"""How the clocks of a case are told: what each is called, and every line of why it is due then."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from itertools import groupby

from django.utils.functional import Promise as Words
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from amends.base.time_words import day_of_words, day_words, which_day_words
from amends.cases.rules.sentences import ended_once
from amends.standards.rules.clock import Clock, Line, Said
from amends.standards.rules.consequences import Follows, OpenRight
from amends.standards.rules.days import Length, Unit
from amends.standards.rules.law import Duty, Effect, Happening, LawClock, Obstacle
from amends.standards.rules.targets import Measure

DUTIES: Mapping[str, Words] = {
    Duty.ACKNOWLEDGE: gettext_lazy("The law: say that it arrived"),
    Duty.ANSWER: gettext_lazy("The law: answer in full"),
}
CUSTOMS: Mapping[str, Words] = {
    Duty.ACKNOWLEDGE: gettext_lazy("Our custom: say that it arrived"),
    Duty.ANSWER: gettext_lazy("Our custom: answer in full"),
}
MEASURES: Mapping[str, Words] = {
    Measure.ACKNOWLEDGEMENT: gettext_lazy("Our standard: say that it arrived"),
    Measure.FIRST_ANSWER: gettext_lazy("Our standard: first answer"),
    Measure.NEXT_ANSWER: gettext_lazy("Our standard: next answer"),
    Measure.UPDATE: gettext_lazy("A word of ours, as agreed"),
    Measure.RESOLUTION: gettext_lazy("Our standard: put right"),
}
EFFECTS: Mapping[Effect, Words] = {
    Effect.ESCALATED: gettext_lazy("it goes to who answers for the team"),
    Effect.RIGHT_OPENS: gettext_lazy("the customer may turn to somebody outside"),
    Effect.DEEMED_ACCEPTED: gettext_lazy("by law the complaint counts as accepted"),
    Effect.DEEMED_AS_WISHED: gettext_lazy("by law it counts as settled as the customer wished"),
    Effect.BURDEN_OF_PROOF_SHIFTS: gettext_lazy("who contests that has to prove it: we do"),
    Effect.PENALTY: gettext_lazy("a penalty may be due"),
    Effect.REGULATOR: gettext_lazy("the supervisor may step in"),
    Effect.MARKED_UNTIMELY: gettext_lazy("it is marked as not in time"),
    Effect.FALLS_BACK: gettext_lazy("the short way is over, the usual term holds"),
}
OBSTACLES: Mapping[Obstacle, Words] = {
    Obstacle.NO_EXTENSION: gettext_lazy("The law knows no longer term here."),
    Obstacle.TOO_LATE: gettext_lazy("The term is over: it can be extended only before its end."),
    Obstacle.NOT_LATER: gettext_lazy("Name a day after the end of the term."),
    Obstacle.TOO_FAR: gettext_lazy("So far the law does not let the term be extended."),
    Obstacle.REASON_MISSING: gettext_lazy("Say why it takes longer."),
    Obstacle.CIRCUMSTANCES_MISSING: gettext_lazy("Say what still has to be found out."),
    Obstacle.DATE_MISSING: gettext_lazy("Say by which day they have the answer."),
}
_HAPPENED: Mapping[Happening, Words] = {
    Happening.RECEIVED: pgettext_lazy("a clock begins when", "it was received"),
    Happening.REGISTERED: pgettext_lazy("a clock begins when", "it was registered"),
    Happening.ACKNOWLEDGED: pgettext_lazy("a clock begins when", "we said that it arrived"),
    Happening.SENT: pgettext_lazy("a clock begins when", "the answer was sent"),
    Happening.DELIVERED: pgettext_lazy("a clock begins when", "the answer was delivered"),
    Happening.ACCEPTED: pgettext_lazy("a clock begins when", "the customer accepted"),
    Happening.SUMMARY_SENT: pgettext_lazy("a clock begins when", "the summary was sent"),
    Happening.SATISFIED: pgettext_lazy("a clock begins when", "it was put right"),
}
_SAID: Mapping[Said, Words] = {
    Said.STARTED: gettext_lazy("It began %(at)s, and gives %(span)s."),
    Said.RAN: gettext_lazy("%(on)s: it ran %(span)s."),
    Said.PAUSED: gettext_lazy("It stands still since %(at)s."),
    Said.WENT_ON: gettext_lazy("It went on %(at)s."),
    Said.STANDARD_CHANGED: gettext_lazy("Since %(at)s another standard holds: it gives %(span)s."),
    Said.CALENDAR_CHANGED: gettext_lazy("Since %(at)s other opening hours hold."),
    Said.MERGED: gettext_lazy("Joined %(at)s with a case that came earlier: %(span)s of it ran."),
    Said.OVER: gettext_lazy("Its time was over %(at)s."),
    Said.MET: gettext_lazy("Done %(at)s."),
    Said.STOPPED: gettext_lazy("It counts no more since %(at)s."),
    Said.REOPENED: gettext_lazy("Opened again %(at)s: what was left of it runs on."),
}
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NOTHING = timedelta(0)


def exactly(span: timedelta) -> str:
    """Return how long something takes to the minute: "3 h 20 min"; whole days where it is so."""
    if span >= DAY and not span % DAY:
        days = span // DAY
        return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
    hours, minutes = divmod(span // MINUTE, 60)
    if not hours:
        return _("%(minutes)s min") % {"minutes": minutes}
    if not minutes:
        return _("%(hours)s h") % {"hours": hours}
    return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": minutes}


def limit_words(span: timedelta, days: int, *, around_the_clock: bool = False) -> str:
    """Return how much a standard gives: "3 h 20 min", "2 working days", or days of the calendar."""
    if not days:
        return exactly(span)
    unit = Unit.DAYS if around_the_clock else Unit.WORKING_DAYS
    return length_words(Length(days, unit))


def length_words(length: Length) -> str:
    """Return how long a term of a law is: "15 working days"."""
    n = {"n": length.count}
    if length.unit is Unit.WORKING_DAYS:
        return ngettext("%(n)s working day", "%(n)s working days", length.count) % n
    if length.unit is Unit.WEEKS:
        return ngettext("%(n)s week", "%(n)s weeks", length.count) % n
    if length.unit is Unit.MONTHS:
        return ngettext("%(n)s month", "%(n)s months", length.count) % n
    return ngettext("%(n)s day", "%(n)s days", length.count) % n


def lines_of_ours(clock: Clock, now: datetime) -> list[str]:
    """Return every line of why a clock of ours is due when it is."""
    told = [_line(line, now) for line in _by_day(clock.lines)]
    if clock.days:
        told.append(_days_counted(clock))
    if clock.ended_at is None and clock.due_at and not clock.over_at and clock.lines:
        told.append(_("So it is due %(at)s.") % {"at": day_words(clock.due_at, now)})
    return [ended_once(line) for line in told]


def _days_counted(clock: Clock) -> str:
    """Return how many of its days are over, each counted as we close."""
    over = ngettext(
        "A day counts as we close, the first is not counted: %(n)s is over.",
        "A day counts as we close, the first is not counted: %(n)s are over.",
        clock.days_used,
    )
    return over % {"n": clock.days_used}


def _by_day(lines: Iterable[Line]) -> Iterable[Line]:
    """Return the lines with what ran on one day in one of them."""
    for (what, on), group in groupby(lines, key=lambda line: (line.what, line.on)):
        each = list(group)
        if what is Said.RAN and len(each) > 1:
            total = sum((line.span for line in each if line.span), timedelta(0))
            yield Line(what, each[-1].at, span=total, on=on)
        else:
            yield from each


def _line(line: Line, now: datetime) -> str:
    if line.what is Said.PAUSED and line.until:
        moments = {"at": day_words(line.at, now), "until": day_words(line.until, now)}
        return _("It stands still since %(at)s, until %(until)s at the latest.") % moments
    facts = {
        "at": day_words(line.at, now),
        "span": _given(line),
        "on": _on(line, now),
    }
    return str(_SAID[line.what]) % facts


def _given(line: Line) -> str:
    if not line.is_given:
        return ""
    return limit_words(line.span or NOTHING, line.days, around_the_clock=line.around_the_clock)


def _on(line: Line, now: datetime) -> str:
    if line.on is None:
        return ""
    return day_of_words(datetime.combine(line.on, time(12), tzinfo=now.tzinfo), now)


def lines_of_law(clock: LawClock, now: datetime) -> list[str]:
    """Return every line of why a clock of the law is due when it is."""
    profile = clock.profile
    began = {"at": day_words(clock.started_at, now), "what": _HAPPENED[profile.starts_on]}
    told = [_("It began when %(what)s: %(at)s.") % began]
    if profile.length is None or clock.first_due_at is None:
        return [*told, _("The law says promptly and names no day."), *_stopped(clock, now)]
    told.append(
        _("It gives %(length)s; the day it began is not counted.")
        % {"length": length_words(profile.length)}
    )
    if clock.due_at and clock.due_at != clock.first_due_at:
        moments = {
            "first": which_day_words(clock.first_due_at, now),
            "now": which_day_words(clock.due_at, now),
        }
        told.append(_("It would end on %(first)s, and was extended to %(now)s.") % moments)
    told.append(_("It does not stand still while we wait for anybody."))
    if clock.due_at:
        told.append(
            _("So it ends with the day: %(day)s.") % {"day": which_day_words(clock.due_at, now)}
        )
    return [ended_once(line) for line in (*told, *_stopped(clock, now))]


def _stopped(clock: LawClock, now: datetime) -> list[str]:
    if clock.stopped_at is None:
        return []
    return [str(_SAID[Said.MET]) % {"at": day_words(clock.stopped_at, now)}]


def followed_words(followed: Follows) -> str:
    """Return what follows from a term that was not kept."""
    return _("What follows: %(effect)s.") % {"effect": EFFECTS[followed.effect]}


def right_words(right: OpenRight, now: datetime) -> str:
    """Return the right of a customer to turn to somebody outside, and until when."""
    facts = {"body": right.body, "since": which_day_words(right.since, now)}
    if right.until is None:
        return _("Since %(since)s the customer may turn to %(body)s.") % facts
    facts["until"] = which_day_words(right.until, now)
    return _("Since %(since)s, and until %(until)s, the customer may turn to %(body)s.") % facts
