"""Assessing, asking what they want, finding, checking whom we speak with, protecting."""

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amends.cases.actions import clarifying
from amends.cases.actions.assessment import (
    Assessment,
    Complaint,
    add_issue,
    assess_case,
)
from amends.cases.actions.clarifying import mark_clarified, note_needs, note_wish, set_need_by
from amends.cases.actions.parties import Identity, check_identity, name_party
from amends.cases.actions.protection import Standstill, confirm_hold, lift_hold, set_hold
from amends.cases.queries.pieces import hold_in
from amends.cases.queries.rights import headings
from amends.cases.rules.findings import Shelf
from amends.cases.rules.kinds import CheckLevel, Part, Track
from amends.cases.rules.meanwhile import Concern
from amends.cases.rules.weighing import Ahead
from amends.staff.queries import colleagues_for
from amends.staff.rules.authority import RemedyKind
from amends.staff.rules.permissions import Act as Permission
from amends.web.acts import found as found_row
from amends.web.cases.acting import Act, NoFields, found, given, perform
from amends.web.cases.forms import details as forms
from amends.web.http import StaffRequest, needs

if TYPE_CHECKING:
    from amends.cases.models.case import Case

either = require_http_methods(["GET", "HEAD", "POST"])


@needs(Permission.WORK_ON_CASE)
@either
def assess(request: StaffRequest, reference: str) -> HttpResponse:
    """Say how grave a case is."""
    case = found(request, reference)
    names = ("severity", "safety", "complexity", "impact", "track")
    initial = {name: getattr(case, name) for name in names} | {
        "at_once": case.immediate_action_possible,
        "ahead": case.priority_reason,
    }
    act = Act(
        title=_("How grave is it?"),
        button=_("Write it down"),
        done=_("Assessed."),
        about=_("Most are small: leave empty what nobody needs to know."),
        concern=Concern.ASSESSMENT,
        shows_kept=True,
    )

    def run(said: dict[str, Any]) -> None:
        assessment = Assessment(
            severity=_grade(said["severity"]),
            complexity=_grade(said["complexity"]),
            impact=_grade(said["impact"]),
            safety=said["safety"],
            money_at_stake=said["money_at_stake"],
            track=Track(said["track"]) if said["track"] else None,
            at_once=said["at_once"],
            ahead=Ahead(said["ahead"]) if said["ahead"] else None,
        )
        assess_case(case, assessment=assessment, by=request.user, at=timezone.now())

    return perform(request, case, act, forms.Assess(given(request), initial=initial), run)


@needs(Permission.WORK_ON_CASE)
@either
def wish(request: StaffRequest, reference: str) -> HttpResponse:
    """Write down what would put it right, and by when the customer needs it."""
    case = found(request, reference)
    need_by = timezone.localtime(case.need_by) if case.need_by else None
    initial = {
        "wish": case.requested_remedy,
        "not_said": case.remedy_not_said,
        "kinds": case.requested,
        "need_by": need_by,
        "reason": case.need_reason,
    }
    act = Act(
        title=_("What would put it right?"),
        button=_("Write it down"),
        done=_("Written down."),
        fields="web/cases/fields/wish.html",
        concern=Concern.WISH,
        shows_kept=True,
    )

    def run(said: dict[str, Any]) -> None:
        by, at = request.user, timezone.now()
        kinds = [RemedyKind(kind) for kind in said["kinds"]]
        wished, not_said = said["wish"], said["not_said"]
        note_wish(case, wish=wished, not_said=not_said, kinds=kinds, by=by, at=at)
        if said["need_by"] != need_by or said["reason"] != case.need_reason:
            set_need_by(case, need_by=said["need_by"], reason=said["reason"], by=by, at=at)

    return perform(request, case, act, forms.Wish(given(request), initial=initial), run)


@needs(Permission.WORK_ON_CASE)
@either
def four_needs(request: StaffRequest, reference: str) -> HttpResponse:
    """Write down what the customer needs, wishes, requires and expects."""
    case = found(request, reference)
    initial = {name: getattr(case, name) for name in forms.Needs.base_fields}
    act = Act(
        title=_("Needs and wishes"),
        button=_("Write it down"),
        done=_("Written down."),
        concern=Concern.NEEDS,
        shows_kept=True,
    )

    def run(said: dict[str, Any]) -> None:
        told = clarifying.Needs(**said)
        note_needs(case, needs=told, by=request.user, at=timezone.now())

    return perform(request, case, act, forms.Needs(given(request), initial=initial), run)


@needs(Permission.WORK_ON_CASE)
@either
def clarified(request: StaffRequest, reference: str) -> HttpResponse:
    """Write down that all details are clear."""
    case = found(request, reference)
    act = Act(title=_("All details are clear"), button=_("All is clear"), done=_("Written down."))

    def run(_said: dict[str, Any]) -> None:
        mark_clarified(case, by=request.user, at=timezone.now())

    return perform(request, case, act, NoFields(given(request)), run)


@needs(Permission.WORK_ON_CASE)
@either
def issue(request: StaffRequest, reference: str) -> HttpResponse:
    """Add one more thing complained of."""
    return one_more_issue(request, found(request, reference))


def one_more_issue(request: StaffRequest, case: "Case", *, back: str = "") -> HttpResponse:
    """Add one more thing complained of, and lead `back`, or to the case."""
    title = _("One more thing complained of")
    act = Act(title=title, button=_("Add it"), done=_("Added."), back=back)
    form = forms.AddIssue(
        given(request), products=headings(Shelf.PRODUCT), topics=headings(Shelf.TOPIC)
    )

    def run(_said: dict[str, Any]) -> None:
        add_issue(case, complaint=Complaint(**form.complaint()), by=request.user, at=timezone.now())

    return perform(request, case, act, form, run)


@needs(Permission.WORK_ON_CASE)
@either
def identity(request: StaffRequest, reference: str) -> HttpResponse:
    """Write down how we made sure of whom we speak with."""
    case = found(request, reference)
    act = Act(
        title=_("Whom do we speak with?"),
        button=_("Write it down"),
        done=_("Written down."),
        about=_("Before anything of theirs is told to anybody."),
    )

    def run(said: dict[str, Any]) -> None:
        if case.person:
            told = Identity(CheckLevel(said["level"]), said["method"])
            by, at = request.user, timezone.now()
            check_identity(case, person=case.person, identity=told, by=by, at=at)

    return perform(request, case, act, forms.CheckIdentity(given(request)), run)


@needs(Permission.WORK_ON_CASE)
@either
def about_colleague(request: StaffRequest, reference: str) -> HttpResponse:
    """Say which colleague the complaint is about; from then on they neither see nor keep it."""
    case = found(request, reference)
    act = Act(
        title=_("It is about a colleague"),
        button=_("Name them"),
        done=_("Named. They are heard, and no longer see this case."),
        about=_("They are heard and informed, and neither see, own nor decide it."),
    )
    form = forms.ComplainedAbout(given(request), colleagues=colleagues_for(request.user))

    def run(said: dict[str, Any]) -> None:
        by, at = request.user, timezone.now()
        name_party(case, part=Part.COMPLAINED_ABOUT, who=said["who"], by=by, at=at)

    return perform(request, case, act, form, run)


@needs(Permission.WORK_ON_CASE)
@either
def stop(request: StaffRequest, reference: str) -> HttpResponse:
    """Say what must not go on while we look."""
    case = found(request, reference)
    act = Act(
        title=_("A protective hold"),
        button=_("Hold it"),
        done=_("Held. Ask them to confirm that it holds."),
        about=_("A disconnection, a reminder, a debit: what would hurt while we look."),
    )

    def run(said: dict[str, Any]) -> None:
        set_hold(case, standstill=Standstill(**said), by=request.user, at=timezone.now())

    return perform(request, case, act, forms.SetHold(given(request)), run)


@needs(Permission.WORK_ON_CASE)
@either
def hold(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Confirm that a hold holds, or lift it."""
    case = found(request, reference)
    one = found_row(lambda: hold_in(case, pk))
    act = Act(
        title=_("The hold"), button=_("Write it down"), done=_("Written down."), about=one.what
    )

    def run(said: dict[str, Any]) -> None:
        do = confirm_hold if said["how"] == "confirm" else lift_hold
        do(one, by=request.user, at=timezone.now())

    return perform(request, case, act, forms.SeeToHold(given(request)), run)


def _grade(said: str) -> int | None:
    return int(said) if said else None
