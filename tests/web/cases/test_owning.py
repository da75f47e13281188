"""Taking a case and handing it over, on pages."""

import pytest
from django.urls import reverse

from amends.staff.rules.permissions import Role
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def jonas():
    return make.staff("Jonas Kairys")


@pytest.fixture
def milda(client, jonas):
    agent = make.staff("Milda Jankauskaitė")
    make.team(members=(agent, jonas))
    client.force_login(agent)
    return agent


def at(case, name):
    return reverse(f"case-{name}", args=[case.reference])


@pytest.mark.requirement("S0-04", "S4-11")
def test_a_case_is_handed_over_with_what_matters_and_is_the_takers_once_accepted(
    client, milda, jonas
):
    case = make.case(owner=milda)
    make.promise(case)
    offered = {"to": jonas.pk, "summary": "Third time cold.", "emotion_note": "Tired."}
    assert client.post(at(case, "hand-over"), offered).status_code == 302
    case.refresh_from_db()
    assert case.owner == milda
    client.force_login(jonas)
    page = client.get(at(case, "accept")).text
    assert "Third time cold." in page
    assert client.post(at(case, "accept"), {"seen": ""}).status_code == 302
    case.refresh_from_db()
    assert case.owner == jonas


def test_a_handover_can_be_declined_with_a_reason(client, milda, jonas):
    case = make.case(owner=milda)
    client.post(at(case, "hand-over"), {"to": jonas.pk, "summary": "Cold."})
    client.force_login(jonas)
    assert client.post(at(case, "decline"), {"reason": ""}).status_code == 422
    assert client.post(at(case, "decline"), {"reason": "I leave on Friday."}).status_code == 302
    case.refresh_from_db()
    assert case.owner == milda


def test_an_offer_can_be_taken_back(client, milda, jonas):
    case = make.case(owner=milda)
    client.post(at(case, "hand-over"), {"to": jonas.pk, "summary": "Cold."})
    assert client.post(at(case, "take-back"), {}).status_code == 302
    assert client.get(at(case, "accept")).status_code == 404


def test_a_handover_says_what_matters(client, milda, jonas):
    case = make.case(owner=milda)
    response = client.post(at(case, "hand-over"), {"to": jonas.pk, "summary": ""})
    assert response.status_code == 422
    assert "What matters" in response.text


def test_whoever_leads_gives_a_case_to_a_colleague(client, milda, jonas):
    case = make.case(owner=milda)
    assert client.post(at(case, "assign"), {"to": jonas.pk}).status_code == 403
    client.force_login(make.staff(role=Role.SENIOR))
    assert client.post(at(case, "assign"), {"to": jonas.pk}).status_code == 302
    case.refresh_from_db()
    assert case.owner == jonas


def test_taking_twice_is_harmless(client, milda):
    case = make.case()
    for _ in range(2):
        assert client.post(at(case, "take"), {}).status_code == 302
