import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from amends.cases.models.case import Case, PartyOfCase
from amends.cases.models.promises import Promise
from amends.cases.models.protection import IdentityCheck
from amends.cases.rules.kinds import How, Part
from amends.contacts.actions.drafts import Typing, keep_draft, park_draft
from amends.contacts.models import Contact, Draft, Words
from amends.contacts.rules.kinds import Channel, DraftKind, Effect, Source
from amends.people.models import Person, Representation
from amends.staff.models import Guideline
from amends.staff.rules.authority import RemedyKind
from amends.staff.rules.permissions import Role
from tests import make
from tests.web.sheet.filling import HOSTILE, KEY, STORY, address, filled, tomorrow

pytestmark = pytest.mark.django_db
URL = f"/contact/{KEY}/"
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


@pytest.fixture
def agent(client):
    make.organisation()
    staff = make.staff("Inga")
    make.team(members=(staff,))
    client.force_login(staff)
    return staff


def keep(by, key=KEY, **fields):
    typing = Typing(DraftKind.SHEET, key, fields, 0)
    return keep_draft(typing, by=by, at=timezone.now())


def wrong_fields(response):
    """Return the fields that the page names as wrong."""
    return re.findall(r'<li><a href="#id_(\w+)">', response.text)


def value_of(response, name):
    """Return what stands in a hidden field of the page."""
    return re.findall(rf'name="{name}" value="([^"]+)"', response.text)[0]


class TestBeginning:
    NEW = reverse("new-contact")

    def test_a_new_contact_is_a_sheet_of_its_own(self, client, agent):
        first, second = client.get(self.NEW), client.get(self.NEW)
        assert first.status_code == second.status_code == 302
        assert first.url != second.url

    def test_a_visitor_begins_at_the_desk(self, client, agent):
        begun = client.get(self.NEW, {"channel": "desk"})
        assert 'value="desk" id="id_channel_1" checked' in client.get(begun.url).text

    def test_a_channel_that_is_none_is_not_believed(self, client, agent):
        assert "channel" not in client.get(self.NEW, {"channel": "<b>"}).url

    def test_a_sheet_that_was_left_is_offered_first(self, client, agent):
        keep(agent, story=STORY)
        page = client.get(self.NEW)
        assert page.status_code == 200
        assert URL in page.text
        assert "On Saturday evening" in page.text

    def test_a_sheet_that_was_left_is_put_aside_for_a_new_one(self, client, agent):
        keep(agent, story=STORY)
        assert client.post(self.NEW).status_code == 302
        assert Draft.objects.get().parked_at

    def test_a_fourth_is_not_put_aside(self, client, agent):
        for number in range(3):
            park_draft(keep(agent, key=f"{number}" * 32), by=agent, at=timezone.now())
        keep(agent, story=STORY)
        page = client.post(self.NEW)
        assert page.status_code == 422
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

    @pytest.mark.requirement("S4-07a")
    def test_nothing_is_asked_for_while_they_speak(self, client, agent):
        assert " required" not in client.get(URL).text

    def test_it_costs_few_statements(self, client, agent, django_assert_max_num_queries):
        make.authority(Role.AGENT, RemedyKind.REFUND_PART, 60)
        with django_assert_max_num_queries(12):
            client.get(URL)

    def test_its_cost_does_not_grow_with_what_is_known_of_the_caller(
        self, client, agent, django_assert_max_num_queries
    ):
        ruta = make.person()
        for _ in range(8):
            make.case(make.contact(person=ruta))
        keep(agent, story=STORY, who="Rūta", person=str(ruta.pk))
        with django_assert_max_num_queries(17):
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

    @pytest.mark.requirement("S3-29", "S3-30", "S3-31", "S3-32", "S3-33")
    def test_there_is_a_line_of_advice_for_each_phase(self, client, agent):
        page = client.get(URL).text
        assert len(re.findall(r'data-phase="\w+" hidden', page)) == 6

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
    def test_a_sheet_is_put_aside_with_what_was_typed(self, client, agent):
        parked = client.post(URL, filled("park", version="0"))
        assert parked.url == reverse("new-contact")
        assert Draft.objects.get().fields["story"] == STORY
        assert Draft.objects.get().parked_at

    def test_a_fourth_is_refused_in_words_and_nothing_is_lost(self, client, agent):
        for number in range(3):
            park_draft(keep(agent, key=f"{number}" * 32), by=agent, at=timezone.now())
        page = client.post(URL, filled("park"))
        assert page.status_code == 422
        assert "Three sheets are parked already. Finish one of them first." in page.text
        assert STORY in page.text

    def test_a_sheet_is_thrown_away_when_that_is_asked(self, client, agent):
        keep(agent, story=STORY)
        assert client.post(URL, {"act": "drop"}).status_code == 302
        assert not Draft.objects.exists()

    def test_a_sheet_never_begun_is_thrown_away_all_the_same(self, client, agent):
        assert client.post(URL, {"act": "drop"}).status_code == 302


class TestTakingDown:
    @pytest.mark.requirement("S4-07", "S4-07d", "S4-08", "S4-10", "S4-12", "S4-13", "S3-35")
    def test_a_furious_call_becomes_a_promise_with_a_yes(self, client, agent):
        ruta = make.person("Rūta Petrauskienė", language="lt")
        sheet = filled(
            who="Rūta", person=str(ruta.pk), apologised="on", read_back="on", thanked="on",
            moods="3:4,200:1", notes="10:04 small child\nsecond line", manner_angry="on",
        )  # fmt: skip

        done = client.post(URL, sheet)

        assert done.url == address("sheet-in-hand")
        contact, case = Contact.objects.get(), Case.objects.get()
        assert (case.person, case.owner, case.language) == (ruta, agent, "lt")
        assert (contact.mood_start, contact.mood_end, contact.effect) == (4, 1, Effect.GOOD)
        assert [note.text for note in contact.notes.order_by("pk")] == [
            "small child",
            "second line",
        ]
        assert contact.words.read_back_at
        assert case.apology_at
        assert case.thanked_at
        assert Promise.objects.get().yes_how == How.TELEPHONE
        assert not Draft.objects.exists()

    def test_a_second_click_leads_to_the_same_promise(self, client, agent):
        client.post(URL, filled())
        again = client.post(URL, filled(what="Something else"))
        assert again.url == address("sheet-in-hand")
        assert client.get(URL).url == address("sheet-in-hand")
        assert Promise.objects.count() == 1

    def test_done_now_is_what_they_asked_for(self, client, agent):
        client.post(URL, filled("done", wish="Give me my 12 € back", what=""))
        assert Case.objects.get().done_what == "As they asked: Give me my 12 € back"

    def test_done_now_says_what_was_done(self, client, agent):
        client.post(URL, filled("done", done="Refunded 12 €", channel="desk"))
        case = Case.objects.get()
        assert (case.done_what, case.yes_how) == ("Refunded 12 €", How.DESK)

    def test_a_promise_may_wait_for_its_answer(self, client, agent):
        client.post(URL, filled("offer"))
        assert Promise.objects.get().yes_at is None

    def test_somebody_who_rang_off_is_written_down(self, client, agent):
        client.post(URL, {"act": "note", "story": STORY})
        assert Case.objects.get().is_open
        assert not Promise.objects.exists()

    @pytest.mark.requirement("S4-31")
    def test_a_pause_is_a_promise_and_asks_for_no_wish(self, client, agent):
        client.post(URL, filled(what="", wish="", call_back="on"))
        assert Promise.objects.get().what == "I call you back"

    @pytest.mark.requirement("S3-35")
    def test_a_complaint_is_asked_how_to_put_it_right(self, client, agent):
        page = client.post(URL, filled(wish=""))
        assert page.status_code == 422
        assert wrong_fields(page) == ["wish"]
        assert client.post(URL, filled(wish="", no_wish="on")).status_code == 302
        assert Case.objects.get().remedy_not_said

    def test_an_enquiry_is_not_asked_for_a_wish(self, client, agent):
        assert client.post(URL, filled(kind="enquiry", wish="")).status_code == 302

    def test_it_belongs_to_an_open_case_when_that_is_chosen(self, client, agent):
        ruta = make.person()
        case = make.case(make.contact(person=ruta))
        need_by = timezone.localtime(tomorrow()).strftime("%Y-%m-%dT%H:%M")
        sheet = filled(
            person=str(ruta.pk), case=case.reference, need_by=need_by, need_reason="a wedding"
        )
        client.post(URL, sheet)
        contact = Contact.objects.latest("pk")
        assert Case.objects.get().case_contacts.count() == 2
        texts = [note.text for note in contact.notes.order_by("pk")]
        assert texts[0] == "How it should be put right: I want to know who comes, and when"
        assert "a wedding" in texts[1]

    def test_a_reference_names_the_person_and_the_case(self, client, agent):
        case = make.case(make.contact(person=make.person()))
        client.post(URL, filled(who=case.reference.lower()))
        assert Promise.objects.get().case == case

    def test_a_case_is_new_when_that_is_said(self, client, agent):
        case = make.case(make.contact(person=make.person()))
        client.post(URL, filled(who=case.reference, case="new"))
        assert Promise.objects.get().case != case
        assert Promise.objects.get().case.person == case.person

    def test_somebody_typed_and_not_chosen_is_asked_for(self, client, agent):
        ruta = make.person("Rūta Petrauskienė")
        page = client.post(URL, filled(who="ruta petr"))
        assert page.status_code == 422
        assert f'name="person_pick" value="{ruta.pk}"' in page.text
        client.post(URL, filled(who="ruta petr", person_pick=str(ruta.pk)))
        assert Case.objects.get().person == ruta

    def test_somebody_new_is_made_from_what_was_typed(self, client, agent):
        client.post(
            URL, filled(who="Jonas Kazlauskas 8 612 34567", mail="jonas@x.lt", language="lt")
        )
        jonas = Person.objects.get()
        assert (jonas.name, jonas.language) == ("Jonas Kazlauskas", "lt")
        assert set(jonas.points.values_list("folded", flat=True)) == {"+37061234567", "jonas@x.lt"}

    def test_somebody_of_the_same_name_may_be_new(self, client, agent):
        make.person("Rūta Petrauskienė")
        client.post(URL, filled(who="Rūta Petrauskienė", person="new"))
        assert Person.objects.count() == 2

    def test_a_way_to_reach_nobody_is_refused_at_the_name(self, client, agent):
        page = client.post(URL, filled(who="Jonas", mail="nowhere"))
        assert (page.status_code, wrong_fields(page)) == (422, ["who"])
        assert not Contact.objects.exists()

    def test_somebody_may_speak_for_another(self, client, agent):
        ona = make.person("Ona Petrauskienė")
        client.post(
            URL,
            filled(who="Rūta Kazlauskaitė", behalf="Ona", behalf_person=str(ona.pk),
                   authority="her daughter", identity="known-details", identity_method="contract"),
        )  # fmt: skip
        case = Case.objects.get()
        assert case.person == ona
        assert Representation.objects.get().authority == "her daughter"
        assert IdentityCheck.objects.get().method == "contract"

    def test_whom_they_speak_for_is_asked_for_too(self, client, agent):
        make.person("Ona Petrauskienė")
        page = client.post(URL, filled(behalf="ona"))
        assert wrong_fields(page) == ["behalf"]

    def test_a_colleague_complained_about_is_named(self, client, agent):
        colleague = make.staff("Šarūnas Žukas")
        client.post(URL, filled(about="sarunas"))
        assert PartyOfCase.objects.get(part=Part.COMPLAINED_ABOUT).staff == colleague

    def test_a_colleague_nobody_knows_is_refused(self, client, agent):
        page = client.post(URL, filled(about="Nobody"))
        assert wrong_fields(page) == ["about"]
        assert "No colleague, or more than one, is called “Nobody”." in page.text

    def test_another_may_keep_the_promise(self, client, agent):
        colleague = make.staff("Šarūnas")
        client.post(URL, filled(owner="Šarūnas", owner_id=str(colleague.pk)))
        assert Promise.objects.get().owner == colleague

    @pytest.mark.requirement("S3-33")
    def test_more_than_one_may_give_is_refused_beside_the_sum(self, client, agent):
        make.authority(Role.AGENT, RemedyKind.REFUND_PART, 60)
        page = client.post(URL, filled(remedy="refund-part", amount="60,01"))
        assert (page.status_code, wrong_fields(page)) == (422, ["amount"])
        within = client.post(URL, filled(remedy="refund-part", amount="60,00", version="1"))
        assert within.status_code == 302

    def test_a_kind_that_one_may_not_give_is_refused_beside_it(self, client, agent):
        page = client.post(URL, filled(remedy="repair"))
        assert (page.status_code, wrong_fields(page)) == (422, ["remedy"])

    @pytest.mark.parametrize(
        ("fields", "wrong"),
        [
            ({"story": ""}, ["story"]),
            ({"what": ""}, ["what"]),
            ({"when": ""}, ["when"]),
            ({"when": "other"}, ["other_when"]),
            ({"when": "other", "other_when": "2020-01-01T10:00"}, ["other_when"]),
            ({"when": "2020-01-01T10:00+02:00"}, ["when"]),
            ({"when": "tomorrow"}, ["when"]),
            ({"kind": "ticket"}, ["kind"]),
            ({"channel": "fax"}, ["channel"]),
            ({"language": "xx"}, ["language"]),
            ({"mood": "9"}, ["mood"]),
            ({"amount": "-5"}, ["amount"]),
            ({"amount": "much"}, ["amount"]),
            ({"need_by": "soon"}, ["need_by"]),
            ({"what": "x" * 501}, ["what"]),
            ({"story": "x" * 1_000_000}, ["story"]),
            ({"act": "done", "wish": "", "no_wish": "on"}, ["done"]),
            ({"channel": "letter", "arrived_on": "2999-01-01"}, ["arrived_on"]),
            (
                {"channel": "letter", "arrived_on": "2026-01-02", "written_on": "2026-01-03"},
                ["written_on"],
            ),
        ],
    )
    def test_what_does_not_hold_is_said_at_its_field(self, client, agent, fields, wrong):
        page = client.post(URL, filled(**fields))
        assert (page.status_code, wrong_fields(page)) == (422, wrong)
        assert not Contact.objects.exists()
        assert Draft.objects.get().fields["story"] == fields.get("story", STORY)

    @pytest.mark.parametrize("name", ["story", "notes", "wish", "who", "what", "need_reason"])
    def test_hostile_text_is_only_text(self, client, agent, name):
        assert client.post(URL, filled(**{name: HOSTILE})).status_code == 302
        page = client.get(address("sheet-in-hand")).text
        assert "<script>alert(1)" not in page

    @pytest.mark.parametrize("person", ["0", "9" * 40, "-1", "x", "case:C-222-2222", "case:"])
    def test_a_person_who_is_none_is_nobody(self, client, agent, person):
        client.post(URL, filled(person=person))
        assert Case.objects.get().person is None

    def test_garbage_in_the_log_of_moods_is_left_out(self, client, agent):
        client.post(URL, filled(moods="x,9:9,;12:3"))
        assert Contact.objects.get().mood_start == 3

    def test_without_scripts_the_two_strips_tell_the_moods(self, client, agent):
        client.post(URL, filled(mood="4", mood_end="3"))
        contact = Contact.objects.get()
        assert (contact.mood_start, contact.mood_end, contact.effect) == (4, 3, Effect.BAD)

    @pytest.mark.parametrize(("begun", "minutes"), [(-12, 12), (+30, 0), (-60 * 48, 24 * 60)])
    def test_how_long_it_took_is_believed_within_a_day(self, client, agent, begun, minutes):
        begun_at = timezone.now() + timedelta(minutes=begun)
        client.post(URL, filled(begun=begun_at.isoformat()))
        contact = Contact.objects.get()
        assert round((contact.ended_at - contact.started_at).total_seconds() / 60) == minutes

    def test_another_window_s_text_is_not_lost_by_sending(self, client, agent):
        keep(agent, story="What the other window says")
        page = client.post(URL, filled(version="0"))
        assert page.status_code == 409
        assert "What the other window says" in page.text
        assert STORY in page.text
        assert not Contact.objects.exists()
        newest = value_of(page, "version")
        assert client.post(URL, filled(version=newest)).status_code == 302

    def test_a_text_that_goes_on_from_what_was_kept_is_no_other_text(self, client, agent):
        keep(agent, story=STORY[:20])
        assert client.post(URL, filled(version="0")).status_code == 302

    def test_a_text_still_on_its_way_is_no_other_text(self, client, agent):
        keep(agent, story="A word that was taken back")
        assert client.post(URL, filled(version="0+")).status_code == 302

    def test_enter_without_scripts_only_looks_again(self, client, agent):
        ruta = make.person("Rūta Petrauskienė")
        page = client.post(URL, filled("look", who="petrausk"))
        assert page.status_code == 200
        assert f'name="person_pick" value="{ruta.pk}"' in page.text
        assert not Contact.objects.exists()


class TestLetter:
    def letter(self, **fields):
        return filled(channel="letter", **fields)

    def test_a_letter_is_dated_as_it_says_and_needs_no_yes(self, client, agent):
        client.post(URL, self.letter(written_on="2026-01-05", arrived_on="2026-01-08"))
        contact = Contact.objects.get()
        assert (contact.channel, Words.objects.get().source) == (Channel.LETTER, Source.WRITTEN)
        assert (str(contact.sent_on), str(contact.arrived_on)) == ("2026-01-05", "2026-01-08")
        assert Case.objects.get().received_at == contact.started_at
        assert contact.started_at.date().isoformat() == "2026-01-08"
        assert Promise.objects.get().yes_at is None

    def test_what_is_said_aloud_is_not_said_in_a_letter(self, client, agent):
        client.post(URL, self.letter(apologised="on", read_back="on", mood="4", thanked="on"))
        case, contact = Case.objects.get(), Contact.objects.get()
        assert case.apology_at is case.thanked_at is None
        assert (contact.mood_start, contact.words.read_back_at) == (None, None)

    def test_a_letter_without_a_day_arrived_today(self, client, agent):
        client.post(URL, self.letter())
        assert Contact.objects.get().arrived_on == timezone.localdate()

    def test_scanned_pages_are_attached(self, client, agent, tmp_path):
        scan = tmp_path / "page 1.pdf"
        scan.write_bytes(PDF)
        with scan.open("rb") as file:
            client.post(URL, {**self.letter(), "scans": file})
        attachment = Contact.objects.get().attachments.get()
        assert (attachment.name, attachment.media_type) == ("page 1.pdf", "application/pdf")

    def test_pages_outlive_a_form_that_does_not_hold(self, client, agent, tmp_path):
        scan = tmp_path / "page 1.pdf"
        scan.write_bytes(PDF)
        with scan.open("rb") as file:
            page = client.post(URL, {**self.letter(what=""), "scans": file})
        assert "page 1.pdf" in page.text
        ticket = value_of(page, "pages")
        client.post(URL, self.letter(pages=ticket))
        assert Contact.objects.get().attachments.get().name == "page 1.pdf"

    def test_a_kind_that_is_not_accepted_is_refused(self, client, agent, tmp_path):
        scan = tmp_path / "page.pdf"
        scan.write_bytes(b"<script>alert(1)</script>")
        with scan.open("rb") as file:
            page = client.post(URL, {**self.letter(), "scans": file})
        assert page.status_code == 422
        assert "page.pdf is of a kind that is not accepted." in page.text
        assert not Contact.objects.exists()

    def test_a_forged_ticket_brings_no_pages(self, client, agent):
        client.post(URL, self.letter(pages="W1siLi4vLi4iLCJ4Il1d:forged:ticket"))
        assert not Contact.objects.get().attachments.exists()
