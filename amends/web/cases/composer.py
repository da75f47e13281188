"""Writing on a case: a note, a call; what all parts of the composer share, kept while typed."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from amends.base.refusal import Refused
from amends.cases.actions.correspondence import add_note, log_call
from amends.cases.actions.meanwhile import ChangedMeanwhile, DoneAlready, act_on_seen
from amends.cases.queries.mentions import away_named_in
from amends.cases.queries.pieces import Writing, writing_in
from amends.cases.rules.meanwhile import Concern
from amends.coach.actions import begin_afresh
from amends.contacts.actions.drafts import ChangedElsewhere, Typing, drop_draft, keep_draft
from amends.contacts.actions.recording import Telling
from amends.contacts.queries.drafts import draft_of
from amends.contacts.rules.kinds import Channel, Direction, DraftKind, Mood, Source
from amends.contacts.rules.moods import effect_of
from amends.contacts.rules.uploads import MOST_FILES, MOST_MEGABYTES_OF_A_MAIL
from amends.journal.queries import last_entry_of
from amends.people.rules.address import greeting
from amends.staff.rules.permissions import Act
from amends.web.away.words import name_with_absence
from amends.web.cases.acting import address, found, given, seen_by
from amends.web.cases.forms import writing as forms
from amends.web.cases.meanwhile import side_by_side
from amends.web.http import StaffRequest, needs, page_or_part, say

if TYPE_CHECKING:
    from amends.cases.models.case import Case

LONGEST_DRAFT = 100_000
LIMITS = {"files": MOST_FILES, "megabytes": MOST_MEGABYTES_OF_A_MAIL}


@needs(Act.WORK_ON_CASE)
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: StaffRequest, reference: str) -> HttpResponse:
    """Leave a note for colleagues."""
    case = found(request, reference)

    def run(said: dict[str, Any]) -> None:
        now = timezone.localtime()
        noted = add_note(case, text=said["text"], by=request.user, at=now)
        away = [name_with_absence(one, today=now.date()) for one in away_named_in(noted, at=now)]
        say(request, " ".join((_("Noted."), *(f"{each}." for each in away))))

    return written(request, case, "note", forms.Note(given(request)), run)


@needs(Act.WORK_ON_CASE)
@require_http_methods(["GET", "HEAD", "POST"])
def call(request: StaffRequest, reference: str) -> HttpResponse:
    """Write down a call or a visit that belongs to this case."""
    case = found(request, reference)

    def run(said: dict[str, Any]) -> None:
        at = timezone.now()
        log_call(case, telling=_told(said, request, case, at), by=request.user, at=at)
        say(request, _("Written down."))

    return written(request, case, "call", forms.Call(given(request)), run)


@needs(Act.WORK_ON_CASE)
@require_POST
def keep(request: StaffRequest, reference: str, part: str) -> JsonResponse:
    """Keep what is being typed; the answer is for the script that asks."""
    case = found(request, reference)
    typed = typed_in(request, part)
    version = request.POST.get("version", "")
    number = int(version) if version.isascii() and version.isdigit() else 0
    at = timezone.localtime()
    typing = Typing(DraftKind.COMPOSER, f"{case.reference}:{part}", typed, number)
    try:
        draft = keep_draft(typing, by=request.user, at=at)
    except ChangedElsewhere as refusal:
        theirs = {"version": refusal.draft.version, "fields": refusal.draft.fields}
        return JsonResponse(theirs, status=409)
    return JsonResponse({"version": draft.version, "saved": f"{at:%H:%M}"})


def typed_in(request: StaffRequest, part: str) -> dict[str, str]:
    """Return what was posted of one part of the composer, as it is kept; no store takes a NUL."""
    return {
        name: str(value)[:LONGEST_DRAFT].replace("\0", "")
        for name, value in request.POST.items()
        if name.startswith(f"{part}-")
    }


def composer_of(case: "Case", writing: Writing, *, may_mail: bool) -> list[dict[str, object]]:
    """Return the parts of the composer, each with what was typed there before."""
    parts = [("reply", forms.Reply), ("note", forms.Note), ("call", forms.Call)]
    return [_part(case, name, kind, writing) for name, kind in parts if may_mail or name != "reply"]


def _part(case: "Case", name: str, kind: Any, writing: Writing) -> dict[str, object]:  # noqa: ANN401 - a form's class
    draft = writing.drafts.get(f"{case.reference}:{name}")
    typed = draft.fields if draft else {}
    initial = {key.partition("-")[2]: value for key, value in typed.items()}
    if name == "reply" and "text" not in initial and case.person:
        initial["text"] = f"{greeting(case.person.addressee, case.language)},\n\n"
    if name == "call":
        initial = {"direction": "out", "channel": "telephone", **initial}
    return {
        "name": name,
        "form": _picking(kind(initial=initial), case),
        "version": draft.version if draft else "",
        "url": reverse(f"case-{name}", args=[case.reference]),
        "keep_url": reverse("case-keep", args=[case.reference, name]),
        **(_of_reply(case, writing) if name == "reply" else {}),
        "key": f"{case.reference}:{name}",
    }


def _of_reply(case: "Case", writing: Writing) -> dict[str, object]:
    """Return what only a reply has: its files, and where its script asks."""
    return {
        "files": writing.files,
        "case_files": None,
        "limits": LIMITS,
        "files_url": reverse("case-files", args=[case.reference]),
        "copies_url": reverse("case-copies", args=[case.reference]),
        "remarks_url": reverse("case-remarks", args=[case.reference]),
        "answers_url": reverse("case-answers", args=[case.reference]),
    }


def written(
    request: StaffRequest,
    case: "Case",
    name: str,
    form: Any,  # noqa: ANN401 - a form or an act of any kind
    run: Any,  # noqa: ANN401 - a form, an act
) -> HttpResponse:
    """Do what was written, or show it again with the reason; a draft that was sent is forgotten."""
    seen = seen_by(request) if request.method == "POST" else None
    meanwhile: dict[str, object] | None = None
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        try:
            act_on_seen(
                case,
                seen=seen,
                run=lambda: run(form.cleaned_data),
                by=request.user,
                at=at,
                concern=Concern(name),
            )
        except DoneAlready:
            return redirect(address(case))
        except ChangedMeanwhile as refusal:
            form.add_error(None, str(refusal))
            meanwhile = side_by_side(request, case, form, seen, kept=False)
            seen = None
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _after(request, case, name)
    context = {
        "case": case,
        "part": shown(request, case, name, form),
        "seen": seen or last_entry_of(f"case:{case.pk}"),
        "meanwhile": meanwhile,
    }
    status = 422 if form.errors else 200
    page = page_or_part(request, "web/cases/write.html", "write")
    return render(request, page, context, status=status)


def _after(request: StaffRequest, case: "Case", name: str) -> HttpResponse:
    """Forget the draft of what was sent, and go where its writer wants to go on."""
    if draft := draft_of(request.user, DraftKind.COMPOSER, f"{case.reference}:{name}"):
        drop_draft(draft, by=request.user, at=timezone.now())
    begin_afresh(case, by=request.user, at=timezone.now())
    goes_on = request.POST.get("then") == forms.WITH_PROMISE
    return redirect("case-promise", case.reference) if goes_on else redirect(address(case))


def shown(request: StaffRequest, case: "Case", name: str, form: Any) -> dict[str, object]:  # noqa: ANN401 - a form of any kind
    """Return one part of the composer: as it was posted, or as it was left."""
    part = _part(case, name, type(form), writing_in(case, request.user))
    return {**part, "form": _picking(form, case)} if form.is_bound else part


def _picking(form: Any, case: "Case") -> Any:  # noqa: ANN401 - a form of any kind
    """Return `form`; a note offers the colleagues that it can mention."""
    if isinstance(form, forms.Note):
        where = reverse("case-mentions", args=[case.reference])
        form.fields["text"].widget.attrs["data-mention"] = where
    return form


def _told(said: dict[str, Any], request: StaffRequest, case: "Case", at: Any) -> Telling:  # noqa: ANN401 - an instant
    moods = [Mood(int(said[name])) if said[name] else None for name in ("mood_start", "mood_end")]
    return Telling(
        channel=Channel(said["channel"]),
        direction=Direction(said["direction"]),
        text=said["text"].strip(),
        source=Source.TAKEN_DOWN,
        started_at=at - timedelta(minutes=said["minutes"]),
        ended_at=at,
        department=request.user.department,
        language=case.language,
        mood_start=moods[0],
        mood_end=moods[1],
        effect=effect_of(moods[1]),
        notes=((at, said["note"]),) if said["note"] else (),
    )
