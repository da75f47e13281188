"""A reply whose words would hurt: a senior reads it, lets it leave or gives it back."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from amends.cases.actions.holding_back import release_reply, return_reply
from amends.cases.queries.held import held_in
from amends.language.remarks import hurting
from amends.staff.rules.permissions import Act
from amends.web.acts import found as found_row
from amends.web.cases import acting
from amends.web.cases.forms.fields import chips, text
from amends.web.http import StaffRequest, needs


class Judge(forms.Form):
    """What a senior says of the reply of a colleague."""

    leaves = chips(
        gettext_lazy("The reply"),
        [
            ("back", gettext_lazy("is to be said otherwise")),
            ("leaves", gettext_lazy("can leave as it is")),
        ],
    )
    reason = text(gettext_lazy("Your word to the colleague"))


@needs(Act.ANSWER_HELP)
@require_http_methods(["GET", "HEAD", "POST"])
def held(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Show a reply that is held back, and let a senior say what becomes of it."""
    case = acting.found(request, reference)
    reply = found_row(lambda: held_in(case, pk))

    def run(said: dict[str, Any]) -> None:
        judge = release_reply if said["leaves"] == "leaves" else return_reply
        judge(reply, reason=said["reason"], by=request.user, at=timezone.now())

    act = acting.Act(
        title=_("A reply that is held back"),
        button="" if reply.judged_by else _("Say so"),
        done=_("Said. Your colleague is told."),
        fields="web/coach/held.html",
        shows={"held": reply, "hurting": hurting(reply.text, case.language)},
    )
    return acting.perform(request, case, act, Judge(acting.given(request)), run)
