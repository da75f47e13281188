"""A reply that leaves later: planned, shown, moved, sent now, taken back."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from amends.cases.models.planned import PlannedReply
from amends.contacts.models import OutgoingMail
from amends.staff.rules.permissions import Role
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(client):
    make.organisation()
    milda = make.staff("Milda", role=Role.SENIOR)
    make.team(members=(milda,))
    client.force_login(milda)
    return make.case(make.contact(person=make.person(email="ruta@post.example")), owner=milda)


def at(case, name, *more):
    return reverse(f"case-{name}", args=[case.reference, *more])


def later(**span):
    return f"{timezone.localtime() + timedelta(**span):%Y-%m-%dT%H:%M}"


@pytest.fixture
def planned(client, case):
    told = {"reply-text": "He comes at four.", "reply-leaves_at": later(days=1)}
    client.post(at(case, "reply"), told)
    return PlannedReply.objects.get()


@pytest.mark.usefixtures("planned")
def test_it_stands_on_the_case_and_among_the_mail_that_leaves(client, case):
    page = client.get(reverse("case", args=[case.reference])).text
    assert "Milda wrote this reply; it leaves" in page
    assert "He comes at four." in page
    assert case.reference in client.get(reverse("outgoing-mail")).text
    assert "Dear Ms Petrauskienė,\n\n<" in client.get(at(case, "reply")).text
    assert not OutgoingMail.objects.exists()


def test_it_is_moved(client, case, planned):
    client.post(at(case, "planned-move", planned.pk), {"leaves_at": later(days=2)})
    moved = PlannedReply.objects.get()
    assert moved.leaves_at > planned.leaves_at
    for wrong in ("", "soon", later(days=-1)):
        client.post(at(case, "planned-move", planned.pk), {"leaves_at": wrong})
    assert PlannedReply.objects.get().leaves_at == moved.leaves_at


def test_it_leaves_now(client, case, planned):
    client.post(at(case, "planned-now", planned.pk))
    assert "He comes at four." in OutgoingMail.objects.get().text


def test_what_is_taken_back_is_in_the_composer_again(client, case, planned):
    client.post(at(case, "planned-drop", planned.pk))
    assert "He comes at four." in client.get(at(case, "reply")).text
    assert client.post(at(case, "planned-drop", planned.pk)).status_code == 404


def test_a_moment_that_is_over_is_refused(client, case):
    told = {"reply-text": "He comes.", "reply-leaves_at": later(days=-1)}
    assert client.post(at(case, "reply"), told).status_code == 422
    assert not PlannedReply.objects.exists()


def test_one_that_was_held_says_why(client, case, planned):
    planned.held_at, planned.held_reason = timezone.now(), "The customer wrote."
    planned.save()
    page = client.get(reverse("case", args=[case.reference])).text
    assert "did not leave when its time came" in page
    assert "The customer wrote." in client.get(reverse("outgoing-mail")).text


def test_moments_while_we_are_open_are_proposed(client, case):
    assert "data-leaves=" in client.get(at(case, "copies")).text
