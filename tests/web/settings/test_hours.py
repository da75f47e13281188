from datetime import date, time

import pytest
from django.urls import reverse

from amends.staff.rules.permissions import Role
from amends.standards.models import WorkingHours
from amends.standards.queries import hours_of
from amends.standards.rules.calendar import Opening
from tests import make

pytestmark = pytest.mark.django_db
WRITTEN = {
    "zone": "Europe/Vilnius",
    "country": "LT",
    "region": "",
    "monday": "9:00-12:30, 13:00-17:00",
    "tuesday": "9-17",
    "wednesday": "",
    "thursday": "",
    "friday": "22-6",
    "saturday": "",
    "sunday": "",
    "days": "2026-12-24 9:00-12:00\n2026-12-31",
}


@pytest.fixture
def manager(client):
    make.organisation()
    staff = make.staff("Asta", role=Role.MANAGER, password=make.PASSWORD)
    client.force_login(staff)
    return staff


def test_until_somebody_says_when_we_are_open_a_usual_week_is_offered(client, manager):
    page = client.get("/settings/hours/").text
    assert "time is counted around the clock" in page
    assert page.count('value="9:00-17:00"') == 5
    assert "Public holidays in" in page


def test_what_is_saved_is_what_holds(client, manager):
    answer = client.post("/settings/hours/", WRITTEN)
    assert answer.status_code == 302
    hours = hours_of(None)
    assert hours
    assert hours.week[0] == (Opening(time(9), time(12, 30)), Opening(time(13), time(17)))
    assert hours.days == (
        (date(2026, 12, 24), (Opening(time(9), time(12)),)),
        (date(2026, 12, 31), ()),
    )
    page = client.get("/settings/hours/").text
    assert "9:00-12:30, 13:00-17:00" in page
    assert "are being given their new due moments" in page
    assert "time is counted around the clock" not in page


def test_holidays_of_a_region_can_be_chosen(client, manager):
    client.post("/settings/hours/", WRITTEN | {"country": "DE", "region": "BY"})
    hours = hours_of(None)
    assert hours
    assert (hours.country, hours.region) == ("DE", "BY")


def test_without_a_country_no_holiday_is_kept(client, manager):
    client.post("/settings/hours/", WRITTEN | {"country": "", "region": ""})
    assert "Public holidays in" not in client.get("/settings/hours/").text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"monday": "nine to five"}, "This cannot be read: nine to five"),
        ({"days": "Christmas Eve 9-12"}, "This cannot be read: Christmas Eve 9-12"),
        ({"country": "DE", "region": "XX"}, "There is no such region"),
        ({"monday": "", "tuesday": "", "friday": ""}, "Say at least one day"),
        ({"zone": "Europe/Atlantis"}, "Europe/Atlantis"),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_saved(client, manager, wrong, said):
    answer = client.post("/settings/hours/", WRITTEN | wrong)
    assert answer.status_code == 422
    assert said in answer.text
    assert not WorkingHours.objects.exists()


def test_a_team_follows_the_house_until_it_has_hours_of_its_own(client, manager):
    team = make.team()
    address = reverse("settings-hours-team", args=[team.pk])
    assert "This team is open when the house is" in client.get(address).text
    client.post(address, WRITTEN | {"monday": "7-8"})
    own = hours_of(team)
    assert own
    assert own.week[0] == (Opening(time(7), time(8)),)
    assert "Has hours of its own" in client.get("/settings/hours/").text

    client.post(reverse("settings-hours-house", args=[team.pk]))
    assert hours_of(team) is None
    assert "Open when the house is" in client.get("/settings/hours/").text


def test_a_team_that_is_none_has_no_page(client, manager):
    assert client.get("/settings/hours/999/").status_code == 404
    assert client.post("/settings/hours/999/house/").status_code == 404


def test_only_who_leads_teams_comes_here(client, manager):
    client.force_login(make.staff(role=Role.AGENT))
    assert client.get("/settings/hours/").status_code == 403
    assert "Opening hours" not in client.get("/more/").text


def test_the_page_asks_little_of_the_database(client, manager, django_assert_max_num_queries):
    for name in ("One", "Two", "Three"):
        make.team(name)
    client.post("/settings/hours/", WRITTEN)
    with django_assert_max_num_queries(14):
        client.get("/settings/hours/")


class TestTheYear:
    def test_shows_holidays_by_name_days_off_and_days_of_our_own(self, client, manager):
        client.post("/settings/hours/", WRITTEN)
        page = client.get("/settings/hours/year/?year=2026").text
        assert "1 January 2026, public holiday, New Year" in page
        assert "24 December 2026, other hours, Christmas Eve, 9:00-12:00" in page
        assert "31 December 2026, closed by us" in page
        assert page.count("<caption>") == 12
        assert "?year=2027" in page

    @pytest.mark.parametrize(
        ("said", "then"),
        [
            ({"how": "closed"}, ()),
            ({"how": "half"}, (Opening(time(9), time(12, 30)),)),
            ({"how": "own", "openings": "10-11"}, (Opening(time(10), time(11)),)),
        ],
    )
    def test_a_day_is_set_on_it(self, client, manager, said, then):
        client.post("/settings/hours/", WRITTEN)
        answer = client.post("/settings/hours/year/", {"day": "2026-11-30"} | said)
        assert answer["Location"] == "/settings/hours/year/?year=2026"
        assert _own_days()[date(2026, 11, 30)] == then
        assert len(_own_days()) == 3

    def test_a_day_becomes_like_any_other_again(self, client, manager):
        client.post("/settings/hours/", WRITTEN)
        assert 'value="9:00-12:00"' in client.get("/settings/hours/year/?day=2026-12-24").text
        client.post("/settings/hours/year/", {"day": "2026-12-24", "how": "usual"})
        client.post("/settings/hours/year/", {"day": "2026-06-01", "how": "usual"})
        assert set(_own_days()) == {date(2026, 12, 31)}

    @pytest.mark.parametrize(
        ("said", "why"),
        [
            ({"day": "2026-11-29", "how": "half"}, "You are closed on such a day"),
            ({"day": "2026-11-29", "how": "own"}, "Write its hours like"),
            ({"day": "2026-11-29", "how": "own", "openings": "ten"}, "Write its hours like"),
            ({"day": "0001-01-01", "how": "closed"}, "nearer to now"),
            ({"day": "", "how": "closed"}, "This field is required"),
        ],
    )
    def test_what_cannot_be_is_said_and_nothing_is_saved(self, client, manager, said, why):
        client.post("/settings/hours/", WRITTEN)
        answer = client.post("/settings/hours/year/", said)
        assert answer.status_code == 422
        assert why in answer.text
        assert len(_own_days()) == 2

    def test_of_who_has_no_week_yet_is_only_shown(self, client, manager):
        assert "this is a usual week" in client.get("/settings/hours/year/").text
        answer = client.post("/settings/hours/year/", {"day": "2026-11-30", "how": "closed"})
        assert answer.status_code == 422
        assert (
            "Save the opening hours of the week first"
            in client.post("/settings/hours/year/", {"day": "2026-11-30", "how": "closed"}).text
        )

    def test_of_a_team_is_its_own(self, client, manager):
        team = make.team()
        address = reverse("settings-hours-team-year", args=[team.pk])
        assert "open when the house is" in client.get(address).text
        client.post(reverse("settings-hours-team", args=[team.pk]), WRITTEN)
        client.post(address, {"day": "2026-11-30", "how": "closed"})
        own = hours_of(team)
        assert own
        assert dict(own.days)[date(2026, 11, 30)] == ()
        assert client.get("/settings/hours/999/year/").status_code == 404

    @pytest.mark.parametrize("asked", ["?year=99999", "?year=²²²²", "?day=x", "?day=9999-12-31"])
    def test_an_address_that_names_no_year_shows_this_one(self, client, manager, asked):
        assert client.get(f"/settings/hours/year/{asked}").status_code == 200

    def test_costs_as_much_with_many_days_of_our_own(
        self, client, manager, django_assert_max_num_queries
    ):
        client.post("/settings/hours/", WRITTEN)
        with django_assert_max_num_queries(11):
            client.get("/settings/hours/year/")


def _own_days():
    hours = hours_of(None)
    assert hours
    return dict(hours.days)
