"""The Inbox: whose cases it lists, what it asks of the database, and what it says when empty."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from amends.cases.rules.kinds import CaseKind
from amends.staff.rules.permissions import Role
from amends.standards.actions import ship_profiles
from tests import make
from tests.cases.clocked import a_manager, an_agent_beside, written

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
MOST_STATEMENTS = 9


@pytest.fixture
def milda(client):
    agent = make.staff("Milda Jankauskaitė")
    make.team(members=(agent,))
    client.force_login(agent)
    return agent


def cases_of(owner, number):
    return [make.case(make.contact(f"Matter {n}."), owner=owner) for n in range(number)]


def test_a_list_of_any_length_takes_few_statements(client, milda, django_assert_max_num_queries):
    cases_of(milda, 30)
    client.get(reverse("inbox"))
    with django_assert_max_num_queries(MOST_STATEMENTS):
        page = client.get(reverse("inbox"))
    assert page.content.count(b'class="subject"') == 25


def test_beside_what_is_due_stands_when_the_law_asks_for_an_answer(client):
    manager = a_manager()
    milda = an_agent_beside(manager)
    client.force_login(milda)
    ship_profiles(at=make.NOW - timedelta(days=9))
    by_law, neither = written(milda), written(milda, kind=CaseKind.REQUEST)
    with time_machine.travel(make.NOW):
        page = client.get(reverse("inbox"))
    rows = {row.reference: row.law for row in page.context["rows"]}
    clocks = by_law.clocks.filter(whose="law", binds=True, what="answer")
    assert clocks.exists()
    assert rows[by_law.reference]
    assert rows[neither.reference] == ""
    assert f"term: {rows[by_law.reference]}" in page.text
    by_law.clocks.update(ended_at=make.NOW)
    assert not any(row.law for row in client.get(reverse("inbox")).context["rows"])


def test_the_next_page_goes_on_where_the_first_ended(client, milda):
    cases_of(milda, 30)
    first = client.get(reverse("inbox"))
    second = client.get(first.context["further"])
    seen = [row.reference for page in (first, second) for row in page.context["rows"]]
    assert len(set(seen)) == 30
    assert second.context["further"] == ""


def test_htmx_gets_only_the_part(client, milda):
    cases_of(milda, 1)
    whole, part = client.get(reverse("inbox")), client.get(reverse("inbox"), headers=HTMX)
    assert "<html" in whole.text
    assert "<html" not in part.text
    assert part.text.strip().startswith('<div class="page" id="inbox">')


@pytest.mark.parametrize(
    ("which", "title"),
    [
        ("mine", "Nothing waits for you"),
        ("team", "Nothing waits for your team"),
        ("not-taken", "Everything is taken"),
        ("ended", "Nothing has ended yet"),
    ],
)
def test_an_empty_list_says_what_would_be_there(client, milda, which, title):
    assert title in client.get(reverse("inbox"), {"which": which}).text


def test_a_case_that_nobody_took_is_taken_with_one_click(client, milda):
    case = make.case()
    page = client.get(reverse("inbox"), {"which": "not-taken"})
    take = reverse("case-take", args=[case.reference])
    assert take in page.text
    assert client.post(take).status_code == 302
    case.refresh_from_db()
    assert case.owner == milda


def test_what_is_late_is_said_in_words_and_not_by_colour_alone(client, milda):
    make.case(owner=milda)
    assert "late</span>" in client.get(reverse("inbox")).text


def test_what_is_due_first_stands_on_top(client, milda):
    later, sooner = (
        make.case(make.contact(story, started_at=make.NOW - ago, ended_at=make.NOW), owner=milda)
        for story, ago in (("Later.", timedelta(hours=1)), ("Sooner.", timedelta(hours=9)))
    )
    rows = client.get(reverse("inbox")).context["rows"]
    assert [row.reference for row in rows] == [sooner.reference, later.reference]


def test_an_auditor_reads_all_and_takes_nothing(client):
    client.force_login(make.staff(role=Role.AUDITOR))
    make.case()
    page = client.get(reverse("inbox"), {"which": "all"})
    assert len(page.context["rows"]) == 1
    assert "Take it" not in page.text


@pytest.mark.parametrize("after", ["", "x", "2026-13-45~7", "~", "0~0", "'; --"])
def test_a_place_that_is_none_begins_anew(client, milda, after):
    cases_of(milda, 2)
    assert len(client.get(reverse("inbox"), {"after": after}).context["rows"]) == 2


def test_who_may_see_no_cases_is_refused(client):
    client.force_login(make.staff(role=Role.EMPLOYEE))
    assert client.get(reverse("inbox")).status_code == 403


def test_a_stranger_is_sent_to_sign_in(client):
    response = client.get(reverse("inbox"))
    assert response.status_code == 302
    assert "/sign-in/" in response["Location"]
