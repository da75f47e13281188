"""The words for what our standards are made of, as their settings name it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.functional import Promise as Words
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from amends.cases.rules.kinds import CaseKind, Severity
from amends.contacts.rules.kinds import Channel
from amends.people.rules.kinds import Standing
from amends.standards.rules.history import WaitingFor
from amends.standards.rules.targets import Measure
from amends.standards.rules.warnings import How, Whom, Whose
from amends.web.cases.clock_words import limit_words
from amends.web.words import word

if TYPE_CHECKING:
    from amends.standards.models import EarlyWarning, Standard

MEASURES: Mapping[str, Words] = {
    Measure.ACKNOWLEDGEMENT: gettext_lazy("Say that it arrived"),
    Measure.FIRST_ANSWER: gettext_lazy("First answer by a person"),
    Measure.NEXT_ANSWER: gettext_lazy("Each further answer"),
    Measure.UPDATE: gettext_lazy("The longest time without a word to the customer"),
    Measure.RESOLUTION: gettext_lazy("Put right"),
}
WAITS: Mapping[str, Words] = {
    WaitingFor.CUSTOMER: pgettext_lazy("we wait for", "the customer"),
    WaitingFor.INSIDE: pgettext_lazy("we wait for", "colleagues"),
    WaitingFor.THIRD_PARTY: pgettext_lazy("we wait for", "somebody outside"),
}
WHOM: Mapping[str, Words] = {
    Whom.OWNER: gettext_lazy("the owner of the case"),
    Whom.DUTY_OWNER: gettext_lazy("the duty owner of the team"),
    Whom.COLLEAGUE: gettext_lazy("a colleague"),
}
WHOSE: Mapping[str, Words] = {
    Whose.LAW: gettext_lazy("a term of the law"),
    Whose.STANDARD: gettext_lazy("any standard of ours"),
    Whose.PROMISE: gettext_lazy("a promise"),
    Whose.CUSTOMER: gettext_lazy("the customer's own day"),
}
HOW: Mapping[str, Words] = {
    How.PAGE: gettext_lazy("on the pages"),
    How.EMAIL: gettext_lazy("on the pages and by e-mail"),
}


def limit_of(standard: "Standard") -> str:
    """Return how much a standard gives."""
    span = timedelta(minutes=standard.limit_minutes)
    all_days = standard.around_the_clock
    return limit_words(span, standard.limit_days, around_the_clock=all_days)


def for_which(standard: "Standard", teams: Mapping[int, str], customers: Mapping[int, str]) -> str:
    """Return for which cases a standard is; `teams` and `customers` by their keys."""
    named = [
        *(word(CaseKind(each)) for each in standard.kinds),
        *(teams.get(each, "") for each in standard.teams),
        *(word(Channel(each)) for each in standard.channels),
        *(word(Severity(each)) for each in standard.severities),
        *(word(Standing(each)) for each in standard.groups),
        *(customers.get(each, "") for each in standard.customers),
    ]
    return ", ".join(filter(None, named)) or _("every case")


def warned(warning: "EarlyWarning") -> str:
    """Return whom a warning tells, and how."""
    whom = warning.staff.name if warning.staff else str(WHOM[warning.to])
    return _("%(whom)s, %(how)s") % {"whom": whom, "how": HOW[warning.how]}
