"""The few moments that count most, and how to begin, where one looks after a case."""

from datetime import timedelta

import pytest
from django.urls import reverse

from amends.cases.actions.correspondence import reply_by_mail
from amends.cases.actions.letters import Reply
from amends.cases.queries.care import care_of
from tests import make

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def owner(client):
    made = make.staff("Milda")
    client.force_login(made)
    make.organisation()
    return made


def told(person, days):
    at = make.NOW - days * DAY
    return make.contact(person=person, started_at=at, ended_at=at)


def page(client, case):
    return client.get(reverse("case", args=[case.reference])).text


@pytest.mark.requirement("S3-20")
def test_the_first_time_and_the_first_complaint_are_told_and_an_everyday_one_is_not(client, owner):
    person = make.person()
    first = make.case(told(person, 30), owner=owner)
    assert "They turn to us for the first time" in page(client, first)
    second = make.case(told(person, 2), owner=owner)
    shown = page(client, second)
    assert "first time" not in shown
    assert "Their first complaint" not in shown
    assert "1 contact in the year before" in shown
    before = care_of(second, staff=owner).customer.before
    assert before
    assert (before.contacts, before.in_year, before.complaints) == (1, 1, 1)


def test_nobody_known_has_no_such_moment_nor_a_case_that_has_ended(client, owner):
    nobody = make.case(make.contact(), owner=owner)
    assert "first time" not in page(client, nobody)
    ended = make.withdrawn(make.case(told(make.person(), 1), owner=owner))
    assert "first time" not in page(client, ended)


@pytest.mark.requirement("S3-20")
def test_the_moment_is_over_once_they_were_promised_something_or_answered(client, owner):
    promised = make.case(told(make.person(), 1), owner=owner)
    make.promise(promised, by=owner)
    assert "first time" not in page(client, promised)
    zofia = make.person("Zofia", email="zofia@example.lt")
    answered = make.case(told(zofia, 1), owner=owner)
    assert "first time" in page(client, answered)
    reply_by_mail(answered, reply=Reply(text="We come on Tuesday."), by=owner, at=make.NOW)
    assert "first time" not in page(client, answered)


@pytest.mark.requirement("S3-21", "S3-24")
def test_how_to_begin_stands_with_what_was_read_and_on_the_sheet(client, owner):
    case = make.case(told(make.person(), 1), owner=owner)
    read = client.get(reverse("case-read", args=[case.reference])).text
    assert "How to begin, and what they see and hear of us" in read
    assert "Milda" in read
    sheet = client.get(reverse("sheet", args=["c" * 32])).text
    for said in ("What they hear of us", "What they see of us", "Thank you for your letter."):
        assert said in sheet
    assert sheet.count("How to begin, and what they see and hear of us") == 3
