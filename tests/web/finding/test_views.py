"""The find field and the palette."""

import pytest
from django.db import connection
from django.urls import reverse

from amends.cases.models.case import Case
from amends.staff.rules.permissions import Role
from tests import make

pytestmark = pytest.mark.django_db
TYPING = {"HX-Request": "true"}


@pytest.fixture
def staff(client):
    agent = make.staff()
    client.force_login(agent)
    return agent


@pytest.fixture
def case(staff):
    person = make.person("Rūta Petrauskienė", number="V-104")
    return make.case(make.contact(person=person), owner=staff)


def test_a_customer_is_found_by_the_start_of_a_name_with_their_open_cases(client, case):
    lines = client.get(reverse("find"), {"q": "petrausk"}, headers=TYPING).text
    assert "<html" not in lines
    assert "Rūta Petrauskienė" in lines
    assert "V-104" in lines
    assert case.reference in lines


@pytest.mark.parametrize("write", [str, str.lower, lambda reference: reference.replace("-", "")])
def test_a_reference_leads_straight_to_its_case_however_it_is_written(client, case, write):
    response = client.get(reverse("find"), {"q": write(case.reference)})
    assert response.url == reverse("case", args=[case.reference])


@pytest.mark.parametrize("piece", [slice(-4, None), slice(3, 8), slice(2, 8)])
def test_a_piece_of_a_reference_is_enough(client, case, piece):
    lines = client.get(reverse("find"), {"q": case.reference[piece].lower()}, headers=TYPING).text
    assert case.reference in lines


def test_a_piece_is_looked_up_and_not_searched_for(case):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = Case.objects.of_symbols("K4Q").explain()
    assert "case_by_piece" in plan


def test_the_page_shows_cases_and_customers(client, case):
    page = client.get(reverse("find"), {"q": "Petrausk"}).text
    assert "<html" in page
    assert reverse("customer", args=[case.person_id]) in page
    assert reverse("case", args=[case.reference]) in page


@pytest.mark.parametrize("text", ["", "nobody of that name", "\x00", "C-222-2222", "x" * 5000])
def test_what_is_not_there_is_said(client, staff, text):
    response = client.get(reverse("find"), {"q": text})
    assert response.status_code == 200
    lines = client.get(reverse("find"), {"q": text}, headers=TYPING).text
    assert ("Nothing is found" in lines) == bool(text.strip("\x00"))


def test_the_palette_leads_to_pages_by_their_names(client, staff):
    url = reverse("palette")
    assert "My profile" in client.get(url).text
    assert "Nothing is found" not in client.get(url).text
    assert "My profile" in client.get(url, {"q": "PROF"}).text
    assert "Customers" not in client.get(url, {"q": "PROF"}).text


def test_the_palette_shows_only_what_the_role_may_use(client, staff):
    assert "Authority" not in client.get(reverse("palette")).text
    client.force_login(make.staff(role=Role.MANAGER))
    assert "Authority" in client.get(reverse("palette")).text


def test_a_case_that_complains_about_somebody_is_not_found_by_them(client, case):
    client.force_login(make.staff(role=Role.EMPLOYEE))
    lines = client.get(reverse("find"), {"q": case.reference}, headers=TYPING).text
    assert case.gist not in lines


def test_a_stranger_finds_nothing(client):
    assert client.get(reverse("find"), {"q": "a"}).status_code == 302
    assert client.get(reverse("palette")).status_code == 302


def test_finding_costs_few_statements(client, case, django_assert_max_num_queries):
    client.get(reverse("find"), {"q": "petrausk"}, headers=TYPING)
    with django_assert_max_num_queries(7):
        client.get(reverse("find"), {"q": "petrausk"}, headers=TYPING)
