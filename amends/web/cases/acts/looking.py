"""Looking into a case: what is complained of, what is found, what shows it, what could be done."""

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amends.cases.actions import evidence as evidence_
from amends.cases.actions.assessment import (
    Complaint,
    Finding,
    correct_issue,
    record_finding,
)
from amends.cases.actions.evidence import (
    agree_on,
    drop_point,
    mark_sensitive,
    note_others_affected,
    open_history,
    unmark_sensitive,
)
from amends.cases.actions.options import (
    Gives,
    Way,
    add_option,
    add_remedy,
    change_option,
    drop_option,
    drop_remedy,
)
from amends.cases.actions.parties import hear_party
from amends.cases.queries.pieces import issue_in
from amends.cases.queries.proposing import (
    option_in,
    party_in,
    point_in,
    remedy_in,
)
from amends.cases.queries.rights import headings
from amends.cases.rules.findings import Expectation, Shelf
from amends.cases.rules.kinds import Basis, Outcome
from amends.staff.queries import colleagues_for
from amends.staff.rules.authority import RemedyKind
from amends.staff.rules.permissions import Act as Permission
from amends.web.acts import found as found_row
from amends.web.cases.acting import Act, NoFields, found, given, perform
from amends.web.cases.acts.details import one_more_issue
from amends.web.cases.forms import details
from amends.web.cases.forms import looking as forms
from amends.web.cases.forms.fields import in_one
from amends.web.http import StaffRequest, needs

if TYPE_CHECKING:
    from amends.cases.models.case import Case

either = require_http_methods(["GET", "HEAD", "POST"])


def back(case: "Case") -> str:
    """Return where the acts of an investigation lead back to."""
    return reverse("case-investigation", args=[case.reference])


@needs(Permission.WORK_ON_CASE)
@either
def one_more(request: StaffRequest, reference: str) -> HttpResponse:
    """Add one more thing complained of."""
    case = found(request, reference)
    return one_more_issue(request, case, back=back(case))


@needs(Permission.WORK_ON_CASE)
@either
def say_better(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Say better what is complained of, and where it stands in our lists."""
    case = found(request, reference)
    one = found_row(lambda: issue_in(case, pk))
    initial = {
        "statement": one.statement,
        "product": in_one(one.product, one.sub_product),
        "topic": in_one(one.topic, one.sub_topic),
    }
    act = Act(
        title=_("What is complained of"),
        button=_("Write it down"),
        done=_("Written down."),
        about=_("The customer's own words stay as they are."),
        back=back(case),
        shows_kept=True,
    )
    form = details.AddIssue(
        given(request),
        initial=initial,
        products=headings(Shelf.PRODUCT),
        topics=headings(Shelf.TOPIC),
    )

    def run(_said: dict[str, Any]) -> None:
        told = Complaint(**form.complaint())
        correct_issue(one, complaint=told, by=request.user, at=timezone.now())

    return perform(request, case, act, form, run)


@needs(Permission.WORK_ON_CASE)
@either
def finding(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Write down what was found on one thing complained of."""
    case = found(request, reference)
    one = found_row(lambda: issue_in(case, pk))
    initial = {name: getattr(one, name) for name in details.FindOnIssue.base_fields}
    act = Act(
        title=_("What was found"),
        button=_("Write it down"),
        done=_("Written down."),
        about=one.statement,
        back=back(case),
        shows_kept=True,
    )

    def run(said: dict[str, Any]) -> None:
        broken = tuple(Expectation(each) for each in said["broken"])
        told = Finding(**{**said, "validity": Outcome(said["validity"]), "broken": broken})
        record_finding(one, finding=told, by=request.user, at=timezone.now())

    form = details.FindOnIssue(given(request), initial=initial)
    return perform(request, case, act, form, run)


@needs(Permission.WORK_ON_CASE)
@either
def others(request: StaffRequest, reference: str) -> HttpResponse:
    """Write down to how many others the same happened."""
    case = found(request, reference)
    act = Act(
        title=_("Others to whom it happened"),
        button=_("Write it down"),
        done=_("Written down."),
        about=_("Those who did not complain get what those get who did."),
        back=back(case),
    )

    def run(said: dict[str, Any]) -> None:
        told = evidence_.Others(**said)
        note_others_affected(case, others=told, by=request.user, at=timezone.now())

    return perform(request, case, act, forms.Others(given(request)), run)


@needs(Permission.WORK_ON_CASE)
@either
def agree(request: StaffRequest, reference: str) -> HttpResponse:
    """Write down what both sides agree on."""
    case = found(request, reference)
    act = Act(title=_("Agreed"), button=_("Write it down"), done=_("Agreed."), back=back(case))

    def run(said: dict[str, Any]) -> None:
        agree_on(case, **said, by=request.user, at=timezone.now())

    return perform(request, case, act, forms.Agree(given(request)), run)


@needs(Permission.WORK_ON_CASE)
@either
def disagree(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Say that something is not agreed on after all."""
    case = found(request, reference)
    one = found_row(lambda: point_in(case, pk))
    act = Act(
        title=_("Not agreed on after all"),
        button=_("Take it out"),
        done=_("Taken out."),
        about=one.text,
        back=back(case),
    )

    def run(_said: dict[str, Any]) -> None:
        drop_point(one, by=request.user, at=timezone.now())

    return perform(request, case, act, NoFields(given(request)), run)


@needs(Permission.WORK_ON_CASE)
@either
def hear(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Write down what whom the complaint is about says to it."""
    case = found(request, reference)
    one = found_row(lambda: party_in(case, pk))
    act = Act(
        title=_("What they say to it"),
        button=_("Write it down"),
        done=_("Heard."),
        about=_("%(name)s is told what is complained of, and heard, before anything is proposed.")
        % {"name": one.staff or one.person},
        back=back(case),
    )

    def run(said: dict[str, Any]) -> None:
        hear_party(one, **said, by=request.user, at=timezone.now())

    return perform(request, case, act, forms.Hear(given(request)), run)


@needs(Permission.WORK_ON_CASE)
@either
def history(request: StaffRequest, reference: str) -> HttpResponse:
    """Look at the customer's earlier cases before everything is found on."""
    case = found(request, reference)
    act = Act(
        title=_("Look at the history first"),
        button=_("Show it to me"),
        done=_("Shown below. Judge this complaint on its own evidence."),
        about=_("Each complaint is judged on its own evidence. Who looks first says why."),
        back=back(case),
    )

    def run(said: dict[str, Any]) -> None:
        open_history(case, **said, by=request.user, at=timezone.now())

    return perform(request, case, act, forms.OpenHistory(given(request)), run)


@needs(Permission.WORK_ON_CASE)
@either
def sensitive(request: StaffRequest, reference: str) -> HttpResponse:
    """Begin to write down who reads the case, or end it."""
    case = found(request, reference)
    on = case.sensitive_since is None
    act = Act(
        title=_("A sensitive case") if on else _("No longer sensitive"),
        button=_("Write down who reads it") if on else _("Write it down no more"),
        done=_("Written down."),
        about=_("Everybody who opens it is written down, once an hour."),
        back=back(case),
    )

    def run(_said: dict[str, Any]) -> None:
        do = mark_sensitive if on else unmark_sensitive
        do(case, by=request.user, at=timezone.now())

    return perform(request, case, act, NoFields(given(request)), run)


@needs(Permission.WORK_ON_CASE)
@either
def option(request: StaffRequest, reference: str) -> HttpResponse:
    """Write down one way to put it right."""
    case = found(request, reference)
    act = Act(
        title=_("One way to put it right"),
        button=_("Weigh it"),
        done=_("Written down. Say what it gives."),
        back=back(case),
    )

    def run(said: dict[str, Any]) -> None:
        add_option(case, way=Way(**said), by=request.user, at=timezone.now())

    return perform(request, case, act, forms.AddOption(given(request)), run)


@needs(Permission.WORK_ON_CASE)
@either
def leave_aside(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Leave one way to put it right aside."""
    case = found(request, reference)
    one = found_row(lambda: option_in(case, pk))
    act = Act(
        title=_("Leave it aside"),
        button=_("Leave it aside"),
        done=_("Left aside."),
        about=one.what,
        back=back(case),
    )

    def run(said: dict[str, Any]) -> None:
        drop_option(one, **said, by=request.user, at=timezone.now())

    return perform(request, case, act, forms.LeaveAside(given(request)), run)


@needs(Permission.WORK_ON_CASE)
@either
def weigh_anew(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Say better what one way to put it right is, costs and is worth."""
    case = found(request, reference)
    one = found_row(lambda: option_in(case, pk))
    initial = {name: getattr(one, name) for name in forms.AddOption.base_fields}
    act = Act(
        title=_("Weigh it anew"),
        button=_("Keep it"),
        done=_("Weighed anew."),
        about=_("Until it is put to the customer. What was approved before is asked anew."),
        back=back(case),
    )

    def run(said: dict[str, Any]) -> None:
        change_option(one, way=Way(**said), by=request.user, at=timezone.now())

    return perform(request, case, act, forms.AddOption(given(request), initial=initial), run)


@needs(Permission.WORK_ON_CASE)
@either
def remedy(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Say one thing that a way to put it right gives."""
    case = found(request, reference)
    one = found_row(lambda: option_in(case, pk))
    act = Act(
        title=_("What it gives"),
        button=_("Add it"),
        done=_("Added."),
        about=one.what,
        back=back(case),
    )
    form = forms.AddRemedy(given(request), colleagues=colleagues_for(request.user))

    def run(said: dict[str, Any]) -> None:
        named = {"kind": RemedyKind(said["kind"]), "basis": Basis(said["basis"])}
        add_remedy(one, gives=Gives(**{**said, **named}), by=request.user, at=timezone.now())

    return perform(request, case, act, form, run)


@needs(Permission.WORK_ON_CASE)
@either
def no_remedy(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Let a way to put it right give something no more."""
    case = found(request, reference)
    one = found_row(lambda: remedy_in(case, pk))
    act = Act(
        title=_("Give this no more"),
        button=_("Take it out"),
        done=_("Taken out."),
        about=one.what,
        back=back(case),
    )

    def run(_said: dict[str, Any]) -> None:
        drop_remedy(one, by=request.user, at=timezone.now())

    return perform(request, case, act, NoFields(given(request)), run)
