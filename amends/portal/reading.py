"""What a customer reads of their case. A colleague who looks over their shoulder sees the same."""

from typing import TYPE_CHECKING

from django.core.exceptions import ObjectDoesNotExist
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from amends.base.downloads import download
from amends.base.text import said_in
from amends.cases.queries.customer_matters import final_response_of, outside_for, paper_of
from amends.cases.queries.customer_page import (
    CustomerPage,
    customer_page,
    file_on_page,
    words_on_page,
)
from amends.cases.queries.slips import promise_of_case, slip_of
from amends.cases.rules.lifecycle import State
from amends.portal.door import Door, behind_link, over_the_shoulder
from amends.portal.http import page
from amends.portal.standing import may_be_looked_at, may_go_outside, standing
from amends.portal.words import ANSWERS, DONE
from amends.staff.queries import organisation

if TYPE_CHECKING:
    from amends.cases.models.promises import Promise


def case_page(request: HttpRequest, door: Door) -> HttpResponse:
    """Say who has it, what was promised by when, what happened, and what can be done."""
    case, now = door.case, timezone.localtime()
    seen = customer_page(case, at=now)
    response, language = seen.matters.response, translation.get_language() or ""
    context = {
        "seen": seen,
        "door": door,
        "head": _head(seen),
        "said": DONE.get(request.GET.get("done", "")),
        "answers": ANSWERS.items(),
        "somebody_else": may_be_looked_at(case, decided=response is not None, at=now),
        "may_go_outside": may_go_outside(case),
        "awaits_them": case.state == State.WAITING_CUSTOMER,
        "standing": standing(case, at=now),
        "bodies": outside_for(response, language=language),
        "outside": _outside(language),
    }
    return page(request, "portal/case.html", context)


def words_page(request: HttpRequest, door: Door) -> HttpResponse:
    """Show customers what they told us, as they told it."""
    context = {"case": door.case, "door": door, "contacts": words_on_page(door.case)}
    return page(request, "portal/own_words.html", context)


def letter_page(request: HttpRequest, door: Door) -> HttpResponse:
    """Show the letter in which we told what was decided."""
    response = final_response_of(door.case)
    if response is None:
        raise Http404
    context = {"response": response, "letter": response.letter, "door": door, "case": door.case}
    return page(request, "portal/letter.html", context)


def slip_page(request: HttpRequest, door: Door, pk: int) -> HttpResponse:
    """Show a promise slip as it is printed."""
    context = {"slip": slip_of(promise_on(door, pk), at=timezone.now()), "door": door}
    return page(request, "portal/slip.html", context)


def promise_on(door: Door, pk: int) -> "Promise":
    """Return one promise of the case. Raises Http404."""
    try:
        return promise_of_case(door.case.reference, pk)
    except ObjectDoesNotExist:
        raise Http404 from None


show, own_words, letter, slip = (
    behind_link(require_safe(view)) for view in (case_page, words_page, letter_page, slip_page)
)
seen_case, seen_words, seen_letter, seen_slip = (
    over_the_shoulder(view) for view in (case_page, words_page, letter_page, slip_page)
)


@behind_link
@require_safe
def own_file(_request: HttpRequest, door: Door, pk: int) -> FileResponse:
    """Give customers back a file that they sent."""
    try:
        file = file_on_page(door.case, pk)
    except ObjectDoesNotExist:
        raise Http404 from None
    return _handed(file.sha256, file.name, file.media_type)


@behind_link
@require_safe
def letter_paper(_request: HttpRequest, door: Door) -> FileResponse:
    """Hand out the letter in which we told what was decided, as it is printed."""
    response = final_response_of(door.case)
    file = paper_of(response) if response else None
    if file is None:
        raise Http404
    return _handed(file.sha256, file.name, file.media_type)


def _handed(sha256: str, name: str, media_type: str) -> FileResponse:
    try:
        return download(sha256=sha256, name=name, media_type=media_type)
    except FileNotFoundError:
        raise Http404 from None


def _head(seen: CustomerPage) -> str:
    """Return what stands first: what waits for their word, then what we owe them."""
    if seen.question:
        return "question"
    waits = {"proposal": seen.matters.proposal, "decision": seen.matters.asks}
    first = next((name for name, there in waits.items() if there), "")
    if first:
        return first
    if seen.promises:
        return "promises"
    return "open" if seen.case.is_open else "closed"


def _outside(language: str) -> str:
    house = organisation()
    return said_in(language, house.outside_body, house=house.language)
