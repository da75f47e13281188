"""Terms of the law: extended with a notice, and by another law."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amends.base.refusal import Refused
from amends.cases.actions.clocks import Delay, NotExtended, WhoseLaw, extend_term, say_whose_law
from amends.cases.actions.summing_up import Summary, send_summary
from amends.cases.rules.kinds import How
from amends.people.queries import mail_address_of
from amends.staff.rules.permissions import Act as Permission
from amends.web.cases.acting import Act, found, given, perform
from amends.web.cases.clock_words import OBSTACLES
from amends.web.cases.forms import terms as forms
from amends.web.http import StaffRequest, needs

either = require_http_methods(["GET", "HEAD", "POST"])


class Said(Refused):
    """What stands in the way of extending a term, in a sentence each."""

    text = "%(why)s"


@needs(Permission.WORK_ON_CASE)
@either
def extend(request: StaffRequest, reference: str) -> HttpResponse:
    """Extend the term that a law sets for the answer, and tell the customer."""
    case = found(request, reference)
    act = Act(
        title=_("Extend the term"),
        button=_("Extend it"),
        done=_("Extended. They were told why, and by when they have the answer."),
        about=_("Only as far as the law lets it, before it is over, and with a notice to them."),
        back=reverse("case-clocks", args=[case.reference]),
    )

    def run(said: dict[str, Any]) -> None:
        delay = Delay(**{**said, "told_how": How(said["told_how"])})
        try:
            extend_term(case, delay=delay, by=request.user, at=timezone.now())
        except NotExtended as refusal:
            why = " ".join(str(OBSTACLES[each]) for each in refusal.obstacles)
            raise Said(why=why) from refusal

    usual = How.EMAIL if mail_address_of(case.person) else How.LETTER
    form = forms.Extend(given(request), initial={"told_how": usual})
    return perform(request, case, act, form, run)


@needs(Permission.WORK_ON_CASE)
@either
def sum_up(request: StaffRequest, reference: str) -> HttpResponse:
    """Tell the customer in short what was agreed, which ends the short way of a law."""
    case = found(request, reference)
    act = Act(
        title=_("Send the summary"),
        button=_("Send it"),
        done=_("They are told in short what was agreed. The short way is gone in time."),
        about=_("For what they accepted within the days of the short way; else write in full."),
        back=reverse("case-clocks", args=[case.reference]),
    )

    def run(said: dict[str, Any]) -> None:
        summary = Summary(agreed=said["agreed"], told_how=How(said["told_how"]))
        send_summary(case, summary=summary, by=request.user, at=timezone.now())

    usual = How.EMAIL if mail_address_of(case.person) else How.LETTER
    initial = {"agreed": case.done_what, "told_how": usual}
    return perform(request, case, act, forms.SumUp(given(request), initial=initial), run)


@needs(Permission.WORK_ON_CASE)
@either
def whose_law(request: StaffRequest, reference: str) -> HttpResponse:
    """Say whose law is for a case."""
    case = found(request, reference)
    act = Act(
        title=_("Another law is for it"),
        button=_("Keep it so"),
        done=_("The clocks of that law run now."),
        about=_("Leave empty what is as for all our cases."),
        back=reverse("case-clocks", args=[case.reference]),
    )

    def run(said: dict[str, Any]) -> None:
        reason = said.pop("reason")
        at = timezone.now()
        say_whose_law(case, whose=WhoseLaw(**said), reason=reason, by=request.user, at=at)

    names = ("jurisdiction", "sector", "party_kind")
    form = forms.WhoseLaw(given(request), initial={name: getattr(case, name) for name in names})
    return perform(request, case, act, form, run)
