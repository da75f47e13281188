from datetime import timedelta
from urllib.parse import urljoin

import pytest
import time_machine
from django.urls import reverse

from amends.cases.queries import dry_run
from amends.people.actions.organisations import join_organisation
from amends.people.models import Person
from amends.people.rules.kinds import PersonKind
from amends.standards.actions import Notice, set_warning
from amends.standards.models import EarlyWarning, Standard
from amends.standards.rules.targets import Measure
from amends.standards.rules.warnings import Whose
from tests import make
from tests.cases.clocked import DAY, HOUR, a_manager, an_agent_beside, answers, standard, written

pytestmark = pytest.mark.django_db
STANDARDS = "/settings/standards/"
WARNINGS = "/settings/warnings/"
TOLD = {"name": "First answer", "measure": "first-answer", "hours": "4", "aim_percent": "95"}


@pytest.fixture
def manager(client):
    made = a_manager()
    client.force_login(made)
    return made


def url(key, act=""):
    return reverse(f"settings-standard{act}", args=[key])


@pytest.mark.usefixtures("manager")
class TestWriting:
    def test_an_empty_list_says_what_counts_until_then(self, client):
        assert "No standard is set yet" in client.get(STANDARDS).text

    def test_one_is_written_down_whole(self, client, manager):
        team = make.team("Heating")
        told = TOLD | {
            "minutes": "30",
            "kinds": ["complaint"],
            "teams": [team.pk],
            "channels": ["email"],
            "severities": ["3", "4"],
            "groups": ["customer"],
            "pauses_on": ["customer"],
            "around_the_clock": "on",
            "owner": manager.pk,
            "measured_by": "Looked at on Mondays",
        }
        assert client.get(f"{STANDARDS}new/").status_code == 200
        assert client.post(f"{STANDARDS}new/", told)["Location"] == STANDARDS
        row = Standard.objects.get()
        assert (row.limit_minutes, row.teams, row.severities) == (270, [team.pk], [3, 4])
        assert (row.pauses_on, row.owner, row.around_the_clock) == (["customer"], manager, True)
        text = client.get(STANDARDS).text
        assert "4 h 30 min" in text
        assert "complaint, Heating, e-mail" in text
        assert "Looked at on Mondays" in client.get(url(row.key)).text

    @pytest.mark.parametrize(
        ("told", "said"),
        [
            ({"days": "2"}, "2 working days"),
            ({"days": "1", "around_the_clock": "on"}, "1 day<"),
        ],
    )
    def test_one_is_said_in_whole_days(self, client, told, said):
        assert client.post(f"{STANDARDS}new/", TOLD | {"hours": ""} | told)["Location"] == STANDARDS
        row = Standard.objects.get()
        assert (row.limit_minutes, row.limit_days) == (0, int(told["days"]))
        assert said in client.get(STANDARDS).text
        assert f'value="{told["days"]}"' in client.get(url(row.key)).text

    def test_an_edit_is_a_new_version(self, client, manager):
        standard(manager, Measure.FIRST_ANSWER, 4 * HOUR)
        client.post(url("first-answer"), TOLD | {"hours": "3", "reason": "We can"})
        now = Standard.objects.get(superseded_at=None)
        assert (now.version, now.limit_minutes, now.reason) == (2, 180, "We can")
        assert "Version 2" in client.get(url("first-answer")).text

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"hours": "", "minutes": ""}, "Say at least one minute"),
            ({"name": " "}, "This field is required"),
            ({"measure": "luck"}, "Select a valid choice"),
            ({"hours": "1000"}, "999"),
            ({"days": "2"}, "hours and minutes, or days"),
            ({"hours": "", "days": "366"}, "365"),
        ],
    )
    def test_what_is_no_standard_is_refused(self, client, wrong, said):
        refused = client.post(f"{STANDARDS}new/", TOLD | wrong)
        assert refused.status_code == 422
        assert said in refused.text
        assert not Standard.objects.exists()

    def test_one_is_given_up(self, client, manager):
        standard(manager, Measure.FIRST_ANSWER, 4 * HOUR)
        client.post(url("first-answer", "-give-up"))
        assert "No standard is set yet" in client.get(STANDARDS).text
        assert client.get(url("first-answer")).status_code == 404


@pytest.mark.usefixtures("manager")
class TestAgreedWithACustomer:
    @pytest.fixture
    def hospital(self):
        return make.person("The hospital", kind=PersonKind.ORGANISATION)

    def test_one_is_begun_on_their_page_and_stands_there(self, client, hospital):
        page = reverse("customer", args=[hospital.pk])
        begin = f"{STANDARDS}new/?customer={hospital.pk}"
        assert f'href="{begin}"' in client.get(page).text
        assert "Agreed with these customers" in client.get(begin).text
        told = TOLD | {"name": "Within four hours, agreed", "customers": [hospital.pk]}
        assert client.post(f"{STANDARDS}new/", told)["Location"] == STANDARDS
        row = Standard.objects.get()
        assert row.customers == [hospital.pk]
        assert "The hospital" in client.get(STANDARDS).text
        assert "Within four hours, agreed" in client.get(page).text
        assert "The hospital" in client.get(url(row.key)).text

    def test_it_stays_theirs_when_they_are_found_to_be_another(self, client, manager, hospital):
        row = standard(manager, Measure.FIRST_ANSWER, HOUR, customers=(hospital.pk,))
        clinic = make.person("The clinic", kind=PersonKind.ORGANISATION)
        Person.objects.filter(pk=hospital.pk).update(merged_into=clinic)
        assert "The clinic" in client.get(STANDARDS).text
        client.post(url(row.key), TOLD | {"customers": [hospital.pk]})
        assert Standard.objects.get(superseded_at=None).customers == [hospital.pk]

    def test_whom_nobody_knows_is_not_named(self, client):
        for other in ("x", "7" * 30, "12345"):
            answer = client.get(f"{STANDARDS}new/?customer={other}")
            assert "Agreed with these customers" not in answer.text
        refused = client.post(f"{STANDARDS}new/", TOLD | {"customers": ["12345"]})
        assert refused.status_code == 422

    def test_a_dry_run_looks_at_their_cases_alone(self, client, manager, hospital):
        milda = an_agent_beside(manager)
        nurse = make.person("Asta", email="asta@post.example")
        join_organisation(nurse, organisation=hospital, by=milda, at=make.NOW - DAY)
        written(milda, person=nurse)
        written(milda)
        told = TOLD | {"go": "try", "customers": [hospital.pk]}
        with time_machine.travel(make.NOW + timedelta(days=2)):
            text = client.post(f"{STANDARDS}new/", told).text
        assert "1 of 1 case for which it counts" in text


class TestADryRun:
    @pytest.fixture
    def milda(self, manager):
        return an_agent_beside(manager)

    def tried(self, client, key="", **told):
        address = url(key) if key else f"{STANDARDS}new/"
        with time_machine.travel(make.NOW + timedelta(days=2)):
            return client.post(address, TOLD | {"go": "try"} | told).text

    def test_tells_what_would_have_been_late_and_saves_nothing(self, client, milda):
        slow, quick = written(milda), written(milda)
        answers(slow, milda, make.NOW + 5 * HOUR)
        answers(quick, milda, make.NOW + 3 * HOUR)
        text = self.tried(client)
        assert "1 of 2 cases for which it counts would have been late" in text
        assert slow.reference in text
        assert quick.reference not in text
        assert not Standard.objects.exists()

    def test_takes_the_place_of_the_version_that_holds(self, client, manager, milda):
        standard(manager, Measure.FIRST_ANSWER, HOUR)
        answers(written(milda), milda, make.NOW + 3 * HOUR)
        text = self.tried(client, key="first-answer")
        assert "0 of 1 case for which it counts" in text

    def test_leaves_to_a_closer_standard_what_is_its(self, client, manager, milda):
        standard(manager, Measure.FIRST_ANSWER, HOUR, kinds=("complaint",))
        written(milda)
        assert "0 of 0 cases for which it counts" in self.tried(client)

    def test_goes_on_with_further_cases_where_there_are_many(self, client, milda, monkeypatch):
        monkeypatch.setattr(dry_run, "AT_ONCE", 1)
        one, two = written(milda), written(milda)
        text = self.tried(client)
        assert "1 / 2" in text
        assert one.reference in text
        further = {"go": "further", "after": one.pk, "looked": 1, "measured": 1, "late": 1}
        text = self.tried(client, **further)
        assert "2 of 2 cases" in text
        assert two.reference in text
        assert "Look at the further ones" not in text

    def test_of_what_nobody_can_read_begins_anew(self, client, milda):
        written(milda)
        text = self.tried(client, go="further", after="x", late="9" * 30)
        assert "1 of 1 case" in text


@pytest.mark.usefixtures("manager")
class TestWarnings:
    @pytest.fixture(autouse=True)
    def _standard(self, manager):
        standard(manager, Measure.FIRST_ANSWER, 4 * HOUR)

    def test_one_is_set_and_stopped(self, client, manager):
        told = {"w-hours": "1", "w-to": "colleague", "w-colleague": manager.pk, "w-how": "email"}
        client.post(url("first-answer", "-warn"), told)
        row = EarlyWarning.objects.get()
        assert (row.before_minutes, row.staff, row.standard) == (60, manager, "first-answer")
        assert "1 h before: Ona, on the pages and by e-mail" in client.get(url("first-answer")).text
        stop = reverse("settings-warning-stop", args=[row.pk])
        assert client.post(stop, {"back": "standard"})["Location"] == url("first-answer")
        assert "Nobody is warned yet" in client.get(url("first-answer")).text

    @pytest.mark.parametrize(
        "told",
        [
            {"w-hours": "1", "w-to": "colleague", "w-how": "page"},
            {"w-to": "owner", "w-how": "page"},
        ],
    )
    def test_one_that_would_tell_nobody_or_never_is_refused(self, client, told):
        refused = client.post(url("first-answer", "-warn"), told)
        assert refused.status_code == 422
        assert not EarlyWarning.objects.exists()

    def test_one_of_all_standards_is_stopped_from_here_too(self, client, manager):
        notice = Notice(about=Whose.STANDARD, before=HOUR)
        row = set_warning(notice, by=manager, at=make.NOW)
        answer = client.post(reverse("settings-warning-stop", args=[row.pk]))
        assert answer["Location"] == WARNINGS

    def test_several_before_the_same_end_each_tell_somebody_else(self, client, manager):
        assert "Nobody is warned yet" in client.get(WARNINGS).text
        for told in (
            {"about": "law", "hours": "48", "to": "duty-owner", "how": "page"},
            {"about": "law", "hours": "8", "to": "colleague", "colleague": manager.pk,
             "how": "email"},
            {"about": "promise", "minutes": "30", "to": "owner", "how": "page"},
        ):  # fmt: skip
            assert client.post(WARNINGS, told)["Location"] == WARNINGS
        client.post(
            url("first-answer", "-warn"), {"w-hours": "1", "w-to": "owner", "w-how": "page"}
        )
        text = client.get(WARNINGS).text
        assert text.count("a term of the law, ") == 2
        assert "a term of the law, 8 h, Ona, on the pages and by e-mail" in text
        assert "a promise, 30 min, the owner of the case, on the pages" in text
        assert "first-answer, 1 h" in text
        rows = EarlyWarning.objects.order_by("pk").values_list("about", "standard")
        assert list(rows) == [
            ("law", ""), ("law", ""), ("promise", ""), ("standard", "first-answer")
        ]  # fmt: skip

    def test_one_before_nothing_or_to_nobody_is_refused(self, client):
        for told in (
            {"about": "law", "to": "owner", "how": "page"},
            {"about": "law", "hours": "1", "to": "colleague", "how": "page"},
            {"about": "time", "hours": "1", "to": "owner", "how": "page"},
        ):
            assert client.post(WARNINGS, told).status_code == 422
        assert not EarlyWarning.objects.exists()

    def test_the_page_costs_the_same_however_many_there_are(
        self, client, django_assert_max_num_queries
    ):
        def look():
            with django_assert_max_num_queries(14):
                assert client.get(WARNINGS).status_code == 200

        look()
        for hours in range(1, 6):
            client.post(WARNINGS, {"about": "law", "hours": hours, "to": "owner", "how": "page"})
        look()


@pytest.mark.parametrize("path", ["", "new/", "first-answer/", "../warnings/"])
def test_only_who_leads_teams_comes_here(client, path):
    client.force_login(make.staff())
    assert client.get(urljoin(STANDARDS, path)).status_code == 403
