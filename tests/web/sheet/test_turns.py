"""Whose turn it is when somebody else comes in: who came first, with a place and a time."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from amends.contacts.actions.drafts import park_draft
from amends.contacts.models.drafting import Draft
from tests import make
from tests.web.sheet.filling import keep

pytestmark = pytest.mark.django_db
FIRST, SECOND, NEW = "a" * 32, "b" * 32, "c" * 32
MINUTE = timedelta(minutes=1)


@pytest.fixture
def agent(client):
    made = make.staff("Milda")
    make.organisation()
    client.force_login(made)
    return made


def put_aside(agent, key, who, minutes, channel="desk"):
    """Let `who` have come so many minutes ago, and be put aside now."""
    draft = keep(agent, key=key, who=who, channel=channel)
    Draft.objects.filter(pk=draft.pk).update(begun_at=timezone.now() - minutes * MINUTE)
    park_draft(draft, by=agent, at=timezone.now())


def page(client, key=NEW):
    return client.get(reverse("sheet", args=[key])).text


@pytest.mark.requirement("S3-56", "S3-57")
def test_who_comes_later_is_told_a_place_and_a_time_and_nobody_goes_before_who_came_first(
    client, agent
):
    put_aside(agent, FIRST, "Rūta", 20)
    shown = page(client)
    assert "Who came first goes first; that somebody is louder is no reason." in shown
    assert reverse("sheet", args=[FIRST]) in shown
    assert "One person is before you. It is your turn at about" in shown
    put_aside(agent, SECOND, "Marek", 10)
    assert "2 people are before you. It is your turn at about" in page(client)


@pytest.mark.requirement("S3-56")
def test_who_was_put_aside_hears_first_that_we_are_sorry(client, agent):
    put_aside(agent, FIRST, "Rūta", 20)
    put_aside(agent, SECOND, "Marek", 10)
    first = page(client, FIRST)
    assert "They were put aside for somebody else. Say sorry for that first." in first
    assert "I am sorry that you had to wait." in first
    assert "One person is before you." in page(client, SECOND)


def test_nobody_waits_for_a_letter_nor_since_yesterday_nor_where_nobody_was_put_aside(
    client, agent
):
    assert 'id="turn"' not in page(client)
    put_aside(agent, FIRST, "Rūta", 20, channel="letter")
    put_aside(agent, SECOND, "Marek", 2000)
    Draft.objects.filter(key=SECOND).update(parked_at=timezone.now() - timedelta(days=1))
    assert 'id="turn"' not in page(client)
    assert 'id="turn"' not in page(client, SECOND)
