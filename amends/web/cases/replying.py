"""A reply by mail: written, begun with a ready answer, checked, sent, taken back."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amends.base.time_words import day_words
from amends.cases.actions.correspondence import reply_by_mail, undo_reply
from amends.cases.actions.holding_back import ask_release
from amends.cases.actions.letters import Reply
from amends.cases.actions.planning import plan_reply
from amends.cases.actions.sharing import set_reply_aside
from amends.cases.queries.copies import participants_of
from amends.cases.queries.heated import undo_within
from amends.cases.queries.pieces import mail_in
from amends.cases.queries.suggestions import Answers, answers_on
from amends.contacts.actions.attachments import Upload
from amends.contacts.actions.drafts import take_up_again
from amends.contacts.queries.drafts import bytes_of, files_with
from amends.contacts.rules.light import without_picture
from amends.journal.queries import last_entry_of
from amends.machine.queries import holds_unedited
from amends.staff.rules.permissions import Act
from amends.web.acts import attempt
from amends.web.acts import found as found_row
from amends.web.cases.acting import address, found, given
from amends.web.cases.composer import shown, typed_in, written
from amends.web.cases.enclosing import arrange, is_about_files, key_of, moments_of
from amends.web.cases.forms import writing as forms
from amends.web.cases.sharing import SHARE, keep_to_share
from amends.web.coach.remarks import RELEASE, is_asked, remarks_shown
from amends.web.http import StaffRequest, needs, page_or_part, say

if TYPE_CHECKING:
    from amends.cases.models.case import Case

ANSWERS, INSERT = "answers", "insert:"


@needs(Act.WORK_ON_CASE)
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: StaffRequest, reference: str) -> HttpResponse:
    """Write to the customer, at once or with a promise to make next."""
    case = found(request, reference)
    form = forms.Reply(given(request), request.FILES or None)
    before = _before_it_leaves(request, case, form) or _as_a_machine_left_it(request, case, form)
    if before:
        return before

    def run(said: dict[str, Any]) -> None:
        if said["leaves_at"]:
            _plan(request, case, said)
            return
        letter = replace(_letter(request, case, said), held_for=undo_within(case))
        mail = reply_by_mail(case, reply=letter, by=request.user, at=timezone.now())
        typed, at = typed_in(request, "reply"), timezone.now()
        set_reply_aside(case, as_=str(mail.pk), fields=typed, by=request.user, at=at)
        undo = reverse("case-undo-reply", args=[case.reference, mail.pk])
        say(request, _("Sent. You can take it back for a few seconds."), undo=undo)

    return written(request, case, "reply", form, run)


@needs(Act.WORK_ON_CASE)
@require_safe
def answers(request: StaffRequest, reference: str) -> HttpResponse:
    """Return the ready answers in the words of this case, for the script that asks."""
    case = found(request, reference)
    offered = {"answers": _answers(request, case), "case": case}
    return render(request, "web/cases/answers.html", offered)


@needs(Act.WORK_ON_CASE)
@require_POST
def undo(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Take back a reply before it leaves; its text comes back to the composer."""
    case = found(request, reference)
    mail, at = found_row(lambda: mail_in(case, pk)), timezone.now()

    def take_back() -> None:
        undo_reply(mail, by=request.user, at=at)
        take_up_again(str(mail.pk), key=key_of(case), by=request.user, at=at)

    attempt(request, take_back, said=_("Taken back. Nothing was sent."))
    return redirect(address(case))


def _plan(request: StaffRequest, case: "Case", said: dict[str, Any]) -> None:
    """Keep the reply until it is to leave."""
    at, leaves_at = timezone.localtime(), said["leaves_at"]
    letter = _letter(request, case, said)
    planned = plan_reply(case, reply=letter, leaves_at=leaves_at, by=request.user, at=at)
    typed, key = typed_in(request, "reply"), f"planned:{planned.pk}"
    set_reply_aside(case, as_=key, fields=typed, by=request.user, at=at)
    moment = {"moment": day_words(timezone.localtime(leaves_at), at)}
    say(request, _("It leaves %(moment)s. Until then you can change or take it back.") % moment)


def _letter(request: StaffRequest, case: "Case", said: dict[str, Any]) -> Reply:
    """Return what was written, with all that goes with it."""
    kept = files_with(request.user, key_of(case))
    return Reply(
        text=said["text"],
        cc=said["cc"],
        bcc=said["bcc"],
        strangers_are_meant=said["strangers"],
        files=tuple(Upload(file.name, bytes_of(file)) for file in kept),
    )


def _before_it_leaves(
    request: StaffRequest, case: "Case", form: forms.Reply
) -> HttpResponse | None:
    """Do what was asked for while the reply is being written; None if it is to be sent."""
    asked = request.POST.get("then", "")
    more = arrange(request, case) if request.method == "POST" else {}
    if asked == ANSWERS:
        more = {**more, "answers": _answers(request, case)}
    if more or is_about_files(asked):
        return _shown_again(request, case, _without_taken_out(request, form, more), **more)
    if asked.startswith(INSERT):
        return _with_answer(request, case, asked.removeprefix(INSERT))
    if asked in {SHARE, RELEASE}:
        return _asked_of_a_colleague(request, case, form)
    return _checked(request, case, form) if is_asked(request) else None


def _without_taken_out(
    request: StaffRequest, form: forms.Reply, more: Mapping[str, object]
) -> forms.Reply:
    """Return `form` without the lines that show a picture which was taken out of the reply."""
    if "taken_out" not in more:
        return form
    typed = request.POST.copy()
    typed["reply-text"] = without_picture(typed.get("reply-text", ""), str(more["taken_out"]))
    return forms.Reply(typed)


def _as_a_machine_left_it(
    request: StaffRequest, case: "Case", form: forms.Reply
) -> HttpResponse | None:
    """Ask once before a machine's text leaves that nobody changed; None if there is none."""
    if request.method != "POST" or request.POST.get("machine-read"):
        return None
    text = request.POST.get("reply-text", "")
    if not holds_unedited(case, text=text, by=request.user):
        return None
    return _shown_again(request, case, form, machine_asks=True)


def _asked_of_a_colleague(request: StaffRequest, case: "Case", form: forms.Reply) -> HttpResponse:
    """Share the reply, or ask a senior to read what is held back; it stays as it was typed."""
    if request.POST["then"] == SHARE:
        return keep_to_share(request, case)
    text = request.POST.get("reply-text", "").replace("\r\n", "\n")
    said = _("A senior is asked to read it. Once it may leave, send it.")
    attempt(
        request,
        lambda: ask_release(case, text=text, by=request.user, at=timezone.now()),
        said=said,
    )
    return _checked(request, case, form)


def _checked(request: StaffRequest, case: "Case", form: forms.Reply) -> HttpResponse:
    """Show the reply again as it was typed, with the remarks on it."""
    return _shown_again(request, case, form, remarks=remarks_shown(request, case), checked=True)


def _with_answer(request: StaffRequest, case: "Case", key: str) -> HttpResponse:
    """Show the reply again with a ready answer at its end; without a script there is no cursor."""
    chosen = _answers(request, case).text_of(key)
    typed = request.POST.copy()
    text = typed.get("reply-text", "").replace("\r\n", "\n").rstrip()
    typed["reply-text"] = "\n\n".join(part for part in (text, chosen) if part)
    return _shown_again(request, case, forms.Reply(typed))


def _shown_again(
    request: StaffRequest, case: "Case", form: forms.Reply, **more: object
) -> HttpResponse:
    """Show the reply as it was typed, with something `more`."""
    context = {
        "case": case,
        "part": {
            **shown(request, case, "reply", form),
            "participants": participants_of(case),
            "moments": moments_of(case),
            **more,
        },
        "seen": last_entry_of(f"case:{case.pk}"),
    }
    status = 422 if "refused" in more else 200
    page = page_or_part(request, "web/cases/write.html", "write")
    return render(request, page, context, status=status)


def _answers(request: StaffRequest, case: "Case") -> Answers:
    return answers_on(case, author=request.user, at=timezone.now())
