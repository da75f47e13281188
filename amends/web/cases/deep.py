"""Whether the page of a case shows the way to its investigation, and how far that is."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from amends.cases.queries.care import Care
from amends.cases.rules.findings import is_hard
from amends.cases.rules.kinds import Outcome, Track
from amends.cases.rules.lifecycle import State

if TYPE_CHECKING:
    from amends.cases.models.case import Case

LOOKED_INTO = frozenset(
    {
        State.INVESTIGATING,
        State.WAITING_CUSTOMER,
        State.WAITING_INSIDE,
        State.WAITING_THIRD_PARTY,
        State.PROPOSED,
        State.DECIDED,
        State.INTERNAL_REVIEW,
        State.EXTERNAL,
    }
)


def deep_said(case: "Case", care: Care) -> str:
    """Return how far the investigation is; empty for a small case, where nobody need see it."""
    state, issues = State(case.state), care.file.issues
    if state not in LOOKED_INTO and not is_hard(Track(case.track), case.severity):
        return ""
    found = sum(issue.validity != Outcome.NOT_JUDGED for issue in issues)
    return _("%(found)s of %(all)s found on") % {"found": found, "all": len(issues)}
