"""Remarks under the reply, and a reply that is held back."""

import pytest
from django.urls import reverse

from amends.cases.models.held import HeldReply
from amends.contacts.models import OutgoingMail
from amends.language.remarks import GRAVITY
from amends.staff.rules.permissions import Role
from amends.web.coach.words import REMARKS
from tests import make

pytestmark = pytest.mark.django_db
HURTS = "Dear Ms Petrauskienė,\n\nyou are an idiot."


@pytest.fixture
def milda(client):
    agent = make.staff("Milda Jankauskaitė")
    senior = make.staff("Grace Okafor", role=Role.SENIOR)
    make.team(members=(agent, senior), duty_owner=senior)
    client.force_login(agent)
    return agent


@pytest.fixture
def case(milda):
    ruta = make.person(email="ruta@post.example")
    return make.case(make.contact(person=ruta), owner=milda)


def at(case, name, *more):
    return reverse(f"case-{name}", args=[case.reference, *more])


def test_every_remark_has_its_words():
    assert set(REMARKS) == set(GRAVITY)


def test_at_a_pause_the_script_gets_the_remarks(client, case):
    page = client.post(at(case, "remarks"), {"reply-text": "Calm down. It is your own fault."})
    assert "This blames them" in page.text
    assert "your own fault" in page.text
    assert "data-grave" in page.text
    assert "<html" not in page.text


def test_a_remark_is_put_aside_with_one_click(client, case):
    said = {"reply-text": "It is your own fault.", "then": "dismiss:blames_customer"}
    assert "This blames them" not in client.post(at(case, "remarks"), said).text
    said["then"] = "dismiss:rude"
    assert client.post(at(case, "remarks"), said).status_code == 200


def test_without_scripts_a_reply_can_be_checked_and_stays_as_typed(client, case):
    said = {"reply-text": "It is your own fault.", "then": "check"}
    page = client.post(at(case, "reply"), said)
    assert "This blames them" in page.text
    assert "It is your own fault." in page.text
    assert not OutgoingMail.objects.filter(text__contains="fault").exists()


def test_what_is_only_advice_locks_nothing(client, case):
    client.post(at(case, "reply"), {"reply-text": "It is your own fault."})
    assert OutgoingMail.objects.filter(text__contains="fault").exists()


@pytest.mark.requirement("S4-27")
def test_a_reply_that_hurts_waits_for_a_senior(client, case, milda):
    refused = client.post(at(case, "reply"), {"reply-text": HURTS})
    assert refused.status_code == 422
    assert "idiot" in refused.text
    asked = client.post(at(case, "reply"), {"reply-text": HURTS, "then": "release"})
    assert "A senior is asked to read it" in asked.text
    held = HeldReply.objects.get()
    assert client.get(at(case, "held", held.pk)).status_code == 403

    assert held.request
    client.force_login(held.request.asked_of)
    assert at(case, "held", held.pk) in client.get(reverse("ask-for-help")).text
    assert "idiot" in client.get(at(case, "held", held.pk)).text
    client.post(at(case, "held", held.pk), {"leaves": "leaves", "reason": "A quotation."})
    assert "Grace Okafor let it leave" in client.get(at(case, "held", held.pk)).text

    client.force_login(milda)
    assert client.post(at(case, "reply"), {"reply-text": HURTS}).status_code == 302
    assert OutgoingMail.objects.filter(text__contains="idiot").exists()


def test_a_senior_gives_a_reply_back(client, case):
    client.post(at(case, "reply"), {"reply-text": HURTS, "then": "release"})
    held = HeldReply.objects.get()
    assert held.request
    client.force_login(held.request.asked_of)
    client.post(at(case, "held", held.pk), {"leaves": "back", "reason": "Say what we do."})
    assert "Grace Okafor gave it back" in client.get(at(case, "held", held.pk)).text


def test_nothing_to_release_is_said(client, case):
    page = client.post(at(case, "reply"), {"reply-text": "We come.", "then": "release"})
    assert "Nothing holds this reply back" in page.text


def test_no_such_held_reply(client, case):
    client.force_login(make.staff(role=Role.SENIOR))
    assert client.get(at(case, "held", 99)).status_code == 404
