"""The panel "What was read": each answer with its words, and "not so" with one click."""

import pytest
from django.urls import reverse

from amends.coach.actions import read_contact
from amends.coach.models import Correction
from amends.coach.rules import ANSWERS, Question
from amends.staff.rules.permissions import Role
from amends.web.coach.reading import _said
from tests import make

pytestmark = pytest.mark.django_db
TEXT = "My refund never came. I am furious, you idiots. I want my money back. I will go to court."
HTMX = {"HX-Request": "true"}


@pytest.fixture
def milda(client):
    agent = make.staff("Milda Jankauskaitė")
    make.team(members=(agent,))
    client.force_login(agent)
    return agent


@pytest.fixture
def case(milda):
    case = make.case(make.contact(TEXT, person=make.person()), owner=milda)
    read_contact(case.case_contacts.get().contact, case=case, at=make.NOW)
    return case


def at(case, *more):
    return reverse("case-not-so" if more else "case-read", args=[case.reference, *more])


def test_each_answer_stands_with_its_words(client, case, django_assert_max_num_queries):
    with django_assert_max_num_queries(15):
        page = client.get(at(case))
    for said in ("complaint", "<q", "insult one of us", "a court", "Still to ask them"):
        assert said in page.text
    assert "<html" not in client.get(at(case), headers=HTMX).text


def test_not_so_is_one_click_and_is_kept(client, case):
    pk = case.case_contacts.get().contact_id
    said = {"question": "anger", "rather": "1"}
    assert client.post(at(case, pk), said).status_code == 302
    part = client.post(at(case, pk), {**said, "rather": "2"}, headers=HTMX)
    assert "said by a colleague" in part.text
    assert "<html" not in part.text
    assert Correction.objects.get().rather == "2"


def test_what_is_no_answer_is_refused(client, case):
    pk = case.case_contacts.get().contact_id
    client.post(at(case, pk), {"question": "kind", "rather": "a poem"})
    assert client.post(at(case, pk), {"question": "person", "rather": "1"}).status_code == 404
    assert client.post(at(case, 0), {"question": "kind", "rather": "request"}).status_code == 404
    assert not Correction.objects.exists()


def test_nothing_read_yet_is_said(client, milda):
    assert "Nothing of this case has been read yet" in client.get(at(make.case(owner=milda))).text


def test_another_language_is_left_alone(client, milda):
    told = make.contact("Добрий день, моє замовлення не прийшло, і ніхто не відповідає.")
    case = make.case(told, owner=milda)
    read_contact(told, case=case, at=make.NOW)
    assert "left alone" in client.get(at(case)).text


def test_strangers_and_those_who_only_ask_do_not_see_it(client, case):
    client.force_login(make.staff(role=Role.EMPLOYEE))
    assert client.get(at(case)).status_code == 403


def test_the_case_page_leads_there(client, case):
    page = client.get(reverse("case", args=[case.reference]))
    assert at(case) in page.text
    assert "as-read" in page.text


def test_every_answer_has_its_word():
    assert all(_said(question, each) for question in Question for each in ANSWERS[question])
