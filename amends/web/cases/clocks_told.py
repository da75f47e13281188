"""What is said in the timeline of the clocks of a case: whose law holds, and what ran out."""

from collections.abc import Mapping
from datetime import date, datetime, time

from django.utils.functional import Promise as Words
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.base.time_words import which_day_words
from amends.standards.rules.law import Duty
from amends.standards.rules.targets import Measure
from amends.standards.rules.warnings import Whose
from amends.web.cases.happenings import Happening, Told

OVER: Mapping[tuple[Whose, str], Words] = {
    (Whose.LAW, Duty.ACKNOWLEDGE): gettext_lazy("The term to say that it arrived is over"),
    (Whose.LAW, Duty.ANSWER): gettext_lazy("The term to answer in full is over"),
    (Whose.STANDARD, Measure.ACKNOWLEDGEMENT): gettext_lazy(
        "Later than our standard: to say that it arrived"
    ),
    (Whose.STANDARD, Measure.FIRST_ANSWER): gettext_lazy(
        "Later than our standard: the first answer"
    ),
    (Whose.STANDARD, Measure.NEXT_ANSWER): gettext_lazy("Later than our standard: the next answer"),
    (Whose.STANDARD, Measure.UPDATE): gettext_lazy("Later than agreed: a word of ours"),
    (Whose.STANDARD, Measure.RESOLUTION): gettext_lazy("Later than our standard: to put it right"),
}


def _over(told: Told) -> str:
    return str(OVER[Whose(told.facts["whose"]), told.facts["what"]])


def _extended(told: Told) -> str:
    until = datetime.combine(
        date.fromisoformat(told.facts["until"]), time(12), tzinfo=told.now.tzinfo
    )
    return _("The term of the law was extended to %(day)s, and the customer was told why") % {
        "day": which_day_words(until, told.now)
    }


CLOCKING: Mapping[str, Happening] = {
    "ClockRanOut": Happening("clock", _over, "late"),
    "TermExtended": Happening("calendar", _extended),
    "LawOfCaseSaid": Happening("clock", lambda _told: _("Said whose law is for this case")),
    "ClockProfileAdopted": Happening(
        "clock", lambda _told: _("A clock runs by a newer version of the law")
    ),
    "SummarySent": Happening("letter", lambda _told: _("They were told in short what was agreed")),
    "RecordPastKeeping": Happening(
        "clock", lambda _told: _("Its record need not be kept any longer")
    ),
    "RecordFrozen": Happening("lock", lambda _told: _("Its record is kept whatever the date")),
    "RecordThawed": Happening(
        "lock", lambda _told: _("Its record is kept no longer than its date again")
    ),
}
# Who was warned before a clock is over is told to them, and is no part of the story.
UNSAID_OF_CLOCKS = frozenset({"ClockWarned"})
