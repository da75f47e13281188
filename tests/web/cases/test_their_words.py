"""Reading back how we understood a customer, and leaving unanswered what needs no answer."""

from datetime import timedelta

import pytest
from django.utils import timezone

from amends.cases.actions.from_portal import add_words
from amends.cases.actions.promises import Offer, make_promise
from amends.cases.actions.read_back import confirm_read_back
from amends.cases.models.case import Case
from amends.cases.models.read_back import ReadBack
from amends.cases.queries.links import holder_of
from amends.cases.rules.kinds import Next
from amends.staff.rules.permissions import Role
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(client):
    make.organisation()
    owner = make.staff("Inga Owner", role=Role.SENIOR)
    make.team(duty_owner=owner)
    client.force_login(owner)
    ruta = make.person("Rūta Petrauskienė", email="ruta@home.example")
    case = make.case(make.contact(person=ruta), owner=owner)
    offer = Offer(what="An engineer comes", due_at=timezone.now() + timedelta(days=3))
    make_promise(case, offer=offer, by=owner, at=timezone.now())
    return case


def page(case, act=""):
    return f"/cases/{case.reference}/{act}"


class TestReadingBack:
    @pytest.mark.requirement("S3-82")
    def test_it_is_told_the_customer_and_what_they_say_stands_in_the_case(self, client, case):
        assert page(case, "read-back/") in client.get(page(case)).text
        told = {"text": "An engineer comes on Tuesday."}
        assert client.post(page(case, "read-back/"), told).status_code == 302
        read_back = ReadBack.objects.select_related("case").get()
        confirm_read_back(read_back, words="Tuesday it is.", by=holder_of(case), at=timezone.now())
        text = client.get(page(case)).text
        assert "The customer says: we understood it right" in text
        assert "Tuesday it is." in text

    def test_without_a_word_nothing_is_asked(self, client, case):
        assert client.post(page(case, "read-back/"), {"text": " "}).status_code == 422
        assert not ReadBack.objects.exists()


class TestNoAnswerNeeded:
    def test_one_click_leaves_thanks_unanswered(self, client, case):
        add_words(case, words="OK, thanks.", by=holder_of(case), at=timezone.now())
        text = client.get(page(case)).text
        assert f'<form method="post" action="{page(case, "unanswered/")}"' in text
        assert client.post(page(case, "unanswered/")).status_code == 302
        assert Case.objects.get(pk=case.pk).next_due != Next.ANSWER
        assert "What they wrote last needs no answer" in client.get(page(case)).text

    def test_where_nothing_waits_it_is_neither_offered_nor_done(self, client, case):
        assert "No answer needed" not in client.get(page(case)).text
        response = client.post(page(case, "unanswered/"))
        assert response.status_code == 422
        assert "Nothing that they wrote waits for an answer." in response.text

    def test_who_may_not_work_on_cases_is_turned_away(self, client, case):
        client.force_login(make.staff(role=Role.AUDITOR))
        assert client.post(page(case, "unanswered/")).status_code == 403
        assert client.get(page(case, "read-back/")).status_code == 403
