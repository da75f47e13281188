"""Who is away, and who stands in: read by everybody, written for oneself or by who leads teams."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amends.base.refusal import Refused
from amends.base.time_words import date_words
from amends.cases.rules.sentences import ended_once
from amends.staff.actions.absence import end_absence, write_absence
from amends.staff.queries import (
    absence_for,
    absences_ahead,
    colleagues_for,
    may_stand_in_for,
    with_absence,
)
from amends.staff.rules.absence import Days, days_with_nobody
from amends.staff.rules.permissions import Act
from amends.web.acts import attempt, found
from amends.web.away import forms
from amends.web.away.words import away_words, stands_in_words
from amends.web.cases.acting import given
from amends.web.http import StaffRequest, say

if TYPE_CHECKING:
    from amends.staff.models import Absence, Staff


@dataclass(frozen=True, slots=True)
class Shown:
    """One absence as it is printed. bare: on which days nobody stands in, in a sentence."""

    pk: int
    name: str
    department: str
    away: str
    deputies: str
    bare: str
    may_end: bool
    has_begun: bool


@login_required
@require_safe
def who_is_away(request: StaffRequest) -> HttpResponse:
    """Show who is away now and will be, and who stands in for each."""
    now = timezone.localtime()
    ahead = list(absences_ahead(at=now))
    leads = request.user.may(Act.EDIT_TEAMS)
    context = {
        "shown": _shown(ahead, request, now.date()),
        "mates": colleagues_for(request.user).exclude(pk=request.user.pk) if leads else (),
    }
    return render(request, "web/away/away.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def away(request: StaffRequest, pk: int) -> HttpResponse:
    """Write down that one will be away, or that a colleague will."""
    if pk != request.user.pk and not request.user.may(Act.EDIT_TEAMS):
        raise PermissionDenied
    who = found(lambda: colleagues_for(request.user).get(pk=pk))
    now = timezone.localtime()
    able = with_absence(may_stand_in_for(who), at=now)
    form = forms.Absence(given(request), colleagues=able)
    if form.is_valid() and _written(request, who, form):
        return redirect("away-colleague", who.pk)
    theirs = [each for each in absences_ahead(at=now) if each.staff_id == who.pk]
    context = {
        "form": form,
        "who": who,
        "is_me": who.pk == request.user.pk,
        "shown": _shown(theirs, request, now.date()),
        "has_deputies": able.exists(),
    }
    status = 422 if form.errors else 200
    return render(request, "web/away/colleague.html", context, status=status)


@login_required
@require_POST
def end(request: StaffRequest, pk: int) -> HttpResponse:
    """Write down that somebody is back, or does not go."""
    absence = found(lambda: absence_for(request.user, pk))
    attempt(
        request,
        lambda: end_absence(absence, by=request.user, at=timezone.now()),
        said=_("Ended. What falls due is with %(name)s alone again.")
        % {"name": absence.staff.name},
    )
    return redirect("away-colleague", absence.staff_id)


def _written(request: StaffRequest, who: "Staff", form: forms.Absence) -> bool:
    deputies = list(form.cleaned_data["deputies"])
    try:
        written = write_absence(
            who, days=form.days, deputies=deputies, by=request.user, at=timezone.now()
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    said = _("Written down. It ends by itself on %(day)s.") % {"day": date_words(written.last_on)}
    say(request, ended_once(said))
    return True


def _shown(absences: Sequence["Absence"], request: StaffRequest, today: date) -> list[Shown]:
    leads = request.user.may(Act.EDIT_TEAMS)
    away_too: dict[int, list[Days]] = {}
    for each in absences_ahead(at=timezone.now()) if absences else ():
        away_too.setdefault(each.staff_id, []).append(Days(each.first_on, each.last_on))
    return [
        Shown(
            pk=each.pk,
            name=each.staff.name,
            department=each.staff.department.name,
            away=away_words(each.first_on, each.last_on, today=today),
            deputies=stands_in_words(list(each.deputies.all())),
            bare=_bare(each, away_too, today),
            may_end=leads or each.staff_id == request.user.pk,
            has_begun=each.first_on <= today,
        )
        for each in absences
    ]


def _bare(absence: "Absence", away_too: dict[int, list[Days]], today: date) -> str:
    """Return in a sentence on which days to come nobody stands in; empty where somebody does."""
    days = Days(max(absence.first_on, today), absence.last_on)
    deputies = [away_too.get(each.pk, []) for each in absence.deputies.all()]
    bare = days_with_nobody(days, deputies)
    spans = ", ".join(
        date_words(one.first_on)
        if one.first_on == one.last_on
        else f"{date_words(one.first_on)} – {date_words(one.last_on)}"
        for one in bare
    )
    said = ngettext("Nobody stands in: %(days)s.", "Nobody stands in: %(days)s.", len(bare))
    return said % {"days": spans} if bare else ""
