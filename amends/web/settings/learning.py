"""What is learnt from our own history: from how much, how good it is, and the switch."""

from dataclasses import dataclass
from datetime import datetime

from babel.numbers import format_percent
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amends.learning.actions import switch_suggesting
from amends.learning.queries import Standing, standings
from amends.learning.rules.targets import FEWEST_EXAMPLES, FEWEST_OF_A_CLASS, Target
from amends.staff.rules.permissions import Act
from amends.standards.rules.measured import Counted, interval
from amends.web.http import StaffRequest, needs, say
from amends.web.words import word, word_of


@dataclass(frozen=True, slots=True)
class Row:
    """One target as the page shows it. right, between: empty while no model is in use."""

    target: str
    name: str
    is_on: bool
    examples: int
    held_out: int
    learnt_at: datetime | None
    right: str
    between: str
    seen: int
    tried: str
    tried_at: datetime | None
    answered: int
    taken: int


@needs(Act.EDIT_PROCEDURES)
@require_safe
def learning(request: StaffRequest) -> HttpResponse:
    """Show what is learnt, and how good it is."""
    bounds = {"fewest": FEWEST_EXAMPLES, "of_a_class": FEWEST_OF_A_CLASS}
    rows = [_row(each) for each in standings()]
    return render(request, "web/settings/learning.html", {"rows": rows, **bounds})


@needs(Act.EDIT_PROCEDURES)
@require_POST
def switch(request: StaffRequest, target: str) -> HttpResponse:
    """Switch suggestions of one target on or off."""
    if target not in set(Target):
        raise Http404
    is_on = request.POST.get("on") == "yes"
    switch_suggesting(Target(target), is_on=is_on, by=request.user, at=timezone.now())
    said = _("On. It is learnt tonight.") if is_on else _("Off. What was learnt is deleted.")
    say(request, said)
    return redirect("settings-learning")


def _row(each: Standing) -> Row:
    kept, locale = each.suggester, get_language() or "en"
    between = interval(Counted(kept.right, kept.held_out - kept.right))
    text = _("between %(low)s and %(high)s")
    return Row(
        target=each.target.value,
        name=word(each.target),
        is_on=kept.is_on,
        examples=kept.examples,
        held_out=kept.held_out,
        learnt_at=kept.learnt_at,
        right=format_percent(kept.right / kept.held_out, locale=locale) if between else "",
        between=text
        % {
            "low": format_percent(between[0], locale=locale),
            "high": format_percent(between[1], locale=locale),
        }
        if between
        else "",
        seen=kept.seen_examples,
        tried=word_of(kept.tried, "Tried"),
        tried_at=kept.tried_at,
        answered=each.answered,
        taken=each.taken,
    )
