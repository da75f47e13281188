"""Ready answers: what a reply often says, in five languages."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amends.cases.queries.answers import words_for
from amends.cases.queries.reading import case_for
from amends.cases.queries.rights import headings
from amends.cases.rules.findings import Shelf
from amends.cases.rules.reference import read_reference
from amends.contacts.actions.templates import (
    keep_answer,
    move_answer,
    offer_answer_again,
    stop_offering,
)
from amends.contacts.queries.templates import template_kept, templates_kept
from amends.contacts.rules.templates import Piece, Variable, pieces_of
from amends.staff.rules.permissions import Act
from amends.web.acts import attempt, found, taken
from amends.web.http import StaffRequest, needs, say
from amends.web.settings.answer_form import TEXT, WriteAnswer, written
from amends.web.words import choices

if TYPE_CHECKING:
    from amends.contacts.models.templates import AnswerTemplate

TRY = "try"


@dataclass(frozen=True, slots=True)
class Tried:
    """An answer in one language, as it reads on a case."""

    language: str
    code: str
    pieces: tuple[Piece, ...]


@needs(Act.EDIT_PROCEDURES)
@require_safe
def answers(request: StaffRequest) -> HttpResponse:
    """Show all ready answers, in their order."""
    names = dict(settings.LANGUAGES)
    rows = [
        (row, [names[code] for code in names if code in row.texts])
        for row in templates_kept(request.user)
    ]
    return render(request, "web/settings/answers.html", {"rows": rows})


@needs(Act.EDIT_PROCEDURES)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """Show one ready answer, write it anew or try it on a case; or write a new one."""
    kept = found(lambda: template_kept(request.user, pk)) if pk else None
    form = WriteAnswer(
        request.POST if request.method == "POST" else None,
        initial=written(kept) if kept else {},
        topics=[each.name for each in headings(Shelf.TOPIC)],
    )
    tries = request.POST.get("then") == TRY
    tried: list[Tried] = []
    if form.is_valid():
        if tries:
            tried = _tried(request, form)
        elif _kept(request, kept, form):
            say(request, _("Saved"))
            return redirect("settings-answers")
    shown = {
        "form": form,
        "template": kept,
        "variables": choices(Variable),
        "tried": tried,
    }
    status = 422 if form.errors else 200
    return render(request, "web/settings/answer.html", shown, status=status)


@needs(Act.EDIT_PROCEDURES)
@require_POST
def retire(request: StaffRequest, pk: int) -> HttpResponse:
    """Offer a ready answer no more, or again."""
    kept = found(lambda: template_kept(request.user, pk))
    if kept.active:
        attempt(
            request,
            lambda: stop_offering(kept, by=request.user, at=timezone.now()),
            said=_("Taken out. Nobody is offered it any more."),
        )
    else:
        attempt(
            request,
            lambda: offer_answer_again(kept, by=request.user, at=timezone.now()),
            said=_("Offered again."),
        )
    return redirect("settings-answers")


@needs(Act.EDIT_PROCEDURES)
@require_POST
def move(request: StaffRequest, pk: int) -> HttpResponse:
    """Put a ready answer one place up or down."""
    kept = found(lambda: template_kept(request.user, pk))
    places = 1 if request.POST.get("down") else -1
    attempt(
        request,
        lambda: move_answer(kept, places=places, by=request.user, at=timezone.now()),
        said=_("Moved."),
    )
    return redirect("settings-answers")


def _tried(request: StaffRequest, form: WriteAnswer) -> list[Tried]:
    """Return the answer as it reads on the case asked for, in each language it is written in."""
    try:
        case = case_for(request.user, read_reference(form.cleaned_data["reference"]) or "")
    except ObjectDoesNotExist:
        form.add_error("reference", _("There is no case of this reference that you may read."))
        return []
    names, at = dict(settings.LANGUAGES), timezone.now()
    return [
        Tried(
            str(names[code]),
            code,
            pieces_of(text, words_for(case, author=request.user, at=at, language=code)),
        )
        for code in names
        if (text := form.cleaned_data[TEXT + code].strip())
    ]


def _kept(request: StaffRequest, kept: "AnswerTemplate | None", form: WriteAnswer) -> bool:
    return taken(
        form, lambda: keep_answer(kept, draft=form.draft(), by=request.user, at=timezone.now())
    )
