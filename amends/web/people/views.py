"""The list of customers, who they are, and the hub of each."""

from dataclasses import asdict
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from amends.base.refusal import Refused
from amends.cases.queries import belonging
from amends.cases.queries.customer import dealings_with, history_with
from amends.cases.queries.occasions import occasions_of
from amends.cases.rules.lists import Source, Spot, read_spot, spot_written
from amends.people import queries
from amends.people.actions.persons import Particulars, add_person, correct_person
from amends.people.rules.address import MANNERS, greeting, spoken
from amends.people.rules.kinds import PersonKind
from amends.staff.rules.permissions import Act
from amends.standards.queries import standards_agreed_with
from amends.web.acts import found, taken
from amends.web.http import StaffRequest, needs, page_or_part, say
from amends.web.people import forms

if TYPE_CHECKING:
    from amends.people.models import Person

LONGEST_KEY = 19
MEMBERS_SHOWN = 12


@needs(Act.SEE_CUSTOMERS)
@require_GET
def customers(request: StaffRequest) -> HttpResponse:
    """Show the customers by name, or those whom the typed text may mean."""
    text = request.GET.get("q", "")[:200].replace("\x00", "")
    rows = list(queries.customer_list_for(request.user, text=text, after=place_after(request)))
    page = rows[: queries.PAGE]
    facts = {
        "people": page,
        "text": text,
        "further": _further(text, page[-1]) if len(rows) > queries.PAGE else "",
        "first": reverse("customers") if request.GET.get("after") else "",
        "may_add": request.user.may(Act.EDIT_CUSTOMER),
    }
    return render(request, page_or_part(request, "web/people/list.html", "customer-list"), facts)


@needs(Act.SEE_CUSTOMERS)
@require_GET
def customer(request: StaffRequest, pk: int) -> HttpResponse:
    """Show everything about one customer, the last contact first."""
    try:
        person = found(lambda: queries.person_for(request.user, pk))
    except Http404:
        if queries.is_forgotten(pk):
            return render(request, "web/people/forgotten.html", status=410)
        raise
    if person.pk != pk:
        return redirect("customer", person.pk)
    staff = request.user
    may_edit = staff.may(Act.EDIT_CUSTOMER)
    facts = {
        "person": person,
        "dealings": dealings_with(person, staff=staff),
        "points": queries.points_of(person),
        "needs": queries.needs_of(person, staff=staff, at=timezone.now()),
        "representatives": queries.representatives_of(person),
        "represented": queries.represented_by(person),
        "duplicates": queries.possible_duplicates(person)[:3] if may_edit else (),
        "merges": queries.merges_into(person),
        **_belonging(person),
        "occasions": occasions_of(person, today=timezone.localdate()),
        "greetings": greetings(person),
        "may_edit": may_edit,
        "may_learn": staff.may(Act.WORK_ON_CASE),
        "may_merge": staff.may(Act.MERGE_CUSTOMERS),
        "may_agree": staff.may(Act.EDIT_TEAMS),
        "standards": standards_agreed_with(person.pk) if staff.may(Act.EDIT_TEAMS) else (),
        "point_form": forms.Point(),
        "need_form": forms.Need(),
    }
    return render(request, "web/people/customer.html", facts)


@needs(Act.SEE_CUSTOMERS)
@require_GET
def history(request: StaffRequest, pk: int) -> HttpResponse:
    """Show every contact with one customer, on every channel, the newest first."""
    person = found(lambda: queries.person_for(request.user, pk))
    before = read_spot(request.GET.get("before", ""))
    place = (before.at, before.pk) if before else None
    contacts, more = history_with(person, staff=request.user, before=place)
    here = reverse("customer-contacts", args=[person.pk])
    further = ""
    if more:
        last = contacts[-1]
        spot = spot_written(Spot(last.ended_at, Source.CONTACT, last.pk))
        further = f"{here}?{urlencode({'before': spot})}"
    facts = {
        "person": person,
        "contacts": contacts,
        "further": further,
        "first": here if before else "",
    }
    return render(request, "web/people/contacts.html", facts)


@needs(Act.EDIT_CUSTOMER)
@require_http_methods(["GET", "POST"])
def new_customer(request: StaffRequest) -> HttpResponse:
    """Write down a customer we did not know."""
    form = forms.NewPerson(request.POST or None, initial={"name": request.GET.get("name", "")})
    if form.is_valid():
        try:
            person = add_person(
                form.particulars(), points=form.points(), by=request.user, at=timezone.now()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            say(request, _("Written down."))
            return redirect("customer", person.pk)
    status = 422 if form.errors else 200
    return render(request, "web/people/form.html", {"form": form}, status=status)


@needs(Act.EDIT_CUSTOMER)
@require_http_methods(["GET", "POST"])
def edit_customer(request: StaffRequest, pk: int) -> HttpResponse:
    """Correct what we know of a customer."""
    person = found(lambda: queries.person_for(request.user, pk))
    form = forms.Person(request.POST or None, initial=_known(person))
    if form.is_valid() and taken(
        form,
        lambda: correct_person(
            person, particulars=form.particulars(), by=request.user, at=timezone.now()
        ),
    ):
        say(request, _("Saved"))
        return redirect("customer", person.pk)
    facts = {"form": form, "person": person, "greetings": greetings(person)}
    return render(request, "web/people/form.html", facts, status=422 if form.errors else 200)


def greetings(person: "Person") -> list[tuple[str, str, str]]:
    """Return language, greeting and spoken form for each of the five languages."""
    who = person.addressee
    return [(code, greeting(who, code), spoken(who, code)) for code in MANNERS]


def _belonging(person: "Person") -> dict[str, object]:
    """Return where a customer belongs, or who belongs to it and what is known of it."""
    facts: dict[str, object] = {"memberships": belonging.memberships_of(person)}
    if person.kind != PersonKind.ORGANISATION:
        return facts
    members = list(belonging.members_of(person)[: MEMBERS_SHOWN + 1])
    return facts | {
        "is_organisation": True,
        "details": belonging.details_of(person),
        "domains": belonging.mail_domains_of(person),
        "members": members[:MEMBERS_SHOWN],
        "more_members": len(members) > MEMBERS_SHOWN,
    }


def _known(person: "Person") -> dict[str, object]:
    columns = {name: getattr(person, name) for name in asdict(Particulars(name="x"))}
    wishes = {forms.FORM + code: form for code, form in person.address_forms.items()}
    return columns | wishes


def place_after(request: StaffRequest) -> tuple[str, int] | None:
    """Return where the page before ended, as the address says; None if it makes no sense."""
    pk, _dot, name = request.GET.get("after", "").partition(".")
    makes_sense = pk.isascii() and pk.isdigit() and len(pk) < LONGEST_KEY
    return (name[:220], int(pk)) if makes_sense and "\x00" not in name else None


def _further(text: str, last: "Person") -> str:
    asked = {"q": text, "after": f"{last.pk}.{last.sorts_as}"}
    return f"{reverse('customers')}?{urlencode(asked)}"
