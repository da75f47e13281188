from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from amends.contacts.models import OutgoingMail
from amends.journal.models import Entry
from amends.staff.actions.profile import take_first_step
from amends.staff.models import Organisation, Staff
from amends.staff.queries import first_key, invitation_key
from amends.staff.rules.permissions import Role
from amends.staff.rules.steps import DISMISSED, FirstStep
from amends.web.entry.links import first_link, invitation_link
from tests import make

pytestmark = pytest.mark.django_db
ANSWERS = {
    "size": "3",
    "country": "LT",
    "trade": "shop",
    "channels": ["telephone", "desk"],
    "organisation": "Batų namai",
    "name": "Asta Asienė",
    "email": "asta@batai.example",
    "password": make.PASSWORD,
}


@pytest.fixture
def signed_in(client):
    make.organisation()
    staff = make.staff("Asta", password=make.PASSWORD)
    client.force_login(staff)
    return staff


def sign_in(client, staff, password=make.PASSWORD):
    return client.post(reverse("account_login"), {"login": staff.email, "password": password})


class TestSetUp:
    def url(self):
        return reverse("set-up", args=[first_key(at=timezone.now())])

    def test_the_printed_link_leads_to_three_questions(self, client):
        link = first_link(at=timezone.now())
        page = client.get(link.removeprefix(settings.BASE_ADDRESS))
        assert page.status_code == 200
        assert "Three questions, and we begin" in page.text

    def test_answering_them_lets_the_owner_in(self, client):
        response = client.post(self.url(), ANSWERS, headers={"accept-language": "lt"})
        assert response.url == reverse("first-five-minutes")
        assert client.get(response.url).status_code == 200
        assert (Organisation.objects.get().name, Staff.objects.get().language) == (
            "Batų namai",
            "lt",
        )
        assert first_link(at=timezone.now()) == ""

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"size": "0"}, "greater than or equal to 1"),
            ({"size": "9" * 400}, "less than or equal to 100000"),
            ({"country": "nowhere"}, "Select a valid choice"),
            ({"channels": ["pigeon"]}, "Select a valid choice"),
            ({"email": "nobody"}, "valid email address"),
            ({"name": ""}, "This field is required"),
            ({"name": "x" * 1_000_000}, "at most 200 characters"),
            ({"password": "12345678"}, "too common"),
            ({"organisation": "a\x00b"}, "Null characters"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_is_half_done(self, client, wrong, said):
        response = client.post(self.url(), ANSWERS | wrong)
        assert response.status_code == 422
        assert said in response.text
        assert not Organisation.objects.exists()
        assert not Staff.objects.exists()

    def test_before_it_the_door_says_where_the_link_is(self, client):
        assert "printed a link" in client.get("/sign-in/").text

    @pytest.mark.parametrize("key", ["made-up", "a:b:c", "ы"])
    def test_a_key_of_one_s_own_opens_nothing(self, client, key):
        page = client.get(reverse("set-up", args=[key]))
        assert page.status_code == 410
        assert "This link is no longer valid" in page.text

    def test_a_spent_key_opens_nothing(self, client):
        url = self.url()
        client.post(url, ANSWERS)
        assert client.post(url, ANSWERS).status_code == 410
        assert Staff.objects.count() == 1


class TestJoining:
    @pytest.fixture
    def link(self):
        make.organisation()
        return reverse("join", args=[invitation_key(make.staff("Jonas"), at=timezone.now())])

    def test_an_invited_colleague_chooses_a_password_and_is_in(self, client, link):
        assert "Welcome to Water of Vilnius" in client.get(link).text
        response = client.post(link, {"name": "Jonas J.", "password": make.PASSWORD})
        assert response.url == reverse("first-five-minutes")
        assert Staff.objects.get().check_password(make.PASSWORD)
        assert client.get(link).status_code == 410

    def test_a_weak_password_is_refused(self, client, link):
        response = client.post(link, {"name": "Jonas", "password": "password"})
        assert response.status_code == 422
        assert "too common" in response.text
        assert client.get(link).status_code == 200

    def test_an_old_link_says_so(self, client, link):
        with time_machine.travel(timezone.now() + timedelta(days=8)):
            page = client.get(link)
        assert page.status_code == 410
        assert "older than a week" in page.text

    def test_the_link_is_whole(self):
        assert invitation_link(make.staff(), at=make.NOW).startswith(
            f"{settings.BASE_ADDRESS}/join/"
        )


class TestSigningIn:
    @pytest.fixture(autouse=True)
    def house(self):
        make.organisation()

    def test_with_address_and_password(self, client):
        staff = make.staff(password=make.PASSWORD)
        response = sign_in(client, staff)
        assert response.url == "/"
        assert Entry.objects.get().facts == {"staff_id": staff.pk}

    def test_the_case_of_the_address_does_not_matter(self, client):
        staff = make.staff(password=make.PASSWORD)
        staff.email = staff.email.upper()
        assert sign_in(client, staff).status_code == 302

    def test_leads_on_to_where_one_wanted(self, client):
        staff = make.staff(password=make.PASSWORD)
        url = client.get(reverse("profile")).url
        response = client.post(
            url, {"login": staff.email, "password": make.PASSWORD, "next": "/profile/"}
        )
        assert response.url == "/profile/"
        client.logout()
        away = client.post(
            url, {"login": staff.email, "password": make.PASSWORD, "next": "//evil.example/"}
        )
        assert away.url == "/"

    @pytest.mark.parametrize("password", ["wrong", "", "x" * 1_000_000])
    def test_is_refused_in_one_sentence_that_tells_nothing_about_others(self, client, password):
        known = sign_in(client, make.staff(password=make.PASSWORD), password)
        unknown = client.post(
            reverse("account_login"), {"login": "nobody@x.example", "password": password}
        )
        assert known.status_code == unknown.status_code == 422
        if password:
            assert "do not belong together" in known.text
            assert "do not belong together" in unknown.text

    def test_who_left_is_kept_out(self, client):
        staff = make.staff(password=make.PASSWORD)
        Staff.objects.update(is_active=False)
        response = sign_in(client, staff)
        assert "_auth_user_id" not in client.session
        assert response.status_code in {302, 422}

    def test_too_many_tries_are_stopped(self, client):
        staff = make.staff(password=make.PASSWORD)
        for _each in range(5):
            sign_in(client, staff, "wrong")
        response = sign_in(client, staff)
        assert response.status_code == 422
        assert "Wait five minutes" in response.text
        assert "_auth_user_id" not in client.session

    def test_too_many_visits_are_stopped_in_our_frame(self, client):
        for number in range(30):
            client.post(reverse("account_login"), {"login": f"a{number}@b.lt", "password": "x"})
        response = client.post(reverse("account_login"), {"login": "a@b.lt", "password": "x"})
        assert response.status_code == 429
        assert "Too many tries" in response.text

    def test_signing_out_asks_first_and_then_does(self, client, signed_in):
        assert "Sign out now?" in client.get(reverse("sign-out")).text
        assert client.post(reverse("sign-out")).url == "/sign-in/"
        assert client.get(reverse("profile")).status_code == 302

    @pytest.mark.parametrize("path", ["/signup/", "/accounts/signup/"])
    def test_nobody_signs_up(self, client, path):
        assert client.get(path).status_code == 404


class TestPassword:
    def test_is_changed_by_whom_it_belongs_to(self, client, signed_in):
        page = client.post(
            reverse("account_change_password"),
            {
                "oldpassword": make.PASSWORD,
                "password1": "another walk by the sea",
                "password2": "another walk by the sea",
            },
        )
        assert page.status_code == 302
        assert Staff.objects.get().check_password("another walk by the sea")
        assert client.get(reverse("profile")).status_code == 200

    @pytest.mark.parametrize(
        ("said", "answer"),
        [
            (("wrong", "another walk", "another walk"), "not your present password"),
            ((make.PASSWORD, "password", "password"), "too common"),
            ((make.PASSWORD, "another walk", "another talk"), "two different passwords"),
            ((make.PASSWORD, "another walk", ""), "This field is required"),
        ],
    )
    def test_is_not_changed_when_something_is_wrong(self, client, signed_in, said, answer):
        page = client.post(
            reverse("account_change_password"),
            dict(zip(("oldpassword", "password1", "password2"), said, strict=True)),
        )
        assert page.status_code == 422
        assert answer in page.text
        assert Staff.objects.get().check_password(make.PASSWORD)

    def test_a_forgotten_one_is_replaced_by_mail_in_the_own_language(self, client):
        make.organisation()
        staff = make.staff("Jonas", language="lt", password=make.PASSWORD)
        response = client.post(reverse("account_reset_password"), {"email": staff.email.upper()})
        assert response.url == reverse("account_reset_password_done")
        assert "Look into your mail" in client.get(response.url).text
        mail = OutgoingMail.objects.get()
        assert (mail.to_address, mail.kind, mail.language) == (staff.email, "password", "lt")
        link = next(line for line in mail.text.splitlines() if line.startswith("http"))
        assert link.startswith(f"{settings.BASE_ADDRESS}/password/new/")

        page = client.get(link.removeprefix(settings.BASE_ADDRESS), follow=True)
        asked = {"password1": "another walk by the sea", "password2": "another walk by the sea"}
        done = client.post(page.redirect_chain[-1][0], asked, follow=True)

        assert "Your password is changed" in done.text
        assert Staff.objects.get().check_password("another walk by the sea")
        again = client.get(link.removeprefix(settings.BASE_ADDRESS), follow=True)
        assert "This link is no longer valid" in again.text

    def test_nothing_is_told_about_an_address_that_is_not_ours(self, client):
        make.organisation()
        response = client.post(reverse("account_reset_password"), {"email": "nobody@x.example"})
        assert response.url == reverse("account_reset_password_done")
        assert not OutgoingMail.objects.exists()


class TestProfile:
    FIELDS = {
        "name": "Asta A.",
        "title": "Front line",
        "telephone": "",
        "language": "sq",
        "zone": "Europe/Tirane",
        "uses_shortcuts": "on",
    }

    def test_is_changed_and_speaks_the_new_language_at_once(self, client, signed_in):
        assert client.get(reverse("profile")).status_code == 200
        assert client.post(reverse("profile"), self.FIELDS).url == reverse("profile")
        staff = Staff.objects.get()
        assert (staff.name, staff.language, staff.zone) == ("Asta A.", "sq", "Europe/Tirane")
        assert '<html lang="sq">' in client.get(reverse("profile")).text

    def test_is_not_changed_by_nonsense(self, client, signed_in):
        page = client.post(reverse("profile"), self.FIELDS | {"zone": "Mars/Base"})
        assert page.status_code == 422
        assert Staff.objects.get().name == "Asta"

    def test_a_language_is_chosen_from_any_page(self, client, signed_in):
        response = client.post(
            reverse("set_language"), {"language": "pl", "next": reverse("profile")}
        )
        assert response.url == reverse("profile")
        assert Staff.objects.get().language == "pl"
        assert '<html lang="pl">' in client.get(reverse("profile")).text

    def test_a_stranger_chooses_a_language_too(self, client):
        make.organisation()
        client.post(reverse("set_language"), {"language": "ru", "next": "/sign-in/"})
        assert '<html lang="ru">' in client.get("/sign-in/").text

    def test_a_language_we_do_not_speak_changes_nothing(self, client, signed_in):
        client.post(reverse("set_language"), {"language": "xx"})
        assert Staff.objects.get().language == "en"

    def test_a_stranger_is_asked_to_sign_in(self, client):
        assert client.get(reverse("profile")).url == "/sign-in/?next=/profile/"


class TestFirstFiveMinutes:
    URL = "/first-five-minutes/"

    def test_nothing_is_ticked_at_first(self, client, signed_in, django_assert_max_num_queries):
        with django_assert_max_num_queries(9):
            page = client.get(self.URL)
        assert page.text.count("first-step--done") == 0
        assert "Practise one angry call" in page.text

    def test_each_is_ticked_by_what_it_left_behind(self, client, signed_in):
        promise = make.promise(by=signed_in)
        assert client.get(self.URL).text.count("first-step--done") >= 1
        seen = client.post(reverse("see-customer-page"))
        assert f"/c/{promise.case.reference}" in seen.url
        assert Staff.objects.get(pk=signed_in.pk).first_steps == [FirstStep.SEE_THE_CUSTOMER]

    def test_there_is_nothing_to_see_before_a_promise(self, client, signed_in):
        assert client.post(reverse("see-customer-page")).url == self.URL
        assert "Make a promise first" in client.get(self.URL).text

    def test_they_are_dismissed(self, client, signed_in):
        assert client.post(reverse("know-my-way")).url == "/"
        assert Staff.objects.get().first_steps == [DISMISSED]
        take_first_step(signed_in, step=DISMISSED, at=make.NOW)

    def test_mail_is_connected_by_those_who_may(self, client):
        make.organisation()
        client.force_login(make.staff(role=Role.EMPLOYEE))
        assert "Write down your mail address" not in client.get(self.URL).text
