import pytest
from django.urls import reverse

from amends.cases.actions.promises import make_promise
from amends.people.actions.organisations import Details, found_organisation, join_organisation
from amends.people.models import Membership, OrganisationDetails, Person
from amends.people.rules.kinds import PersonKind
from amends.staff.rules.permissions import Role
from tests import make
from tests.belonging import in_two_organisations

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def senior(client):
    make.organisation()
    staff = make.staff("Asta", role=Role.SENIOR)
    make.team(members=(staff,))
    client.force_login(staff)
    return staff


@pytest.fixture
def ona(senior):
    return make.person("Ona Kazlauskienė", email="ona@siluma.example")


@pytest.fixture
def siluma(senior):
    details = Details(registration="302", domains=("siluma.example",), notes="Ring first.")
    return found_organisation("UAB „Šiluma“", details=details, by=senior, at=make.NOW)


def url(name, row):
    return reverse(name, args=[row.pk])


def join(person, organisation, by):
    return join_organisation(person, organisation=organisation, by=by, at=make.NOW)


class TestJoining:
    def test_what_we_know_is_proposed_while_one_types(self, client, ona, siluma):
        part = client.get(url("customer-organisation", ona), {"q": "silu"}, headers=HTMX).text
        assert part.strip().startswith('<div id="organisations"')
        assert f'name="organisation" value="{siluma.pk}"' in part

    def test_whoever_writes_from_there_is_asked_about_it_at_once(self, client, ona, siluma):
        page = client.get(url("customer-organisation", ona)).text
        assert "they write from there" in page

    def test_one_click_more_and_they_belong(self, client, ona, siluma):
        chosen = {"organisation": siluma.pk, "name": "silu", "role": "accountant"}
        answer = client.post(url("customer-organisation", ona), chosen)
        assert answer.url == url("customer", ona)
        page = client.get(answer.url).text
        assert "UAB „Šiluma“" in page
        assert "accountant" in page

    def test_a_new_one_is_written_down_on_the_way(self, client, ona):
        written = {"name": "Kazlauskai", "form": "household", "from_on": "2025-01-07"}
        client.post(url("customer-organisation", ona), written)
        membership = Membership.objects.get()
        assert membership.organisation.details.form == "household"
        assert "Kazlauskai" in client.get("/customers/", {"q": "kazlauskai"}).text

    def test_one_that_we_know_is_refused_with_the_way_to_it(self, client, ona, siluma):
        refused = client.post(url("customer-organisation", ona), {"name": "Siluma UAB"})
        assert refused.status_code == 422
        assert "We know UAB „Šiluma“ already" in refused.text
        assert f'value="{siluma.pk}"' in refused.text

    def test_without_a_name_nothing_is_written(self, client, ona):
        assert client.post(url("customer-organisation", ona), {}).status_code == 422
        assert not Person.objects.filter(kind=PersonKind.ORGANISATION).exists()

    @pytest.mark.parametrize("chosen", ["0", "9" * 30, "x", str(10**9)])
    def test_nonsense_joins_nothing(self, client, ona, chosen):
        answer = client.post(url("customer-organisation", ona), {"organisation": chosen})
        assert answer.status_code in {404, 422}
        assert not Membership.objects.exists()

    def test_leaving_names_the_day_and_can_be_undone(self, client, senior, ona, siluma):
        membership = join(ona, siluma, senior)
        page = client.get(url("membership-leave", membership)).text
        assert "They left UAB" in page
        refused = client.post(url("membership-leave", membership), {"until_on": "2999-01-01"})
        assert "That day has not come yet" in refused.text
        client.post(url("membership-leave", membership), {"until_on": "2026-03-27"})
        assert "until 27 March 2026" in client.get(url("customer", ona)).text
        client.post(url("membership-rejoin", membership))
        membership.refresh_from_db()
        assert membership.until_on is None


class TestPage:
    def test_begins_with_what_is_open_with_all_its_people(self, client, senior, ona, siluma):
        join(ona, siluma, senior)
        case = make.case(make.contact(person=ona), owner=senior)
        promise = make_promise(case, offer=make.offer(), by=senior, at=make.NOW)
        page = client.get(url("customer", siluma)).text
        for shown in (promise.what, case.reference, "Ona Kazlauskienė", make.STORY, "302"):
            assert shown in page
        assert page.index("What we promised and still owe") < page.index("How we last met")
        assert "Whoever writes from siluma.example is one of them." in page
        assert make.STORY in client.get(url("customer-contacts", siluma)).text

    def test_costs_the_same_however_many_belong_to_it(
        self, client, senior, siluma, django_assert_max_num_queries
    ):
        for number in range(15):
            member = make.person(f"Member {number:02}")
            join(member, siluma, senior)
            make.case(make.contact(person=member))
        # One of them is for the occasions they agreed to be greeted on, a card of the page.
        with django_assert_max_num_queries(27):
            page = client.get(url("customer", siluma)).text
        assert "Everybody" in page
        assert "Member 14" in client.get(url("organisation-members", siluma)).text

    def test_its_people_are_read_page_by_page(self, client, senior, siluma):
        for number in range(51):
            join(make.person(f"Ada{number:02} Byron"), siluma, senior)
        first = client.get(url("organisation-members", siluma)).text
        further = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
        second = client.get(further.replace("&amp;", "&")).text
        assert "Ada50" in second
        assert "Ada49" not in second

    def test_is_empty_before_the_first(self, client, siluma):
        page = client.get(url("customer", siluma)).text
        assert "Nobody yet" in page

    def test_its_details_are_corrected(self, client, siluma):
        page = client.get(url("organisation-details", siluma)).text
        assert "siluma.example" in page
        told = {"form": "authority", "domains": "heat.example warm.example", "registration": "9"}
        assert client.post(url("organisation-details", siluma), told).url == url("customer", siluma)
        assert OrganisationDetails.objects.get().form == "authority"
        refused = client.post(url("organisation-details", siluma), told | {"domains": "gmail.com"})
        assert "Anybody may write from gmail.com" in refused.text

    def test_one_without_details_can_be_given_some(self, client, senior):
        bare = make.person("Old Mill", kind=PersonKind.ORGANISATION)
        assert "Nothing is known yet." in client.get(url("customer", bare)).text
        client.post(url("organisation-details", bare), {"form": "company"})
        assert OrganisationDetails.objects.get().organisation == bare

    def test_a_person_has_no_details(self, client, ona):
        refused = client.post(url("organisation-details", ona), {"form": "company"})
        assert refused.status_code == 422

    def test_an_auditor_looks_and_changes_nothing(self, client, senior, ona):
        membership = in_two_organisations(ona, by=senior)
        client.force_login(make.staff(role=Role.AUDITOR))
        page = client.get(url("customer", membership.organisation)).text
        assert "Correct the details" not in page
        for name, row in (("customer-organisation", ona), ("membership-leave", membership)):
            assert client.get(url(name, row)).status_code == 403


def test_the_case_tells_in_a_line_where_the_customer_belongs(client, senior, ona, siluma):
    join(ona, siluma, senior)
    case = make.case(make.contact(person=ona), owner=senior)
    page = client.get(reverse("case", args=[case.reference])).text
    assert f'<a href="{url("customer", siluma)}">UAB „Šiluma“</a>' in page
