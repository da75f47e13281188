from decimal import Decimal

import pytest
from django.conf import settings
from django.urls import reverse

from amends.contacts.models import OutgoingMail
from amends.staff.models import Department, Guideline, Organisation, Staff, Team
from amends.staff.queries import invitation_key, limits_of
from amends.staff.rules.authority import Limit, RemedyKind
from amends.staff.rules.permissions import Role
from tests import make

pytestmark = pytest.mark.django_db
PAGES = [
    "settings-organisation",
    "settings-colleagues",
    "settings-invite",
    "settings-teams",
    "settings-team-new",
    "settings-department-new",
    "settings-authority",
]


@pytest.fixture
def owner(client):
    make.organisation()
    staff = make.staff("Asta", role=Role.MANAGER, administers=True, password=make.PASSWORD)
    client.force_login(staff)
    return staff


class TestMore:
    def test_shows_each_what_they_may_use(self, client, owner):
        page = client.get("/more/").text
        for shown in ("Organisation", "People", "Teams and departments", "Authority"):
            assert shown in page
        client.force_login(make.staff(role=Role.AGENT))
        page = client.get("/more/").text
        assert "My profile" in page
        assert "Authority" not in page

    @pytest.mark.parametrize("name", PAGES)
    def test_settings_are_no_business_of_an_agent(self, client, owner, name):
        assert client.get(reverse(name)).status_code == 200
        client.force_login(make.staff(role=Role.AGENT))
        assert client.get(reverse(name)).status_code == 403
        client.logout()
        assert client.get(reverse(name)).status_code == 302


class TestOrganisation:
    FIELDS = {
        "name": "Water",
        "mail_address": "care@water.example",
        "telephone": "",
        "postal_address": "",
        "language": "lt",
        "zone": "Europe/Vilnius",
        "currency": "EUR",
        "reopen_days": "60",
        "undo_seconds": "15",
        "undo_seconds_heated": "90",
        "outside_lt": "Vartotojų tarnyba",
        "outside_en": " ",
    }
    URL = "/settings/organisation/"

    def test_is_corrected(self, client, owner):
        assert client.post(self.URL, self.FIELDS).url == self.URL
        ours = Organisation.objects.get()
        assert (ours.name, ours.outside_body) == ("Water", {"lt": "Vartotojų tarnyba"})
        assert ours.reopen_days == 60
        assert (ours.undo_seconds, ours.undo_seconds_heated) == (15, 90)
        assert "Vartotojų tarnyba" in client.get(self.URL).text

    @pytest.mark.parametrize(
        "wrong",
        [
            {"name": ""},
            {"currency": "XXX"},
            {"mail_address": "nobody"},
            {"outside_lt": "x" * 1_000_000},
            {"name": "a\x00b"},
        ],
    )
    def test_is_not_corrected_by_nonsense(self, client, owner, wrong):
        assert client.post(self.URL, self.FIELDS | wrong).status_code == 422
        assert Organisation.objects.get().name == "Water of Vilnius"


class TestPeople:
    def fields(self, owner, **changed):
        plain = {
            "name": "Jonas",
            "email": "jonas@water.example",
            "role": "agent",
            "department": str(owner.department_id),
        }
        return plain | changed

    def test_a_colleague_is_invited_by_mail_and_by_a_link_to_hand_over(self, client, owner):
        response = client.post("/settings/people/invite/", self.fields(owner))
        jonas = Staff.objects.get(name="Jonas")
        assert response.url == reverse("settings-colleague", args=[jonas.pk])
        mail = OutgoingMail.objects.get()
        assert (mail.to_address, mail.kind, mail.author) == (jonas.email, "invitation", owner)
        link = next(line for line in mail.text.splitlines() if line.startswith("http"))
        assert link.startswith(f"{settings.BASE_ADDRESS}/join/")
        assert f"{settings.BASE_ADDRESS}/join/" in client.get(response.url).text
        client.post(reverse("settings-invite-again", args=[jonas.pk]))
        assert OutgoingMail.objects.count() == 2

    @pytest.mark.parametrize(("host", "waits"), [("", True), ("mail.example", False)])
    def test_where_no_mail_leaves_the_link_is_to_be_given_by_hand(
        self, client, owner, settings, host, waits
    ):
        settings.EMAIL_HOST, settings.DEMO = host, False
        page = client.post("/settings/people/invite/", self.fields(owner), follow=True).text
        assert ("No mail leaves from here yet" in page) is waits
        again = reverse("settings-invite-again", args=[Staff.objects.get(name="Jonas").pk])
        assert ("The invitation waits" in client.post(again, follow=True).text) is waits

    def test_who_has_come_in_is_not_invited_again(self, client, owner):
        client.post(reverse("settings-invite-again", args=[owner.pk]))
        assert not OutgoingMail.objects.exists()

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"email": "nobody"}, "valid email address"),
            ({"role": "king"}, "Select a valid choice"),
            ({"department": "999"}, "Select a valid choice"),
            ({"department": "x"}, "Select a valid choice"),
            ({"name": "x" * 1_000_000}, "at most 200 characters"),
        ],
    )
    def test_nobody_is_invited_by_nonsense(self, client, owner, wrong, said):
        Department.objects.create(name="Second")
        response = client.post("/settings/people/invite/", self.fields(owner, **wrong))
        assert response.status_code == 422
        assert said in response.text
        assert not OutgoingMail.objects.exists()
        assert Staff.objects.count() == 1

    def test_one_address_is_invited_once(self, client, owner):
        response = client.post("/settings/people/invite/", self.fields(owner, email=owner.email))
        assert response.status_code == 422
        assert "Asta already works here" in response.text

    def test_departments_are_asked_for_when_there_are_two(self, client, owner):
        assert 'type="hidden" name="department"' in client.get("/settings/people/invite/").text
        Department.objects.create(name="Second")
        assert "<select" in client.get("/settings/people/invite/").text.split("Department")[1]

    def test_a_role_is_changed(self, client, owner):
        jonas = make.staff("Jonas")
        url = reverse("settings-colleague", args=[jonas.pk])
        client.post(url, self.fields(owner, email=jonas.email, role="senior"))
        jonas.refresh_from_db()
        assert jonas.role == "senior"

    def test_the_last_administrator_stays(self, client, owner):
        url = reverse("settings-colleague", args=[owner.pk])
        response = client.post(
            url, self.fields(owner, name="Asta", email=owner.email, role="agent")
        )
        assert response.status_code == 422
        assert "is the last who looks after" in response.text
        client.post(f"{url}end/")
        assert "is the last who looks after" in client.get(url).text

    def test_who_leaves_hands_over_first_and_may_come_back(self, client, owner):
        jonas = make.staff("Jonas")
        make.promise(make.case(owner=jonas), by=jonas)
        url = reverse("settings-colleague", args=[jonas.pk])
        page = client.get(url).text
        assert "1 open case is still theirs. 1 promise is still owed by them." in page
        client.post(f"{url}end/")
        assert not Staff.objects.get(pk=jonas.pk).is_active
        assert "Give them access again" in client.get(url).text
        client.post(f"{url}back/")
        assert Staff.objects.get(pk=jonas.pk).is_active

    def test_who_left_is_out_at_once(self, client, owner):
        jonas = make.staff("Jonas", password=make.PASSWORD)
        client.force_login(jonas)
        assert client.get("/profile/").status_code == 200
        Staff.objects.filter(pk=jonas.pk).update(is_active=False)
        assert client.get("/profile/").status_code == 302

    def test_nobody_is_not_found(self, client, owner):
        assert client.get("/settings/people/99999999/").status_code == 404

    def test_everybody_is_listed_with_their_state(self, client, owner):
        make.staff("Invited")
        page = client.get("/settings/people/").text
        assert "at work" in page
        assert "invited" in page

    def test_the_key_of_an_invitation_is_in_no_list(self, client, owner):
        jonas = make.staff("Jonas")
        key = invitation_key(jonas, at=make.NOW)
        assert key[:20] not in client.get("/settings/people/").text


class TestTeams:
    def test_a_department_is_opened_renamed_and_closed(self, client, owner):
        assert client.post("/settings/departments/new/", {"name": "Meters"}).status_code == 302
        made = Department.objects.get(name="Meters")
        url = reverse("settings-department", args=[made.pk])
        assert client.get(url).status_code == 200
        client.post(url, {"name": "Metering"})
        assert "Metering" in client.get("/settings/teams/").text
        client.post(f"{url}end/")
        assert "Metering</a>" not in client.get("/settings/teams/").text

    def test_a_name_is_given_once(self, client, owner):
        name = owner.department.name
        assert client.post("/settings/departments/new/", {"name": name}).status_code == 422
        other = Department.objects.create(name="Other")
        url = reverse("settings-department", args=[other.pk])
        assert client.post(url, {"name": name}).status_code == 422

    def test_a_department_in_use_says_so(self, client, owner):
        client.post(reverse("settings-department-end", args=[owner.department_id]))
        assert "still has colleagues or teams" in client.get("/settings/teams/").text

    def test_a_team_is_opened_changed_and_closed(self, client, owner):
        jonas = make.staff("Jonas")
        make.team("First", duty_owner=owner)
        asked = {"name": "Night", "duty_owner": owner.pk, "department": owner.department_id}
        assert client.post("/settings/teams/new/", asked).status_code == 302
        assert client.post("/settings/teams/new/", asked).status_code == 422
        team = Team.objects.get(name="Night")
        url = reverse("settings-team", args=[team.pk])
        assert client.get(url).status_code == 200
        assert client.post(url, {"name": "First", "duty_owner": owner.pk}).status_code == 422
        client.post(url, {"name": "Nights", "duty_owner": jonas.pk, "members": [owner.pk]})
        team.refresh_from_db()
        assert (team.name, team.duty_owner) == ("Nights", jonas)
        assert set(team.members.all()) == {owner, jonas}
        client.post(f"{url}end/")
        assert client.get(url).status_code == 404

    def test_the_last_team_stays(self, client, owner):
        team = make.team("First", duty_owner=owner)
        client.post(reverse("settings-team-end", args=[team.pk]))
        assert "is the last team" in client.get("/settings/teams/").text


class TestAuthority:
    URL = "/settings/authority/agent/"

    @pytest.mark.requirement("S4-04")
    def test_limits_are_shown_and_decided(self, client, owner):
        make.authority(Role.AGENT, RemedyKind.REPAIR)
        assert "checked" in client.get(self.URL).text
        client.post(self.URL, {"refund-part": "on", "refund-part_amount": "49.90"})
        assert limits_of(Role.AGENT) == {RemedyKind.REFUND_PART: Limit(Decimal("49.90"))}
        assert "49.90" in client.get("/settings/authority/").text

    def test_all_of_it_can_be_taken_away(self, client, owner):
        make.authority(Role.AGENT, RemedyKind.REPAIR)
        client.post(self.URL, {})
        assert limits_of(Role.AGENT) == {}

    @pytest.mark.parametrize("amount", ["-1", "many", "1e99", "9" * 30, "NaN"])
    def test_an_amount_is_an_amount(self, client, owner, amount):
        wrong = {"credit": "on", "credit_amount": amount}
        assert client.post(self.URL, wrong).status_code == 422
        assert limits_of(Role.AGENT) == {}

    def test_guidelines_are_written_in_words(self, client, owner):
        url = f"{self.URL}guidelines/"
        lines = {
            "form-TOTAL_FORMS": "3",
            "form-INITIAL_FORMS": "0",
            "form-0-allowed": "yes",
            "form-0-en": "A call within the hour",
            "form-1-allowed": "no",
            "form-1-lt": "Meistro atvykimo data",
            "form-2-allowed": "yes",
        }
        client.post(url, lines)
        assert [(line.allowed, line.text) for line in Guideline.objects.order_by("pk")] == [
            (True, {"en": "A call within the hour"}),
            (False, {"lt": "Meistro atvykimo data"}),
        ]
        page = client.get(url).text
        assert 'value="A call within the hour"' in page
        assert 'value="Meistro atvykimo data"' in page

    @pytest.mark.parametrize(
        "wrong",
        [
            {},
            {"form-TOTAL_FORMS": "x", "form-INITIAL_FORMS": "0"},
            {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-allowed": "maybe"},
            {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-en": "x" * 1_000_000},
        ],
    )
    def test_guidelines_are_not_lost_to_nonsense(self, client, owner, wrong):
        Guideline.objects.create(role="agent", allowed=True, text={"en": "Call"})
        assert client.post(f"{self.URL}guidelines/", wrong).status_code == 422
        assert Guideline.objects.count() == 1

    @pytest.mark.parametrize("role", ["employee", "administrator", "king"])
    def test_only_those_who_promise_have_authority(self, client, owner, role):
        assert client.get(f"/settings/authority/{role}/").status_code == 404
