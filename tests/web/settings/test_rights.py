import pytest
from django.urls import reverse

from amends.cases.models.deciding import OutsideBody
from amends.cases.models.findings import Heading
from amends.staff.rules.permissions import Role
from tests import make

pytestmark = pytest.mark.django_db
BODIES, LISTS = "/settings/outside-bodies/", "/settings/lists/"
TOLD = {
    "country": "LT",
    "name_en": "Consumer authority",
    "name_lt": "Tarnyba",
    "address_lt": "Vilniaus 25, Vilnius",
    "link": "https://consumers.example/",
    "within": "1",
    "within_unit": "years",
    "source": "Their page",
}


@pytest.fixture
def manager(client):
    made = make.staff(role=Role.MANAGER)
    make.organisation()
    client.force_login(made)
    return made


@pytest.mark.usefixtures("manager")
class TestBodies:
    def test_those_of_our_country_come_first_and_say_whether_they_were_checked(self, client):
        text = client.get(BODIES).text
        assert "nobody has checked it yet" in text
        assert text.index("State Consumer Rights") < text.index("Financial Ombudsman")

    def test_one_is_written_down_and_corrected(self, client):
        assert client.post(f"{BODIES}new/", TOLD)["Location"] == BODIES
        kept = OutsideBody.objects.latest("pk")
        assert (kept.name, kept.address) == (
            {"en": "Consumer authority", "lt": "Tarnyba"},
            {"lt": "Vilniaus 25, Vilnius"},
        )
        url = reverse("settings-body", args=[kept.pk])
        assert "Consumer authority" in client.get(url).text
        client.post(url, {**TOLD, "checked_on": "2026-03-01", "active": "on"})
        kept.refresh_from_db()
        assert kept.active

    def test_what_nobody_checked_is_named_in_no_letter(self, client):
        refused = client.post(f"{BODIES}new/", {**TOLD, "active": "on"})
        assert refused.status_code == 422
        assert "before letters name it" in refused.text


@pytest.mark.usefixtures("manager")
class TestLists:
    def test_a_line_is_put_in_on_either_level_and_taken_out(self, client):
        assert client.post(LISTS, {"shelf": "topic", "name": "Heating"})["Location"] == LISTS
        above = Heading.objects.get()
        client.post(LISTS, {"shelf": "topic", "name": "Pump", "under": above.pk})
        assert "Heating ·" in client.get(LISTS).text
        client.post(reverse("settings-list-close", args=[above.pk]))
        assert not Heading.objects.filter(closed_at=None).exists()

    def test_what_stands_there_already_is_said(self, client):
        client.post(LISTS, {"shelf": "product", "name": "Water"})
        refused = client.post(LISTS, {"shelf": "product", "name": "Water"})
        assert refused.status_code == 422
        assert "Water stands there already." in refused.text

    def test_a_complaint_is_then_sorted_by_it(self, client, manager):
        client.post(LISTS, {"shelf": "topic", "name": "Heating"})
        above = Heading.objects.get()
        client.post(LISTS, {"shelf": "topic", "name": "Pump", "under": above.pk})
        case = make.case(owner=manager)
        url = reverse("case-issue", args=[case.reference])
        assert "Heating · Pump" in client.get(url).text
        client.post(url, {"statement": "Cold", "topic": "Heating · Pump"})
        one = case.issues.latest("pk")
        assert (one.topic, one.sub_topic) == ("Heating", "Pump")


@pytest.mark.parametrize("url", [BODIES, f"{BODIES}new/", LISTS])
def test_only_who_decides_it_sees_it(client, url):
    client.force_login(make.staff())
    assert client.get(url).status_code == 403
