"""What is done with a view besides looking: sharing, throwing away, having it at hand."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from amends.cases.actions.views import (
    Sharing,
    move_pin_up,
    pin_view,
    share_view,
    throw_view_away,
    unpin_view,
)
from amends.cases.rules.views import Shared
from amends.staff.queries import teams_of
from amends.staff.rules.permissions import Act
from amends.web.acts import attempt, taken
from amends.web.http import StaffRequest, needs, say
from amends.web.lists.chosen import chosen_for
from amends.web.words import choices

either = require_http_methods(["GET", "HEAD", "POST"])


class Share(forms.Form):
    """With whom a view is shared."""

    shared = forms.ChoiceField(
        label=gettext_lazy("Who sees it"), choices=choices(Shared), widget=forms.RadioSelect
    )
    team = forms.TypedChoiceField(
        label=gettext_lazy("Which team"), coerce=int, required=False, empty_value=None
    )

    def __init__(self, *args: Any, teams: list[tuple[int, str]], **kwargs: Any) -> None:  # noqa: ANN401  Django's own signature
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = [("", "—"), *teams]  # type: ignore[attr-defined] # of a choice


@needs(Act.SEE_CASES)
@either
def share(request: StaffRequest, name: str) -> HttpResponse:
    """Say who sees a view besides oneself."""
    chosen = chosen_for(request.user, name)
    view = chosen.row
    if view is None:
        return redirect("view", name)
    teams = {team.pk: team for team in teams_of(request.user)}
    form = Share(
        request.POST if request.method == "POST" else None,
        initial={"shared": view.shared, "team": view.team_id},
        teams=[(pk, team.name) for pk, team in teams.items()],
    )
    if form.is_valid():
        said = form.cleaned_data
        sharing = Sharing(shared=Shared(said["shared"]), team=teams.get(said["team"]))
        if taken(
            form, lambda: share_view(view, sharing=sharing, by=request.user, at=timezone.now())
        ):
            say(request, _("Saved"))
            return redirect("view", name)
    context = {"form": form, "chosen": chosen}
    return render(request, "web/lists/share.html", context, status=422 if form.errors else 200)


@needs(Act.SEE_CASES)
@either
def throw_away(request: StaffRequest, name: str) -> HttpResponse:
    """Throw a view away, after it was named once more."""
    chosen = chosen_for(request.user, name)
    view = chosen.row
    if view is None:
        return redirect("view", name)
    if request.method == "POST":
        attempt(
            request,
            lambda: throw_view_away(view, by=request.user, at=timezone.now()),
            said=_("“%(name)s” is thrown away. No case changed.") % {"name": chosen.title},
        )
        return redirect("views")
    return render(request, "web/lists/throw_away.html", {"chosen": chosen})


@needs(Act.SEE_CASES)
@require_POST
def pin(request: StaffRequest, name: str) -> HttpResponse:
    """Have a view among the lists of the Inbox."""
    return _done(request, name, pin_view, _("It stands among the lists of your Inbox."))


@needs(Act.SEE_CASES)
@require_POST
def unpin(request: StaffRequest, name: str) -> HttpResponse:
    """Have it there no more."""
    return _done(request, name, unpin_view, _("It stands there no more."))


@needs(Act.SEE_CASES)
@require_POST
def up(request: StaffRequest, name: str) -> HttpResponse:
    """Put it before the one that stands before it."""
    return _done(request, name, move_pin_up, _("Moved."))


def _done(request: StaffRequest, name: str, act: Callable[..., object], said: str) -> HttpResponse:
    kept = chosen_for(request.user, name).kept
    attempt(request, lambda: act(kept, by=request.user, at=timezone.now()), said=said)
    return redirect("views")
