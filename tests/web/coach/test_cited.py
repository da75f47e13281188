"""What a customer cites, with the same source as we keep it beside it."""

import pytest
from django.urls import reverse

from amends.coach.actions import read_contact
from amends.standards.actions import ship_profiles
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("S3-10")]


@pytest.fixture
def milda(client):
    agent = make.staff("Milda Jankauskaitė")
    make.team(members=(agent,))
    client.force_login(agent)
    return agent


def read(client, milda, text):
    case = make.case(make.contact(text, person=make.person()), owner=milda)
    read_contact(case.case_contacts.get().contact, case=case, at=make.NOW)
    return client.get(reverse("case-read", args=[case.reference])).text


def test_the_same_source_as_we_keep_it_stands_beside_what_they_cite(client, milda):
    ship_profiles(at=make.NOW)
    page = read(client, milda, "Zgodnie z art. 7a ustawy o prawach konsumenta żądam zwrotu.")
    assert ">art. 7a</q>" in page
    assert "Act of 30 May 2014, art. 7a" in page
    assert "nobody has looked it up yet" in page
    assert "442-FZ" not in page


def test_what_was_looked_up_says_when(client, milda):
    ship_profiles(at=make.NOW)
    page = read(client, milda, "Under DISP 1.6.2R I want an answer now, or I go to court.")
    assert "FCA DISP 1.6.2R" in page
    assert "looked at on" in page


def test_a_law_that_we_do_not_keep_is_said_to_be_so(client, milda):
    page = read(client, milda, "Under article 99 of the Sale of Goods Act you owe me a refund.")
    assert "We keep no law of this number." in page


def test_what_others_say_of_us_needs_no_law(client, milda):
    page = read(client, milda, "Your reviews say the same: https://a.example/us is full of it.")
    assert "what others say of us" in page
    assert "https://a.example/us" in page
    assert "We keep no law" not in page


def test_who_cites_nothing_has_no_such_part(client, milda):
    assert "What they cite" not in read(client, milda, "It is cold and I want it warm.")
