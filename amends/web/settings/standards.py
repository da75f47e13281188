"""What we hold ourselves to: the list, the form with its dry run, and warnings before."""

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amends.base.refusal import Refused
from amends.cases.queries.dry_run import try_standard
from amends.people.queries import names_of_people
from amends.staff.queries import colleagues_for, teams_for
from amends.staff.rules.permissions import Act
from amends.standards.actions import give_up_standard, set_warning, write_standard
from amends.standards.queries import standards_that_hold, warnings_that_hold
from amends.web.acts import attempt, found, taken
from amends.web.cases.clock_words import exactly
from amends.web.http import StaffRequest, needs, say
from amends.web.settings.standard_form import MINUTE, WriteStandard, WriteWarning
from amends.web.settings.standard_words import MEASURES, for_which, limit_of, warned

if TYPE_CHECKING:
    from amends.staff.models import Staff
    from amends.standards.models import Standard

TRY, FURTHER = "try", "further"
KEY_LENGTH = 12
LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
MOST = 2_000_000_000
LONGEST_KEY = 19


@needs(Act.EDIT_TEAMS)
@require_safe
def standards(request: StaffRequest) -> HttpResponse:
    """Show what we hold ourselves to."""
    teams, held = dict(_teams(request.user)), list(standards_that_hold())
    customers = names_of_people(
        request.user, {pk for standard in held for pk in standard.customers}
    )
    rows = [
        (each, MEASURES[each.measure], limit_of(each), for_which(each, teams, customers))
        for each in held
    ]
    return render(request, "web/settings/standards.html", {"rows": rows})


@needs(Act.EDIT_TEAMS)
@require_http_methods(["GET", "HEAD", "POST"])
def standard(request: StaffRequest, key: str = "") -> HttpResponse:
    """Show one standard, try another wording on the last month's cases, and write it."""
    kept = found(lambda: standards_that_hold().get(key=key)) if key else None
    form = WriteStandard(
        request.POST if request.method == "POST" else None,
        teams=_teams(request.user),
        owners=owners_for(request.user),
        customers=_customers(request, kept),
        kept=kept,
    )
    facts: dict[str, Any] = {"form": form, "kept": kept, "warnings": _warnings(kept)}
    facts["warning_form"] = WriteWarning(
        owners=owners_for(request.user), prefix="w", auto_id="w-%s"
    )
    if form.is_valid():
        if request.POST.get("go") in (TRY, FURTHER):
            return render(request, "web/settings/standard.html", facts | _tried(request, key, form))
        if _written(request, key, form):
            say(request, _("Saved. Cases to come go by it."))
            return redirect("settings-standards")
    status = 422 if form.errors else 200
    return render(request, "web/settings/standard.html", facts, status=status)


@needs(Act.EDIT_TEAMS)
@require_POST
def give_up(request: StaffRequest, key: str) -> HttpResponse:
    """Hold ourselves to a standard no more."""
    kept = found(lambda: standards_that_hold().get(key=key))
    attempt(
        request,
        lambda: give_up_standard(kept.key, by=request.user, at=timezone.now()),
        said=_("Given up. Cases that came before keep it."),
    )
    return redirect("settings-standards")


@needs(Act.EDIT_TEAMS)
@require_POST
def warn(request: StaffRequest, key: str) -> HttpResponse:
    """Set one more warning before a standard is over."""
    kept = found(lambda: standards_that_hold().get(key=key))
    form = WriteWarning(request.POST, owners=owners_for(request.user), prefix="w", auto_id="w-%s")
    if form.is_valid():
        try:
            notice = form.notice(
                kept.key, colleague_for(request.user, form.cleaned_data["colleague"])
            )
            set_warning(notice, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            say(request, _("Saved. Clocks that run learn of it as soon as something happens."))
            return redirect("settings-standard", key=kept.key)
    whole = WriteStandard(
        teams=_teams(request.user),
        owners=owners_for(request.user),
        customers=_customers(request, kept),
        kept=kept,
    )
    facts = {"form": whole, "kept": kept, "warnings": _warnings(kept), "warning_form": form}
    return render(request, "web/settings/standard.html", facts, status=422)


def _tried(request: StaffRequest, key: str, form: WriteStandard) -> dict[str, Any]:
    """Return what came of a dry run, begun anew or gone on with where its last part ended."""
    after, looked, measured, late = (
        _number(request, name) for name in ("after", "looked", "measured", "late")
    )
    tried = try_standard(
        form.draft(), instead_of=key, by=request.user, at=timezone.localtime(), after=after
    )
    return {
        "tried": tried,
        "looked": looked + tried.looked,
        "measured": measured + tried.measured,
        "late": late + len(tried.late),
    }


def _number(request: StaffRequest, name: str) -> int:
    text = request.POST.get(name, "") if request.POST.get("go") == FURTHER else ""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < len(str(MOST)) else 0
    return number if number < MOST else 0


def _written(request: StaffRequest, key: str, form: WriteStandard) -> bool:
    target = form.target(colleague_for(request.user, form.cleaned_data["owner"]))
    of = key or get_random_string(KEY_LENGTH, LETTERS)
    return taken(
        form, lambda: write_standard(of, target=target, by=request.user, at=timezone.now())
    )


def colleague_for(staff: "Staff", pk: int | None) -> "Staff | None":
    """Return the colleague that was chosen, if one was."""
    return colleagues_for(staff).filter(pk=pk).first() if pk else None


def _warnings(kept: "Standard | None") -> list[tuple[int, str, str]]:
    """Return the warnings of a standard: their keys, how long before, and whom they tell."""
    if kept is None:
        return []
    return [
        (each.pk, exactly(each.before_minutes * MINUTE), warned(each))
        for each in warnings_that_hold().filter(standard=kept.key)
    ]


def _teams(staff: "Staff") -> list[tuple[int, str]]:
    return [(team.pk, team.name) for team in teams_for(staff)]


def _customers(request: StaffRequest, kept: "Standard | None") -> list[tuple[int, str]]:
    """Return whom a standard names, or is to name: that, or one more, the address says."""
    keys = set(kept.customers if kept else ())
    for text in (*request.POST.getlist("customers"), request.GET.get("customer", "")):
        keys |= {int(text)} if _is_key(text) else set()
    return sorted(names_of_people(request.user, keys).items(), key=lambda pair: pair[1])


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < LONGEST_KEY


def owners_for(staff: "Staff") -> list[tuple[int, str]]:
    """Return the colleagues that `staff` may name here."""
    return [(each.pk, each.name) for each in colleagues_for(staff)]
