"""How a case was handled: the dos and don'ts with their evidence, and the steps passed over."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from amends.base.time_words import ago_words, span_words
from amends.cases.actions.conduct import pass_step_over, review_contact, take_step_up
from amends.cases.actions.within import may_help_on
from amends.cases.queries.conduct import Handled, handled_of, reviewable_in, their_time_of
from amends.cases.queries.file import file_of
from amends.cases.queries.procedures import procedure_of
from amends.cases.rules.conduct import Conduct, Do, Dont
from amends.cases.rules.kinds import CaseKind
from amends.cases.rules.passing import may_pass_over
from amends.cases.rules.steps import Step
from amends.cases.rules.their_time import TheirTime
from amends.staff.rules.permissions import Act as Permission
from amends.web.cases.acting import Act, found, given, perform
from amends.web.cases.forms import conduct as forms
from amends.web.cases.words import STEPS
from amends.web.http import StaffRequest, needs
from amends.web.words import word

either = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True, slots=True)
class Row:
    """One do or don't: its word, what is evidence of it, and what reviewers saw."""

    word: str
    evidence: str
    reviews: object


@needs(Permission.SEE_CASES)
@require_safe
def handled(request: StaffRequest, reference: str) -> HttpResponse:
    """Show how a case was handled."""
    case, staff, now = found(request, reference), request.user, timezone.localtime()
    file = file_of(case)
    told = handled_of(case, file, staff=staff)
    works = case.is_open and staff.may(Permission.WORK_ON_CASE) and may_help_on(case, staff)
    context = {
        "case": case,
        "dos": [_row(item, told, now) for item in Do],
        "donts": [_row(item, told, now) for item in Dont],
        "passed": [(STEPS[Step(each.step)], each) for each in file.passed_over],
        "took": _took(their_time_of(case, file)),
        "works": works,
        "may_review": staff.may(Permission.ASSIGN_CASE),
    }
    return render(request, "web/cases/handled.html", context)


def _took(took: TheirTime) -> list[str]:
    """Say what it took the customer, one sentence a line."""
    contacts = ngettext(
        "They had %(n)s contact with us about it.",
        "They had %(n)s contacts with us about it.",
        took.contacts,
    )
    lines = [contacts % {"n": took.contacts}]
    if took.talked:
        lines.append(_("The talks took %(span)s.") % {"span": span_words(took.talked)})
    if took.put_right_after is None:
        return [*lines, _("They have not said that it is put right.")]
    after = {"span": span_words(took.put_right_after)}
    return [
        *lines,
        _("From their first word until they said that it is put right: %(span)s.") % after,
    ]


def _row(item: Conduct, told: Handled, now: datetime) -> Row:
    evidence = told.evidence.get(item)
    said = ago_words(evidence, now) if isinstance(evidence, datetime) else ""
    if item is Dont.REFUSE_RESPONSIBILITY and said:
        said = _("somebody answers for it, since %(when)s") % {"when": said}
    return Row(
        word=word(item),
        evidence=said or (_("it is written down") if evidence else ""),
        reviews=told.reviews.get(item, ()),
    )


@needs(Permission.WORK_ON_CASE)
@either
def pass_over(request: StaffRequest, reference: str) -> HttpResponse:
    """Pass a step over by one's own judgement."""
    case = found(request, reference)
    kind = CaseKind(case.kind)
    steps = [step for step in procedure_of(case).steps if may_pass_over(step, kind)]
    act = Act(
        title=_("Pass a step over"),
        button=_("Pass it over"),
        done=_("Passed over. It can be taken up again."),
        about=_(
            "By your own judgement, with a reason. What closing asks of every case of this kind "
            "is not offered. How often and why is looked at in all, never by person."
        ),
        back=_back(reference),
    )

    def run(said: dict[str, Any]) -> None:
        step = Step(said["step"])
        pass_step_over(case, step=step, reason=said["reason"], by=request.user, at=timezone.now())

    return perform(request, case, act, forms.PassOver(given(request), steps=steps), run)


@needs(Permission.WORK_ON_CASE)
@either
def take_up(request: StaffRequest, reference: str) -> HttpResponse:
    """Ask again for a step that was passed over."""
    case = found(request, reference)
    steps = [Step(each.step) for each in file_of(case).passed_over]
    act = Act(
        title=_("Take a step up again"),
        button=_("Take it up"),
        done=_("It is asked for again."),
        about="" if steps else _("No step of this case is passed over."),
        back=_back(reference),
    )

    def run(said: dict[str, Any]) -> None:
        take_step_up(case, step=Step(said["step"]), by=request.user, at=timezone.now())

    return perform(request, case, act, forms.TakeUp(given(request), steps=steps), run)


@needs(Permission.ASSIGN_CASE)
@either
def review(request: StaffRequest, reference: str) -> HttpResponse:
    """Review how one contact was handled."""
    case = found(request, reference)
    act = Act(
        title=_("Review a contact"),
        button=_("Write it down"),
        done=_("Written down. Whoever handled it reads it."),
        about=_(
            "Say only what you saw or heard. It belongs to this contact; nothing is added up, "
            "and nobody is compared with anybody."
        ),
        back=_back(reference),
    )
    form = forms.ReviewContact(given(request), contacts=reviewable_in(case, by=request.user))

    def run(said: dict[str, Any]) -> None:
        review_contact(
            case,
            contact=said["contact"],
            sights=form.sights(),
            by=request.user,
            at=timezone.now(),
        )

    return perform(request, case, act, form, run)


def _back(reference: str) -> str:
    return reverse("case-handled", args=[reference])
