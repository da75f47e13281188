"""The pages on which a file of a whole case is begun, chosen, blackened, made and taken."""

import pytest
from django.urls import reverse

from amends.base.made import made_path
from amends.cases.actions.bundles import ask_for_bundle, fail_bundle, forget_bundle
from amends.cases.actions.correspondence import add_note
from amends.cases.actions.parties import name_party
from amends.cases.models.bundles import Blackening, Bundle
from amends.cases.models.findings import Disclosure
from amends.cases.rules.bundle import Item, Kept, Section, Stage
from amends.cases.rules.kinds import Part
from amends.staff.rules.permissions import Role
from amends.web.bundles.words import ITEMS, KEPT, SECTIONS, STAGES
from tests import make
from tests.web.bundles import scene
from tests.web.bundles.scene import NOW, SECRET

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def by(client):
    made = scene.senior()
    client.force_login(made)
    return made


@pytest.fixture
def case(by):
    case = make.case(owner=by)
    scene.write(case)
    return case


@pytest.fixture
def bundle(case, by):
    return scene.begun(case, by)


@pytest.fixture
def url(bundle):
    return reverse("case-bundle", args=[bundle.case.reference, bundle.pk])


def test_every_member_has_its_word():
    for words, kind in ((ITEMS, Item), (KEPT, Kept), (SECTIONS, Section), (STAGES, Stage)):
        assert set(words) == set(kind)


class TestBeginning:
    def test_it_begins_with_whom_it_is_for_and_leads_to_what_leaves(self, client, case):
        url = reverse("case-bundles", args=[case.reference])
        assert "Whom it is for" in client.get(url).text
        answer = client.post(url, {"to": scene.BODY, "language": "lt"})
        begun = Bundle.objects.get()
        assert answer.url == reverse("case-bundle", args=[case.reference, begun.pk])
        assert scene.BODY in client.get(url).text

    def test_from_within_the_case_the_browser_is_led_there(self, client, case):
        url = reverse("case-bundles", args=[case.reference])
        assert '<section class="card act' in client.get(url, headers=HTMX).text
        answer = client.post(url, {"to": "x", "language": "en"}, headers=HTMX)
        assert answer.headers["HX-Redirect"].endswith(f"/bundles/{Bundle.objects.get().pk}/")

    def test_for_nobody_there_is_none(self, client, case):
        url = reverse("case-bundles", args=[case.reference])
        assert client.post(url, {"to": " ", "language": "en"}).status_code == 422
        assert not Bundle.objects.exists()

    def test_the_case_shows_the_way_to_who_may_go_it(self, client, case):
        way = reverse("case-bundles", args=[case.reference])
        page = reverse("case", args=[case.reference])
        assert way in client.get(page).text
        client.force_login(make.staff(role=Role.AGENT))
        assert way not in client.get(page).text


class TestWhoMay:
    @pytest.mark.parametrize("role", [Role.AGENT, Role.EMPLOYEE, Role.ADMINISTRATOR, Role.AUDITOR])
    def test_others_are_turned_away(self, client, url, case, role):
        client.force_login(make.staff(role=role))
        for page in (url, f"{url}paper/", reverse("case-bundles", args=[case.reference])):
            assert client.get(page).status_code == 403
        assert client.post(f"{url}file/").status_code == 403

    def test_whom_it_is_about_finds_no_such_case(self, client, url, case, by):
        about = make.staff(role=Role.SENIOR)
        name_party(case, part=Part.COMPLAINED_ABOUT, who=about, by=by, at=NOW)
        client.force_login(about)
        for page in (url, f"{url}paper/"):
            assert client.get(page).status_code == 404

    def test_a_stranger_is_asked_to_sign_in(self, client, url):
        client.logout()
        assert "/sign-in/" in client.get(url).url

    def test_a_file_is_found_only_with_its_own_case(self, client, bundle):
        other = make.case(make.contact(person=make.person()))
        assert client.get(f"/cases/{other.reference}/bundles/{bundle.pk}/").status_code == 404


class TestChoosing:
    def test_it_shows_what_leaves_and_what_stays(self, client, url, case, by):
        add_note(case, text="Between us.", by=by, at=NOW)
        page = client.get(url).text
        assert "Between us." in page
        assert "for colleagues only" in page
        assert "The mail as it came, byte for byte" in page

    def test_what_was_ticked_stays_and_it_can_be_looked_at_again(self, client, url, bundle, case):
        told = case.case_contacts.last().contact_id
        choice = {"language": "pl", "sections": ["journal"], "other": f"contact:{told}"}
        assert client.post(url, choice).status_code == 422  # no reason
        assert client.post(url, {**choice, "why_left_out": "another matter"}).url == url
        now = Bundle.objects.get()
        assert (now.language, now.sections, now.stage) == ("pl", ["journal"], Stage.CHOOSING)
        assert "left out by choice" in client.get(url).text

    def test_it_is_asked_for_as_it_was_chosen(self, client, url):
        client.post(url, {"language": "en", "sections": [], "then": "make"})
        assert Bundle.objects.get().stage is Stage.WAITING
        assert "about to be made" in client.get(url).text
        part = client.get(url, headers=HTMX).text
        assert part.lstrip().startswith('<div id="bundle-state"')
        assert client.post(url, {"language": "en", "then": "make"}).status_code == 200

    def test_what_failed_says_so_and_can_be_tried_again(self, client, url, bundle, by):
        ask_for_bundle(bundle, by=by, at=NOW)
        fail_bundle(bundle, error="OSError", at=NOW)
        assert "It could not be made." in client.get(url).text
        client.post(url, {"language": "en", "then": "make"})
        assert Bundle.objects.get().stage is Stage.WAITING

    @pytest.mark.parametrize("other", ["contact:x", "note:1", "x", "contact:999999", "\u0663"])
    def test_what_is_not_of_the_case_is_no_choice(self, client, url, other):
        assert client.post(url, {"language": "en", "other": other}).status_code == 422

    def test_the_paper_can_be_seen_before_anything_is_made(self, client, url):
        answer = client.get(f"{url}paper/")
        assert answer.headers["Content-Type"] == "application/pdf"
        assert "It went cold again" in scene.text_of(answer.content)

    def test_a_case_with_a_colleague_in_it_asks_whether_they_are_named(self, client, url, case, by):
        assert "Name the colleague it is about" not in client.get(url).text
        who = make.staff("Tomas Kazlauskas")
        name_party(case, part=Part.COMPLAINED_ABOUT, who=who, by=by, at=NOW)
        assert "Name the colleague it is about" in client.get(url).text

    def test_it_asks_the_database_the_same_however_many_contacts(
        self, client, url, case, django_assert_max_num_queries
    ):
        for _time in range(12):
            scene.write(case)
        with django_assert_max_num_queries(75):
            assert client.get(url).status_code == 200


class TestBlackening:
    @pytest.fixture
    def place(self, url, case):
        return f"{url}contacts/{case.case_contacts.last().contact_id}/"

    def test_a_passage_is_marked_and_said_why(self, client, url, place):
        assert SECRET in client.get(place).text
        answer = client.post(place, {"passage": SECRET, "reason": "health"})
        assert answer.url == url
        page = client.get(url).text
        assert "1 black passage" in page
        assert "it holds a passage that is black" in page

    @pytest.mark.parametrize(
        "said", [{"passage": "never said", "reason": "x"}, {"passage": SECRET, "reason": " "}, {}]
    )
    def test_what_was_not_said_or_has_no_reason_is_not_black(self, client, place, said):
        assert client.post(place, said).status_code == 422
        assert not Blackening.objects.exists()

    def test_it_can_be_read_again(self, client, url, place):
        client.post(place, {"passage": SECRET, "reason": "health"})
        one = Blackening.objects.get()
        assert client.post(f"{url}bars/{one.pk}/").url == url
        assert "1 black passage" not in client.get(url).text
        assert client.post(f"{url}bars/{one.pk}/").status_code == 404

    def test_another_case_has_its_own_contacts(self, client, url):
        assert client.get(f"{url}contacts/{make.contact().pk}/").status_code == 404


class TestTaking:
    @pytest.fixture
    def ready(self, bundle, by):
        return scene.made(bundle, by)

    def test_the_file_is_handed_out_with_its_hash_and_that_is_written_down(
        self, client, url, ready
    ):
        assert ready.sha256 in client.get(url).text
        answer = client.post(f"{url}file/")
        assert b"".join(answer.streaming_content) == made_path(ready.sha256).read_bytes()
        assert f'filename="{ready.name}"' in answer.headers["Content-Disposition"]
        assert "no-store" in answer.headers["Cache-Control"]
        assert Bundle.objects.get().taken_at
        assert "It was handed out" in client.get(url).text
        assert not Disclosure.objects.exists()  # there was no evidence in it

    def test_what_is_not_ready_is_not_handed_out(self, client, url):
        assert client.post(f"{url}file/").url == url
        assert client.get(f"{url}file/").status_code == 405

    def test_what_was_deleted_says_what_it_was(self, client, url, ready):
        forget_bundle(ready, at=NOW)
        page = client.get(url).text
        assert "its time was over" in page
        assert ready.sha256 in page
        assert client.post(f"{url}file/").url == url

    def test_a_file_that_is_lost_is_not_there(self, client, url, ready):
        made_path(ready.sha256).unlink()
        assert client.post(f"{url}file/").status_code == 404
        assert Bundle.objects.get().taken_at is None
