"""Whether others may be told of a case, and what its customer got in the end."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amends.cases.actions.publication import answer_publication
from amends.cases.actions.relief import note_relief
from amends.cases.rules.kinds import How
from amends.cases.rules.weighing import Consent, Relief
from amends.staff.rules.permissions import Act as Permission
from amends.web.cases.acting import Act, found, given, perform
from amends.web.cases.forms import telling as forms
from amends.web.http import StaffRequest, needs

CHIPS = "web/cases/fields/chips.html"
either = require_http_methods(["GET", "HEAD", "POST"])


@needs(Permission.WORK_ON_CASE)
@either
def publication(request: StaffRequest, reference: str) -> HttpResponse:
    """Write down whether the customer lets others be told of it."""
    case = found(request, reference)
    act = Act(
        title=_("May others be told of it?"),
        button=_("Write it down"),
        done=_("Written down."),
        about=_("Ask them. What nobody said is not yes, and a yes can be taken back at any time."),
        fields=CHIPS,
    )

    def run(said: dict[str, Any]) -> None:
        by, at = request.user, timezone.now()
        answer_publication(case, said=Consent(said["said"]), how=How(said["how"]), by=by, at=at)

    return perform(request, case, act, forms.Publication(given(request)), run)


@needs(Permission.WORK_ON_CASE)
@either
def relief(request: StaffRequest, reference: str) -> HttpResponse:
    """Say what the customer got in the end."""
    case = found(request, reference)
    act = Act(
        title=_("What they got in the end"),
        button=_("Write it down"),
        done=_("Written down."),
        about=_("What was given tells it as a rule. Say it where it does not."),
        fields=CHIPS,
        shows_kept=True,
    )
    form = forms.GotInTheEnd(given(request), initial={"relief": case.relief})

    def run(said: dict[str, Any]) -> None:
        note_relief(case, relief=Relief(said["relief"]), by=request.user, at=timezone.now())

    return perform(request, case, act, form, run)
