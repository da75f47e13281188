"""A reply shared with a colleague, from the composer to the colleague's page of the case."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from amends.cases.models.case import CaseNote
from amends.cases.models.sharing import SharedReply
from tests import make

pytestmark = pytest.mark.django_db
TYPED = {"reply-text": "He comes at four.", "reply-cc": "", "reply-bcc": ""}


@pytest.fixture
def milda(client):
    make.organisation()
    agent = make.staff("Milda Jankauskaitė")
    client.force_login(agent)
    return agent


@pytest.fixture
def jonas():
    return make.staff("Jonas Kazlauskas")


@pytest.fixture
def case(milda, jonas):
    team = make.team(members=(milda, jonas))
    person = make.person(email="ruta@post.example")
    return make.case(make.contact(person=person), owner=milda, team_=team)


@pytest.fixture
def colleague(jonas):
    theirs = Client()
    theirs.force_login(jonas)
    return theirs


def at(case, name, *more):
    return reverse(f"case-{name}", args=[case.reference, *more])


def page(client, case):
    return client.get(reverse("case", args=[case.reference])).text


@pytest.fixture
def shared(client, case, jonas):
    asked = client.post(at(case, "reply"), {**TYPED, "then": "share"}, follow=True)
    assert "Jonas Kazlauskas" in asked.text
    client.post(at(case, "share"), {"to": jonas.pk})
    return SharedReply.objects.get()


@pytest.mark.usefixtures("shared")
def test_it_is_read_on_the_case_by_that_colleague_alone(client, colleague, case):
    theirs = page(colleague, case)
    assert "Milda Jankauskaitė shares a reply before it leaves." in theirs
    assert '<div class="letter" lang="en">He comes at four.</div>' in theirs
    mine = page(client, case)
    assert "Jonas Kazlauskas reads along your reply until it leaves." in mine
    assert "shares a reply before it leaves" not in mine
    assert "He comes at four.</textarea>" in mine


def test_it_is_taken_over_and_remarked_on(colleague, case, shared):
    colleague.post(at(case, "shared-take", shared.pk))
    assert "He comes at four.</textarea>" in page(colleague, case)
    again = colleague.post(at(case, "shared-take", shared.pk), follow=True)
    assert "You have begun to write here yourself." in again.text
    colleague.post(at(case, "shared-remark", shared.pk), {"text": "Make it three."})
    assert CaseNote.objects.get().text == "@milda.jankauskaite Make it three."
    empty = colleague.post(at(case, "shared-remark", shared.pk), {"text": ""}, follow=True)
    assert "Write the note first." in empty.text


def test_it_is_taken_back(client, colleague, case, shared):
    colleague.post(at(case, "share-stop", shared.pk))
    assert SharedReply.objects.exists()
    client.post(at(case, "share-stop", shared.pk))
    assert "He comes at four." not in page(colleague, case)


@pytest.mark.usefixtures("shared")
def test_it_ends_when_the_reply_is_sent(client, colleague, case):
    client.post(at(case, "reply"), TYPED)
    assert not SharedReply.objects.exists()
    assert "shares a reply before it leaves" not in page(colleague, case)


def test_nothing_and_to_nobody_is_not_shared(client, case, jonas):
    stranger = make.staff("Stranger")
    assert client.post(at(case, "share"), {"to": stranger.pk}).status_code == 422
    empty = client.post(at(case, "share"), {"to": jonas.pk})
    assert empty.status_code == 422
    assert "there is nothing to read yet" in empty.text


def test_it_costs_the_page_no_more_statements(colleague, case, shared):
    page(colleague, case)
    with CaptureQueriesContext(connection) as with_it:
        page(colleague, case)
    shared.delete()
    with CaptureQueriesContext(connection) as without:
        page(colleague, case)
    assert len(with_it) == len(without)
