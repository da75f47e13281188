"""What the case page says of a case on which nothing is next: how it ended, and how it goes on."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from amends.base.time_words import day_words
from amends.cases.queries.facts import said_yes_at_once
from amends.cases.queries.file import CaseFile
from amends.cases.rules.kinds import Verdict
from amends.cases.rules.lifecycle import State, may_follow
from amends.cases.rules.weighing import Relief
from amends.staff.queries import organisation
from amends.staff.rules.permissions import Act
from amends.web.cases.rail.desk import Way
from amends.web.words import word

if TYPE_CHECKING:
    from amends.cases.models.case import Case
    from amends.staff.models import Staff


def ended(case: "Case", file: CaseFile, staff: "Staff", now: datetime) -> dict[str, object]:
    """Return how `case` ended and, as long as it may, how it is opened again.

    A case brought in from elsewhere that nobody has taken is open and waits for nobody.
    """
    if case.is_open or case.closed_at is None:
        return {"what": _("Nothing waits here until somebody takes it.")}
    until = case.closed_at + timedelta(days=organisation().reopen_days)
    may = staff.may(Act.WORK_ON_CASE) and may_follow(State(case.state), State.INVESTIGATING)
    ways = [Way(_("Open it again"), reverse("case-reopen", args=[case.reference]))]
    return {
        "what": _what(case, file),
        "at": case.closed_at,
        "why": case.ended_reason,
        "got": _got(case),
        "ways": ways if may and now <= until else [],
        "until": _("It can be opened again until %(day)s.") % {"day": day_words(until, now)},
    }


def _got(case: "Case") -> str:
    if not case.relief:
        return ""
    return _("What they got: %(relief)s") % {"relief": word(Relief(case.relief))}


def _what(case: "Case", file: CaseFile) -> str:
    if case.state != State.CLOSED:
        return _("It has ended: %(state)s.") % {"state": word(State(case.state))}
    if said_yes_at_once(file, case):
        return _("Put right at once: %(done)s") % {"done": case.done_what}
    if case.verdict == Verdict.YES:
        return _("Put right, by their own word. Nothing is left to do.")
    return _("Closed. Nothing is left to do.")
