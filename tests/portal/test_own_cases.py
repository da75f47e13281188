from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from amends.base.limits import may_try
from amends.cases.models.case import Case
from amends.cases.queries.links import link_of, token_of
from amends.cases.queries.own_cases import own_cases_link, own_cases_token
from amends.contacts.models import OutgoingMail
from amends.portal.http import HOUR
from amends.portal.own_cases import MOST_ASKED
from tests import make
from tests.portal.behind_the_link import promised, url

pytestmark = pytest.mark.django_db


def mine(person, *, at=None, name="own-cases"):
    return reverse(name, args=["en", own_cases_token(person, at=at or timezone.now())])


class TestAsking:
    def test_the_address_goes_to_whom_we_write_to(self, customer, case):
        response = customer.post("/my-cases/en/", {"email": "RUTA@home.example"})
        assert response["Location"] == reverse("find-my-case-sent", args=["en"])
        assert own_cases_link(case.person, at=timezone.now()) in OutgoingMail.objects.get().text

    def test_whoever_asks_is_told_the_same(self, customer, case):
        told = customer.post("/my-cases/en/", {"email": "else@home.example"}, follow=True)
        right = customer.post("/my-cases/en/", {"email": "ruta@home.example"}, follow=True)
        assert told.text == right.text
        assert OutgoingMail.objects.count() == 1

    def test_an_address_is_needed(self, customer, case):
        response = customer.post("/my-cases/en/", {"email": " "})
        assert response.status_code == 422
        assert "Type the mail address that you gave us." in response.text

    def test_it_cannot_be_asked_for_ever(self, customer, case):
        for _ in range(MOST_ASKED):
            may_try("portal-find", "127.0.0.1", most=MOST_ASKED, per=HOUR)
        response = customer.post("/my-cases/en/", {"email": "ruta@home.example"})
        assert response.status_code == 429
        assert customer.post(mine(case.person, name="own-cases-renew")).status_code == 429
        assert not OutgoingMail.objects.exists()

    def test_from_the_page_of_one_case_it_goes_to_its_customer_alone(self, customer, case):
        before = customer.get(url(case, "all"))
        assert not OutgoingMail.objects.exists()
        assert "Send me the address" in before.text
        assert "ruta@home.example" not in before.text
        response = customer.post(url(case, "all"), {"go": "yes"})
        assert "on its way to you" in customer.get(response["Location"]).text
        assert OutgoingMail.objects.get().to_address == "ruta@home.example"

    @pytest.mark.parametrize("known", [True, False])
    def test_without_a_mail_address_it_says_so(self, customer, case, known):
        case.person.points.all().delete()
        if not known:
            Case.objects.filter(pk=case.pk).update(person=None)
        response = customer.post(url(case, "all"), {"go": "yes"})
        assert response.status_code == 422
        assert "We have no mail address of yours." in response.text


class TestTheList:
    def test_it_says_where_each_stands_what_was_promised_and_who_has_it(self, customer, case):
        promised(case)
        past = make.withdrawn(make.case(make.contact(person=case.person), owner=case.owner))
        text = customer.get(mine(case.person)).text
        for said in (
            case.reference,
            url(case),
            "Inga Ramanauskaitė has it",
            "We promised: An engineer comes and it is warm by",
            past.reference,
            "You took it back.",
        ):
            assert said in text

    def test_it_is_in_the_customers_language_and_in_any_other(self, customer, case):
        address = own_cases_link(case.person, at=timezone.now()).removeprefix(
            "http://localhost:8000"
        )
        response = customer.get(address)
        assert response["Content-Language"] == "en"
        assert f'href="{mine(case.person).replace("/en/", "/lt/")}"' in response.text
        assert response["Cache-Control"] == "private, no-store"

    def test_nothing_yet_says_what_would_be_there(self, customer, case):
        assert "There is nothing yet." in customer.get(mine(make.person())).text

    @pytest.mark.parametrize("token", ["x", "1.739950.AAAA", "12"])
    def test_a_wrong_link_is_answered_like_any_other(self, customer, case, token):
        for address in (f"/my-cases/{token}/", f"/my-cases/en/{token}/"):
            response = customer.get(address)
            assert response.status_code == 404
            assert "This address leads nowhere" in response.text
        assert customer.post(f"/my-cases/en/{token}/new-link/").status_code == 404

    def test_one_that_has_run_out_offers_a_new_one_to_its_customer(self, customer, case):
        old = timezone.now() - timedelta(days=9)
        response = customer.get(mine(case.person, at=old))
        assert response.status_code == 410
        assert case.reference not in response.text
        assert "Send me a new address" in response.text
        again = customer.post(mine(case.person, at=old, name="own-cases-renew"))
        assert again["Location"] == reverse("find-my-case-sent", args=["en"])
        assert own_cases_link(case.person, at=timezone.now()) in OutgoingMail.objects.get().text

    def test_a_new_one_for_nobodys_mail_is_told_the_same(self, customer, case):
        case.person.points.all().delete()
        response = customer.post(mine(case.person, name="own-cases-renew"))
        assert response["Location"] == reverse("find-my-case-sent", args=["en"])

    def test_it_needs_few_statements_however_many_there_are(
        self, customer, case, django_assert_max_num_queries
    ):
        for _ in range(5):
            promised(make.case(make.contact(person=case.person), owner=case.owner))
        with django_assert_max_num_queries(9):
            customer.get(mine(case.person))


class TestALinkThatWasReplaced:
    def test_it_offers_the_new_one_which_goes_to_the_customer_alone(self, customer, case):
        old, token = url(case), token_of(case)
        Case.objects.filter(pk=case.pk).update(link_version=2)
        response = customer.get(old)
        assert response.status_code == 404
        assert "This address was replaced" in response.text
        assert case.reference in token
        sent = customer.post(f"/c/en/{token}/new-link/")
        assert sent["Location"] == reverse("find-my-case-sent", args=["en"])
        mail = OutgoingMail.objects.get()
        assert mail.to_address == "ruta@home.example"
        case.refresh_from_db()
        assert link_of(case) in mail.text

    def test_no_other_link_sends_anything(self, customer, case):
        assert customer.post(f"/c/en/{token_of(case)}/new-link/").status_code == 404
        assert customer.post("/c/en/nothing/new-link/").status_code == 404
        assert not OutgoingMail.objects.exists()
