"""What is held to be looked at before it is filed: the rules, and what filters write."""

from typing import TYPE_CHECKING

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from amends.contacts.actions.holding import keep_holding_rule, rest_holding_rule
from amends.contacts.channels.email.verdicts import FILTERS
from amends.contacts.queries.holding import rules_kept
from amends.contacts.rules.holding import LONGEST, LooksAt, Rule
from amends.staff.rules.permissions import Act
from amends.web.acts import attempt, found, taken
from amends.web.http import StaffRequest, needs, say

if TYPE_CHECKING:
    from amends.contacts.models.holding import HoldingRule

LOOKS_AT: list[tuple[str, Promise]] = [
    (LooksAt.SENDER, gettext_lazy("The sender's address is")),
    (LooksAt.DOMAIN, gettext_lazy("The sender's domain is")),
    (LooksAt.SUBJECT, gettext_lazy("In the subject stands")),
    (LooksAt.HEADER, gettext_lazy("In a header stands")),
]


class WriteRule(forms.Form):
    """One more rule by which mail is held."""

    looks_at = forms.ChoiceField(label=gettext_lazy("What it looks at"), choices=LOOKS_AT)
    header = forms.CharField(
        label=gettext_lazy("Which header"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Only for the last choice, such as X-Rspamd-Action."),
    )
    text = forms.CharField(
        label=gettext_lazy("What stands there"),
        max_length=LONGEST,
        help_text=gettext_lazy("Such as add header, lottery.example, or You have won."),
    )

    def rule(self) -> Rule:
        """Return what was written, as the action takes it."""
        said = self.cleaned_data
        return Rule(LooksAt(said["looks_at"]), said["text"], said["header"])


@needs(Act.EDIT_ORGANISATION)
@require_http_methods(["GET", "HEAD", "POST"])
def holding(request: StaffRequest) -> HttpResponse:
    """Show the rules, and write down one more."""
    form = WriteRule(request.POST if request.method == "POST" else None)
    if form.is_valid() and _kept(request, form):
        say(request, _("From now on such mail is held to be looked at."))
        return redirect("settings-holding")
    words = dict(LOOKS_AT)
    context = {
        "form": form,
        "rows": [(each, words[each.looks_at]) for each in rules_kept(request.user)],
        "known": [name.title() for name in FILTERS],
    }
    status = 422 if form.errors else 200
    return render(request, "web/settings/holding.html", context, status=status)


@needs(Act.EDIT_ORGANISATION)
@require_POST
def turn(request: StaffRequest, pk: int) -> HttpResponse:
    """Let a rule rest, or use it again."""
    kept = found(lambda: rules_kept(request.user).get(pk=pk))
    if kept.rests_since:
        attempt(
            request,
            lambda: keep_holding_rule(_rule(kept), by=request.user, at=timezone.now()),
            said=_("In use again."),
        )
    else:
        attempt(
            request,
            lambda: rest_holding_rule(kept, by=request.user, at=timezone.now()),
            said=_("It rests. What it held is still there to be looked at."),
        )
    return redirect("settings-holding")


def _rule(kept: "HoldingRule") -> Rule:
    return Rule(LooksAt(kept.looks_at), kept.text, kept.header)


def _kept(request: StaffRequest, form: WriteRule) -> bool:
    return taken(form, lambda: keep_holding_rule(form.rule(), by=request.user, at=timezone.now()))
