"""Finding one's case again, by its reference and the mail address it was told from."""

from http import HTTPStatus

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from amends.cases.actions.from_portal import send_link
from amends.cases.queries.links import case_of_reference
from amends.portal.forms import FindMyCase
from amends.portal.http import may_still, page, public
from amends.portal.telling import too_often

MOST_SEARCHES = 10


@public
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest, language: str) -> HttpResponse:
    """Send the address of a case's page to its customer; say the same whether there is one."""
    form = FindMyCase(request.POST if request.method == "POST" else None)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    if form.is_valid():
        if may_still(request, "find", most=MOST_SEARCHES):
            _send(**form.cleaned_data)
            return redirect("find-my-case-sent", language)
        form.add_error(None, too_often())
        status = HTTPStatus.TOO_MANY_REQUESTS
    return page(request, "portal/find.html", {"form": form}, status=status)


@public
@require_GET
def on_its_way(request: HttpRequest, language: str) -> HttpResponse:  # noqa: ARG001  it is in the address
    """Say what happens next, which is the same for everybody."""
    return page(request, "portal/found.html", {})


def _send(*, reference: str, email: str) -> None:
    try:
        case = case_of_reference(reference)
    except ObjectDoesNotExist:
        return
    send_link(case, email=email, at=timezone.now())
