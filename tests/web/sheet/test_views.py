import re

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from amends.contacts.actions.drafts import park_draft
from amends.contacts.models.drafting import Draft
from amends.staff.models import Guideline
from amends.staff.rules.authority import RemedyKind
from amends.staff.rules.permissions import Role
from tests import make
from tests.web.sheet.filling import (
    HOSTILE,
    STORY,
    URL,
    address,
    filled,
    keep,
    tomorrow,
)

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


def three_wait(agent):
    """Let three sheets be put aside already."""
    for number in "012":
        draft = keep(agent, key=number * 32, who=f"Rūta {number}")
        park_draft(draft, by=agent, at=timezone.now())


class TestBeginning:
    NEW = reverse("new-contact")

    def test_a_new_contact_is_a_sheet_of_its_own(self, client, agent):
        first, second = client.get(self.NEW), client.get(self.NEW)
        assert first.status_code == second.status_code == 302
        assert first.url != second.url

    def test_a_visitor_begins_at_the_desk(self, client, agent):
        begun = client.get(self.NEW, {"channel": "desk"})
        assert 'value="desk" id="id_channel_1" checked' in client.get(begun.url).text

    def test_a_contact_begun_from_a_customer_s_page_is_theirs(self, client, agent):
        ruta = make.person("Rūta Petrauskienė", language="lt")
        there = reverse("customer", args=[ruta.pk])
        assert f'href="{self.NEW}?person={ruta.pk}"' in client.get(there).text
        page = client.get(self.NEW, {"person": str(ruta.pk)}, follow=True).text
        assert f'name="person" value="{ruta.pk}"' in page
        assert "Rūta Petrauskienė" in page
        assert "Lithuanian, as known" in page

    @pytest.mark.parametrize("person", ["0", "x", "9" * 40, "٣", "new", ""])
    def test_a_customer_that_is_none_begins_an_empty_sheet(self, client, agent, person):
        page = client.get(self.NEW, {"person": person}, follow=True)
        assert page.status_code == 200

    def test_a_channel_that_is_none_is_not_believed(self, client, agent):
        assert "channel" not in client.get(self.NEW, {"channel": "<b>"}).url

    def test_a_sheet_that_was_left_is_put_aside_by_itself_and_that_is_said(self, client, agent):
        keep(agent, story=STORY)
        page = client.get(self.NEW, follow=True)
        assert Draft.objects.get().parked_at
        assert "The sheet that was open is put aside." in page.text
        assert URL in page.text
        assert 'name="story"' in page.text

    def test_a_fourth_is_not_put_aside(self, client, agent):
        three_wait(agent)
        keep(agent, story=STORY)
        page = client.get(self.NEW)
        assert page.status_code == 422
        assert "On Saturday evening" in page.text
        assert "Three sheets are parked already. Finish one of them first." in page.text
        assert Draft.objects.filter(parked_at=None).count() == 1

    @pytest.mark.parametrize("role", [Role.EMPLOYEE, Role.ADMINISTRATOR, Role.AUDITOR])
    def test_who_records_no_contacts_has_no_sheet(self, client, role):
        make.organisation()
        client.force_login(make.staff(role=role))
        assert client.get(self.NEW).status_code == 403
        assert client.get(URL).status_code == 403
        assert client.post(URL, filled()).status_code == 403

    def test_a_stranger_is_asked_to_sign_in(self, client, db):
        make.organisation()
        assert client.get(URL).url.startswith("/sign-in/")


class TestShowing:
    @pytest.mark.requirement("S4-07a", "S4-08", "S4-09")
    def test_the_story_comes_first_and_details_after_it(self, client, agent):
        page = client.get(URL).text
        order = ["story", "apologised", "read_back", "wish", "who", "what", "thanked"]
        places = [page.index(f'name="{name}"') for name in order]
        assert places == sorted(places)

    @pytest.mark.requirement("S4-07a", "S3-50")
    def test_nothing_is_asked_for_while_they_speak(self, client, agent):
        assert " required" not in client.get(URL).text

    def test_it_costs_few_statements(self, client, agent, django_assert_max_num_queries):
        make.authority(Role.AGENT, RemedyKind.REFUND_PART, 60)
        with django_assert_max_num_queries(15):
            client.get(URL)

    def test_its_cost_does_not_grow_with_what_is_known_of_the_caller(
        self, client, agent, django_assert_max_num_queries
    ):
        ruta = make.person()
        for _ in range(8):
            make.case(make.contact(person=ruta))
        keep(agent, story=STORY, who="Rūta", person=str(ruta.pk))
        with django_assert_max_num_queries(19):
            client.get(URL)

    @pytest.mark.requirement("S4-05", "S3-34")
    def test_what_one_may_give_and_what_not_stands_beside_the_promise(self, client, agent):
        make.authority(Role.AGENT, RemedyKind.REFUND_PART, 60)
        make.authority(Role.AGENT, RemedyKind.REPAIR)
        Guideline.objects.create(role="agent", allowed=False, text={"en": "a new boiler"})
        page = client.get(URL).text.replace("\xa0", " ")
        assert "refund in part, up to 60 €; repair" in page
        assert "Not: a new boiler" in page

    def test_what_was_typed_comes_back(self, client, agent):
        keep(
            agent,
            story=STORY,
            channel="desk",
            apologised="on",
            manner_angry="on",
            owner="Asta",
            moods="4:4,80:2",
        )
        page = client.get(URL).text
        assert STORY in page
        ticked = re.findall(r'type="checkbox" name="(\w+)"[^>]* checked', page)
        assert ticked == ["apologised", "manner_angry"]
        assert 'data-keep-version="1"' in page
        assert re.search(r'data-phase="listening"(?! hidden)', page)

    def test_a_day_chosen_before_is_still_offered(self, client, agent):
        chosen = tomorrow().replace(hour=5, minute=55)
        keep(agent, story=STORY, when=chosen.isoformat())
        assert f'value="{chosen.isoformat()}"' in client.get(URL).text

    def test_nothing_is_said_or_promised_before_a_person_says_it(self, client, agent):
        page = client.get(URL).text
        assert not re.findall(r'type="checkbox" name="\w+"[^>]* checked', page)
        assert not re.findall(r'name="when"[^>]* checked', page)

    def test_the_language_of_a_stranger_is_not_called_known(self, client, agent):
        assert "English, as is usual with us" in client.get(URL).text
        ruta = make.person(language="lt")
        keep(agent, story=STORY, who="Rūta", person=str(ruta.pk))
        assert "Lithuanian, as known" in client.get(URL).text

    @pytest.mark.requirement("S3-29", "S3-30", "S3-31", "S3-32", "S3-33")
    def test_there_is_a_line_of_advice_for_each_phase(self, client, agent):
        page = client.get(URL).text
        assert len(re.findall(r'data-phase="\w+" hidden', page)) == 6

    @pytest.mark.requirement("S3-28")
    def test_the_feeling_comes_before_the_facts_and_both_before_a_solution(self, client, agent):
        page = client.get(URL).text
        order = ["let them speak", "Name the feeling before the facts", "ask for what is missing",
            "Ask what would put it right", "agree who does what by when"]  # fmt: skip
        places = [page.index(advice) for advice in order]
        assert places == sorted(places)
        assert page.index("No solutions yet") < places[2]
        assert "disabled" not in page[page.index("<form") : page.rindex("</form>")]

    def test_what_to_say_stands_there_in_every_language(self, client, agent):
        page = client.get(URL).text
        for language in ("en", "ru", "pl", "sq", "lt"):
            assert f'lang="{language}" data-said' in page

    def test_the_other_sheets_are_shown_on_every_page(self, client, agent):
        park_draft(keep(agent, key="a" * 32, who="Rūta"), by=agent, at=timezone.now())
        keep(agent, story=STORY)
        page = client.get(URL).text
        assert f"/contact/{'a' * 32}/" in page
        assert f'<a class="chip" href="{URL}"' not in page


class TestKeeping:
    KEEP = address("sheet-keep")

    def test_what_is_typed_is_kept(self, client, agent):
        kept = client.post(self.KEEP, {"version": "0", "story": STORY, "unknown": "x"})
        assert kept.json()["version"] == 1
        assert Draft.objects.get().fields == {"story": STORY}

    def test_two_tabs_do_not_write_over_each_other(self, client, agent):
        client.post(self.KEEP, {"version": "0", "story": STORY})
        client.post(self.KEEP, {"version": "1", "story": f"{STORY} Twice."})
        stale = client.post(self.KEEP, {"version": "1", "story": "Something else"})
        assert stale.status_code == 409
        assert stale.json() == {"version": 2, "fields": {"story": f"{STORY} Twice."}}
        assert Draft.objects.get().fields["story"] == f"{STORY} Twice."

    def test_a_sheet_that_was_taken_down_is_kept_no_more(self, client, agent):
        client.post(URL, filled())
        kept = client.post(self.KEEP, {"version": "0", "story": STORY})
        assert (kept.status_code, kept.json()["fields"]) == (409, None)
        assert not Draft.objects.exists()

    @pytest.mark.parametrize("text", ["a\x00b", HOSTILE, "ž" * 1_000_000])
    def test_whatever_is_typed_is_kept(self, client, agent, text):
        assert client.post(self.KEEP, {"version": "0", "story": text}).status_code == 200
        assert Draft.objects.get().fields["story"] == text.replace("\x00", "")

    @pytest.mark.parametrize("version", ["", "x", "-1", "9" * 40, "1+"])
    def test_a_version_that_is_none_is_taken_for_the_first(self, client, agent, version):
        kept = client.post(self.KEEP, {"version": version, "story": STORY})
        assert kept.json()["version"] == 1

    def test_it_is_only_posted(self, client, agent):
        assert client.get(self.KEEP).status_code == 405


class TestParking:
    NEW, KEEP = reverse("new-contact"), address("sheet-keep")

    def test_a_sheet_is_put_aside_with_what_was_typed(self, client, agent):
        parked = client.post(URL, filled("park", version="0"))
        assert parked.url == reverse("my-day")
        assert Draft.objects.get().fields["story"] == STORY
        assert Draft.objects.get().parked_at

    @pytest.mark.parametrize("act", ["park", "next"])
    def test_a_fourth_is_refused_in_words_with_what_there_is_to_do(self, client, agent, act):
        three_wait(agent)
        page = client.post(URL, filled(act))
        assert page.status_code == 422
        assert "Three sheets are parked already. Finish one of them first." in page.text
        assert STORY in page.text
        told = page.text[page.text.index('role="alert" tabindex="-1" autofocus') :]
        told = told[: told.index("Write it down only")]
        assert [f"/contact/{number * 32}/" in told for number in "012"] == [True] * 3

    def test_nothing_said_is_neither_kept_nor_counted(self, client, agent):
        three_wait(agent)
        opened = filled("look", story="", wish="", what="", when="")
        assert client.post(URL, opened).status_code == 200
        assert client.post(self.KEEP, opened).json()["version"] == 0
        assert client.post(URL, {**opened, "act": "next"}).url == self.NEW
        assert Draft.objects.count() == 3

    def test_what_was_emptied_by_hand_gives_its_place_back(self, client, agent):
        keep(agent, story=STORY)
        client.post(self.KEEP, {"version": "1", "story": ""})
        assert "sheet put aside" not in client.get(self.NEW, follow=True).text
        assert not Draft.objects.exists()

    @pytest.mark.parametrize("act", ["park", "drop"])
    def test_it_leads_back_to_where_one_was(self, client, agent, act):
        day, case, begun = reverse("my-day"), reverse("case", args=["C-2026-00001"]), ""
        for came, back in [(case, case), ("/contact/new/", day), ("//evil.example/", day)]:
            begun = client.get(self.NEW, HTTP_REFERER=f"http://testserver{came}").url
            assert client.post(begun, filled(act)).url == back
        for elsewhere in ("https://evil.example/", "http://["):
            assert "from" not in client.get(self.NEW, HTTP_REFERER=elsewhere).url
        strange = f"{begun.partition('?')[0]}?from=https://evil.example"
        assert client.post(strange, filled(act)).url == day

    def test_the_next_one_keeps_the_way_back_and_not_the_person(self, client, agent):
        there = f"?from={reverse('inbox')}"
        begun = client.post(f"{URL}{there}&person=3&channel=letter", filled("next")).url
        assert begun == f"{self.NEW}?{urlencode({'from': reverse('inbox')})}"
        assert client.get(begun).url.endswith(begun.partition("?")[2])

    def test_a_sheet_is_thrown_away_when_that_is_asked(self, client, agent):
        keep(agent, story=STORY)
        assert client.post(URL, {"act": "drop"}).status_code == 302
        assert not Draft.objects.exists()

    def test_a_sheet_never_begun_is_thrown_away_all_the_same(self, client, agent):
        assert client.post(URL, {"act": "drop"}).status_code == 302
