"""The customer's page as the hub: lessons, the best and the worst, every contact, one step away."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from amends.cases.actions.lessons import Learned, note_lesson
from amends.cases.actions.opening import add_contact
from amends.cases.models.lessons import Lesson
from amends.cases.queries.customer import CONTACTS_SHOWN, HISTORY_SHOWN, dealings_with
from amends.cases.rules.lessons import Lives
from amends.contacts.models import MannerShown
from amends.contacts.rules.kinds import Effect, Manner, Mood
from amends.staff.rules.permissions import Role
from amends.web.people.lessons import LIVES
from tests import make
from tests.cases import hard

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def by(client):
    made = make.staff("Milda", role=Role.SENIOR)
    make.team(members=(made,))
    client.force_login(made)
    return made


@pytest.fixture
def ruta(by):
    make.organisation()
    return make.person("Rūta Petrauskienė", email="ruta@post.example")


@pytest.fixture
def hub(ruta):
    return reverse("customer", args=[ruta.pk])


def met(person, hours, text="We met.", **facts):
    at = make.NOW + hours * HOUR
    return make.contact(text, person=person, started_at=at, ended_at=at, **facts)


def test_every_lifetime_has_its_word():
    assert set(LIVES) == set(Lives)


class TestLessons:
    @pytest.mark.requirement("S3-19")
    def test_a_lesson_is_written_on_the_page_and_taken_away_there(self, client, hub, ruta):
        assert "What helped with them stands here" in client.get(hub).text
        url = reverse("customer-lesson", args=[ruta.pk])
        assert "What to do next time" in client.get(url).text
        answer = client.post(url, {"text": "Ring her after five.", "lives": "season"})
        assert answer.url == hub
        assert "Ring her after five." in client.get(hub).text
        retire = reverse("lesson-retire", args=[Lesson.objects.get().pk])
        assert client.post(retire).url == hub
        assert "Ring her after five." not in client.get(hub).text
        assert client.post(retire).status_code == 404

    @pytest.mark.parametrize(
        "said",
        [{}, {"text": " ", "lives": "year"}, {"text": "x", "lives": "for ever"}],
    )
    def test_nothing_is_no_lesson(self, client, ruta, said):
        url = reverse("customer-lesson", args=[ruta.pk])
        assert client.post(url, said).status_code == 422

    def test_what_they_are_like_is_refused_in_words(self, client, ruta):
        url = reverse("customer-lesson", args=[ruta.pk])
        answer = client.post(url, {"text": "She is an idiot.", "lives": "year"})
        assert answer.status_code == 422
        assert "not what they are like" in answer.text

    def test_who_only_reads_may_not(self, client, ruta, hub):
        client.force_login(make.staff(role=Role.AUDITOR))
        assert client.get(reverse("customer-lesson", args=[ruta.pk])).status_code == 403
        assert "A lesson for next time" not in client.get(hub).text

    @pytest.mark.requirement("S3-19")
    def test_a_case_teaches_its_customer_and_its_topic(self, client, by):
        case = hard.found(hard.investigated(by))
        hard.issue(case)
        url = reverse("case-lesson", args=[case.reference])
        page = client.get(url).text
        assert "Heating" in page
        told = {"text": "Bring the plan.", "lives": "year", "about": "topic:Heating"}
        assert client.post(url, told).status_code == 302
        lesson = Lesson.objects.get()
        assert (lesson.topic, lesson.person, lesson.learned_from) == ("Heating", None, case)
        assert "Bring the plan." in client.get(reverse("case", args=[case.reference])).text
        client.post(url, {**told, "about": "customer"})
        assert Lesson.objects.latest("pk").person == case.person
        client.post(reverse("lesson-retire", args=[lesson.pk]))
        assert Lesson.objects.get(pk=lesson.pk).retired_at

    def test_where_nobody_and_nothing_is_known_nothing_can_be_learned(self, client, by):
        case = make.case(make.contact(), owner=by)
        url = reverse("case-lesson", args=[case.reference])
        assert "First say who the customer is" in client.get(url).text
        answer = client.post(url, {"text": "x", "lives": "year", "about": "customer"})
        assert answer.status_code == 422


class TestPeaks:
    @pytest.mark.requirement("S3-26", "S0-17")
    def test_the_best_and_the_worst_of_all_contacts_are_remembered(self, by, ruta, client, hub):
        worst = met(ruta, 0, "You let us freeze!", mood_end=Mood.FURIOUS, effect=Effect.BAD)
        best = met(
            ruta, 1, "You came within the hour.", mood_start=Mood.ANGRY, mood_end=Mood.CALM,
            effect=Effect.GOOD,
        )  # fmt: skip
        for number in range(12):
            met(ruta, 2 + number)
        met(ruta, 30, "Not so good.", mood_end=Mood.UNEASY, effect=Effect.BAD)
        met(ruta, 31, "Fine.", mood_start=Mood.CALM, mood_end=Mood.CALM, effect=Effect.GOOD)
        dealings = dealings_with(ruta, staff=by)
        assert (dealings.best, dealings.worst) == (best, worst)
        page = client.get(hub).text
        assert "What they may remember" in page
        assert "You let us freeze!" in page

    def test_where_nothing_was_judged_nothing_is_claimed(self, by, ruta, client, hub):
        met(ruta, 0)
        assert "What they may remember" not in client.get(hub).text


class TestHistory:
    @pytest.mark.requirement("S3-04")
    def test_everything_is_one_step_away(self, client, by, ruta, hub):
        case = make.case(make.contact(person=ruta), owner=by)
        make.promise(case)
        note_lesson(Learned(text="After five.", person=ruta), by=by, at=timezone.now())
        later = met(ruta, 1, "And the cellar, too.")
        add_contact(case, contact=later, by=by, at=make.NOW)
        page = client.get(hub).text
        links = set(re.findall(r'href="([^"]+)"', page))
        assert reverse("case", args=[case.reference]) in links
        assert f"{reverse('new-contact')}?person={ruta.pk}" in links
        section = page[
            page.index('id="contacts"') : page.index("</section>", page.index('id="contacts"'))
        ]
        assert case.reference in section
        assert "After five." in page

    @pytest.mark.requirement("S3-66")
    def test_who_they_are_and_how_they_stand_to_us_is_said_and_not_what_they_are_like(
        self, client, by
    ):
        jonas = make.person("Jonas Jonaitis", number="4711", email="jonas@post.example")
        contact = met(jonas, 1, "My mother's flat is cold.")
        MannerShown.objects.create(
            contact=contact,
            manner=Manner.OFFENSIVE,
            noted_by=by,
            noted_at=make.NOW,
            expires_at=make.NOW + 9 * HOUR,
        )
        page = client.get(reverse("customer", args=[jonas.pk])).text
        said = ["customer · 4711", "jonas@post.example", "How to address them", "They speak for"]
        assert [each for each in said if each not in page] == []
        assert "My mother&#x27;s flat is cold." in page
        assert "offensive" not in page.lower()

    def test_all_contacts_are_read_page_by_page_in_a_fixed_number_of_statements(
        self, client, by, ruta, hub, django_assert_max_num_queries
    ):
        for number in range(HISTORY_SHOWN + CONTACTS_SHOWN):
            met(ruta, number, f"Contact number {number}.")
        with django_assert_max_num_queries(24):
            assert "Every contact" in client.get(hub).text
        url = reverse("customer-contacts", args=[ruta.pk])
        with django_assert_max_num_queries(8):
            first = client.get(url).text
        assert "Contact number 55." in first
        assert "Contact number 5." not in first
        further = re.search(r'href="([^"]+before=[^"]+)"', first)
        assert further
        second = client.get(further[1].replace("&amp;", "&")).text
        assert "Contact number 5." in second
        assert "Contact number 6." not in second
        assert "The newest" in second

    @pytest.mark.parametrize("before", ["x", "٣", "0.c.1", "9" * 40])
    def test_a_place_that_is_none_is_the_beginning(self, client, ruta, before):
        url = reverse("customer-contacts", args=[ruta.pk])
        assert "We have not met yet" in client.get(url, {"before": before}).text

    def test_nobody_has_no_history(self, client, by):
        assert client.get(reverse("customer-contacts", args=[10**9])).status_code == 404
