"""Saying that a matter is not for us to decide, that it is in spite of something, or after all."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amends.cases.actions.admissibility import admit_in_spite, take_back_ruling
from amends.cases.actions.elsewhere import rule_inadmissible
from amends.cases.actions.ruling import Grounds
from amends.cases.queries.customer_matters import outside_for
from amends.cases.queries.reading import case_for
from amends.cases.rules.admissibility import Ground
from amends.cases.rules.kinds import How
from amends.cases.rules.reference import read_reference
from amends.people.queries import mail_address_of
from amends.staff.rules.permissions import Act as Permission
from amends.web.cases.acting import Act, found, given, perform
from amends.web.cases.forms import admissibility as forms
from amends.web.http import StaffRequest, needs

if TYPE_CHECKING:
    from amends.cases.models.case import Case

FIELDS = "web/cases/fields/admissibility.html"
either = require_http_methods(["GET", "HEAD", "POST"])


@needs(Permission.WORK_ON_CASE)
@either
def inadmissible(request: StaffRequest, reference: str) -> HttpResponse:
    """Say that a matter is not for us to decide, why, and whom to turn to."""
    case = found(request, reference)
    act = Act(
        title=_("Not for us to decide"),
        button=_("Direct them there"),
        done=_("They know whom to turn to."),
        about=_(
            "Nobody is sent away without a reason and a way to go, and they may ask another person"
            " to look at it."
        ),
        fields=FIELDS,
    )
    form = forms.Inadmissible(
        given(request),
        has_mail=bool(mail_address_of(case.person)),
        initial=_known(case) | {"signpost": _bodies(case), "ground": Ground.NOT_OURS.value},
    )

    def run(said: dict[str, Any]) -> None:
        rule_inadmissible(
            case,
            grounds=_grounds(request, form, said),
            signpost=said["signpost"],
            told_how=How(said["told_how"]),
            by=request.user,
            at=timezone.now(),
        )

    return perform(request, case, act, form, run)


@needs(Permission.WORK_ON_CASE)
@either
def in_spite(request: StaffRequest, reference: str) -> HttpResponse:
    """Say that a matter is looked at although it is late, or could be refused."""
    case = found(request, reference)
    act = Act(
        title=_("Look at it all the same"),
        button=_("Look at it"),
        done=_("It is looked at, and why stands with it."),
        about=_("For what comes late, or again, and still deserves an answer."),
        fields=FIELDS,
    )
    form = forms.InSpite(given(request), initial=_known(case))

    def run(said: dict[str, Any]) -> None:
        grounds = _grounds(request, form, said)
        admit_in_spite(case, grounds=grounds, by=request.user, at=timezone.now())

    return perform(request, case, act, form, run)


@needs(Permission.WORK_ON_CASE)
@either
def take_back(request: StaffRequest, reference: str) -> HttpResponse:
    """Say that what spoke against a matter does not hold after all."""
    case = found(request, reference)
    act = Act(
        title=_("It does not stand in the way"),
        button=_("Take it back"),
        done=_("Taken back."),
        about=_("What was decided, and why it was taken back, stays in the journal."),
    )

    def run(said: dict[str, Any]) -> None:
        take_back_ruling(case, reason=said["reason"], by=request.user, at=timezone.now())

    return perform(request, case, act, forms.TakeBack(given(request)), run)


def _grounds(request: StaffRequest, form: forms.Grounds, said: dict[str, Any]) -> Grounds:
    return Grounds(
        reasons=said["reason"],
        ground=Ground(said["ground"]),
        earlier=_meant(request, said["earlier"]),
        **form.days(),
    )


def _meant(request: StaffRequest, text: str) -> "Case | None":
    """Return the case that was named, if the reader may see it."""
    try:
        return case_for(request.user, read_reference(text) or "")
    except ObjectDoesNotExist:
        return None


def _known(case: "Case") -> dict[str, object]:
    return {"happened_on": case.happened_on, "aware_on": case.aware_on}


def _bodies(case: "Case") -> str:
    """Return the outside bodies that we keep, in the customer's language, to begin with."""
    bodies = outside_for(None, language=case.language)
    told = (", ".join(filter(None, (each.name, each.address, each.link))) for each in bodies)
    return "\n".join(told)
