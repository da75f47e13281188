"""The few moments that count most, said where one begins to look after a case."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from amends.cases.rules.kinds import CaseKind
from amends.cases.rules.rare import Rare, rare_moment
from amends.web.cases.rail.desk import Desk

SAID: Mapping[Rare, Promise] = {
    Rare.FIRST_TIME: _(
        "They turn to us for the first time: what happens now is what they will remember."
    ),
    Rare.FIRST_COMPLAINT: _("Their first complaint: there are few such moments to win them."),
    Rare.AFTER_LONG: _("They had not turned to us for a year: a rare moment to do it well."),
}


def rare_said(desk: Desk) -> str:
    """Return why this meeting is one of the few that count most; nothing as a rule.

    It is over once the customer was promised something or answered.
    """
    before, case, file = desk.care.customer.before, desk.case, desk.care.file
    if before is None or not case.is_open or case.as_history or file.promises or file.replied_at:
        return ""
    rare = rare_moment(before, kind=CaseKind(case.kind), at=case.received_at)
    return str(SAID[rare]) if rare else ""


def met_said(desk: Desk) -> str:
    """Return how often the customer turned to us in the year before the case."""
    before = desk.care.customer.before
    if before is None or not before.in_year:
        return ""
    said = ngettext(
        "%(n)s contact in the year before", "%(n)s contacts in the year before", before.in_year
    )
    return said % {"n": before.in_year}
