"""Mail that was filed: on which case it is, and two clicks to where it belongs."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from amends.cases.actions.arrivals import take_in
from amends.cases.models.case import Case
from amends.contacts.actions.arrivals import Incoming, store_arrival
from amends.contacts.models import Arrival, Contact
from amends.staff.rules.permissions import Role
from amends.web.incoming import views
from tests import make
from tests.contacts.channels.email.messages import mail

pytestmark = pytest.mark.django_db
URL = "/incoming-mail/filed/"


@pytest.fixture(autouse=True)
def milda(client):
    make.organisation()
    agent = make.staff("Milda Jankauskaitė")
    make.team(members=(agent,))
    client.force_login(agent)
    return agent


def came(text: str, **head: str) -> Contact:
    incoming = Incoming(source="file", key=str(Arrival.objects.count()), raw=mail(text, **head))
    arrival, _new = store_arrival(incoming, at=timezone.now())
    take_in([arrival], at=timezone.now())
    return Contact.objects.get(arrival=arrival)


def answered(text: str, case: Case) -> Contact:
    return came(text, Subject=f"Re: {case.reference}", Message_ID=f"<{text}@example.lt>")


def test_each_mail_is_shown_with_its_case_and_moves_in_two_clicks_and_back(client):
    one = came("It is cold.").case_contacts.get().case
    bill = answered("And-the-bill", one)
    other = came("Noise.", From="Jonas <jonas@example.lt>").case_contacts.get().case
    page = client.get(URL)
    told = [(row.reference, row.opened) for row in page.context["rows"]]
    assert told == [(other.reference, True), (one.reference, False), (one.reference, True)]
    where = f"{reverse('case-move', args=[one.reference])}?contact={bill.pk}"
    assert f'href="{where}"' in page.text
    assert re.search(rf'value="{bill.pk}"[^>]*checked', client.get(where).text)

    moved = client.post(where, {"contact": bill.pk, "into": other.reference}, follow=True)
    assert bill.case_contacts.get().case == other
    assert reverse("case-move-back", args=[one.reference]) in moved.text
    assert client.get(URL).context["rows"][0].reference == other.reference
    client.post(reverse("case-move-back", args=[one.reference]))
    assert bill.case_contacts.get().case == one


def test_a_case_that_ended_keeps_what_is_on_it(client):
    make.withdrawn(came("It is cold.").case_contacts.get().case)
    page = client.get(URL)
    assert "A new case began with it." in page.text
    assert "Join to another case" not in page.text


def test_the_list_goes_on_at_the_same_cost(client, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr(views, "PAGE", 2)
    one = came("It is cold.").case_contacts.get().case
    answered("two", one)
    answered("three", one)
    client.get(URL)
    with django_assert_max_num_queries(8):
        first = client.get(URL)
    second = client.get(first.context["further"])
    assert [len(each.context["rows"]) for each in (first, second)] == [2, 1]
    assert not second.context["further"]
    assert second.context["first"] == URL


def test_an_empty_page_says_what_would_be_here(client):
    assert "No mail has been put to a case yet" in client.get(URL).text


def test_a_reader_moves_nothing_and_who_sees_no_cases_sees_none(client):
    came("It is cold.")
    client.force_login(make.staff(role=Role.EMPLOYEE))
    assert client.get(URL).status_code == 403
    client.force_login(make.staff(role=Role.AUDITOR))
    page = client.get(URL).text
    assert "ruta@example.lt" in page
    assert "Join to another case" not in page
