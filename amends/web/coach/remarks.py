"""The remarks on a reply as they are shown under it, while it is written."""

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise as Words
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from amends.base.refusal import Refused
from amends.coach.actions import dismiss_remark
from amends.coach.queries import remarks_on
from amends.language.lexicon import TONGUES
from amends.language.phrases import advice
from amends.language.remarks import GRAVITY, HOLDS_BACK, Remark
from amends.staff.rules.permissions import Act
from amends.web.cases.acting import found
from amends.web.coach.words import REMARKS
from amends.web.http import StaffRequest, needs

if TYPE_CHECKING:
    from amends.cases.models.case import Case

CHECK, DISMISS, RELEASE = "check", "dismiss:", "release"
# What was said wrongly is shown once more on sending; what is only missing is not.
GRAVE = frozenset(GRAVITY[: GRAVITY.index("missing_next_step")])
LONGEST = 100_000
# A better wording for what is missing is a sentence to add; where it goes is told by these.
ADDED = {
    "missing_apology": "start",
    "missing_empathy": "start",
    "missing_thanks": "start",
    "missing_next_step": "end",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A remark as the page prints it. adds: where its wording is added, empty if it replaces."""

    code: str
    title: Words
    words: tuple[str, ...]
    places: str
    why: str
    better: str
    adds: str
    holds: bool
    grave: bool


@needs(Act.WORK_ON_CASE)
@require_POST
def remarks(request: StaffRequest, reference: str) -> HttpResponse:
    """Return the remarks on what is being written, for the script that asks at a pause."""
    case = found(request, reference)
    context = {"remarks": remarks_shown(request, case), "case": case}
    return render(request, "web/coach/remarks.html", context)


def remarks_shown(request: StaffRequest, case: "Case") -> list[Shown]:
    """Return the remarks on the reply that was posted, after putting aside what it asks to."""
    asked = request.POST.get("then", "")
    if asked.startswith(DISMISS):
        code, why = asked.removeprefix(DISMISS), request.POST.get("why", "")[:200]
        with suppress(Refused):  # and then the remark simply stands
            dismiss_remark(case, code=code, why=why, by=request.user, at=timezone.now())
    text = request.POST.get("reply-text", "")[:LONGEST].replace("\r\n", "\n")
    return [_shown(one) for one in remarks_on(case, text=text, staff=request.user)]


def is_asked(request: StaffRequest) -> bool:
    """Return whether a reply was posted to be checked, and not to be sent."""
    asked = request.POST.get("then", "")
    return asked == CHECK or asked.startswith(DISMISS)


def _shown(remark: Remark) -> Shown:
    reader = get_language() or "en"
    why, _better = advice(remark.code, reader if reader in TONGUES else "en")
    return Shown(
        code=remark.code,
        title=REMARKS[remark.code],
        words=remark.words[:3],
        places=" ".join(f"{start}-{end}" for start, end in remark.places[:1]),
        why=why,
        better=remark.better,
        adds=ADDED.get(remark.code, ""),
        holds=remark.code in HOLDS_BACK,
        grave=remark.code in GRAVE,
    )
