"""What is shown in the place of a case whose record was erased."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpResponse
from django.shortcuts import render

from amends.cases.queries.erasing import erasure_of
from amends.web.acts import found
from amends.web.http import StaffRequest

View = Callable[[StaffRequest, str], HttpResponse]


def or_erased(view: View) -> View:
    """Let a page of a case say that it was erased, where it was; all else is not found as ever."""

    @wraps(view)
    def shown(request: StaffRequest, reference: str) -> HttpResponse:
        try:
            return view(request, reference)
        except Http404:
            erasure = found(lambda: erasure_of(request.user, reference))
        facts = {"case": erasure.case, "erasure": erasure}
        return render(request, "web/cases/erased.html", facts, status=410)

    return shown
