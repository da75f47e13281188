"""What shows what happened: registered with its file, and shown to somebody."""

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amends.cases.actions.evidence import Piece, disclose_evidence, register_evidence
from amends.cases.queries.investigation import files_of
from amends.cases.queries.proposing import evidence_in
from amends.contacts.actions.attachments import Upload
from amends.staff.rules.permissions import Act as Permission
from amends.web.acts import found as found_row
from amends.web.cases.acting import Act, found, given, perform
from amends.web.cases.acts.looking import back
from amends.web.cases.forms import looking as forms
from amends.web.http import StaffRequest, needs

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

either = require_http_methods(["GET", "HEAD", "POST"])


@needs(Permission.WORK_ON_CASE)
@either
def evidence(request: StaffRequest, reference: str) -> HttpResponse:
    """Register one thing that shows what happened."""
    case = found(request, reference)
    act = Act(
        title=_("What shows it"),
        button=_("Register it"),
        done=_("Registered."),
        back=back(case),
    )
    form = forms.AddEvidence(
        given(request),
        request.FILES or None,
        initial={"obtained_on": timezone.localdate()},
        issues=case.issues.order_by("pk"),
        files=files_of(case),
    )

    def run(said: dict[str, Any]) -> None:
        brought = {name: _upload(said.pop(name)) for name in ("own", "own_redacted")}
        piece = Piece(**{**said, **brought})
        register_evidence(case, piece=piece, by=request.user, at=timezone.now())

    return perform(request, case, act, form, run)


def _upload(file: "UploadedFile[bytes] | None") -> Upload | None:
    return Upload(file.name or "", file.read()) if file else None


@needs(Permission.WORK_ON_CASE)
@either
def disclose(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Write down that evidence was shown to somebody."""
    case = found(request, reference)
    one = found_row(lambda: evidence_in(case, pk))
    act = Act(
        title=_("Shown to somebody"),
        button=_("Write it down"),
        done=_("Written down."),
        about=one.what,
        back=back(case),
    )

    def run(said: dict[str, Any]) -> None:
        disclose_evidence(one, **said, by=request.user, at=timezone.now())

    return perform(request, case, act, forms.ShowEvidence(given(request)), run)
