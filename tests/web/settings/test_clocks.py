from datetime import date

import pytest
from django.urls import reverse

from amends.staff.models import Organisation
from amends.staff.rules.permissions import Role
from amends.standards.actions import ship_profiles
from amends.standards.models import ClockProfile
from amends.web.settings.clock_words import sector_name
from tests import make

pytestmark = pytest.mark.django_db
CLOCKS = "/settings/clocks/"
WRITTEN = {
    "jurisdiction": "LT",
    "sector": "",
    "party_kind": "consumer",
    "length_count": "14",
    "length_unit": "days",
    "starts_on": "received",
    "stops_on": ["sent"],
    "ends_on_day_off": "stays",
    "effects": ["right-opens"],
    "right_body": "VVTAT",
    "right_count": "12",
    "right_unit": "months",
    "right_from": "start",
    "source": "The act, article 21",
    "verified_on": "2026-11-01",
}
NEW = {"key": "lt-telecom", "duty": "answer", **WRITTEN, "sector": "telecom"}


@pytest.fixture
def manager(client):
    make.organisation()
    ship_profiles(at=make.NOW)
    made = make.staff(role=Role.MANAGER, administers=True)
    client.force_login(made)
    return made


def newest(key):
    return ClockProfile.objects.get(key=key, superseded_at=None)


def url(key):
    return reverse("settings-clock", args=[newest(key).pk])


@pytest.mark.usefixtures("manager")
class TestTheList:
    def test_tells_those_that_hold_for_us_before_those_of_others(self, client):
        text = client.get(CLOCKS).text
        assert text.index("For us: Lithuania") < text.index("Of other countries")
        assert text.index("lt.consumer") < text.index("Of other countries") < text.index("uk.disp")

    def test_says_of_those_from_memory_that_they_do_not_run_and_why(self, client):
        assert "nobody has said on which day they looked" in client.get(CLOCKS).text
        ClockProfile.objects.filter(key="ru.consumer").update(source="")
        assert "nobody has said where it is written" in client.get(CLOCKS).text

    def test_lets_us_say_that_another_law_is_ours(self, client):
        assert client.post(CLOCKS, {"jurisdiction": "GB", "sector": "financial"})["Location"]
        ours = Organisation.objects.get()
        assert (ours.jurisdiction, ours.sector) == ("GB", "financial")
        assert "For us: United Kingdom, financial services" in client.get(CLOCKS).text

    def test_calls_our_trade_by_its_name_and_a_sector_of_our_own_as_written(self, client):
        Organisation.objects.update(trade="utility", sector="")
        assert f"For us: Lithuania, {sector_name('utility')}" in client.get(CLOCKS).text
        assert sector_name("utility") != "utility"
        assert sector_name("lottery") == "lottery"

    def test_refuses_a_country_that_is_none(self, client):
        assert client.post(CLOCKS, {"jurisdiction": "XX"}).status_code == 422

    def test_asks_as_much_of_the_database_however_many_there_are(
        self, client, django_assert_max_num_queries
    ):
        with django_assert_max_num_queries(12):
            client.get(CLOCKS)


@pytest.mark.usefixtures("manager")
class TestOneClock:
    def test_shows_what_it_is_made_of(self, client):
        text = client.get(url("lt.consumer")).text
        assert "14 days" in text
        assert "VVTAT" in text
        assert "came with Amends" in text

    def test_one_from_memory_runs_once_somebody_looked(self, client):
        address = url("al.telecom")
        assert "Does not run" in client.get(address).text
        looked = WRITTEN | {"jurisdiction": "AL", "sector": "telecom", "party_kind": ""}
        assert client.post(address, looked)["Location"] == CLOCKS
        now = newest("al.telecom")
        assert (now.version, now.may_run, now.verified_on) == (2, True, date(2026, 11, 1))

    def test_an_edit_is_a_new_version_and_the_old_one_stays(self, client, manager):
        client.post(url("lt.consumer"), WRITTEN | {"length_count": "10"})
        now = newest("lt.consumer")
        assert (now.version, now.length_count, now.written_by) == (2, 10, manager)
        text = client.get(url("lt.consumer")).text
        assert "10 days" in text
        assert "14 days" in text

    @pytest.mark.parametrize(
        "change",
        [{"length_count": "15"}, {"verified_on": ""}, {"length_count": "", "length_unit": ""}],
    )
    def test_what_could_be_due_later_asks_for_the_reason(self, client, change):
        refused = client.post(url("lt.consumer"), WRITTEN | change)
        assert refused.status_code == 422
        assert "Something could be due later" in refused.text
        assert newest("lt.consumer").version == 1
        client.post(url("lt.consumer"), WRITTEN | change | {"reason": "The act was changed"})
        assert newest("lt.consumer").reason == "The act was changed"

    def test_a_longer_term_is_written_whole(self, client):
        longer = {
            "extension_count": "14",
            "extension_unit": "days",
            "extension_from": "first-term",
            "extension_parts": ["reason", "date"],
        }
        client.post(url("lt.consumer"), WRITTEN | longer)
        now = newest("lt.consumer")
        assert (now.extension_count, now.extension_from) == (14, "first-term")
        assert "14" in client.get(url("lt.consumer")).text

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"length_unit": ""}, "Say a number and what is counted"),
            ({"right_body": ""}, "Say whom they may turn to"),
            ({"source": ""}, "Say where it is written"),
            ({"stops_on": []}, "It is done when"),
        ],
    )
    def test_what_is_half_said_is_refused(self, client, wrong, said):
        refused = client.post(url("lt.consumer"), WRITTEN | wrong)
        assert refused.status_code == 422
        assert said in refused.text

    def test_one_that_is_none_has_no_page(self, client):
        assert client.get(f"{CLOCKS}999999/").status_code == 404


@pytest.mark.usefixtures("manager")
class TestANewOne:
    def test_is_written_down(self, client):
        assert client.get(f"{CLOCKS}new/").status_code == 200
        assert client.post(f"{CLOCKS}new/", NEW)["Location"] == CLOCKS
        assert newest("lt-telecom").may_run

    def test_of_a_name_that_is_there_is_refused(self, client):
        client.post(f"{CLOCKS}new/", NEW)
        assert "There is a clock of this name" in client.post(f"{CLOCKS}new/", NEW).text


@pytest.mark.parametrize("path", ["", "new/", "1/"])
def test_only_who_answers_for_the_house_comes_here(client, path):
    client.force_login(make.staff(role=Role.MANAGER))
    assert client.get(CLOCKS + path).status_code == 403
