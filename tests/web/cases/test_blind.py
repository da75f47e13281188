"""Whoever decides a grave case judges it on its own evidence, on every page."""

from datetime import timedelta

import pytest
from django.urls import reverse

from amends.cases.actions.assessment import record_finding
from amends.cases.actions.evidence import open_history
from amends.cases.models.case import Case
from amends.contacts.models import MannerShown
from amends.contacts.rules.kinds import Manner
from amends.web.words import word
from tests import make
from tests.cases import hard
from tests.cases.actions.seen import last_entry

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("S3-48")]
PAGES = ("case", "case-journal", "case-investigation")
MANNER = word(Manner.OFFENSIVE)


@pytest.fixture
def milda(client):
    agent = make.staff("Milda Jankauskaitė")
    make.team(members=(agent,))
    client.force_login(agent)
    return agent


@pytest.fixture
def grave(milda):
    return hard.investigated(milda)


@pytest.fixture
def earlier(grave, milda):
    """An earlier case of the same customer that has ended."""
    told = make.contact(person=grave.person)
    return make.withdrawn(make.case(told, owner=milda))


def shown(client, case, page="case"):
    return client.get(reverse(page, args=[case.reference]))


@pytest.mark.parametrize("page", PAGES)
def test_how_an_earlier_case_ended_is_kept_until_everything_is_found_on(
    client, grave, earlier, page
):
    answer = shown(client, earlier, page)
    assert answer.url == reverse("case-history", args=[grave.reference])


@pytest.mark.parametrize("page", PAGES)
def test_who_says_why_sees_it_and_the_journal_knows(client, grave, earlier, milda, page):
    open_history(grave, reason="They refer to it.", by=milda, at=make.NOW)
    assert shown(client, earlier, page).status_code == 200
    assert last_entry()[0] == "HistoryLookedAt"


def test_once_everything_is_found_on_nothing_is_kept(client, grave, earlier, milda):
    hard.evidence(grave)
    for issue in grave.issues.all():
        record_finding(issue, finding=hard.FOUND, by=milda, at=hard.NOW)
    assert shown(client, earlier).status_code == 200


def test_only_the_decider_of_a_grave_case_is_kept_from_it(client, grave, earlier):
    mate = make.staff()
    grave.team.members.add(mate)
    client.force_login(mate)
    assert shown(client, earlier).status_code == 200


def test_of_a_small_case_nothing_is_kept(client, grave, earlier):
    Case.objects.filter(pk=grave.pk).update(severity=2)
    assert shown(client, earlier).status_code == 200


def test_another_customers_case_is_not_kept(client, grave, milda):
    other = make.withdrawn(make.case(owner=milda))
    assert shown(client, other).status_code == 200


def test_manners_are_kept_on_the_grave_case_itself(client, grave, milda):
    contact = grave.case_contacts.earliest("pk").contact
    manner(contact, milda)
    for page in ("case", "case-journal"):
        assert MANNER not in shown(client, grave, page).text
    open_history(grave, reason="They refer to it.", by=milda, at=make.NOW)
    assert MANNER in shown(client, grave).text


def manner(contact, staff):
    return MannerShown.objects.create(
        contact=contact,
        manner=Manner.OFFENSIVE,
        noted_by=staff,
        noted_at=make.NOW,
        expires_at=make.NOW + timedelta(days=90),
    )
