"""The journal of a case, as a story and as a table."""

import pytest
from django.urls import reverse

from amends.cases.actions.correspondence import add_note
from amends.cases.actions.opening import add_contact
from amends.cases.actions.parties import name_party
from amends.cases.queries.timeline import ITEMS, journal_of
from amends.cases.rules.kinds import Part
from amends.staff.rules.permissions import Role
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def milda(client):
    agent = make.staff("Milda Jankauskaitė")
    make.team(members=(agent,))
    client.force_login(agent)
    return agent


@pytest.fixture
def case(milda):
    case = make.case(owner=milda)
    add_note(case, text="She is home after five.", by=milda, at=make.NOW)
    make.promise(case, accepted=True)
    return case


@pytest.fixture
def url(case):
    return reverse("case-journal", args=[case.reference])


@pytest.mark.parametrize("as_", ["story", "table", "x"])
def test_it_tells_all_that_happened_with_who_and_when(client, case, url, as_):
    page = client.get(url, {"as": as_}).text
    for said in ("It went cold again on Saturday", "She is home after five.", "Promised for"):
        assert said in page
    assert ('<table class="rows">' in page) == (as_ == "table")
    assert "data-print" in page


def test_the_page_of_the_case_leads_to_it(client, case, url):
    assert f'href="{url}"' in client.get(reverse("case", args=[case.reference])).text


def test_a_long_one_is_read_in_one_go_and_goes_on_where_it_ended(client, case, url, milda):
    for n in range(ITEMS):
        told = make.contact(f"Word {n}.", person=case.person, by=milda)
        add_contact(case, contact=told, by=milda, at=make.NOW)
    page = client.get(url, {"as": "table"}).text
    assert page.count('<td class="when">') > ITEMS
    assert "Earlier" not in page
    part = journal_of(case, parts=1)
    assert len(part.items) == ITEMS
    rest = journal_of(case, before=part.before)
    assert len(rest.items) + ITEMS == page.count('<td class="when">')


def test_who_may_not_see_the_case_does_not_see_its_journal(client, case, url, milda):
    jonas = make.staff("Jonas Kairys")
    name_party(case, part=Part.COMPLAINED_ABOUT, who=jonas, by=milda, at=make.NOW)
    client.force_login(jonas)
    assert client.get(url).status_code == 404
    client.force_login(make.staff(role=Role.EMPLOYEE))
    assert client.get(url).status_code == 403
    client.force_login(make.staff(role=Role.AUDITOR))
    assert client.get(url).status_code == 200
