from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from amends.cases.actions.ownership import offer_handover
from amends.cases.models.procedures import Procedure
from amends.cases.rules.kinds import CaseKind
from amends.contacts.rules.kinds import Channel
from amends.staff.rules.permissions import Role
from tests import make

pytestmark = pytest.mark.django_db
PASSED_OVER = "/settings/procedures/passed-over/"
HERE = "/settings/procedures/enquiry/"
CHOSEN = {
    "steps": ["authority", "thanked"],
    "evidence": ["no-limits"],
    "guards": ["not-thanked"],
    "check_again_days": "28",
    "reason": "Who asks is thanked.",
}


@pytest.fixture
def manager(client):
    make.organisation()
    manager = make.staff("Asta", role=Role.MANAGER)
    client.force_login(manager)
    return manager


def test_each_kind_has_its_steps(client, manager):
    page = client.get(reverse("settings-procedures")).text
    assert "Complaint" in page
    assert "Kept from happening again" in page
    assert page.count("Change it") == 6


def test_what_must_be_is_said_and_not_offered(client, manager):
    page = client.get("/settings/procedures/complaint/").text
    assert "This is always so" in page
    assert "nobody has asked whether it is put right" in page
    assert 'value="not-asked"' not in page


def test_it_is_decided_for_new_cases(client, manager):
    assert client.post(HERE, CHOSEN).url == reverse("settings-procedures")
    written = Procedure.objects.get()
    assert (written.version, written.guards) == (2, ["not-thanked"])
    assert (written.check_again_days, written.by) == (28, manager)
    assert "Who asks is thanked." in client.get(reverse("settings-procedures")).text
    assert 'value="28"' in client.get(HERE).text


@pytest.mark.parametrize(
    "wrong", [{"reason": ""}, {"guards": ["promises-owed"]}, {"check_again_days": "2"}]
)
def test_what_cannot_be_is_refused_on_the_page(client, manager, wrong):
    assert client.post(HERE, {**CHOSEN, **wrong}).status_code == 422
    assert not Procedure.objects.exists()


def test_the_same_once_more_is_said(client, manager):
    client.post(HERE, CHOSEN)
    response = client.post(HERE, CHOSEN)
    assert response.status_code == 422
    assert "That is what holds already." in response.text


def test_there_is_no_seventh_kind(client, manager):
    assert client.get("/settings/procedures/ticket/").status_code == 404


@pytest.mark.parametrize(
    ("role", "read"), [(Role.AGENT, 403), (Role.SENIOR, 403), (Role.ADMINISTRATOR, 200)]
)
def test_only_a_manager_decides_it(client, manager, role, read):
    client.force_login(make.staff(role=role))
    assert client.get(HERE).status_code == read
    assert client.post(HERE, CHOSEN).status_code == 403


def test_a_case_is_moved_to_it_on_its_page(client, manager):
    case = make.case(owner=manager, kind=CaseKind.ENQUIRY)
    url = reverse("case-procedure", args=[case.reference])
    assert "version 1, with which it began" in client.get(url).text
    assert client.post(url).status_code == 422
    client.post(HERE, CHOSEN)
    assert "Version 2 is newer: Who asks is thanked." in client.get(url).text
    assert client.post(url).status_code == 302
    case.refresh_from_db()
    assert case.procedure == Procedure.objects.get()


def test_an_administrator_reads_them_and_decides_nothing(client):
    make.organisation()
    client.force_login(make.staff(role=Role.ADMINISTRATOR))
    page = client.get(reverse("settings-procedures")).text
    assert page.count("Read it") == 6
    assert "managers decide them" in page
    assert reverse("settings-passed-over") not in page
    assert "managers decide them" in client.get(HERE).text
    assert "Leave it as it is" not in client.get(HERE).text
    assert client.get(reverse("settings-passed-over")).status_code == 403
    assert reverse("settings-procedures") in client.get(reverse("more")).text


@pytest.mark.requirement("S4-25")
def test_what_was_passed_on_within_minutes_is_counted_and_nobody_is_named(client, manager):
    assert "It did not happen in the last year." in client.get(PASSED_OVER).text
    team = make.team(members=(manager,))
    mate = make.staff("Jonas", role=Role.SENIOR)
    now = timezone.now()
    for minutes, channel in ((5, Channel.EMAIL), (15, Channel.EMAIL), (5, Channel.TELEPHONE)):
        came_at = now - timedelta(minutes=minutes)
        told = make.contact(channel=channel, started_at=came_at, ended_at=came_at)
        case = make.case(told, owner=manager, team_=team)
        page = client.get(reverse("case-hand-over", args=[case.reference])).text
        is_quick = (minutes, channel) == (5, Channel.EMAIL)
        assert ("a word to them first is kind" in page) is is_quick
        offer_handover(case, to=mate, summary="Cold.", by=manager, at=now)
    page = client.get(PASSED_OVER).text
    assert "<td>1</td>" in page
    assert "Jonas" not in page
