"""Putting a contact to the case it belongs to, and back."""

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from amends.cases.actions.moving import TooLateToMoveBack, move_contact, move_contact_back
from amends.cases.queries.moving import movable_contacts, moved_lately
from amends.staff.rules.permissions import Act as Permission
from amends.web.acts import attempt
from amends.web.cases.acting import Act, found, given, perform
from amends.web.cases.acts.linking import named
from amends.web.cases.forms.moving import MoveContact
from amends.web.http import StaffRequest, needs

if TYPE_CHECKING:
    from amends.cases.models.case import Case

either = require_http_methods(["GET", "HEAD", "POST"])


@needs(Permission.WORK_ON_CASE)
@either
def move(request: StaffRequest, reference: str) -> HttpResponse:
    """Put a contact to the case it belongs to, or to a new one."""
    case = found(request, reference)
    there_are = movable_contacts(case).exists()
    act = Act(
        title=_("It belongs to another case"),
        button=_("Move it") if there_are else "",
        done=_("Moved. Both cases are due anew."),
        about=_("Its words, files and marks go along as they are. It can be put back at once.")
        if there_are
        else _("There is nothing here but what the case began with. Join it to the other case."),
        undo=reverse("case-move-back", args=[case.reference]),
    )

    def run(said: dict[str, Any]) -> None:
        into = named(request, said["into"]) if said["into"] else None
        move_contact(said["contact"], out_of=case, into=into, by=request.user, at=timezone.now())

    form = MoveContact(given(request), case=case, initial={"contact": request.GET.get("contact")})
    return perform(request, case, act, form, run)


@needs(Permission.WORK_ON_CASE)
@require_POST
def move_back(request: StaffRequest, reference: str) -> HttpResponse:
    """Put back what was moved minutes ago."""
    case = found(request, reference)
    attempt(request, lambda: _back(request, case), said=_("Put back where it was."))
    return redirect("case", case.reference)


def _back(request: StaffRequest, case: "Case") -> None:
    at = timezone.now()
    moving = moved_lately(case, at=at)
    if moving is None:
        raise TooLateToMoveBack
    move_contact_back(moving, by=request.user, at=at)
