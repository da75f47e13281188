import pytest
from django.urls import reverse

from amends.cases.actions.proposing import ask_approval
from amends.cases.models.deciding import Approval
from amends.notices.models import Notice
from amends.staff.rules.authority import RemedyKind
from amends.staff.rules.permissions import Role
from tests import make
from tests.cases import hard
from tests.told import told

pytestmark = pytest.mark.django_db
LIST = "/approvals/"


@pytest.fixture
def senior(client):
    made = make.staff("Jonas Petraitis", role=Role.SENIOR)
    make.authority(Role.SENIOR, RemedyKind.REFUND_PART, 500)
    client.force_login(made)
    return made


@pytest.fixture
def approval(senior):
    owner = make.staff("Inga Ramanauskaitė")
    make.team(duty_owner=senior, members=(owner,))
    option = hard.option(hard.investigated(owner))
    return ask_approval(option, reason="Two cold days.", by=owner, at=hard.NOW)


def test_nothing_waits_at_first(client, senior):
    assert "Nothing waits for your approval" in client.get(LIST).text


@pytest.mark.requirement("S2-09", "S2-10")
def test_what_waits_says_why_and_what_it_is_worth_on_either_side(client, approval):
    url = reverse("approval-answer", args=[approval.pk])
    assert url in client.get(LIST).text
    text = client.get(url).text.replace("\xa0", " ")
    for said in (
        "Two cold days.",
        "<b>60 €</b>",
        "<b>100 €</b>",
        "<q>A warm home</q>",
        "<b>49 €</b>",
    ):
        assert said in text


def test_a_yes_is_given(client, approval):
    url = reverse("approval-answer", args=[approval.pk])
    assert client.post(url, {"granted": "yes"})["Location"] == LIST
    assert Approval.objects.get().granted is True
    assert client.get(url).status_code == 404


def test_a_no_needs_a_word(client, approval):
    url = reverse("approval-answer", args=[approval.pk])
    refused = client.post(url, {"granted": "no"})
    assert (refused.status_code, "Say why not" in refused.text) == (422, True)
    assert client.post(url, {}).status_code == 422
    assert client.post(url, {"granted": "no", "words": "Half of it."}).status_code == 302
    assert Approval.objects.get().words == "Half of it."


def test_what_waits_for_another_is_not_shown(client, approval):
    client.force_login(make.staff())
    assert client.get(reverse("approval-answer", args=[approval.pk])).status_code == 404
    client.force_login(make.staff(role=Role.AUDITOR))
    assert client.get(LIST).status_code == 403


def test_it_stands_on_the_day_of_whom_it_was_asked_and_of_the_deputy(client, approval):
    answer = reverse("approval-answer", args=[approval.pk])
    deputy = make.staff("Ona Deputy", role=Role.MANAGER)
    Approval.objects.update(deputy=deputy)
    for who in (approval.asked_of, deputy):
        client.force_login(who)
        page = client.get("/").text
        assert "Inga Ramanauskaitė asks for your approval" in page
        assert "Two cold days." in page
        assert answer in page
    client.force_login(approval.asked_by)
    assert answer not in client.get("/").text


def test_one_that_is_not_asked_anew_any_more_stands_there_still(client, approval):
    Approval.objects.update(due_at=None)
    assert reverse("approval-answer", args=[approval.pk]) in client.get("/").text


def test_a_bell_rings_for_who_is_asked_until_it_is_answered(client, approval, senior):
    told()
    assert "1 thing you have not seen" in client.get("/notices/bell/").text
    there = client.get(f"/notices/{Notice.objects.get().pk}/")
    assert there["Location"] == LIST
