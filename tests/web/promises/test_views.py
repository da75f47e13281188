from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from amends.cases.actions.promises import apologise_for_broken, mark_promise_broken
from amends.cases.models.promises import Promise
from amends.staff.rules.permissions import Role
from tests import make

pytestmark = pytest.mark.django_db
URL = "/promises/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def agent(client):
    make.organisation()
    staff = make.staff("Rūta", role=Role.AGENT)
    client.force_login(staff)
    return staff


def promised(owner, what="An engineer comes", **due_in):
    """Return a promise of `owner` that is due so long from now."""
    team = make.team()
    team.members.add(owner)
    case = make.case(owner=owner, team_=team)
    promise = make.promise(case, make.offer(what), by=owner)
    Promise.objects.filter(pk=promise.pk).update(due_at=timezone.now() + timedelta(**due_in))
    promise.refresh_from_db()
    return promise


def test_what_is_owed_stands_by_day_with_what_is_late_first(client, agent):
    promised(agent, "far away", days=40)
    promised(agent, "an hour ago", hours=-1)
    promised(agent, "tomorrow at this time", days=1)

    page = client.get(URL).text

    order = [page.index(text) for text in ("an hour ago", "tomorrow at this time", "far away")]
    assert order == sorted(order)
    assert page.index("Late") < page.index("Tomorrow") < page.index("Later")


def test_a_promise_that_broke_says_what_comes_first_and_then_that_it_was_said(client, agent):
    promise = promised(agent, hours=-1)
    mark_promise_broken(promise, at=timezone.now())
    assert "Say so first" in client.get(URL).text

    promise.refresh_from_db()
    apologise_for_broken(promise, by=agent, at=timezone.now())
    assert "broken, apologised" in client.get(URL).text


def test_it_costs_the_same_with_many(client, agent, django_assert_max_num_queries):
    for n in range(30):
        promised(agent, f"thing {n}", days=n + 1)
    with django_assert_max_num_queries(10):
        page = client.get(URL).text
    assert "thing 24" in page
    assert "thing 25" not in page
    further = client.get(URL, {"which": "mine", "after": _after(page)}).text
    assert "thing 25" in further
    assert "thing 24" not in further


def _after(page):
    link = next(part for part in page.split('href="') if "after=" in part.split('"')[0])
    return parse_qs(urlsplit(unescape(link.split('"')[0])).query)["after"][0]


def test_htmx_gets_only_the_list(client, agent):
    part = client.get(URL, headers=HTMX).text
    assert part.strip().startswith('<div class="page" id="promises"')
    assert "<html" not in part


def test_with_nothing_owed_it_says_what_would_be_here(client, agent):
    assert "Nothing is promised" in client.get(URL).text


def test_a_colleague_who_sees_no_cases_is_turned_away(client):
    make.organisation()
    client.force_login(make.staff("Viktor", role=Role.EMPLOYEE))
    assert client.get(URL).status_code == 403


def test_an_auditor_sees_all_and_a_stranger_nothing(client):
    make.organisation()
    promised(make.staff("Rūta", role=Role.AGENT), "of somebody else", days=1)
    assert client.get(URL).status_code == 302
    client.force_login(make.staff("Helen", role=Role.AUDITOR))
    assert "of somebody else" in client.get(URL).text
