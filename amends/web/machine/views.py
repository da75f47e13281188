"""The outside model: asked on a click, its text marked as a machine's and put into a reply."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amends.base.refusal import Refused
from amends.contacts.actions.drafts import Typing, keep_draft
from amends.contacts.queries.drafts import draft_of
from amends.contacts.rules.kinds import DraftKind
from amends.machine.actions import begin_asking, keep_answer
from amends.machine.channels.chat import Place, ask
from amends.machine.queries import asked_on, draft_in, is_set_up, question_on
from amends.machine.rules.uses import Use, request_body
from amends.people.rules.address import greeting
from amends.staff.rules.permissions import Act
from amends.web.acts import found as found_row
from amends.web.cases.acting import found
from amends.web.http import StaffRequest, needs, say
from amends.web.words import choices, word_of


@dataclass(frozen=True, slots=True)
class Line:
    """One time that it was asked. language: of the answer. put: where it is put into the reply."""

    pk: int
    name: str
    at: datetime
    answer: str
    failure: str
    sent: str
    language: str
    put: str


@needs(Act.WORK_ON_CASE)
@require_safe
def asked(request: StaffRequest, reference: str) -> HttpResponse:
    """Show what can be asked of the outside model on a case, and what it answered before."""
    case = found(request, reference)
    lines = [
        Line(
            pk=one.pk,
            name=word_of(one.use, "Use"),
            at=one.at,
            answer=one.answer,
            failure=word_of(one.failure, "Failure") if one.failure else "",
            sent=one.sent,
            language=case.language if one.use == Use.DRAFT else request.user.language,
            put=_place(reference, one.pk) if one.use == Use.DRAFT and one.answer else "",
        )
        for one in asked_on(case, request.user)
    ]
    context = {"case": case, "lines": lines, "uses": choices(Use), "is_on": is_set_up()}
    return render(request, "web/machine/asked.html", context)


@needs(Act.WORK_ON_CASE)
@require_POST
def ask_it(request: StaffRequest, reference: str) -> HttpResponse:
    """Ask the outside model, and show what it answers."""
    case = found(request, reference)
    wanted = request.POST.get("use", "")
    if wanted not in set(Use):
        raise Http404
    question = question_on(case, use=Use(wanted), by=request.user)
    try:
        begun = begin_asking(case, question=question, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("case-machine", reference)
    body = request_body(
        question.use,
        data=question.data,
        language=question.language,
        model=settings.MODEL_NAME,
    )
    place = Place(settings.MODEL_ADDRESS, settings.MODEL_KEY, settings.MODEL_SECONDS)
    reply = ask(body, place)
    keep_answer(begun, question=question, text=reply.text, failure=reply.failure, at=timezone.now())
    return redirect("case-machine", reference)


@needs(Act.WORK_ON_CASE)
@require_POST
def put(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Put a machine's draft at the end of the reply that is being written, to be edited there."""
    case = found(request, reference)
    draft = found_row(lambda: draft_in(case, pk, request.user))
    key = f"{case.reference}:reply"
    kept = draft_of(request.user, DraftKind.COMPOSER, key)
    fields = dict(kept.fields) if kept else {}
    begins = greeting(case.person.addressee, case.language) + "," if case.person else ""
    before = fields.get("reply-text", begins).rstrip()
    fields["reply-text"] = "\n\n".join(part for part in (before, draft.answer) if part)
    fields["reply-machine"] = str(draft.pk)
    typing = Typing(DraftKind.COMPOSER, key, fields, kept.version if kept else 0)
    keep_draft(typing, by=request.user, at=timezone.now())
    say(request, _("It stands in your reply. Make it yours before it leaves."))
    return redirect(f"{reverse('case', args=[reference])}#reply")


def _place(reference: str, pk: int) -> str:
    return reverse("case-machine-put", args=[reference, pk])
