"""The clocks that laws set: which run for us, from which text, and every change of them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amends.base.time_words import date_words
from amends.cases.queries.clock_history import law_of_house
from amends.staff.actions.organisation import say_our_law
from amends.staff.queries import organisation
from amends.staff.rules.permissions import Act
from amends.standards.actions import write_profile
from amends.standards.queries import (
    is_named_already,
    profile_kept,
    profiles_that_hold,
    rules_of_profile,
    versions_of,
    working_days_of,
)
from amends.standards.rules.changing import may_move_later
from amends.web.acts import found, taken
from amends.web.cases.clock_words import length_words
from amends.web.entry.places import country_choices
from amends.web.http import StaffRequest, needs, say
from amends.web.settings.clock_form import OurLaw, WriteClock
from amends.web.settings.clock_words import DUTIES, party_name, sector_name

if TYPE_CHECKING:
    from amends.standards.models import ClockProfile
    from amends.standards.rules import law


@dataclass(frozen=True, slots=True)
class Shown:
    """One clock as its list shows it. idle: why it does not run; empty where it may."""

    row: "ClockProfile"
    what: str
    length: str
    whom: str
    idle: str


@needs(Act.EDIT_ORGANISATION)
@require_http_methods(["GET", "HEAD", "POST"])
def clocks(request: StaffRequest) -> HttpResponse:
    """Show which clocks run for us and which do not, and say whose law is ours."""
    house = organisation()
    now = {"jurisdiction": house.jurisdiction, "sector": house.sector}
    form = OurLaw(request.POST if request.method == "POST" else None, initial=now)
    if form.is_valid():
        say_our_law(**form.cleaned_data, by=request.user, at=timezone.now())
        say(request, _("Saved"))
        return redirect("settings-clocks")
    country, sector = law_of_house(house)
    ours: list[Shown] = []
    others: list[Shown] = []
    for row in profiles_that_hold():
        is_ours = row.jurisdiction in ("", country) and row.sector in ("", sector)
        (ours if is_ours else others).append(shown(row))
    names = dict(country_choices())
    facts = {
        "form": form,
        "country": names.get(country, country),
        "sector": sector_name(sector),
        "ours": ours,
        "others": others,
    }
    status = 422 if form.errors else 200
    return render(request, "web/settings/clocks.html", facts, status=status)


@needs(Act.EDIT_ORGANISATION)
@require_http_methods(["GET", "HEAD", "POST"])
def clock(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """Show one clock with its versions and write the next one; or write a new clock."""
    versions = _versions(pk) if pk else []
    kept = rules_of_profile(versions[0]) if versions else None
    form = WriteClock(request.POST if request.method == "POST" else None, kept=kept)
    if form.is_valid() and _written(request, kept, form):
        say(request, _("Saved. Cases to come go by it."))
        return redirect("settings-clocks")
    facts = {
        "form": form,
        "now": shown(versions[0]) if versions else None,
        "versions": [(each, _length_of(each)) for each in versions],
    }
    status = 422 if form.errors else 200
    return render(request, "web/settings/clock.html", facts, status=status)


def shown(row: "ClockProfile") -> Shown:
    """Return a clock as its list shows it."""
    names = dict(country_choices())
    country = names.get(row.jurisdiction, row.jurisdiction) or _("every country")
    return Shown(
        row=row,
        what=str(DUTIES[row.duty]),  # type: ignore[index]  # the member and its text are one key
        length=_length_of(row),
        whom=" · ".join((country, sector_name(row.sector), party_name(row.party_kind))),
        idle=_idle(row),
    )


def _idle(row: "ClockProfile") -> str:
    if row.may_run:
        return ""
    if not row.source.strip():
        return _("does not run: nobody has said where it is written")
    return _("does not run: nobody has said on which day they looked")


def _length_of(row: "ClockProfile") -> str:
    length = rules_of_profile(row).length
    return length_words(length) if length else _("promptly")


def _versions(pk: int) -> list["ClockProfile"]:
    return versions_of(found(lambda: profile_kept(pk)))


def _written(request: StaffRequest, kept: "law.ClockProfile | None", form: WriteClock) -> bool:
    """Write what was said as the next version; say what is missing where it cannot be."""
    profile, reason = form.profile(), form.cleaned_data["reason"]
    if kept is None and is_named_already(profile):
        form.add_error("key", _("There is a clock of this name for it already."))
        return False
    working_days = working_days_of(profile.jurisdiction or organisation().country)
    if kept and not reason.strip() and may_move_later(kept, profile, working_days):
        form.add_error("reason", _later_than(kept))
        return False
    return taken(
        form, lambda: write_profile(profile, by=request.user, at=timezone.now(), reason=reason)
    )


def _later_than(kept: "law.ClockProfile") -> str:
    """Return why a reason is asked for."""
    checked = date_words(kept.verified_on) if kept.verified_on else ""
    text = _(
        "Something could be due later by this than by what was looked at on %(day)s."
        " Say why: your reason is kept, and open cases then go by it, too."
    )
    return text % {"day": checked}
