import pytest
from django.urls import reverse

from amends.base.limits import may_try
from amends.cases.queries.links import code_of, link_of, token_of
from amends.contacts.models import OutgoingMail
from amends.portal.finding import MOST_SEARCHES
from amends.portal.http import HOUR
from tests import make

pytestmark = pytest.mark.django_db
URL = "/find-my-case/en/"


@pytest.fixture
def case():
    return make.case(make.contact(person=make.person(email="ruta@home.example")))


def test_the_page_is_sent_to_the_address_that_we_have(client, case):
    typed = case.reference.lower().replace("-", " ")
    response = client.post(URL, {"reference": typed, "email": "Ruta@home.example"})
    assert response["Location"] == reverse("find-my-case-sent", args=["en"])
    assert link_of(case) in OutgoingMail.objects.get().text


@pytest.mark.parametrize(
    ("reference", "email"),
    [
        (None, "else@home.example"),
        ("C-222-2222", "ruta@home.example"),
    ],
    ids=["another address", "no such case"],
)
def test_whoever_asks_is_told_the_same(client, case, reference, email):
    told = {"reference": reference or case.reference, "email": email}
    response = client.post(URL, told, follow=True)
    right = client.post(
        URL, {"reference": case.reference, "email": "ruta@home.example"}, follow=True
    )
    assert response.text == right.text
    assert OutgoingMail.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "hint"),
    [("hello", "It looks like C-7K4-Q92X"), ("C-222-2223", "One sign of it is mistyped.")],
    ids=["no reference", "one sign wrong"],
)
def test_a_mistyped_reference_is_said_to_be_one_and_tells_of_no_case(client, case, typed, hint):
    response = client.post(URL, {"reference": typed, "email": "ruta@home.example"})
    assert response.status_code == 422
    assert hint in response.text
    assert "ruta@home.example" in response.text
    assert not OutgoingMail.objects.exists()


def test_who_has_no_mail_address_opens_it_by_the_code_they_were_told(client):
    case = make.case(make.contact(person=make.person(telephone="+37061234567")))
    typed = {"reference": case.reference, "code": code_of(case).lower().replace("-", " ")}
    opened = client.post(URL, typed, follow=True)
    assert opened.redirect_chain[0][0] == reverse("customer-case", args=["en", token_of(case)])
    assert case.reference in opened.text
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("code", ["K7QM-2XWD", "x", "ž" * 40, "٣٣٣٣"])
def test_a_code_of_another_case_opens_nothing(client, case, code):
    response = client.post(URL, {"reference": case.reference, "code": code})
    assert response.status_code == 422
    assert "The reference and the code do not belong together." in response.text


def test_a_new_link_version_ends_the_code_too(client, case):
    code = code_of(case)
    case.link_version += 1
    case.save()
    assert client.post(URL, {"reference": case.reference, "code": code}).status_code == 422


def test_both_are_needed(client, case):
    response = client.post(URL, {"reference": case.reference})
    assert response.status_code == 422


def test_it_cannot_be_tried_for_ever(client, case):
    for _ in range(MOST_SEARCHES):
        may_try("portal-find", "127.0.0.1", most=MOST_SEARCHES, per=HOUR)
    told = {"reference": case.reference, "email": "ruta@home.example"}
    response = client.post(URL, told)
    assert response.status_code == 429
    assert "tried too often" in response.text
    assert not OutgoingMail.objects.exists()


def test_the_page_asks_for_both_in_words(client, case, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        text = client.get(URL).text
    assert "Such as C-7K4-Q92X." in text
