import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import resolve, reverse

from amends.base.limits import may_try
from amends.cases.models.case import Case
from amends.cases.models.unsent import Unsent, UnsentFile
from amends.contacts.models import Attachment, Contact, OutgoingMail
from amends.people.models import Person
from amends.portal.http import HOUR
from amends.portal.telling import MOST_BEGUN, MOST_SENT
from amends.staff.models import Organisation
from tests import make

pytestmark = pytest.mark.django_db
STORY = "Vėl nėra karšto vandens.\nTrečią kartą šį mėnesį."
PICTURE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06"
ANSWERS = {
    "story": {"story": STORY},
    "wish": {"wish": "Karšto vandens."},
    "day": {"need_on": "", "need_reason": ""},
    "reach": {"name": "Rūta Petrauskienė", "email": "ruta@home.example", "telephone": ""},
}


@pytest.fixture(autouse=True)
def house():
    made = make.organisation()
    make.team(duty_owner=make.staff("Asta Duty"))
    return made


@pytest.fixture
def visitor():
    """Somebody whose browser keeps no cookies and runs no scripts."""
    return Client(enforce_csrf_checks=True)


def begin(visitor, language="en"):
    """Return the key of a page of one's own."""
    response = visitor.get(reverse("tell-us-begin", args=[language]))
    return resolve(response["Location"]).kwargs["key"]


def at(key, step="story", language="en"):
    if step in {"check", "sent"}:
        return reverse(f"tell-us-{step}", args=[language, key])
    return reverse("tell-us-step", args=[language, key, step])


def answer(visitor, key, **others):
    """Answer all questions, those in `others` otherwise; return the last response."""
    response = None
    for step, told in ANSWERS.items():
        response = visitor.post(at(key, step), {**told, **others.get(step, {})})
    return response


class TestTheQuestions:
    def test_one_question_stands_on_each_page_and_the_next_follows(self, visitor):
        key = begin(visitor)
        for step, following in (
            ("story", "wish"),
            ("wish", "day"),
            ("day", "reach"),
            ("reach", "check"),
        ):
            page = visitor.get(at(key, step))
            assert page.status_code == 200
            assert page.text.count("<h1>") == 1
            response = visitor.post(at(key, step), ANSWERS[step])
            assert response["Location"] == at(key, following)

    def test_nothing_is_kept_before_something_is_typed(self, visitor):
        visitor.get(at(begin(visitor)))
        assert not Unsent.objects.exists()

    @pytest.mark.requirement("S4-09")
    def test_who_it_is_is_asked_after_the_story(self, visitor):
        key = begin(visitor)
        assert visitor.get(at(key, "reach"))["Location"] == at(key, "story")

    def test_typed_answers_are_there_again_after_going_back(self, visitor):
        key = begin(visitor)
        answer(visitor, key)
        response = visitor.post(at(key, "wish"), {"wish": "And soon.", "go": "back"})
        assert response["Location"] == at(key, "story")
        assert STORY in visitor.get(at(key, "story")).text
        assert "And soon." in visitor.get(at(key, "wish")).text

    def test_they_survive_the_loss_of_every_cookie(self, visitor):
        key = begin(visitor)
        answer(visitor, key)
        assert STORY in Client().get(at(key, "check")).text

    def test_what_was_forgotten_meanwhile_begins_anew_with_what_is_typed(self, visitor):
        key = begin(visitor)
        answer(visitor, key)
        Unsent.objects.all().delete()
        response = visitor.post(at(key, "wish"), ANSWERS["wish"])
        assert response.status_code == 302
        assert "Karšto vandens." in str(Unsent.objects.get().fields)

    def test_an_answer_that_is_wrong_is_kept_and_shown_again(self, visitor):
        key = begin(visitor)
        visitor.post(at(key, "story"), ANSWERS["story"])
        response = visitor.post(at(key, "day"), {"need_on": "soon", "need_reason": "A child."})
        assert response.status_code == 422
        assert 'value="soon"' in response.text
        assert "A child." in visitor.get(at(key, "day")).text

    def test_without_a_story_it_does_not_go_on(self, visitor):
        response = visitor.post(at(begin(visitor)), {"story": "  "})
        assert response.status_code == 422
        assert "Tell us what happened, in your own words." in response.text

    def test_a_story_that_is_too_long_is_refused_and_given_back_whole(self, visitor):
        long = "word " * 25_000
        response = visitor.post(at(begin(visitor)), {"story": long})
        assert response.status_code == 422
        assert long.strip() in response.text

    def test_a_story_has_the_length_that_the_browser_counts(self, visitor):
        response = visitor.post(at(begin(visitor)), {"story": "line\r\n" * 19_999 + "line"})
        assert response.status_code == 302

    @pytest.mark.parametrize(
        ("told", "said"),
        [
            ({"need_on": "2020-01-01"}, "That day has passed."),
            ({"need_on": "9999-12-31"}, "That day is too far away."),
        ],
    )
    def test_a_day_that_cannot_be_kept_is_refused(self, visitor, told, said):
        key = begin(visitor)
        visitor.post(at(key, "story"), ANSWERS["story"])
        assert said in visitor.post(at(key, "day"), told).text

    @pytest.mark.parametrize(
        ("told", "said"),
        [
            ({"name": "Rūta"}, "Give us a mail address or a telephone number."),
            ({"email": "ruta@home.example"}, "Tell us what to call you."),
            ({"name": "Rūta", "email": "ruta"}, "This is no mail address."),
            ({"name": "Rūta", "telephone": "call me"}, "This is no telephone number."),
        ],
    )
    def test_who_wants_to_be_reached_says_how(self, visitor, told, said):
        key = begin(visitor)
        visitor.post(at(key, "story"), ANSWERS["story"])
        response = visitor.post(at(key, "reach"), told)
        assert response.status_code == 422
        assert said in response.text

    def test_from_the_last_page_one_comes_back_to_it_after_a_change(self, visitor):
        key = begin(visitor)
        answer(visitor, key)
        response = visitor.post(f"{at(key, 'wish')}?to=check", {"wish": "Other"})
        assert response["Location"] == at(key, "check")

    def test_a_page_that_does_not_exist_is_not_found(self, visitor):
        assert visitor.get(at(begin(visitor), "password")).status_code == 404

    def test_before_set_up_there_is_nothing_to_tell(self, visitor):
        Organisation.objects.all().delete()
        assert visitor.get("/tell-us/lt/").status_code == 404

    def test_pages_need_few_statements(self, visitor, django_assert_max_num_queries):
        key = begin(visitor)
        answer(visitor, key)
        with django_assert_max_num_queries(6):
            visitor.get(at(key, "story"))
        with django_assert_max_num_queries(6):
            visitor.get(at(key, "check"))


class TestTheLanguage:
    @pytest.mark.parametrize("language", ["en", "ru", "pl", "sq", "lt"])
    def test_it_stands_in_the_address(self, visitor, language):
        page = visitor.get(at(begin(visitor, language), language=language))
        assert f'<html lang="{language}">' in page.text
        assert page["Content-Language"] == language

    def test_each_page_leads_to_itself_in_the_other_languages(self, visitor):
        key = begin(visitor)
        text = visitor.get(at(key)).text
        for language in ("lt", "ru", "pl", "sq"):
            assert f'href="{at(key, language=language)}" lang="{language}"' in text

    @pytest.mark.parametrize(
        ("asked", "begun"),
        [("pl,en;q=0.5", "pl"), ("fr, de-AT", "en"), ("RU-ru", "ru"), ("", "en")],
    )
    def test_one_begins_in_the_language_of_the_browser(self, visitor, asked, begun):
        response = visitor.get("/tell-us/", headers={"Accept-Language": asked})
        assert resolve(response["Location"]).kwargs["language"] == begun

    def test_the_case_is_in_the_language_of_the_page_that_sent_it(self, visitor):
        key = begin(visitor)
        answer(visitor, key)
        visitor.post(at(key, "check", "pl"), {"go": "send"})
        assert Case.objects.get().language == "pl"


class TestSending:
    def test_all_that_was_told_is_shown_once_more(self, visitor):
        key = begin(visitor)
        answer(visitor, key, day={"need_on": "2031-02-03", "need_reason": "A child comes."})
        text = visitor.get(at(key, "check")).text
        for told in ("Trečią kartą", "Karšto vandens.", "A child comes.", "ruta@home.example"):
            assert told in text

    def test_it_becomes_a_case_with_a_page_to_print(self, visitor):
        key = begin(visitor)
        answer(visitor, key)
        response = visitor.post(at(key, "check"), {"go": "send"})
        assert response["Location"] == at(key, "sent")
        case = Case.objects.get()
        text = visitor.get(at(key, "sent")).text
        assert case.reference in text
        assert "Asta Duty" in text
        assert 'src="data:image/svg+xml' in text
        assert Contact.objects.get(case_contacts__case=case, direction="in").words.text == STORY

    def test_a_second_click_sends_nothing_twice(self, visitor):
        key = begin(visitor)
        answer(visitor, key)
        for _ in range(2):
            response = visitor.post(at(key, "check"), {"go": "send"})
            assert response["Location"] == at(key, "sent")
        assert Case.objects.count() == 1
        assert OutgoingMail.objects.count() == 1

    def test_the_pages_of_what_was_sent_lead_to_what_became_of_it(self, visitor):
        key = begin(visitor)
        answer(visitor, key)
        visitor.post(at(key, "check"), {"go": "send"})
        assert visitor.get(at(key, "story"))["Location"] == at(key, "sent")
        assert visitor.get(at(key, "check"))["Location"] == at(key, "sent")

    def test_the_day_by_which_it_is_needed_is_its_last_minute_here(self, visitor):
        key = begin(visitor)
        answer(visitor, key, day={"need_on": "2031-02-03"})
        visitor.post(at(key, "check"), {"go": "send"})
        assert str(Case.objects.get().need_by) == "2031-02-03 21:59:00+00:00"

    def test_who_would_rather_not_say_is_heard(self, visitor):
        key = begin(visitor)
        answer(visitor, key, reach={"name": "", "email": "", "unreachable": "on"})
        visitor.post(at(key, "check"), {"go": "send"})
        assert Case.objects.get().person is None

    def test_nothing_is_sent_before_all_is_told(self, visitor):
        key = begin(visitor)
        visitor.post(at(key, "story"), ANSWERS["story"])
        response = visitor.post(at(key, "check"), {"go": "send"})
        assert response["Location"] == at(key, "reach")
        assert not Case.objects.exists()

    @pytest.mark.parametrize("page", ["check", "sent"])
    def test_a_key_that_names_nothing_shows_nothing(self, visitor, page):
        response = visitor.get(at("x" * 22, page))
        assert response.status_code == (302 if page == "check" else 404)


class TestFiles:
    def put(self, visitor, key, *files, go="next"):
        return visitor.post(at(key), {"story": STORY, "papers": files, "go": go})

    def test_a_picture_goes_with_the_story(self, visitor):
        key = begin(visitor)
        self.put(visitor, key, SimpleUploadedFile("tap.png", PICTURE))
        assert "tap.png" in visitor.get(at(key)).text
        answer(visitor, key)
        visitor.post(at(key, "check"), {"go": "send"})
        assert Attachment.objects.get().media_type == "image/png"

    def test_it_can_be_taken_away_again(self, visitor):
        key = begin(visitor)
        self.put(visitor, key, SimpleUploadedFile("tap.png", PICTURE))
        response = visitor.post(
            at(key), {"story": STORY, "go": f"remove-{UnsentFile.objects.get().pk}"}
        )
        assert response["Location"] == at(key)
        assert not UnsentFile.objects.exists()

    @pytest.mark.parametrize("go", ["remove-x", "remove-99999999999999999999999", "remove-1"])
    def test_taking_away_what_is_not_there_changes_nothing(self, visitor, go):
        key = begin(visitor)
        self.put(visitor, key, SimpleUploadedFile("tap.png", PICTURE))
        other = begin(visitor)
        assert visitor.post(at(other), {"story": STORY, "go": go}).status_code == 302
        assert UnsentFile.objects.count() == 1

    @pytest.mark.parametrize(
        ("files", "said"),
        [
            ([("evil.png", b"<html><script>alert(1)</script>")], "is of a kind"),
            ([("empty.png", b"")], "is empty"),
            ([(f"{n}.txt", f"{n}".encode()) for n in range(6)], "At most 5 files."),
            ([("big.txt", b"a" * (10 * 1024 * 1024 + 1))], "A file may have 10 MB."),
        ],
        ids=["markup", "empty", "too many", "too large"],
    )
    def test_what_is_not_taken_is_said_and_the_text_stays(self, visitor, files, said):
        key = begin(visitor)
        response = self.put(visitor, key, *(SimpleUploadedFile(*file) for file in files))
        assert response.status_code == 422
        assert said in response.text
        assert "Trečią kartą" in response.text
        assert not UnsentFile.objects.exists()


class TestKeepingWhileTyping:
    def keep(self, visitor, key):
        url = reverse("tell-us-keep", args=["en", key, "story"])
        return visitor.post(url, {"story": "Half a sent", "version": "1"})

    def test_what_is_typed_is_kept_before_it_is_an_answer(self, visitor):
        key = begin(visitor)
        assert self.keep(visitor, key).json()["version"] == 1
        assert "Half a sent" in visitor.get(at(key)).text

    def test_a_page_that_does_not_exist_keeps_nothing(self, visitor):
        url = reverse("tell-us-keep", args=["en", begin(visitor), "password"])
        assert visitor.post(url, {"story": "x"}).status_code == 404
        assert not Unsent.objects.exists()


class TestTooOften:
    def tried(self, act, most):
        for _ in range(most):
            assert may_try(f"portal-{act}", "127.0.0.1", most=most, per=HOUR)

    def test_who_begins_too_often_is_told_so_and_loses_nothing(self, visitor):
        self.tried("begin", MOST_BEGUN)
        response = visitor.post(at("y" * 22), {"story": STORY})
        assert response.status_code == 429
        assert "tried too often" in response.text
        assert STORY in response.text
        kept = reverse("tell-us-keep", args=["en", "z" * 22, "story"])
        assert visitor.post(kept, {"story": "x"}).status_code == 429

    def test_who_began_may_go_on(self, visitor):
        key = begin(visitor)
        visitor.post(at(key), ANSWERS["story"])
        while may_try("portal-begin", "127.0.0.1", most=MOST_BEGUN, per=HOUR):
            pass
        assert visitor.post(at(key), ANSWERS["story"]).status_code == 302

    def test_who_sends_too_often_is_told_so_and_loses_nothing(self, visitor):
        key = begin(visitor)
        answer(visitor, key)
        self.tried("send", MOST_SENT)
        response = visitor.post(at(key, "check"), {"go": "send"})
        assert response.status_code == 429
        assert "tried too often" in response.text
        assert "Trečią kartą" in response.text
        assert not Case.objects.exists()


def test_no_page_is_told_to_other_sites_or_found_by_a_search(visitor):
    response = visitor.get(at(begin(visitor)))
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex"
    assert response.cookies == {}


def test_what_is_refused_at_the_last_moment_is_said_and_nothing_is_half_done(visitor):
    key = begin(visitor)
    answer(visitor, key)
    empty = {
        "name": "tap.png",
        "media_type": "image/png",
        "size_bytes": 0,
        "sha256": "",
        "data": b"",
    }
    UnsentFile.objects.create(unsent=Unsent.objects.get(), at=make.NOW, **empty)
    response = visitor.post(at(key, "check"), {"go": "send"})
    assert response.status_code == 422
    assert "tap.png is empty." in response.text
    assert not Case.objects.exists()


def test_a_name_as_long_as_a_name_may_be_is_kept_whole(visitor):
    key, name = begin(visitor), ("Labai Ilgas Vardas " * 10).strip()
    answer(visitor, key, reach={"name": name})
    visitor.post(at(key, "check"), {"go": "send"})
    assert Person.objects.get(cases=Case.objects.get()).name == name
