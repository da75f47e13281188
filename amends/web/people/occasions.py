"""Occasions on which a customer likes to be greeted; greeting them; and that somebody has died."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from amends.cases.queries.occasions import occasion_for
from amends.people import queries
from amends.people.actions import occasions as acts
from amends.people.rules.occasions import OccasionKind
from amends.staff.rules.permissions import Act
from amends.web.acts import attempt, found, taken
from amends.web.http import StaffRequest, needs, say
from amends.web.words import choices

LAST_DAY = 31
DAY = "day"


class Occasion(forms.Form):
    """What is greeted, on which day, and how they agreed that we keep it."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What"),
        choices=lambda: choices(OccasionKind),
        widget=forms.RadioSelect,
        initial=OccasionKind.BIRTHDAY.value,
    )
    what = forms.CharField(
        label=gettext_lazy("If it is their own, what it is"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("Such as: the day the shop opened."),
    )
    day = forms.IntegerField(label=gettext_lazy("Day"), min_value=1, max_value=LAST_DAY)
    month = forms.TypedChoiceField(
        label=gettext_lazy("Month"), coerce=int, choices=lambda: list(MONTHS.items())
    )
    consent = forms.CharField(
        label=gettext_lazy("How they agreed that we keep this"),
        max_length=200,
        help_text=gettext_lazy("Such as: said so on the telephone."),
    )


@needs(Act.EDIT_CUSTOMER)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: StaffRequest, pk: int) -> HttpResponse:
    """Keep an occasion of a customer, with their consent."""
    person = found(lambda: queries.person_for(request.user, pk))
    form = Occasion(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = form.cleaned_data
        draft = acts.OccasionDraft(**{**said, "kind": OccasionKind(said["kind"])})
        if taken(
            form,
            lambda: acts.note_occasion(person, draft=draft, by=request.user, at=timezone.now()),
        ):
            say(request, _("Kept. It comes up on that day."))
            return redirect("customer", person.pk)
    facts = {"person": person, "form": form, "title": _("An occasion worth a greeting")}
    return render(request, "web/people/one_form.html", facts, status=422 if form.errors else 200)


@needs(Act.EDIT_CUSTOMER)
@require_POST
def withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    """Forget an occasion that a customer no longer wants us to keep."""
    occasion = found(lambda: occasion_for(request.user, pk))
    attempt(
        request,
        lambda: acts.withdraw_occasion(occasion, by=request.user, at=timezone.now()),
        said=_("Forgotten, as they wished."),
    )
    return redirect("customer", occasion.person_id)


@needs(Act.EDIT_CUSTOMER)
@require_POST
def greet(request: StaffRequest, pk: int) -> HttpResponse:
    """Note that a customer was greeted this year, and lead back to where that was done."""
    occasion = found(lambda: occasion_for(request.user, pk))
    attempt(
        request,
        lambda: acts.greet(occasion, by=request.user, at=timezone.localtime()),
        said=_("Greeted: %(name)s") % {"name": occasion.person.name},
    )
    if request.POST.get("from") == DAY:
        return redirect("my-day")
    return redirect("customer", occasion.person_id)


@needs(Act.EDIT_CUSTOMER)
@require_http_methods(["GET", "HEAD", "POST"])
def died(request: StaffRequest, pk: int) -> HttpResponse:
    """Note that a customer has died, so that nobody greets them; or that it was a mistake."""
    person = found(lambda: queries.person_for(request.user, pk))
    if request.method == "POST":
        act = acts.take_back_death if person.died_noted_at else acts.note_death
        attempt(
            request,
            lambda: act(person, by=request.user, at=timezone.now()),
            said=_("Saved"),
        )
        return redirect("customer", person.pk)
    title = _("They live") if person.died_noted_at else _("They have died")
    about = _("Their occasions are forgotten, and nobody is reminded to greet them.")
    facts = {"person": person, "form": forms.Form(), "title": title, "about": about}
    return render(request, "web/people/one_form.html", facts)
