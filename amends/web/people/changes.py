"""What is done from a customer's page: each act posts, and leads back to the page."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from amends.base.refusal import Refused
from amends.people import queries
from amends.people.actions import merging, needs, points, representing
from amends.people.rules.kinds import PointKind
from amends.staff.rules.permissions import Act
from amends.web.acts import attempt, found, taken
from amends.web.http import StaffRequest, say
from amends.web.http import needs as for_those_who_may
from amends.web.people import forms

if TYPE_CHECKING:
    from amends.people.models import Person


@for_those_who_may(Act.EDIT_CUSTOMER)
@require_http_methods(["GET", "POST"])
def add_point(request: StaffRequest, pk: int) -> HttpResponse:
    """Keep one more way to reach a customer."""
    person = found(lambda: queries.person_for(request.user, pk))
    form = forms.Point(request.POST or None)

    def keep() -> None:
        said = form.cleaned_data
        points.add_contact_point(
            person,
            kind=PointKind(said["kind"]),
            value=said["value"],
            by=request.user,
            at=timezone.now(),
        )

    return _one_form(request, person, form, keep, _("One more way to reach them"))


@for_those_who_may(Act.EDIT_CUSTOMER)
@require_POST
def remove_point(request: StaffRequest, pk: int) -> HttpResponse:
    """Forget one way to reach a customer."""
    point = found(lambda: queries.point_for(request.user, pk))
    person_pk = point.person_id
    attempt(
        request,
        lambda: points.remove_contact_point(point, by=request.user, at=timezone.now()),
        said=_("Forgotten: %(value)s") % {"value": point.value},
    )
    return redirect("customer", person_pk)


@for_those_who_may(Act.EDIT_CUSTOMER)
@require_http_methods(["GET", "POST"])
def add_need(request: StaffRequest, pk: int) -> HttpResponse:
    """Keep what a customer needs, with consent and for a time."""
    person = found(lambda: queries.person_for(request.user, pk))
    form = forms.Need(request.POST or None)

    def keep() -> None:
        needs.record_special_need(
            person,
            text=form.cleaned_data["text"],
            consent=form.cleaned_data["consent"],
            expires_at=form.expires_at(),
            by=request.user,
            at=timezone.now(),
        )

    return _one_form(request, person, form, keep, _("What they need"))


@for_those_who_may(Act.EDIT_CUSTOMER)
@require_POST
def withdraw_need(request: StaffRequest, pk: int) -> HttpResponse:
    """Forget what a customer no longer wants us to keep."""
    need = found(lambda: queries.need_for(request.user, pk))
    attempt(
        request,
        lambda: needs.withdraw_special_need(need, by=request.user, at=timezone.now()),
        said=_("Forgotten, as they wished."),
    )
    return redirect("customer", need.person_id)


@for_those_who_may(Act.EDIT_CUSTOMER)
@require_http_methods(["GET", "POST"])
def add_representative(request: StaffRequest, pk: int) -> HttpResponse:
    """Find somebody who speaks for a customer, and note on what authority."""
    person = found(lambda: queries.person_for(request.user, pk))
    form = forms.Representative(request.POST or None)
    if form.is_valid():
        other = found(lambda: queries.person_for(request.user, form.cleaned_data["representative"]))
        if taken(
            form,
            lambda: representing.add_representation(
                person,
                representative=other,
                authority=form.cleaned_data["authority"],
                by=request.user,
                at=timezone.now(),
            ),
        ):
            say(request, _("%(name)s may speak for them.") % {"name": other.name})
            return redirect("customer", person.pk)
    text = request.GET.get("q", "")[:200].replace("\x00", "")
    facts = {
        "person": person,
        "form": form,
        "text": text,
        "people": [one for one in queries.find_people_for(request.user, text) if one.pk != pk],
    }
    status = 422 if form.errors else 200
    return render(request, "web/people/representative.html", facts, status=status)


@for_those_who_may(Act.EDIT_CUSTOMER)
@require_POST
def end_representation(request: StaffRequest, pk: int) -> HttpResponse:
    """Note that somebody no longer speaks for a customer."""
    pair = found(lambda: queries.representation_for(request.user, pk))
    attempt(
        request,
        lambda: representing.end_representation(pair, by=request.user, at=timezone.now()),
        said=_("%(name)s no longer speaks for them.") % {"name": pair.representative.name},
    )
    return redirect("customer", pair.represented_id)


@for_those_who_may(Act.MERGE_CUSTOMERS)
@require_http_methods(["GET", "POST"])
def merge(request: StaffRequest, pk: int, other_pk: int) -> HttpResponse:
    """Show two records beside each other, and make them one."""
    kept = found(lambda: queries.person_for(request.user, pk))
    merged = found(lambda: queries.person_for(request.user, other_pk))
    if request.method == "GET":
        facts = {"kept": kept, "merged": merged, "alike": queries.likeness_of(kept, merged)}
        return render(request, "web/people/merge.html", facts)
    try:
        done = merging.merge_people(kept, merged=merged, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        undo = reverse("customer-unmerge", args=[done.pk])
        said = _("%(name)s is now part of this record.") % {"name": merged.name}
        say(request, said, undo=undo)
    return redirect("customer", kept.pk)


@for_those_who_may(Act.MERGE_CUSTOMERS)
@require_POST
def unmerge(request: StaffRequest, pk: int) -> HttpResponse:
    """Part two records that were made one."""
    done = found(lambda: queries.merge_for(request.user, pk))
    attempt(
        request,
        lambda: merging.unmerge_people(done, by=request.user, at=timezone.now()),
        said=_("%(name)s is a record of its own again.") % {"name": done.merged.name},
    )
    return redirect("customer", done.kept_id)


def _one_form(
    request: StaffRequest, person: "Person", form: Form, keep: Callable[[], None], title: str
) -> HttpResponse:
    """Show a form about `person` on a page of its own, and `keep` what was written there."""
    if form.is_valid() and taken(form, keep):
        say(request, _("Saved"))
        return redirect("customer", person.pk)
    facts = {"person": person, "form": form, "title": title}
    return render(request, "web/people/one_form.html", facts, status=422 if form.errors else 200)
