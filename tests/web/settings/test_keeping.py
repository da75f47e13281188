import pytest
from django.urls import reverse
from django.utils import timezone

from amends.cases.actions.closing import withdraw_case
from amends.cases.models.keeping import Keeping
from amends.cases.queries.keeping import record_of, years_kept
from amends.staff.rules.permissions import Role
from tests import make

pytestmark = pytest.mark.django_db
PAGE = "/settings/records/"


@pytest.fixture
def manager(client):
    staff = make.staff("Marta", role=Role.MANAGER)
    client.force_login(staff)
    return staff


@pytest.fixture
def ended(manager):
    case = make.case(owner=manager)
    withdraw_case(case, statement="Never mind.", by=manager, at=make.NOW)
    return case


def test_what_is_past_its_time_is_shown_and_may_be_frozen(client, ended):
    Keeping.objects.update(past_at=timezone.now())
    page = client.get(PAGE).text
    assert ended.reference in page
    client.post(f"{PAGE}freeze/", {"reference": ended.reference.lower(), "reason": "A lawsuit."})
    page = client.get(PAGE).text
    assert "No record is past its time" in page
    assert "A lawsuit." in page
    client.post(reverse("settings-records-thaw", args=[ended.reference]))
    assert record_of(ended.reference).frozen_at is None
    assert "No record is frozen" in client.get(PAGE).text


def test_how_long_is_said_in_years(client, ended):
    assert 'value="3"' in client.get(PAGE).text
    client.post(f"{PAGE}years/", {"years": "10"})
    assert years_kept() == 10
    answer = client.post(f"{PAGE}years/", {"years": "99"})
    assert answer.status_code == 422


def test_what_does_not_fit_is_said(client, manager):
    answer = client.post(f"{PAGE}freeze/", {"reference": "X", "reason": "So."})
    assert answer.status_code == 422
    assert "No ended case has this reference" in answer.text
    assert client.post(f"{PAGE}freeze/", {}).status_code == 422
    assert client.post(f"{PAGE}XX-00/thaw/").status_code == 404


def test_an_administrator_sees_references_and_an_agent_nothing(client, ended):
    Keeping.objects.update(past_at=timezone.now())
    client.force_login(make.staff("Lukas", role=Role.ADMINISTRATOR))
    page = client.get(PAGE).text
    assert ended.reference in page
    assert reverse("case", args=[ended.reference]) not in page
    client.force_login(make.staff("Olga"))
    assert client.get(PAGE).status_code == 403


def test_the_page_asks_as_much_however_many_there_are(client, ended, django_assert_max_num_queries):
    with django_assert_max_num_queries(11):
        client.get(PAGE)
