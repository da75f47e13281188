from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from amends.cases.actions.parties import name_party
from amends.cases.rules.kinds import Part
from amends.people import queries
from amends.people.actions.merging import merge_people
from amends.people.actions.needs import record_special_need
from amends.people.actions.representing import add_representation
from amends.people.models import ContactPoint, Merge, Person, Representation, SpecialNeed
from amends.people.rules.kinds import Honorific
from amends.staff.rules.permissions import Role
from tests import make

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
NEXT_YEAR = make.NOW + timedelta(days=365)
FORM = {
    "name": "Rūta Petrauskienė",
    "kind": "human",
    "honorific": "missus",
    "standing": "customer",
}


@pytest.fixture
def senior(client):
    make.organisation()
    staff = make.staff("Asta", role=Role.SENIOR)
    client.force_login(staff)
    return staff


@pytest.fixture
def ruta(senior):
    return make.person("Rūta Petrauskienė", email="ruta@x.example", language="lt")


def hub(person):
    return reverse("customer", args=[person.pk])


class TestList:
    URL = "/customers/"

    def test_shows_customers_by_name_in_few_statements(
        self, client, senior, django_assert_max_num_queries
    ):
        for number in range(60):
            make.person(f"Ada{number:02} Byron")
        with django_assert_max_num_queries(7):
            page = client.get(self.URL).text
        assert "Ada00 Byron" in page
        assert "Ada50 Byron" not in page

    def test_leads_on_and_back(self, client, senior):
        for number in range(51):
            make.person(f"Ada{number:02} Byron")
        page = client.get(self.URL).text
        further = page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
        second = client.get(further.replace("&amp;", "&")).text
        assert "Ada50 Byron" in second
        assert "Ada49 Byron" not in second
        assert 'rel="prev"' in second

    @pytest.mark.parametrize(
        ("typed", "found"), [("petrausk", True), ("рута", True), ("nobody", False)]
    )
    def test_finds_while_one_types(self, client, ruta, typed, found):
        part = client.get(self.URL, {"q": typed}, headers=HTMX).text
        assert "<html" not in part
        assert part.strip().startswith('<div id="customer-list"')
        assert ("Rūta Petrauskienė" in part) is found

    @pytest.mark.parametrize(
        "asked",
        [
            {"q": "\x00"},
            {"q": "'; DROP TABLE people_person; --"},
            {"q": "x" * 100_000},
            {"q": "%_%"},
            {"after": "nonsense"},
            {"after": "9" * 40 + ".a"},
            {"after": "1.\x00"},
            {"after": "１.a"},
        ],
    )
    def test_is_not_upset_by_nonsense(self, client, ruta, asked):
        assert client.get(self.URL, asked).status_code == 200

    def test_is_empty_before_the_first_customer(self, client, senior):
        assert "No customer yet" in client.get(self.URL).text

    def test_is_no_business_of_an_employee(self, client):
        client.force_login(make.staff(role=Role.EMPLOYEE))
        assert client.get(self.URL).status_code == 403

    def test_a_stranger_is_asked_to_sign_in(self, client):
        assert client.get(self.URL).status_code == 302


class TestHub:
    @pytest.mark.requirement("S1-08")
    def test_the_last_contact_comes_first(self, client, ruta):
        make.contact(person=ruta)
        page = client.get(hub(ruta)).text
        assert page.index("How we last met") < page.index("What we promised and still owe")
        assert make.STORY in page

    @pytest.mark.requirement("S3-04")
    def test_everything_is_reached_from_it_in_few_statements(
        self, client, senior, ruta, django_assert_max_num_queries
    ):
        case = make.case(make.contact(person=ruta))
        promise = make.promise(case)
        for number in range(5):
            make.done(make.case(make.contact(person=ruta)))
            make.person(f"Namesake {number}", email="ruta@x.example")
        add_representation(
            ruta, representative=make.person("Jonas"), authority="son", by=senior, at=make.NOW
        )
        # One of them is for the occasions they agreed to be greeted on, a card of the page.
        with django_assert_max_num_queries(23):
            page = client.get(hub(ruta)).text
        for shown in (case.reference, promise.what, "ruta@x.example", "Jonas", "son"):
            assert shown in page

    def test_tells_how_to_address_them_in_five_languages(self, client, ruta):
        page = client.get(hub(ruta)).text
        for greeting in ("Dear Ms Petrauskienė", "Gerbiama ponia Petrauskiene", "Pani Rūta"):
            assert greeting in page

    def test_a_case_about_oneself_is_not_shown(self, client, senior, ruta):
        other = make.staff(role=Role.SENIOR)
        case = make.case(make.contact(person=ruta), owner=other)
        name_party(case, part=Part.COMPLAINED_ABOUT, who=senior, by=other, at=make.NOW)
        page = client.get(hub(ruta)).text
        assert case.reference not in page
        assert make.STORY not in page

    def test_a_merged_record_leads_to_the_one_that_stayed(self, client, senior, ruta):
        other = make.person("Ruta P.")
        merge_people(ruta, merged=other, by=senior, at=make.NOW)
        assert client.get(hub(other)).url == hub(ruta)

    @pytest.mark.parametrize("pk", [0, 10**9, 10**30])
    def test_nobody_is_not_found(self, client, senior, pk):
        assert client.get(f"/customers/{pk}/").status_code == 404

    def test_an_auditor_looks_and_changes_nothing(self, client, senior, ruta):
        record_special_need(
            ruta, text="Reads lips", consent="said so", expires_at=NEXT_YEAR, by=senior, at=make.NOW
        )
        client.force_login(make.staff(role=Role.AUDITOR))
        page = client.get(hub(ruta)).text
        assert "Reads lips" not in page
        assert page.count("<form") == page.count('action="/language/"') + page.count(
            'action="/sign-out/"'
        ) + page.count('method="dialog"') + page.count('role="search"')
        assert client.get(f"{hub(ruta)}edit/").status_code == 403


class TestWriting:
    def test_a_new_customer_is_written_down(self, client, senior):
        response = client.post(
            "/customers/new/",
            FORM | {"email": "Ruta@x.example", "telephone": "8 612 34567", "form_lt": "ponia Rūta"},
        )
        person = Person.objects.get()
        assert response.url == hub(person)
        assert (person.honorific, person.address_forms) == ("missus", {"lt": "ponia Rūta"})
        assert [point.folded for point in queries.points_of(person)] == [
            "ruta@x.example",
            "+37061234567",
        ]

    @pytest.mark.requirement("S2-04")
    def test_one_who_is_no_customer_is_written_down_too(self, client, senior):
        client.post("/customers/new/", FORM | {"standing": "no-customer"})
        assert Person.objects.get().standing == "no-customer"

    def test_a_name_typed_elsewhere_is_brought_along(self, client, senior):
        assert 'value="Jonas"' in client.get("/customers/new/?name=Jonas").text

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"name": ""}, "This field is required"),
            ({"name": "   "}, "This field is required"),
            ({"name": "x" * 1_000_000}, "at most 200 characters"),
            ({"kind": "robot"}, "Select a valid choice"),
            ({"email": "nobody"}, "Nobody can be reached by “nobody”"),
            ({"telephone": "letters"}, "Nobody can be reached by “letters”"),
            ({"number": "K-1"}, "already has the customer number"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_half_done(self, client, senior, wrong, said):
        make.person("Other", number="k-1")
        response = client.post("/customers/new/", FORM | wrong)
        assert response.status_code == 422
        assert said in response.text
        assert Person.objects.count() == 1

    def test_a_customer_is_corrected(self, client, ruta):
        url = f"{hub(ruta)}edit/"
        assert 'value="Rūta Petrauskienė"' in client.get(url).text
        client.post(url, FORM | {"name": "Rūta Petraitė", "language": "pl", "prefers": "letter"})
        ruta.refresh_from_db()
        assert (ruta.name, ruta.language, ruta.prefers) == ("Rūta Petraitė", "pl", "letter")
        assert ruta.family_name == "Petraitė"

    def test_a_correction_that_contradicts_is_refused(self, client, ruta):
        make.person("Other", number="K-1")
        response = client.post(f"{hub(ruta)}edit/", FORM | {"number": "K-1"})
        assert response.status_code == 422


class TestChanges:
    def test_a_way_to_reach_them_is_added_and_forgotten(self, client, ruta):
        url = f"{hub(ruta)}points/"
        assert client.get(url).status_code == 200
        assert client.post(url, {"kind": "telephone", "value": "nonsense"}).status_code == 422
        assert client.post(url, {"kind": "telephone", "value": "8 612 34567"}).url == hub(ruta)
        point = ContactPoint.objects.get(kind="telephone")
        assert "+370 612 34567" in client.get(hub(ruta)).text
        client.post(reverse("customer-point-remove", args=[point.pk]))
        assert not ContactPoint.objects.filter(pk=point.pk).exists()

    def test_a_need_is_kept_with_consent_and_withdrawn(self, client, ruta):
        url = f"{hub(ruta)}needs/"
        wanted = {"text": "Reads lips", "consent": "said so", "until": "2099-01-01"}
        assert client.post(url, wanted | {"consent": ""}).status_code == 422
        assert client.post(url, wanted | {"until": "2001-01-01"}).status_code == 422
        assert client.post(url, wanted | {"until": "9999-12-31"}).status_code == 422
        wanted["until"] = str(timezone.localdate() + timedelta(days=300))
        assert client.post(url, wanted).url == hub(ruta)
        assert "Reads lips" in client.get(hub(ruta)).text
        client.post(reverse("customer-need-withdraw", args=[SpecialNeed.objects.get().pk]))
        assert not SpecialNeed.objects.exists()

    def test_somebody_who_speaks_for_them_is_found_noted_and_ended(self, client, ruta):
        jonas = make.person("Jonas Petrauskas", honorific=Honorific.MISTER)
        url = f"{hub(ruta)}represented/"
        assert "Jonas Petrauskas speaks for them" in client.get(url, {"q": "jon"}).text
        assert "Write them down first" in client.get(url, {"q": "nobody"}).text
        said = {"representative": jonas.pk, "authority": "husband"}
        assert client.post(url, said).url == hub(ruta)
        assert client.post(url, said).status_code == 422
        assert client.post(url, {"representative": ruta.pk}).status_code == 422
        assert client.post(url, {"representative": 10**12}).status_code == 404
        client.post(reverse("customer-representation-end", args=[Representation.objects.get().pk]))
        assert not queries.representatives_of(ruta).exists()

    def test_two_records_are_compared_merged_and_parted(self, client, ruta):
        other = make.person("Ruta Petrauskiene", email="ruta@x.example")
        assert "Perhaps the same customer" in client.get(hub(ruta)).text
        url = reverse("customer-merge", args=[ruta.pk, other.pk])
        assert "the same mail address, the same name" in client.get(url).text
        assert client.post(url).url == hub(ruta)
        merge = Merge.objects.get()
        undo = reverse("customer-unmerge", args=[merge.pk])
        assert f'action="{undo}"' in client.get(hub(ruta)).text
        client.post(undo)
        client.post(undo)
        assert "already undone" in client.get(hub(ruta)).text
        assert Person.objects.standing_alone().count() == 2

    def test_a_record_is_not_merged_into_itself(self, client, ruta):
        client.post(reverse("customer-merge", args=[ruta.pk, ruta.pk]))
        assert "one record already" in client.get(hub(ruta)).text

    def test_only_seniors_merge(self, client, ruta):
        client.force_login(make.staff(role=Role.AGENT))
        url = reverse("customer-merge", args=[ruta.pk, make.person("Ada").pk])
        assert client.post(url).status_code == 403

    @pytest.mark.parametrize(
        "name",
        ["customer-point-remove", "customer-need-withdraw", "customer-representation-end"],
    )
    def test_what_is_gone_is_not_found(self, client, senior, name):
        assert client.post(reverse(name, args=[10**9])).status_code == 404
        assert client.get(reverse(name, args=[1])).status_code == 405
