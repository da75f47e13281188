"""What is weighed of a case besides its grades, on its pages and the customer's."""

import pytest
from django.urls import reverse

from amends.cases.models.case import Case
from amends.staff.rules.permissions import Role
from tests import make
from tests.cases import hard
from tests.cases.actions.seen import again
from tests.portal.behind_the_link import url

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client):
    made = make.staff("Milda", role=Role.SENIOR)
    client.force_login(made)
    return made


@pytest.fixture
def case(owner):
    make.organisation()
    person = make.person("Ona", email="ona@post.example")
    return make.case(make.contact(person=person), owner=owner, team_=make.team(members=(owner,)))


def at(case, act):
    return reverse(f"case-{act}", args=[case.reference])


def page(client, case):
    return client.get(reverse("case", args=[case.reference])).text


def test_why_it_comes_first_stands_on_the_case_and_in_the_list(client, case):
    told = {"ahead": "safety", "at_once": "true", "safety": "unknown"}
    assert client.post(at(case, "assess"), told).status_code == 302
    shown = page(client, case)
    assert "It comes first: somebody is in danger" in shown
    assert "Something can be done at once." in shown
    assert "comes first: somebody is in danger" in client.get(reverse("inbox")).text


def test_a_reason_that_is_not_on_our_list_is_refused(client, case):
    told = {"ahead": "they shout", "safety": "unknown", "at_once": "unknown"}
    assert client.post(at(case, "assess"), told).status_code == 422
    assert "that somebody is loud is none" in client.get(at(case, "assess")).text


def test_what_they_ask_for_stands_by_our_list_beside_their_words(client, case):
    told = {"wish": "My money back", "kinds": ["refund-full", "apology"]}
    assert client.post(at(case, "wish"), told).status_code == 302
    shown = page(client, case)
    assert "My money back" in shown
    assert "(an apology, refund in full)" in shown
    again_ = client.get(at(case, "wish")).text
    assert 'value="refund-full"' in again_
    assert "checked" in again_


def test_what_was_decided_stands_beside_what_they_asked_for(client):
    agent = make.staff("Inga")
    client.force_login(agent)
    case = hard.decided(agent).decision.case
    Case.objects.filter(pk=case.pk).update(requested=["repair"])
    shown = client.get(reverse("case-investigation", args=[case.reference])).text
    assert "What they asked for" in shown
    assert shown.index("What they asked for") < shown.index("What was decided")


def test_whether_others_may_be_told_is_asked_and_stands_with_how_and_when(client, case):
    assert "May others be told of it? yes" not in page(client, case)
    told = {"said": "given", "how": "telephone"}
    assert client.post(at(case, "publication"), told).status_code == 302
    assert "May others be told of it? yes, without their name (" in page(client, case)
    assert client.post(at(case, "publication"), {"said": "withdrawn"}).status_code == 422


def test_the_customer_says_it_on_their_page_and_takes_it_back_there(client, case):
    assert "Say whether we may tell others of it" in client.get(url(case)).text
    assert again(case).publication_consent == ""
    assert client.post(url(case, "publication"), {}).status_code == 422
    answered = client.post(url(case, "publication"), {"said": "given"}, follow=True)
    assert "You may change it at any time on this page." in answered.text
    assert 'value="given"' in client.get(url(case, "publication")).text
    client.post(url(case, "publication"), {"said": "declined"})
    told = again(case)
    assert (told.publication_consent, told.publication_how) == ("withdrawn", "link")
    assert "no more; the yes was taken back" in page(client, case)


def test_what_they_got_stands_with_a_closed_case_and_can_be_said(client, case):
    assert client.post(at(case, "relief"), {"relief": "none"}).status_code == 422
    Case.objects.filter(pk=case.pk).update(
        state="closed",
        closed_at=make.NOW,
        verdict="yes",
        next_due_at=None,
        next_due="",
        relief="monetary",
    )
    assert "What they got: money" in page(client, case)
    assert client.post(at(case, "relief"), {"relief": "explanation"}).status_code == 302
    assert "What they got: an explanation" in page(client, case)
