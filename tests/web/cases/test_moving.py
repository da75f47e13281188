"""A contact is put to the case it belongs to from the page of a case, and back by one click."""

from datetime import timedelta

import pytest
from django.urls import reverse

from amends.cases.actions.opening import add_contact
from amends.cases.models.case import Case
from amends.staff.rules.permissions import Role
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def milda(client):
    agent = make.staff("Milda Jankauskaitė")
    make.team(members=(agent,))
    client.force_login(agent)
    return agent


@pytest.fixture
def case(milda):
    return make.case(make.contact(person=make.person()), owner=milda)


@pytest.fixture
def bill(case, milda):
    minute = make.NOW + timedelta(minutes=1)
    told = make.contact("And the bill.", person=case.person, started_at=minute, ended_at=minute)
    add_contact(case, contact=told, by=milda, at=minute)
    return told


def at(case, name):
    return reverse(f"case-{name}", args=[case.reference])


def test_a_contact_goes_to_the_case_that_is_named_and_back(client, case, bill, milda):
    other = make.case(owner=milda)
    assert at(case, "move") in client.get(reverse("case", args=[case.reference])).text
    form = client.get(at(case, "move")).text
    assert "And the bill." in form
    response = client.post(at(case, "move"), {"contact": bill.pk, "into": other.reference.lower()})
    assert response.status_code == 302
    assert other.case_contacts.filter(contact=bill).exists()
    shown = client.get(reverse("case", args=[case.reference])).text
    assert at(case, "move-back") in shown
    assert "A contact went to the case it belongs to" in shown
    there = client.get(reverse("case", args=[other.reference])).text
    assert "A contact came here from another case" in there
    client.post(at(case, "move-back"))
    assert case.case_contacts.filter(contact=bill).exists()
    assert (
        "The contact was put back here" in client.get(reverse("case", args=[case.reference])).text
    )


def test_a_contact_goes_to_a_new_case_where_none_is_named(client, case, bill):
    client.post(at(case, "move"), {"contact": bill.pk, "into": ""})
    assert Case.objects.exclude(pk=case.pk).get().case_contacts.get().contact == bill


def test_a_reference_that_there_is_not_is_refused(client, case, bill):
    response = client.post(at(case, "move"), {"contact": bill.pk, "into": "C-999-9999"})
    assert response.status_code == 422
    assert "There is no case of this reference" in response.text


def test_where_nothing_can_go_the_page_says_so(client, case):
    assert "what the case began with" in client.get(at(case, "move")).text
    assert client.post(at(case, "move"), {"contact": 0}).status_code == 422


def test_nothing_goes_back_that_was_not_moved(client, case):
    shown = client.post(at(case, "move-back"), follow=True).text
    assert "cannot be put back with a click" in shown


def test_a_reader_moves_nothing(client, case, bill):
    client.force_login(make.staff(role=Role.AUDITOR))
    assert client.get(at(case, "move")).status_code == 403
