"""A page that asks once more before something is done; opening it does nothing."""

from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, cast

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise as Text

from amends.base.refusal import Refused
from amends.cases.queries.links import token_of
from amends.portal.door import Door
from amends.portal.http import may_still, page
from amends.portal.telling import too_often

if TYPE_CHECKING:
    from amends.cases.models.case import Case
    from amends.cases.models.promises import Promise

MOST_ANSWERS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked once more.

    do: what the button does with the form. done: what the customer is told afterwards. goes_along:
    the page that comes next is that of the case that `do` returns. theirs: what it is about, in the
    language of the case, as it was told them.
    """

    title: Text | str
    act: Text | str
    form: forms.Form
    do: Callable[[forms.Form], object]
    done: str
    text: Text | str = ""
    theirs: str = ""
    promise: "Promise | None" = None
    points: tuple[Text | str, ...] = field(default=())
    grave: bool = False
    goes_along: bool = False


def confirm(request: HttpRequest, door: Door, asked: Asked) -> HttpResponse:
    """Ask once more, or do what was confirmed; a refusal is said on the same page."""
    form = asked.form
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        if not may_still(request, "answer", most=MOST_ANSWERS):
            form.add_error(None, too_often())
            status = HTTPStatus.TOO_MANY_REQUESTS
        elif went := _do(asked, door.case):
            return back_to(went, asked.done)
    context = {"asked": asked, "form": form, "door": door, "case": door.case}
    return page(request, "portal/confirm.html", context, status=status)


def back_to(case: "Case", done: str) -> HttpResponse:
    """Lead back to the page of `case`, where it says what was `done`."""
    there = reverse("customer-case", args=[translation.get_language(), token_of(case)])
    return redirect(f"{there}?done={done}")


def posted(request: HttpRequest) -> QueryDict | None:
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
