"""The words for what a clock of the law is made of, as its settings name it."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from django.utils.functional import Promise as Words
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from amends.staff.rules.organisation import Trade
from amends.standards.rules.days import EndsOnDayOff, Unit
from amends.standards.rules.law import CountedFrom, Duty, Effect, Happening, Part
from amends.web.cases.clock_words import EFFECTS
from amends.web.words import word

DUTIES: Mapping[StrEnum, Words] = {
    Duty.ACKNOWLEDGE: gettext_lazy("Say that it arrived"),
    Duty.ANSWER: gettext_lazy("Answer in full"),
}
UNITS: Mapping[StrEnum, Words] = {
    Unit.DAYS: pgettext_lazy("a term is counted in", "days"),
    Unit.WORKING_DAYS: pgettext_lazy("a term is counted in", "working days"),
    Unit.WEEKS: pgettext_lazy("a term is counted in", "weeks"),
    Unit.MONTHS: pgettext_lazy("a term is counted in", "months"),
}
HAPPENINGS: Mapping[StrEnum, Words] = {
    Happening.RECEIVED: pgettext_lazy("when", "it is received"),
    Happening.REGISTERED: pgettext_lazy("when", "it is registered"),
    Happening.ACKNOWLEDGED: pgettext_lazy("when", "we say that it arrived"),
    Happening.SENT: pgettext_lazy("when", "the answer is sent"),
    Happening.DELIVERED: pgettext_lazy("when", "the answer is delivered"),
    Happening.ACCEPTED: pgettext_lazy("when", "the customer accepts"),
    Happening.SUMMARY_SENT: pgettext_lazy("when", "the summary is sent"),
    Happening.SATISFIED: pgettext_lazy("when", "it is put right"),
}
DAYS_OFF: Mapping[StrEnum, Words] = {
    EndsOnDayOff.STAYS: gettext_lazy("ends on that day all the same"),
    EndsOnDayOff.NEXT_WORKING_DAY: gettext_lazy("ends on the next working day"),
}
PARTS: Mapping[StrEnum, Words] = {
    Part.REASON: gettext_lazy("why it takes longer"),
    Part.CIRCUMSTANCES: gettext_lazy("what still has to be found out"),
    Part.DATE: gettext_lazy("by which day they have the answer"),
}
COUNTED: Mapping[StrEnum, Words] = {
    CountedFrom.START: gettext_lazy("from when the clock began"),
    CountedFrom.FIRST_TERM: gettext_lazy("from the end of the first term"),
    CountedFrom.ANSWER: gettext_lazy("from our answer"),
}
SECTORS: Mapping[str, Words] = {
    "financial": pgettext_lazy("sector", "financial services"),
    "payments": pgettext_lazy("sector", "payment services"),
    "telecom": pgettext_lazy("sector", "telecommunications"),
    "other": pgettext_lazy("sector", "something else"),
}
PARTIES: Mapping[str, Words] = {
    "consumer": pgettext_lazy("to a law", "a consumer"),
    "natural-person": pgettext_lazy("to a law", "a natural person"),
    "business": pgettext_lazy("to a law", "a business"),
}
STARTS = (Happening.RECEIVED, Happening.REGISTERED)
STOPS = tuple(each for each in Happening if each is not Happening.RECEIVED)
RIGHT_FROM = (CountedFrom.ANSWER, CountedFrom.START)
LONGER_FROM = (CountedFrom.START, CountedFrom.FIRST_TERM)
Offered = list[tuple[str, Words | str]]


def offered(words: Mapping[StrEnum, Words], among: Iterable[StrEnum] = ()) -> Offered:
    """Return members of an enum as a form's choices."""
    return [(each.value, words[each]) for each in (among or words)]


def effects() -> Offered:
    """Return what may follow when the time is over, as a form's choices."""
    return [(each.value, EFFECTS[each]) for each in Effect]


def sector_name(sector: str) -> str:
    """Return what a sector is called; where none is said it is our trade, by the trade's name."""
    if not sector:
        return _("every sector")
    if sector in SECTORS:
        return str(SECTORS[sector])
    return word(Trade(sector)) if sector in set(Trade) else sector


def party_name(party: str) -> str:
    """Return what a kind of customer is called."""
    return str(PARTIES.get(party, party)) if party else _("everybody")
