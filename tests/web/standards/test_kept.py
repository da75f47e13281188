from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from amends.cases.queries import kept_standards
from amends.staff.rules.permissions import Role
from amends.standards.rules.targets import Measure
from tests import make
from tests.cases.actions.seen import bar
from tests.cases.clocked import DAY, HOUR, a_manager, an_agent_beside, answers, standard, written

pytestmark = pytest.mark.django_db
KEPT = "/standards/"
OF_ONE = "/standards/first-answer/"


@pytest.fixture
def manager(client):
    made = a_manager()
    client.force_login(made)
    return made


@pytest.fixture
def milda(manager):
    return an_agent_beside(manager)


def look(client, url=KEPT, after=2 * DAY):
    with time_machine.travel(make.NOW + after):
        return client.get(url).text


@pytest.fixture
def measured(manager, milda):
    """Return a case that kept the standard, and one that did not."""
    told = {"name": "Quick word", "owner": manager, "measured_by": "Looked at on Mondays"}
    standard(manager, Measure.FIRST_ANSWER, 4 * HOUR, **told)
    kept, late = written(milda), written(milda)
    answers(kept, milda, make.NOW + HOUR)
    answers(late, milda, make.NOW + 5 * HOUR)
    return kept, late


@pytest.mark.usefixtures("manager")
def test_without_standards_the_page_says_what_will_be_there(client):
    assert "No standard is set yet" in client.get(KEPT).text


@pytest.mark.requirement("S4-39")
def test_a_standard_without_data_is_marked_unmeasured(client, manager):
    standard(manager, Measure.FIRST_ANSWER, 4 * HOUR, name="Quick word")
    assert "unmeasured" in look(client)
    assert "nobody yet" in look(client)
    assert "No case says anything of it yet" in look(client, OF_ONE)
    assert "unmeasured" in look(client, f"{KEPT}as.csv")


@pytest.mark.requirement("S4-39")
@pytest.mark.usefixtures("measured")
def test_each_standard_shows_its_owner_limit_measure_share_and_trend(client):
    text = look(client)
    for shown in ("Quick word", "Ona", "4 h", "Looked at on Mondays", "50%", "1 of 2"):
        assert shown in text
    assert "between 9% and 91%" in text
    assert "Share kept by month: Mar 2026 50%" in text


@pytest.mark.requirement("S4-39")
def test_the_way_leads_down_to_the_cases_that_did_not_keep_it(client, measured):
    kept, late = measured
    text = look(client, OF_ONE)
    assert reverse("case-clocks", args=[late.reference]) in text
    assert kept.reference not in text


def test_one_that_runs_counts_once_it_is_over(client, manager, milda):
    standard(manager, Measure.FIRST_ANSWER, 4 * HOUR)
    case = written(milda)
    assert "unmeasured" in look(client, after=HOUR)
    text = look(client, OF_ONE, after=5 * HOUR)
    assert "0%" in text
    assert "not done" in text
    assert case.reference in text


@pytest.mark.usefixtures("measured")
def test_what_lies_more_than_a_year_back_is_not_counted(client, manager):
    with time_machine.travel(make.NOW + timedelta(days=400)):
        client.force_login(manager)
        assert "unmeasured" in client.get(KEPT).text


def test_nobody_is_led_to_a_case_that_complains_about_them(client, manager, measured):
    _kept, late = measured
    bar(late, manager)
    assert late.reference not in look(client, OF_ONE)


def test_many_are_read_page_by_page(client, manager, milda, monkeypatch):
    standard(manager, Measure.FIRST_ANSWER, 4 * HOUR)
    cases = [written(milda) for _each in range(3)]
    monkeypatch.setattr(kept_standards, "PAGE", 2)
    monkeypatch.setattr("amends.web.standards.kept.PAGE", 2)
    first = look(client, OF_ONE)
    assert cases[0].reference not in first
    place = first.split("?before=")[1].split('"')[0]
    second = look(client, f"{OF_ONE}?before={place}")
    assert cases[0].reference in second
    assert cases[2].reference not in second


@pytest.mark.usefixtures("measured")
@pytest.mark.parametrize("place", ["x", "-1", "٣", "9" * 40])
def test_a_place_that_is_none_is_the_first(client, place):
    assert "Quick word" in look(client, f"{OF_ONE}?before={place}")


def test_the_file_has_a_line_for_each_month_and_no_formulas(client, manager, milda):
    standard(manager, Measure.FIRST_ANSWER, 4 * HOUR, name="=1+1")
    answers(written(milda), milda, make.NOW + HOUR)
    text = look(client, f"{KEPT}as.csv")
    assert len(text.strip().splitlines()) == 13
    assert "'=1+1,,4 h,2026-03,1,1,1.0000" in text


def test_a_standard_that_is_none_has_no_page(client, manager):
    assert client.get(f"{KEPT}nothing/").status_code == 404


def test_the_page_asks_as_much_with_many_cases(
    client, manager, milda, measured, django_assert_max_num_queries
):
    for _each in range(3):
        written(milda)
    with time_machine.travel(make.NOW + DAY), django_assert_max_num_queries(12):
        client.get(KEPT)


@pytest.mark.parametrize("path", ["", "as.csv", "first-answer/"])
def test_an_agent_is_not_led_here(client, path):
    client.force_login(make.staff(role=Role.AGENT))
    assert client.get(KEPT + path).status_code == 403
