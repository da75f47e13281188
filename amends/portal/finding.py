"""Finding one's case again, by its reference and one's mail address or the code one was told."""

from http import HTTPStatus

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from amends.cases.actions.from_portal import send_link
from amends.cases.queries.links import case_by_code, case_of_reference, token_of
from amends.portal.forms import FindMyCase
from amends.portal.http import may_still, page, public
from amends.portal.telling import too_often

MOST_SEARCHES = 10


@public
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest, language: str) -> HttpResponse:
    """Open a case's page to whoever has its code, or send its address to its customer.

    Who asks by mail is told the same whether there is such a case.
    """
    form = FindMyCase(request.POST if request.method == "POST" else None)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    if form.is_valid():
        if may_still(request, "find", most=MOST_SEARCHES):
            return _found(request, form, language)
        form.add_error(None, too_often())
        status = HTTPStatus.TOO_MANY_REQUESTS
    return page(request, "portal/find.html", {"form": form}, status=status)


@public
@require_GET
def on_its_way(request: HttpRequest, language: str) -> HttpResponse:  # noqa: ARG001  it is in the address
    """Say what happens next, which is the same for everybody."""
    return page(request, "portal/found.html", {})


def _found(request: HttpRequest, form: FindMyCase, language: str) -> HttpResponse:
    given = form.cleaned_data
    if not given["code"]:
        _send(reference=given["reference"], email=given["email"])
        return redirect("find-my-case-sent", language)
    try:
        case = case_by_code(given["reference"], given["code"])
    except ObjectDoesNotExist:
        form.add_error("code", _("The reference and the code do not belong together."))
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return page(request, "portal/find.html", {"form": form}, status=status)
    return redirect("customer-case", language, token_of(case))


def _send(*, reference: str, email: str) -> None:
    try:
        case = case_of_reference(reference)
    except ObjectDoesNotExist:
        return
    send_link(case, email=email, at=timezone.now())
