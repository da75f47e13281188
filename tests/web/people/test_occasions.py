"""Occasions on the customer's page, and whom one greets today on My day."""

import pytest
from django.urls import reverse
from django.utils import timezone

from amends.cases.queries.day import my_day_for
from amends.cases.rules.kinds import CaseKind
from amends.people.actions.occasions import OccasionDraft, note_occasion
from amends.people.models import Occasion, Person
from amends.people.rules.occasions import OccasionKind
from amends.staff.rules.permissions import Role
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("S2-05")]


@pytest.fixture
def agent(client):
    make.organisation()
    made = make.staff("Milda")
    client.force_login(made)
    return made


@pytest.fixture
def ona(agent):
    return make.person("Ona Kazlauskienė")


def noted(person, by, **facts):
    today = timezone.localdate()
    told = {"kind": OccasionKind.BIRTHDAY, "month": today.month, "day": today.day, **facts}
    draft = OccasionDraft(consent="on the telephone", **told)
    return note_occasion(person, draft=draft, by=by, at=timezone.now())


def greeted_by(staff):
    return [each.customer for each in my_day_for(staff, at=timezone.localtime()).greetings]


def test_is_written_on_the_page_and_forgotten_there(client, ona):
    url = reverse("customer-occasion", args=[ona.pk])
    assert "An occasion worth a greeting" in client.get(url).text
    told = {"kind": "name-day", "day": "26", "month": "7", "consent": "said so at the desk"}
    assert client.post(url, told).url == reverse("customer", args=[ona.pk])
    page = client.get(reverse("customer", args=[ona.pk])).text
    assert "July 26" in page
    assert "Agreed: said so at the desk. Noted by Milda" in page
    refused = client.post(url, told | {"month": "2", "day": "30"})
    assert "There is no such day" in refused.text
    occasion = Occasion.objects.get()
    client.post(reverse("occasion-withdraw", args=[occasion.pk]))
    assert not Occasion.objects.exists()


def test_stands_on_my_day_on_that_day_and_is_ticked_there(client, agent, ona):
    occasion = noted(ona, agent)
    noted(make.person("Jonas"), agent, day=1, month=2 if timezone.localdate().month != 2 else 3)
    page = client.get("/").text
    assert "1 greeting today" in page
    assert "Jonas" not in page
    ticked = client.post(reverse("occasion-greeted", args=[occasion.pk]), {"from": "day"})
    assert ticked.url == "/"
    assert greeted_by(agent) == []


def test_who_answers_for_them_greets_them(agent, ona):
    owner = make.staff("Owner", role=Role.SENIOR)
    noted(ona, agent)
    assert greeted_by(agent) == ["Ona Kazlauskienė"]
    team = make.team(members=(owner,), duty_owner=owner)
    make.case(make.contact(person=ona), owner=owner, team_=team, kind=CaseKind.REQUEST)
    assert greeted_by(agent) == []
    assert greeted_by(owner) == ["Ona Kazlauskienė"]


def test_nobody_is_greeted_over_an_open_complaint(agent, ona):
    noted(ona, agent)
    make.case(make.contact(person=ona), owner=agent, team_=make.team(members=(agent,)))
    assert greeted_by(agent) == []


def test_nor_who_wants_no_gestures_nor_the_dead(client, agent, ona):
    noted(ona, agent)
    Person.objects.filter(pk=ona.pk).update(wants_no_gestures=True)
    assert greeted_by(agent) == []
    Person.objects.filter(pk=ona.pk).update(wants_no_gestures=False)
    url = reverse("customer-died", args=[ona.pk])
    assert "They have died" in client.get(url).text
    client.post(url)
    assert greeted_by(agent) == []
    assert "They have died; noted on" in client.get(reverse("customer", args=[ona.pk])).text
    client.post(url)
    assert (
        "None. One is kept only if they agreed to it."
        in client.get(reverse("customer", args=[ona.pk])).text
    )
