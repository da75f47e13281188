"""The page behind the signed link, and what a customer can do there.

Opening any of these addresses answers nothing, for mail scanners follow links. What is done is
done by a button that sends a form.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import TYPE_CHECKING, cast

from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    QueryDict,
)
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise as Text
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from amends.base.downloads import download
from amends.base.refusal import Refused
from amends.base.text import said_in
from amends.cases.actions.follow_up import Answer
from amends.cases.actions.from_portal import (
    add_words,
    answer_on_page,
    ask_for_another_look,
    come_back,
    take_back,
    tell_of_outside,
)
from amends.cases.actions.outside import Body
from amends.cases.actions.promises import accept_promise, counter_promise
from amends.cases.queries.customer_page import (
    customer_page,
    file_on_page,
    question_on,
    words_on_page,
)
from amends.cases.queries.links import case_behind, holder_of, somebody_else_for, token_of
from amends.cases.queries.slips import promise_of_case, slip_of
from amends.cases.rules.kinds import How, Verdict
from amends.portal.forms import Addition, AnotherDay, Outside, OwnWords, OwnWordsIfAny
from amends.portal.http import View, may_still, no_such_page, page, public
from amends.portal.standing import may_be_reviewed, may_go_outside, standing
from amends.portal.telling import too_often
from amends.portal.words import ANSWERS, CONFIRMED, DONE
from amends.staff.queries import organisation

if TYPE_CHECKING:
    from amends.cases.models.case import Case
    from amends.cases.models.promises import Promise

MOST_ANSWERS = 40


@dataclass(frozen=True, slots=True)
class Asked:
    """A page that asks once more before something is done.

    do: what the button does with the form. done: what the customer is told afterwards. goes_along:
    the page that comes next is that of the case that `do` returns.
    """

    title: Text | str
    act: Text | str
    form: forms.Form
    do: Callable[[forms.Form], object]
    done: str
    text: Text | str = ""
    promise: "Promise | None" = None
    grave: bool = False
    goes_along: bool = False


def behind_link(view: View) -> View:
    """Serve `view` to whoever holds the link of a case, in its language unless another is chosen.

    Whatever is wrong with the link, the answer is the same.
    """

    @public
    @wraps(view)
    def shown(
        request: HttpRequest, token: str, language: str = "", **kwargs: object
    ) -> HttpResponseBase:
        try:
            case = case_behind(token)
        except ObjectDoesNotExist:
            return no_such_page(request)
        with translation.override(language or case.language):
            response = view(request, case, **kwargs)
            response.headers["Content-Language"] = translation.get_language() or case.language
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return shown


@behind_link
@require_GET
def show(request: HttpRequest, case: "Case") -> HttpResponse:
    """Say who has it, what was promised by when, what happened, and what can be done."""
    context = {
        "seen": customer_page(case, at=timezone.now()),
        "token": token_of(case),
        "said": DONE.get(request.GET.get("done", "")),
        "answers": ANSWERS.items(),
        "somebody_else": case.is_open and (may_be_reviewed(case) or somebody_else_for(case)),
        "may_go_outside": may_go_outside(case),
        "standing": standing(case, at=timezone.localtime()),
        "outside": _outside(),
    }
    return page(request, "portal/case.html", context)


@behind_link
@require_http_methods(["GET", "POST"])
def agree(request: HttpRequest, case: "Case", pk: int) -> HttpResponse:
    """Say yes to a promise."""
    promise = _promise(case, pk)
    asked = Asked(
        title=_("Is that all right?"),
        act=_("Yes, that suits me"),
        form=forms.Form(_posted(request)),
        do=lambda _form: accept_promise(
            promise, how=How.LINK, by=holder_of(case), at=timezone.now()
        ),
        done="yes",
        promise=promise,
    )
    return _confirm(request, case, asked)


@behind_link
@require_http_methods(["GET", "POST"])
def another_day(request: HttpRequest, case: "Case", pk: int) -> HttpResponse:
    """Ask for another day than the one that was promised."""
    promise = _promise(case, pk)
    due_at = timezone.localtime(promise.due_at)
    form = AnotherDay(_posted(request), initial={"wished_at": due_at.time()})
    asked = Asked(
        title=_("Another day"),
        act=_("Ask for this day"),
        form=form,
        do=lambda _form: counter_promise(
            promise,
            wished=form.moment(),
            words=form.cleaned_data["words"],
            by=holder_of(case),
            at=timezone.now(),
        ),
        done="day",
        promise=promise,
    )
    return _confirm(request, case, asked)


@behind_link
@require_http_methods(["GET", "POST"])
def put_right(request: HttpRequest, case: "Case", verdict: str) -> HttpResponse:
    """Say whether it is put right."""
    if verdict not in ANSWERS:
        raise Http404
    given = Verdict(verdict)
    question = question_on(case, at=timezone.now())
    if question is None:
        return _back_to(case, "answered")
    asked = Asked(
        title=_("Is it put right?"),
        act=CONFIRMED[given],
        form=OwnWordsIfAny(_posted(request)),
        do=lambda form: answer_on_page(
            question,
            answer=Answer(verdict=given, how=How.LINK, words=form.cleaned_data["words"]),
            by=holder_of(case),
            at=timezone.now(),
        ),
        done="put-right" if given is Verdict.YES else "not-put-right",
        text="" if given is Verdict.YES else _("Tell us what is missing, if you like."),
        promise=question.promise,
    )
    return _confirm(request, case, asked)


@behind_link
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, case: "Case") -> HttpResponse:
    """Add something to what was told."""
    asked = Asked(
        title=_("Add something"),
        act=_("Send it"),
        form=Addition(_posted(request), request.FILES) if request.method == "POST" else Addition(),
        do=lambda form: add_words(
            case,
            words=form.cleaned_data["words"],
            uploads=form.cleaned_data["papers"],
            by=holder_of(case),
            at=timezone.now(),
        ),
        done="added",
    )
    return _confirm(request, case, asked)


@behind_link
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, case: "Case") -> HttpResponse:
    """Take the complaint back."""
    asked = Asked(
        title=_("Take it back"),
        act=_("Take it back"),
        form=OwnWords(_posted(request)),
        do=lambda form: take_back(
            case, words=form.cleaned_data["words"], by=holder_of(case), at=timezone.now()
        ),
        done="taken-back",
        text=_("Then nothing more is done about it. Tell us why, in a word or two."),
        grave=True,
    )
    return _confirm(request, case, asked)


@behind_link
@require_http_methods(["GET", "POST"])
def another_look(request: HttpRequest, case: "Case") -> HttpResponse:
    """Ask another person to look at it."""
    asked = Asked(
        title=_("Ask another person to look"),
        act=_("Ask another person"),
        form=OwnWords(_posted(request)),
        do=lambda form: ask_for_another_look(
            case, words=form.cleaned_data["words"], by=holder_of(case), at=timezone.now()
        ),
        done="another-look" if may_be_reviewed(case) else "fresh-eyes",
        text=_("Somebody who did not work on it looks at it. Tell them what they should look at."),
    )
    return _confirm(request, case, asked)


@behind_link
@require_http_methods(["GET", "POST"])
def outside(request: HttpRequest, case: "Case") -> HttpResponse:
    """Say that an outside body looks at it now."""
    asked = Asked(
        title=_("I turned to somebody outside"),
        act=_("Tell us"),
        form=Outside(_posted(request)),
        do=lambda form: tell_of_outside(
            case,
            words=form.cleaned_data["words"],
            body=Body(name=form.cleaned_data["name"], reference=form.cleaned_data["reference"]),
            by=holder_of(case),
            at=timezone.now(),
        ),
        done="outside",
        text=_(
            "It changes nothing in how we treat you. Nothing of your case is deleted meanwhile."
        ),
    )
    return _confirm(request, case, asked)


@behind_link
@require_http_methods(["GET", "POST"])
def again(request: HttpRequest, case: "Case") -> HttpResponse:
    """Say of a case that was closed that it is not right after all."""
    asked = Asked(
        title=_("It is not right after all"),
        act=_("Open it again"),
        form=OwnWords(_posted(request)),
        do=lambda form: come_back(
            case, words=form.cleaned_data["words"], by=holder_of(case), at=timezone.now()
        ),
        done="again",
        text=_("Tell us what is not right. A person looks at it at once."),
        goes_along=True,
    )
    return _confirm(request, case, asked)


@behind_link
@require_GET
def own_words(request: HttpRequest, case: "Case") -> HttpResponse:
    """Show customers what they told us, as they told it."""
    context = {"case": case, "token": token_of(case), "contacts": words_on_page(case)}
    return page(request, "portal/own_words.html", context)


@behind_link
@require_GET
def own_file(_request: HttpRequest, case: "Case", pk: int) -> FileResponse:
    """Give customers back a file that they sent."""
    try:
        file = file_on_page(case, pk)
    except ObjectDoesNotExist:
        raise Http404 from None
    return download(sha256=file.sha256, name=file.name, media_type=file.media_type)


@behind_link
@require_GET
def slip(request: HttpRequest, case: "Case", pk: int) -> HttpResponse:
    """Show a promise slip as it is printed."""
    context = {"slip": slip_of(_promise(case, pk), at=timezone.now()), "token": token_of(case)}
    return page(request, "portal/slip.html", context)


def _confirm(request: HttpRequest, case: "Case", asked: Asked) -> HttpResponse:
    """Ask once more, or do what was confirmed; a refusal is said on the same page."""
    form = asked.form
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        if not may_still(request, "answer", most=MOST_ANSWERS):
            form.add_error(None, too_often())
            status = HTTPStatus.TOO_MANY_REQUESTS
        elif went := _do(asked, case):
            return _back_to(went, asked.done)
    context: Mapping[str, object] = {"asked": asked, "form": form, "token": token_of(case)}
    return page(request, "portal/confirm.html", {**context, "case": case}, status=status)


def _back_to(case: "Case", done: str) -> HttpResponse:
    there = reverse("customer-case", args=[translation.get_language(), token_of(case)])
    return redirect(f"{there}?done={done}")


def _posted(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, also when it is nothing but a button."""
    return request.POST if request.method == "POST" else None


def _do(asked: Asked, case: "Case") -> "Case | None":
    """Return the case whose page comes next; None if it was refused."""
    try:
        done = asked.do(asked.form)
    except Refused as refusal:
        asked.form.add_error(None, str(refusal))
        return None
    return cast("Case", done) if asked.goes_along else case


def _promise(case: "Case", pk: int) -> "Promise":
    try:
        return promise_of_case(case.reference, pk)
    except ObjectDoesNotExist:
        raise Http404 from None


def _outside() -> str:
    house = organisation()
    return said_in(translation.get_language() or "", house.outside_body, house=house.language)
