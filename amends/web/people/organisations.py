"""Where a customer belongs: found or written down in two clicks, left, and what we know of it."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from amends.base.refusal import Refused
from amends.cases.queries import belonging
from amends.people import queries
from amends.people.actions import organisations as acts
from amends.people.rules.kinds import PersonKind
from amends.people.rules.organisations import OrganisationForm, domains_in
from amends.staff.rules.permissions import Act
from amends.web.acts import attempt, found, taken
from amends.web.http import StaffRequest, needs, page_or_part, say
from amends.web.people.views import place_after
from amends.web.words import choices

if TYPE_CHECKING:
    from amends.people.models import Person

JOIN = "web/people/organisation.html"


class Belongs(forms.Form):
    """To which organisation somebody belongs: one we know, or one that is to be written down."""

    organisation = forms.IntegerField(
        widget=forms.HiddenInput, min_value=1, max_value=2**62, required=False
    )
    name = forms.CharField(
        label=gettext_lazy("Name of the organisation"), max_length=200, required=False
    )
    form = forms.ChoiceField(
        label=gettext_lazy("What it is"),
        choices=lambda: choices(OrganisationForm),
        widget=forms.RadioSelect,
        initial=OrganisationForm.COMPANY.value,
        required=False,
    )
    role = forms.CharField(
        label=gettext_lazy("What they are there"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("Such as: accountant; the mother; head of the board."),
    )
    from_on = forms.DateField(
        label=gettext_lazy("Since when"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class Leaving(forms.Form):
    until_on = forms.DateField(
        label=gettext_lazy("The last day they belonged to it"),
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class Details(forms.Form):
    """What is known of an organisation; its name is corrected like everybody's."""

    form = forms.ChoiceField(
        label=gettext_lazy("What it is"),
        choices=lambda: choices(OrganisationForm),
        initial=OrganisationForm.COMPANY.value,
    )
    registration = forms.CharField(
        label=gettext_lazy("Registration number"), max_length=40, required=False
    )
    domains = forms.CharField(
        label=gettext_lazy("Their own mail domains"),
        max_length=1000,
        required=False,
        help_text=gettext_lazy(
            "Such as company.example. Whoever writes from there is taken for one of them."
        ),
    )
    notes = forms.CharField(
        label=gettext_lazy("Notes"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("What everybody who deals with them should know."),
    )


@needs(Act.EDIT_CUSTOMER)
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: StaffRequest, pk: int) -> HttpResponse:
    """Find the organisation to which a customer belongs, or write it down."""
    person = found(lambda: queries.person_for(request.user, pk))
    form = Belongs(request.POST if request.method == "POST" else None)
    text = request.GET.get("q", "")[:200].replace("\x00", "")
    if form.is_valid():
        said = form.cleaned_data
        text = said["name"]
        try:
            organisation = _chosen(request, said)
            acts.join_organisation(
                person,
                organisation=organisation,
                role=said["role"],
                from_on=said["from_on"],
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            say(request, _("They belong to %(name)s.") % {"name": organisation.name})
            return redirect("customer", person.pk)
    facts = {
        "person": person,
        "form": form,
        "text": text,
        "organisations": [
            one for one in queries.find_organisations_for(request.user, text) if one.pk != pk
        ],
        "by_mail": queries.organisations_by_mail(person),
    }
    status = 422 if form.errors else 200
    return render(request, page_or_part(request, JOIN, "organisations"), facts, status=status)


def _chosen(request: StaffRequest, said: dict[str, Any]) -> "Person":
    """Return the organisation that was chosen, or the one written down now."""
    if pk := said["organisation"]:
        return found(lambda: queries.person_for(request.user, pk))
    details = acts.Details(form=OrganisationForm(said["form"] or OrganisationForm.COMPANY))
    return acts.found_organisation(
        said["name"], details=details, by=request.user, at=timezone.now()
    )


@needs(Act.EDIT_CUSTOMER)
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: StaffRequest, pk: int) -> HttpResponse:
    """Note until when a customer belonged to an organisation."""
    membership = found(lambda: queries.membership_for(request.user, pk))
    form = Leaving(request.POST if request.method == "POST" else None)
    if form.is_valid() and taken(
        form,
        lambda: acts.leave_organisation(
            membership,
            until_on=form.cleaned_data["until_on"],
            today=timezone.localdate(),
            by=request.user,
            at=timezone.now(),
        ),
    ):
        undo = reverse("membership-rejoin", args=[membership.pk])
        gone = _("They no longer belong to %(name)s.") % {"name": membership.organisation.name}
        say(request, gone, undo=undo)
        return redirect("customer", membership.member_id)
    title = _("They left %(name)s") % {"name": membership.organisation.name}
    facts = {"person": membership.member, "form": form, "title": title}
    return render(request, "web/people/one_form.html", facts, status=422 if form.errors else 200)


@needs(Act.EDIT_CUSTOMER)
@require_POST
def rejoin(request: StaffRequest, pk: int) -> HttpResponse:
    """Note that a customer had not left after all."""
    membership = found(lambda: queries.membership_for(request.user, pk))
    attempt(
        request,
        lambda: acts.rejoin_organisation(membership, by=request.user, at=timezone.now()),
        said=_("They belong to %(name)s.") % {"name": membership.organisation.name},
    )
    return redirect("customer", membership.member_id)


@needs(Act.EDIT_CUSTOMER)
@require_http_methods(["GET", "HEAD", "POST"])
def details(request: StaffRequest, pk: int) -> HttpResponse:
    """Correct what is known of an organisation besides its name."""
    organisation = found(lambda: queries.person_for(request.user, pk))
    known = _known(organisation)
    form = Details(request.POST if request.method == "POST" else None, initial=known)
    if form.is_valid():
        said = form.cleaned_data
        written = acts.Details(
            form=OrganisationForm(said["form"]),
            registration=said["registration"],
            domains=domains_in(said["domains"]),
            notes=said["notes"],
        )
        if taken(
            form,
            lambda: acts.correct_organisation(
                organisation, details=written, by=request.user, at=timezone.now()
            ),
        ):
            say(request, _("Saved"))
            return redirect("customer", organisation.pk)
    facts = {"person": organisation, "form": form, "title": _("About the organisation")}
    return render(request, "web/people/one_form.html", facts, status=422 if form.errors else 200)


@needs(Act.SEE_CUSTOMERS)
@require_GET
def members(request: StaffRequest, pk: int) -> HttpResponse:
    """Show who belongs to an organisation, by name."""
    organisation = found(lambda: queries.person_for(request.user, pk))
    rows = list(belonging.members_of(organisation, after=place_after(request)))
    page = rows[: queries.PAGE]
    here, further = reverse("organisation-members", args=[organisation.pk]), ""
    if len(rows) > queries.PAGE:
        last = page[-1]
        further = f"{here}?{urlencode({'after': f'{last.pk}.{last.member.sorts_as}'})}"
    facts = {
        "person": organisation,
        "members": page,
        "further": further,
        "first": here if request.GET.get("after") else "",
        "is_organisation": organisation.kind == PersonKind.ORGANISATION,
    }
    return render(request, "web/people/members.html", facts)


def _known(organisation: "Person") -> dict[str, object]:
    known = belonging.details_of(organisation)
    domains = ", ".join(belonging.mail_domains_of(organisation))
    if known is None:
        return {"domains": domains}
    return {
        "form": known.form,
        "registration": known.registration,
        "notes": known.notes,
        "domains": domains,
    }
