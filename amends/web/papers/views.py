"""What one takes away from a case: a file that came with it, a promise slip on paper."""

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from amends.base.downloads import download
from amends.cases.queries.papers import attachment_for, evidence_file_for, promise_for
from amends.cases.queries.slips import slip_of
from amends.staff.rules.permissions import Act
from amends.web.acts import found
from amends.web.http import StaffRequest, needs


@needs(Act.SEE_CASES)
@require_safe
def attachment(request: StaffRequest, pk: int) -> FileResponse:
    """Hand out a file, to be saved and not to be run."""
    file = found(lambda: attachment_for(request.user, pk))
    try:
        return download(sha256=file.sha256, name=file.name, media_type=file.media_type)
    except FileNotFoundError:
        raise Http404 from None


@needs(Act.SEE_CASES)
@require_safe
def evidence_file(request: StaffRequest, pk: int) -> FileResponse:
    """Hand out a file that a colleague brought as evidence."""
    file = found(lambda: evidence_file_for(request.user, pk))
    try:
        return download(sha256=file.sha256, name=file.name, media_type=file.media_type)
    except FileNotFoundError:
        raise Http404 from None


@needs(Act.SEE_CASES)
@require_safe
def slip(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a promise slip as it is printed and put into the customer's hand."""
    promise = found(lambda: promise_for(request.user, pk))
    context = {"slip": slip_of(promise, at=timezone.now())}
    return render(request, "web/papers/slip.html", context)
