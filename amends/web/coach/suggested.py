"""What our own history suggests for a case: shown with how sure it is, taken or left by one key."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from babel.numbers import format_percent
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amends.cases.rules.kinds import CaseKind
from amends.learning.actions import decline_suggestion, take_suggestion
from amends.learning.queries import Suggested, suggestions_for
from amends.learning.rules.targets import Target
from amends.staff.rules.permissions import Act
from amends.web.acts import attempt
from amends.web.cases.acting import found
from amends.web.http import StaffRequest, needs
from amends.web.words import word

if TYPE_CHECKING:
    from amends.cases.models.case import Case
    from amends.staff.models import Staff


@dataclass(frozen=True, slots=True)
class Shown:
    """A suggestion as it is shown."""

    target: str
    label: str
    name: str
    says: str
    sure: str


def shown_for(case: "Case", staff: "Staff") -> list[Shown]:
    """Return what is suggested for `case` and `staff` may do, in their words."""
    found = suggestions_for(case)
    may_give = staff.may(Act.ASSIGN_CASE)
    return [_shown(one) for one in found if may_give or one.target is not Target.TEAM]


@needs(Act.WORK_ON_CASE)
@require_POST
def answer(request: StaffRequest, reference: str) -> HttpResponse:
    """Take what is suggested, or leave it."""
    case = found(request, reference)
    asked, label = request.POST.get("target", ""), request.POST.get("label", "")[:100]
    if asked not in set(Target):
        raise Http404
    takes = request.POST.get("then") == "take"
    act = take_suggestion if takes else decline_suggestion
    attempt(
        request,
        lambda: act(case, target=Target(asked), label=label, by=request.user, at=timezone.now()),
        said=_("Done as suggested.") if takes else _("Left as it is. That is learnt from, too."),
    )
    return redirect("case", reference)


def _shown(one: Suggested) -> Shown:
    return Shown(
        target=one.target.value,
        label=one.label,
        name=word(one.target),
        says=word(CaseKind(one.label)) if one.target is Target.KIND else one.name,
        sure=format_percent(one.sure, locale=get_language() or "en"),
    )
