"""The find field of the top bar, and the command palette."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from amends.cases.queries.finding import find_cases_for
from amends.cases.queries.inbox import Row
from amends.cases.rules.reference import read_reference
from amends.people.queries import Found, find_people_for
from amends.web.finding.places import Destination, places_named
from amends.web.http import StaffRequest

LONGEST = 200


@dataclass(frozen=True, slots=True)
class Finds:
    """What a typed text may mean."""

    text: str
    cases: tuple[Row, ...]
    people: list[Found]
    places: tuple[Destination, ...] = ()


@login_required
@require_GET
def find(request: StaffRequest) -> HttpResponse:
    """Show what the text may mean, as a page or, while it is typed, as lines under the field."""
    finds = _finds(request)
    if request.headers.get("HX-Request"):
        return _lines(request, finds)
    if read_reference(finds.text) and finds.cases:
        return redirect("case", finds.cases[0].reference)
    return render(request, "web/finding/find.html", {"finds": finds, "now": timezone.localtime()})


@login_required
@require_GET
def palette(request: StaffRequest) -> HttpResponse:
    """Show the pages, cases and customers that the text may mean, as lines of the palette."""
    finds = _finds(request)
    places = places_named(finds.text, may=request.user.may)
    return _lines(request, Finds(finds.text, finds.cases, finds.people, places))


def _finds(request: StaffRequest) -> Finds:
    text = request.GET.get("q", "")[:LONGEST].replace("\x00", "").strip()
    if not text:
        return Finds("", (), [])
    people = find_people_for(request.user, text)
    cases = find_cases_for(request.user, text, of=[person.pk for person in people])
    return Finds(text, cases, people)


def _lines(request: StaffRequest, finds: Finds) -> HttpResponse:
    facts = {"finds": finds, "now": timezone.localtime()}
    return render(request, "web/finding/lines.html", facts)
