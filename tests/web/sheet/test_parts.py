import re

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from amends.staff.rules.permissions import Role
from tests import make
from tests.web.sheet.filling import HOSTILE, URL, address, tomorrow

pytestmark = pytest.mark.django_db
PEOPLE, COLLEAGUES = reverse("sheet-people"), reverse("sheet-colleagues")
CALLER, HEARING = address("sheet-caller"), address("sheet-hearing")
NEEDED = address("sheet-needed")


@pytest.fixture
def ruta(agent):
    return make.person(
        "Rūta Petrauskienė", number="4711", telephone="+37061234567", email="ruta@x.lt"
    )


class TestPeople:
    @pytest.mark.requirement("S4-09")
    @pytest.mark.parametrize("typed", ["petrausk", "RUTA", "4711", "612 34567", "ruta@x"])
    def test_are_found_by_whatever_is_typed(self, client, ruta, typed):
        page = client.get(PEOPLE, {"q": typed}).text
        assert f'data-value="{ruta.pk}" data-label="Rūta Petrauskienė"' in page

    def test_are_found_by_the_number_of_their_case(self, client, ruta):
        case = make.case(make.contact(person=ruta))
        page = client.get(PEOPLE, {"q": case.reference.lower().replace("-", " ")}).text
        assert f'data-value="case:{case.reference}"' in page

    def test_may_be_new(self, client, agent):
        page = client.get(PEOPLE, {"q": "Jonas 8 612 34567"}).text
        assert 'data-value="new" data-label="Jonas 8 612 34567"' in page

    @pytest.mark.parametrize("typed", ["", "   ", "\x00", HOSTILE, "%", "x" * 5000])
    def test_nothing_breaks_whatever_is_typed(self, client, ruta, typed):
        page = client.get(PEOPLE, {"q": typed})
        assert page.status_code == 200
        assert "<script>" not in page.text

    def test_are_found_in_few_statements(self, client, agent, django_assert_max_num_queries):
        for number in range(20):
            make.person(f"Ada{number} Byron")
        with django_assert_max_num_queries(7):
            client.get(PEOPLE, {"q": "byron"})

    @pytest.mark.parametrize("address_", [PEOPLE, COLLEAGUES])
    def test_are_not_found_by_who_records_no_contacts(self, client, address_):
        make.organisation()
        client.force_login(make.staff(role=Role.EMPLOYEE))
        assert client.get(address_, {"q": "a"}).status_code == 403


class TestColleagues:
    def test_are_found_by_any_word_of_their_name(self, client, agent):
        colleague = make.staff("Šarūnas Žukas")
        page = client.get(COLLEAGUES, {"q": "zuk"}).text
        assert f'data-value="{colleague.pk}"' in page
        assert "Inga" not in page

    def test_nobody_is_found_by_nothing(self, client, agent):
        assert "option" not in client.get(COLLEAGUES, {"q": " "}).text


class TestCaller:
    @pytest.mark.requirement("S1-08")
    def test_the_last_contact_comes_first_then_what_is_open(self, client, ruta):
        case = make.case(make.contact("Radiators are cold", person=ruta, effect="bad"))
        page = client.post(CALLER, {"who": "Rūta", "person": str(ruta.pk)}).text
        assert page.index("Last contact:") < page.index(case.reference)
        assert "it ended badly" in page
        assert "Radiators are cold" in page

    def test_who_was_never_met_is_told_so(self, client, ruta):
        page = client.post(CALLER, {"who": "Rūta", "person": str(ruta.pk)}).text
        assert "The first contact we know of." in page

    def test_somebody_new_may_be_reached(self, client, agent):
        page = client.post(CALLER, {"who": "Jonas", "person": "new"}).text
        assert 'name="phone"' in page

    def test_the_case_that_was_named_is_chosen(self, client, ruta):
        case = make.case(make.contact(person=ruta))
        page = client.post(CALLER, {"who": "x", "person": f"case:{case.reference}"}).text
        assert f'value="{case.reference}" checked' in page

    def test_nobody_is_nobody(self, client, agent):
        assert "Last contact" not in client.post(CALLER, {"person": "99"}).text


class TestHearing:
    def test_the_customer_hears_it_in_their_language(self, client, agent):
        page = client.post(
            HEARING, {"what": "We come.", "when": tomorrow().isoformat(), "language": "lt"}
        ).text
        assert 'lang="lt"' in page
        assert "We come iki " in page
        assert "Ar tinka?" in page

    def test_another_day_is_heard_too(self, client, agent):
        day = timezone.localtime(tomorrow()).strftime("%Y-%m-%dT%H:%M")
        page = client.post(HEARING, {"what": "We come", "when": "other", "other_when": day}).text
        assert "We come by " in page

    @pytest.mark.parametrize(
        "said",
        [
            {},
            {"what": "We come"},
            {"what": "We come", "when": "soon"},
            {"what": "We come", "when": "other", "other_when": "soon"},
            {"what": "We come", "when": "other", "other_when": ""},
        ],
    )
    def test_what_is_not_said_yet_is_not_heard(self, client, agent, said):
        assert "They hear" not in client.post(HEARING, said).text


class TestNeededBy:
    @time_machine.travel("2026-03-25 10:00 +0200", tick=False)
    @pytest.mark.parametrize(
        ("story", "day"),
        [
            ("The water is cold. Please mend it by next Tuesday.", "2026-03-31T23:59"),
            ("Please call me back by 17:00 tomorrow.", "2026-03-26T17:00"),
        ],
    )
    def test_their_own_day_is_offered_while_it_is_written(self, client, agent, story, day):
        page = client.post(NEEDED, {"story": story, "language": "en"}).text
        assert "They ask for it by" in page
        assert f'data-needed="{day}"' in page
        promised = "2026-03-31T16:00+03:00" if "Tuesday" in story else "2026-03-26T16:00+02:00"
        assert f'data-promise-by="{promised}"' in page
        sheet = client.post(URL, {"act": "look", "story": story, "need_by": day}).text
        assert re.findall(r'name="when" value="([^"]+)"', sheet)[0] == promised

    @pytest.mark.parametrize(
        "told",
        [
            {"story": ""},
            {"story": HOSTILE},
            {"story": "It went cold on Tuesday."},
            {"story": "Please mend it by the time you can."},
            {"story": "Please mend it by next Tuesday.", "need_by": "2026-03-31T12:00"},
        ],
    )
    def test_where_no_day_is_meant_or_one_is_taken_nothing_is_offered(self, client, agent, told):
        page = client.post(NEEDED, {"language": "en", **told})
        assert page.status_code == 200
        assert "data-needed=" not in page.text

    def test_only_who_records_contacts_is_offered_it(self, client):
        make.organisation()
        client.force_login(make.staff(role=Role.EMPLOYEE))
        assert client.post(NEEDED, {"story": "a"}).status_code == 403
