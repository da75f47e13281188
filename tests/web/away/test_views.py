from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from amends.cases.models.promises import Promise
from amends.staff.models import Absence
from amends.staff.rules.permissions import Role
from tests import make

pytestmark = pytest.mark.django_db
LIST = "/away/"


@pytest.fixture
def milda(client):
    make.organisation()
    milda = make.staff("Milda Jankauskaitė")
    client.force_login(milda)
    return milda


@pytest.fixture
def jonas(milda):
    jonas = make.staff("Jonas Petraitis")
    make.team(members=(milda, jonas), duty_owner=jonas)
    return jonas


def page_of(colleague):
    return reverse("away-colleague", args=[colleague.pk])


def said(*deputies, begins=1, ends=3):
    today = timezone.localdate()
    return {
        "first_on": (today + timedelta(days=begins)).isoformat(),
        "last_on": (today + timedelta(days=ends)).isoformat(),
        "deputies": [each.pk for each in deputies],
    }


def test_while_everybody_is_here_the_page_says_so(client, milda):
    page = client.get(LIST).text
    assert "Everybody is here" in page
    assert "Write it down for a colleague" not in page


def test_one_says_that_one_will_be_away_and_comes_back_earlier(client, milda, jonas):
    assert client.get(page_of(milda)).status_code == 200
    answer = client.post(page_of(milda), said(jonas), follow=True)
    assert "It ends by itself on" in answer.text
    assert "Jonas Petraitis stands in." in client.get(LIST).text
    absence = Absence.objects.get()
    answer = client.post(reverse("away-end", args=[absence.pk]), follow=True)
    assert "alone again" in answer.text
    assert "Everybody is here" in client.get(LIST).text


def test_what_cannot_be_is_refused_with_a_sentence(client, milda, jonas):
    answer = client.post(page_of(milda), said())
    assert answer.status_code == 422
    assert "Say who stands in." in answer.text
    assert client.post(page_of(milda), {}).status_code == 422


def test_days_on_which_nobody_stands_in_are_told(client, milda, jonas):
    now = timezone.now()
    make.absence(jonas, milda, at=now + timedelta(days=2), days=1)
    make.absence(milda, jonas, at=now, days=4)
    page = client.get(LIST).text
    assert page.count("Nobody stands in:") == 2


def test_for_a_colleague_only_who_leads_teams(client, milda, jonas):
    assert client.get(page_of(jonas)).status_code == 403
    absence = make.absence(jonas, milda, at=timezone.now())
    assert client.post(reverse("away-end", args=[absence.pk])).status_code == 404
    client.force_login(make.staff(role=Role.MANAGER))
    assert "Write it down for a colleague" in client.get(LIST).text
    assert "Jonas Petraitis will be away" in client.get(page_of(jonas)).text
    client.post(reverse("away-end", args=[absence.pk]))
    assert client.post(page_of(jonas), said(milda)).status_code == 302


def test_who_works_alone_is_told_that_nobody_could_stand_in(client, milda):
    assert "Nobody could stand in yet" in client.get(page_of(milda)).text
    assert client.post(page_of(milda), said()).status_code == 302


class TestWhereItShows:
    @pytest.fixture
    def case(self, milda, jonas):
        make.absence(milda, jonas, at=timezone.now())
        return make.case(owner=milda)

    def test_my_day_of_who_stands_in_and_of_who_is_away(self, client, case, jonas):
        make.promise(case, make.offer("the written answer"))
        Promise.objects.update(due_at=timezone.now() + timedelta(minutes=1))
        assert "I am back already" in client.get("/").text
        client.force_login(jonas)
        page = client.get("/").text
        assert "For Milda Jankauskaitė, until" in page
        assert "the written answer" in page

    def test_a_day_on_which_nothing_of_theirs_is_due(self, client, milda, jonas):
        make.absence(milda, jonas, at=timezone.now())
        client.force_login(jonas)
        assert "Nothing of theirs falls due today" in client.get("/").text

    def test_the_inbox_of_who_stands_in(self, client, case, jonas):
        client.force_login(jonas)
        page = client.get("/inbox/?which=mine").text
        assert case.reference in page
        assert "for Milda Jankauskaitė, until" in page

    def test_the_list_of_people_says_so(self, client, case):
        client.force_login(make.staff(role=Role.ADMINISTRATOR))
        assert "away until" in client.get(reverse("settings-colleagues")).text

    def test_the_case_page_says_so(self, client, case, jonas):
        client.force_login(jonas)
        page = client.get(reverse("case", args=[case.reference])).text
        assert "Jonas Petraitis stands in." in page

    def test_forms_that_ask_for_a_colleague_say_so_before_anything_is_sent(
        self, client, case, jonas
    ):
        client.force_login(make.staff(role=Role.SENIOR))
        other = make.case(owner=jonas)
        for name in ("case-assign", "case-hand-over", "case-promise"):
            page = client.get(reverse(name, args=[other.reference])).text
            assert "Milda Jankauskaitė · away until" in page
        assert "Milda Jankauskaitė · away until" in client.get(reverse("ask-for-help")).text
        found = client.get(reverse("case-mentions", args=[other.reference]), {"q": "mil"})
        assert "away until" in found.text

    def test_a_note_that_names_who_is_away_says_so(self, client, case, jonas):
        client.force_login(jonas)
        url = reverse("case-note", args=[case.reference])
        noted = client.post(url, {"note-text": "@milda.jankauskaite look"}, follow=True)
        assert "Milda Jankauskaitė · away until" in noted.text

    def test_a_promise_for_a_day_on_which_one_is_away_has_a_hint(self, client, case, milda):
        url = reverse("case-promise", args=[case.reference])
        assert "Choose another day, or somebody else who keeps it." in client.get(url).text
        due_at = timezone.localtime() + timedelta(days=2)
        promised = {
            "what": "We call you", "when": "other", "due_at": f"{due_at:%Y-%m-%dT%H:%M}",
            "owner": "", "told": "", "remedy": "none", "basis": "policy",
        }  # fmt: skip
        page = client.post(url, promised, follow=True).text
        assert "Milda Jankauskaitė is away until" in page

    def test_a_notice_says_for_whom_it_is(self, client, case, milda, jonas):
        jonas.notices.create(
            thing="x", reason="promise-broken", case=case, instead_of=milda,
            at=timezone.now(), way="page",
        )  # fmt: skip
        client.force_login(jonas)
        assert "Told to Milda Jankauskaitė, who is away" in client.get(reverse("notices")).text
