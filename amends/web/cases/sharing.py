"""A reply shared while it is written: with whom, what of it is read, taken over, remarked on."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from amends.cases.actions.sharing import (
    remark_on_reply,
    share_reply,
    stop_sharing,
    take_reply_over,
)
from amends.cases.queries.sharing import readers_for
from amends.cases.rules.meanwhile import Concern
from amends.contacts.actions.drafts import ChangedElsewhere, Typing, keep_draft
from amends.contacts.rules.kinds import DraftKind
from amends.staff.rules.permissions import Act as Permission
from amends.web.acts import attempt
from amends.web.cases.acting import Act, address, found, given, perform
from amends.web.cases.composer import typed_in
from amends.web.cases.enclosing import key_of
from amends.web.cases.forms.owning import Assign
from amends.web.http import StaffRequest, needs

if TYPE_CHECKING:
    from amends.cases.models.case import Case
    from amends.cases.queries.pieces import Writing

SHARE = "share"


class Remark(forms.Form):
    """What the author of a shared reply is to mind."""

    text = forms.CharField(max_length=5_000, required=False)


@needs(Permission.WORK_ON_CASE)
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: StaffRequest, reference: str) -> HttpResponse:
    """Let a colleague read the reply that one is writing."""
    case = found(request, reference)
    act = Act(
        title=_("Share your reply with a colleague"),
        button=_("Share it"),
        done=_("Shared. They are told, and read along until it leaves."),
        about=_("They can read it, take it over, or send you a remark. Nobody else sees it."),
        concern=Concern.SHARING,
    )
    form = Assign(given(request), colleagues=readers_for(case, request.user))

    def run(said: dict[str, Any]) -> None:
        share_reply(case, to=said["to"], by=request.user, at=timezone.now())

    return perform(request, case, act, form, run)


@needs(Permission.WORK_ON_CASE)
@require_POST
def stop(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Let a colleague read no longer what one is writing."""
    case = found(request, reference)
    attempt(
        request,
        lambda: stop_sharing(case, pk=pk, by=request.user, at=timezone.now()),
        said=_("Not shared any more."),
    )
    return redirect(address(case))


@needs(Permission.WORK_ON_CASE)
@require_POST
def take(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Go on with a reply that a colleague shares, in one's own composer."""
    case = found(request, reference)
    attempt(
        request,
        lambda: take_reply_over(case, pk=pk, by=request.user, at=timezone.now()),
        said=_("It stands in your composer now. Your colleague keeps theirs."),
    )
    return redirect(address(case))


@needs(Permission.WORK_ON_CASE)
@require_POST
def remark(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Tell the author of a shared reply what to mind."""
    case, form = found(request, reference), Remark(request.POST)
    if not form.is_valid():
        messages.error(request, str(form.errors["text"][0]))
        return redirect(address(case))
    text = form.cleaned_data["text"]
    attempt(
        request,
        lambda: remark_on_reply(case, pk=pk, text=text, by=request.user, at=timezone.now()),
        said=_("Your colleague is told."),
    )
    return redirect(address(case))


def keep_to_share(request: StaffRequest, case: "Case") -> HttpResponse:
    """Keep the reply as it is typed, and ask with whom it is to be shared."""
    typed = {
        name: value.replace("\r\n", "\n") for name, value in typed_in(request, "reply").items()
    }
    typing, at = Typing(DraftKind.COMPOSER, key_of(case), typed, 0), timezone.now()
    try:
        keep_draft(typing, by=request.user, at=at)
    except ChangedElsewhere as refusal:
        # What was kept while it was typed; what is posted last is what its author sees.
        keep_draft(replace(typing, version=refusal.draft.version), by=request.user, at=at)
    return redirect("case-share", case.reference)


def shared_here(writing: "Writing") -> dict[str, object]:
    """Return who reads along what the reader writes, and what colleagues share with them."""
    of_draft = {
        one.draft_id: [file for file in writing.shared_files if file.draft_id == one.draft_id]
        for one in writing.shared
    }
    return {
        "readers": writing.readers,
        "shared": [(one, of_draft[one.draft_id]) for one in writing.shared if one.text],
    }
