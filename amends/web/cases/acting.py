"""One act on a case: a page of its own, or a part of the case page where htmx puts it.

Every act is a form: shown by GET, done by POST, which leads back to the case. What is refused is
said in one sentence on the form, with what was typed still in it. A form knows what its reader had
seen of the case, so that a second click does nothing and two windows do not undo each other.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise as Words
from django.utils.translation import gettext as _

from amends.base.refusal import Refused
from amends.cases.actions.meanwhile import ChangedMeanwhile, DoneAlready, act_on_seen
from amends.cases.queries.blind import case_that_keeps
from amends.cases.queries.reading import case_for
from amends.cases.rules.meanwhile import Concern
from amends.journal.queries import last_entry_of
from amends.web.cases.meanwhile import side_by_side
from amends.web.cases.rail.desk import Way
from amends.web.cases.refused import way_after
from amends.web.http import StaffRequest, page_or_part, say

if TYPE_CHECKING:
    from amends.cases.models.case import Case

PAGE = "web/cases/act.html"
PLAIN = "web/cases/fields/plain.html"
Run = Callable[[dict[str, Any]], object]
View = Callable[..., HttpResponseBase]


class NoFields(forms.Form):
    """An act that needs nothing said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """How an act is shown, and what is said once it is done. `about` stands above its fields.

    button: empty for an act that something still stands against.

    fields: the template of its fields; shows: what that template needs besides the form. back:
    where it leads once it is done; empty for the case. undo: where it is taken back, if it can be.
    concern: what it is about, so that only what others did about that stands in its way.
    shows_kept: whether its form begins with what is kept.
    """

    title: Words | str
    button: Words | str
    done: Words | str
    about: Words | str = ""
    fields: str = PLAIN
    back: str = ""
    undo: str = ""
    shows: Mapping[str, object] = field(default_factory=dict)
    concern: Concern = Concern.CASE
    shows_kept: bool = False


def found(request: StaffRequest, reference: str) -> "Case":
    """Return the case that the address names, if the reader may see it."""
    try:
        return case_for(request.user, reference)
    except ObjectDoesNotExist:
        raise Http404 from None


def perform(
    request: StaffRequest, case: "Case", act: Act, form: forms.Form, run: Run
) -> HttpResponse:
    """Show `form`, or do the act with what it holds and lead back to the case.

    What others changed meanwhile is shown beside what was typed; a form that is refused for another
    reason still knows what its reader had seen.
    """
    seen = seen_by(request) if request.method == "POST" else None
    meanwhile: dict[str, object] | None = None
    first: Way | None = None
    if request.method == "POST" and form.is_valid():
        try:
            act_on_seen(
                case,
                seen=seen,
                run=lambda: run(form.cleaned_data),
                by=request.user,
                at=timezone.now(),
                concern=act.concern,
            )
        except DoneAlready:
            return redirect(act.back or address(case))
        except ChangedMeanwhile as refusal:
            form.add_error(None, str(refusal))
            meanwhile = side_by_side(request, case, form, seen, kept=act.shows_kept)
            seen = None
        except Refused as refusal:
            form.add_error(None, str(refusal))
            first = way_after(refusal, case)
        else:
            say(request, str(act.done), undo=act.undo)
            return redirect(act.back or address(case))
    context = {
        "case": case,
        "act": act,
        "form": form,
        "seen": seen or last_entry_of(f"case:{case.pk}"),
        "meanwhile": meanwhile,
        "first": first,
        **act.shows,
    }
    status = 422 if form.errors else 200
    return render(request, page_or_part(request, PAGE, "act"), context, status=status)


def given(request: StaffRequest) -> QueryDict | None:
    """Return what was posted, be it nothing; None if the form is only to be shown."""
    return request.POST if request.method == "POST" else None


def kept_for_later(request: StaffRequest, grave: "Case") -> HttpResponse:
    """Lead to where one says why one needs to know an earlier case before `grave` is found on."""
    said = _("How earlier cases ended is kept until everything in %(reference)s is found on.")
    say(request, said % {"reference": grave.reference})
    return redirect("case-history", grave.reference)


def blind_first(view: View) -> View:
    """Show what tells how a case ended only to those from whom that is not kept; a decorator."""

    @wraps(view)
    def guarded(
        request: StaffRequest, reference: str, *args: object, **kwargs: object
    ) -> HttpResponseBase:
        grave = case_that_keeps(found(request, reference), request.user)
        if grave:
            return kept_for_later(request, grave)
        return view(request, reference, *args, **kwargs)

    return guarded


def address(case: "Case") -> str:
    """Return where `case` is shown."""
    return reverse("case", args=[case.reference])


def seen_by(request: StaffRequest) -> int | None:
    """Return the newest entry that the reader had seen; None if the form does not say."""
    told = request.POST.get("seen", "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 19 else None  # noqa: PLR2004 - of a bigint
