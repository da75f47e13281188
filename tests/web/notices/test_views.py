"""The bell, the list of what one was told, and how one likes to hear of it."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from amends.cases.actions.correspondence import add_note
from amends.cases.actions.help import ask_for_help
from amends.cases.actions.parties import name_party
from amends.cases.rules.kinds import Part
from amends.notices.models import Notice
from amends.notices.queries.choices import likes_of
from amends.notices.rules.reasons import Group, Way
from amends.staff.rules.permissions import Role
from tests import make
from tests.told import told

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
HOUR = timedelta(hours=1)
LIST = "/notices/"
MOST_STATEMENTS = 8


@pytest.fixture
def vida(client):
    made = make.staff("Vida Vaitkienė")
    make.team(members=(made,))
    client.force_login(made)
    return made


@pytest.fixture
def case(vida):
    milda = make.staff("Milda Jankauskaitė")
    make.team(members=(milda,))
    return make.case(owner=milda)


def name_vida(case, times=1):
    for number in range(times):
        add_note(case, text="@vida.vaitkiene", by=case.owner, at=make.NOW + number * HOUR)
    told()


def choices(**changed):
    ways = {f"way_{group}": "page" for group in Group}
    return {**ways, "digest_hour": "8", "on_working_days": "on", **changed}


class TestTheBell:
    def test_says_how_much_is_new_and_the_case_silences_it(self, client, case):
        name_vida(case, 2)
        assert "2 things you have not seen" in client.get("/").text
        page = client.get(reverse("case", args=[case.reference])).text
        assert "things you have not seen" not in page
        assert "What you were told" in page

    def test_is_a_part_of_its_own(self, client, case):
        name_vida(case)
        part = client.get(reverse("notices-bell")).text
        assert "1 thing you have not seen" in part
        assert "<html" not in part

    def test_counts_to_a_hundred(self, client, case, vida):
        name_vida(case)
        one = Notice.objects.get()
        for number in range(100):
            one.pk, one.thing = None, f"thing {number}"
            one.save()
        assert "99+ things you have not seen" in client.get(reverse("notices-bell")).text
        client.get(reverse("case", args=[case.reference]))
        assert not Notice.objects.unread().exists()


class TestTheList:
    def test_says_what_would_be_here(self, client, vida):
        page = client.get(LIST).text
        assert "Nothing so far" in page
        assert "I have seen all of it" not in page

    def test_shows_today_and_earlier_and_leads_to_the_case(self, client, case):
        name_vida(case, 2)
        with time_machine.travel(make.NOW + timedelta(hours=2), tick=False):
            assert "Today" in client.get(LIST).text
        page = client.get(LIST).text
        assert "Earlier" in page
        assert "Milda Jankauskaitė named you in a note" in page
        notice = Notice.objects.earliest("pk")
        there = client.get(reverse("notice", args=[notice.pk]))
        assert there["Location"] == reverse("case", args=[case.reference])
        assert not Notice.objects.unread().exists()

    def test_leads_to_where_help_is_answered(self, client, vida):
        asked = ask_for_help(None, text="How?", by=make.staff(), at=make.NOW, of=vida)
        told()
        there = client.get(reverse("notice", args=[Notice.objects.get().pk]))
        assert there["Location"] == f"{reverse('ask-for-help')}#asked-{asked.pk}"

    def test_all_of_it_is_seen_at_once(self, client, case):
        name_vida(case)
        page = client.post(reverse("notices-seen"), follow=True).text
        assert "All seen." in page
        assert not Notice.objects.unread().exists()

    def test_htmx_gets_only_the_part(self, client, vida):
        assert "<html" not in client.get(LIST, headers=HTMX).text

    def test_a_long_one_goes_on_where_it_ended_in_few_statements(
        self, client, case, django_assert_max_num_queries
    ):
        name_vida(case, 30)
        client.get(LIST)
        with django_assert_max_num_queries(MOST_STATEMENTS):
            page = client.get(LIST).text
        assert page.count("named you in a note") == 25
        further = page.split('href="/notices/?after=')[1].split('"')[0]
        rest = client.get(f"{LIST}?after={further}").text
        assert rest.count("named you in a note") == 5

    @pytest.mark.parametrize("after", ["x", "2026-01-01~1", "\x00", "9999-99-99T00:00+00:00~5"])
    def test_a_place_that_is_none_begins_anew(self, client, case, after):
        name_vida(case)
        assert "named you in a note" in client.get(LIST, {"after": after}).text

    def test_hides_what_is_about_a_case_about_oneself(self, client, case, vida):
        name_vida(case)
        name_party(case, part=Part.COMPLAINED_ABOUT, who=vida, by=case.owner, at=make.NOW)
        notice = Notice.objects.get()
        assert case.reference not in client.get(LIST).text
        assert client.get(reverse("notice", args=[notice.pk])).status_code == 404
        assert "not seen" not in client.get(reverse("notices-bell")).text

    def test_of_somebody_else_is_not_found(self, client, case):
        name_vida(case)
        client.force_login(make.staff())
        notice = Notice.objects.get()
        assert client.get(reverse("notice", args=[notice.pk])).status_code == 404

    def test_who_sees_no_cases_is_told_of_none(self, client, case, vida):
        name_vida(case)
        vida.role = Role.EMPLOYEE
        vida.save()
        assert case.reference not in client.get(LIST).text

    @pytest.mark.parametrize("name", ["notices", "notices-bell", "notices-seen", "profile-notices"])
    def test_a_stranger_is_sent_to_sign_in(self, client, name):
        assert client.post(reverse(name)).status_code == 302


class TestChoosing:
    def test_is_shown_and_kept(self, client, vida):
        page = client.get(reverse("profile-notices")).text
        assert "Notes that name me" in page
        told_so = choices(way_mention="digest", digest_hour="9", mails_at_night="on")
        after = client.post(reverse("profile-notices"), told_so, follow=True).text
        assert "Saved" in after
        likes = likes_of(vida)
        assert (likes.ways[Group.MENTION], likes.digest_hour) == (Way.DIGEST, 9)
        assert likes.mails_at_night
        assert likes.on_working_days

    def test_what_waits_for_an_answer_is_not_offered_to_be_off(self, client, vida):
        refused = client.post(reverse("profile-notices"), choices(way_given="none"))
        assert refused.status_code == 422
        assert client.post(reverse("profile-notices"), choices(way_thanks="none"))

    @pytest.mark.parametrize("bad", [{"digest_hour": "24"}, {"way_mention": "\x00"}, {}])
    def test_nothing_else_is_taken(self, client, vida, bad):
        given = choices(**bad) if bad else {}
        assert client.post(reverse("profile-notices"), given).status_code == 422
        assert likes_of(vida).ways[Group.MENTION] is Way.MAIL

    def test_is_reached_from_the_profile(self, client, vida):
        assert reverse("profile-notices") in client.get(reverse("profile")).text
