from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from amends.cases.models.case import Case, PartyOfCase
from amends.cases.models.promises import Promise
from amends.cases.models.protection import IdentityCheck
from amends.cases.queries.links import token_of
from amends.cases.rules.kinds import How, Part
from amends.contacts.models import Contact
from amends.contacts.models.drafting import Draft
from amends.contacts.rules.kinds import Effect
from amends.people.models import Person, Representation
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
    value_of,
    wrong_fields,
)

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


@pytest.mark.requirement("S4-07", "S4-07d", "S4-08", "S4-10", "S4-12", "S4-13", "S3-35")
def test_a_furious_call_becomes_a_promise_with_a_yes(client, agent):
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


def test_a_second_click_leads_to_the_same_promise(client, agent):
    client.post(URL, filled())
    again = client.post(URL, filled(what="Something else"))
    assert again.url == address("sheet-in-hand")
    assert client.get(URL).url == address("sheet-in-hand")
    assert Promise.objects.count() == 1


def test_done_now_is_what_they_asked_for(client, agent):
    client.post(URL, filled("done", wish="Give me my 12 € back", what=""))
    assert Case.objects.get().done_what == "As they asked: Give me my 12 € back"


def test_done_now_says_what_was_done(client, agent):
    client.post(URL, filled("done", done="Refunded 12 €", channel="desk"))
    case = Case.objects.get()
    assert (case.done_what, case.yes_how) == ("Refunded 12 €", How.DESK)


def test_a_promise_may_wait_for_its_answer(client, agent):
    client.post(URL, filled("offer"))
    assert Promise.objects.get().yes_at is None


def test_somebody_who_rang_off_is_written_down(client, agent):
    client.post(URL, {"act": "note", "story": STORY})
    assert Case.objects.get().is_open
    assert not Promise.objects.exists()


@pytest.mark.requirement("S4-31", "S3-44")
def test_a_pause_is_a_promise_and_asks_for_no_wish(client, agent):
    client.post(URL, filled(what="", wish="", call_back="on"))
    promise = Promise.objects.get()
    assert (promise.what, promise.due_at) == ("I call you back", tomorrow())


@pytest.mark.requirement("S3-35")
@pytest.mark.parametrize("act", ["promise", "offer", "done"])
def test_a_complaint_is_asked_how_to_put_it_right(client, agent, act: str):
    page = client.post(URL, filled(act, wish=""))
    assert page.status_code == 422
    assert wrong_fields(page) == ["wish"]
    assert client.post(URL, filled(wish="", no_wish="on")).status_code == 302
    assert Case.objects.get().remedy_not_said


def test_an_enquiry_is_not_asked_for_a_wish(client, agent):
    assert client.post(URL, filled(kind="enquiry", wish="")).status_code == 302


def test_it_belongs_to_an_open_case_when_that_is_chosen(client, agent):
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


def test_a_reference_names_the_person_and_the_case(client, agent):
    case = make.case(make.contact(person=make.person()))
    client.post(URL, filled(who=case.reference.lower()))
    assert Promise.objects.get().case == case


def test_a_case_is_new_when_that_is_said(client, agent):
    case = make.case(make.contact(person=make.person()))
    client.post(URL, filled(who=case.reference, case="new"))
    assert Promise.objects.get().case != case
    assert Promise.objects.get().case.person == case.person


def test_somebody_typed_and_not_chosen_is_asked_for(client, agent):
    ruta = make.person("Rūta Petrauskienė")
    page = client.post(URL, filled(who="ruta petr"))
    assert page.status_code == 422
    assert f'name="person_pick" value="{ruta.pk}"' in page.text
    client.post(URL, filled(who="ruta petr", person_pick=str(ruta.pk)))
    assert Case.objects.get().person == ruta


def test_somebody_new_is_made_from_what_was_typed(client, agent):
    client.post(URL, filled(who="Jonas Kazlauskas 8 612 34567", mail="jonas@x.lt", language="lt"))
    jonas = Person.objects.get()
    assert (jonas.name, jonas.language) == ("Jonas Kazlauskas", "lt")
    assert set(jonas.points.values_list("folded", flat=True)) == {"+37061234567", "jonas@x.lt"}


def test_somebody_of_the_same_name_may_be_new(client, agent):
    make.person("Rūta Petrauskienė")
    client.post(URL, filled(who="Rūta Petrauskienė", person="new"))
    assert Person.objects.count() == 2


def test_a_way_to_reach_nobody_is_refused_at_the_name(client, agent):
    page = client.post(URL, filled(who="Jonas", mail="nowhere"))
    assert (page.status_code, wrong_fields(page)) == (422, ["who"])
    assert not Contact.objects.exists()


def test_somebody_may_speak_for_another(client, agent):
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


def test_whom_they_speak_for_is_asked_for_too(client, agent):
    make.person("Ona Petrauskienė")
    page = client.post(URL, filled(behalf="ona"))
    assert wrong_fields(page) == ["behalf"]


def test_a_colleague_complained_about_is_named(client, agent):
    colleague = make.staff("Šarūnas Žukas")
    client.post(URL, filled(about="sarunas"))
    assert PartyOfCase.objects.get(part=Part.COMPLAINED_ABOUT).staff == colleague


def test_a_colleague_nobody_knows_is_refused(client, agent):
    page = client.post(URL, filled(about="Nobody"))
    assert wrong_fields(page) == ["about"]
    assert "No colleague, or more than one, is called “Nobody”." in page.text


def test_another_may_keep_the_promise(client, agent):
    colleague = make.staff("Šarūnas")
    client.post(URL, filled(owner="Šarūnas", owner_id=str(colleague.pk)))
    assert Promise.objects.get().owner == colleague


@pytest.mark.requirement("S3-33")
def test_more_than_one_may_give_is_refused_beside_the_sum(client, agent):
    make.authority(Role.AGENT, RemedyKind.REFUND_PART, 60)
    page = client.post(URL, filled(remedy="refund-part", amount="60,01"))
    assert (page.status_code, wrong_fields(page)) == (422, ["amount"])
    within = client.post(URL, filled(remedy="refund-part", amount="60,00", version="1"))
    assert within.status_code == 302


def test_a_kind_that_one_may_not_give_is_refused_beside_it(client, agent):
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
def test_what_does_not_hold_is_said_at_its_field(client, agent, fields, wrong):
    page = client.post(URL, filled(**fields))
    assert (page.status_code, wrong_fields(page)) == (422, wrong)
    assert not Contact.objects.exists()
    assert Draft.objects.get().fields["story"] == fields.get("story", STORY)


@pytest.mark.parametrize("name", ["story", "notes", "wish", "who", "what", "need_reason"])
def test_hostile_text_is_only_text(client, agent, name):
    assert client.post(URL, filled(**{name: HOSTILE})).status_code == 302
    page = client.get(address("sheet-in-hand")).text
    assert "<script>alert(1)" not in page


@pytest.mark.parametrize("person", ["0", "9" * 40, "-1", "x", "case:C-222-2222", "case:"])
def test_a_person_who_is_none_is_nobody(client, agent, person):
    client.post(URL, filled(person=person))
    assert Case.objects.get().person is None


def test_garbage_in_the_log_of_moods_is_left_out(client, agent):
    client.post(URL, filled(moods="x,9:9,;12:3"))
    assert Contact.objects.get().mood_start == 3


def test_without_scripts_the_two_strips_tell_the_moods(client, agent):
    client.post(URL, filled(mood="4", mood_end="3"))
    contact = Contact.objects.get()
    assert (contact.mood_start, contact.mood_end, contact.effect) == (4, 3, Effect.BAD)


@pytest.mark.parametrize(("begun", "minutes"), [(-12, 12), (+30, 0), (-60 * 48, 24 * 60)])
def test_how_long_it_took_is_believed_within_a_day(client, agent, begun, minutes):
    begun_at = timezone.now() + timedelta(minutes=begun)
    client.post(URL, filled(begun=begun_at.isoformat()))
    contact = Contact.objects.get()
    assert round((contact.ended_at - contact.started_at).total_seconds() / 60) == minutes


@pytest.mark.requirement("S3-43")
def test_how_long_a_talk_takes_is_for_the_agent_alone(client, agent):
    assert "data-elapsed" in client.get(URL).text
    begun_at = timezone.now() - timedelta(minutes=47)
    client.post(URL, filled(begun=begun_at.isoformat()))
    case = Case.objects.get()
    assert "The talks took 47 minutes." in client.get(_of(case, "case-handled")).text
    theirs = client.get(reverse("customer-case", args=["en", token_of(case)]))
    assert theirs.status_code == 200
    assert "data-elapsed" not in theirs.text
    assert "47 min" not in theirs.text


def _of(case: Case, name: str) -> str:
    return reverse(name, args=[case.reference])


def test_another_window_s_text_is_not_lost_by_sending(client, agent):
    keep(agent, story="What the other window says")
    page = client.post(URL, filled(version="0"))
    assert page.status_code == 409
    assert "What the other window says" in page.text
    assert STORY in page.text
    assert not Contact.objects.exists()
    newest = value_of(page, "version")
    assert client.post(URL, filled(version=newest)).status_code == 302


def test_a_text_that_goes_on_from_what_was_kept_is_no_other_text(client, agent):
    keep(agent, story=STORY[:20])
    assert client.post(URL, filled(version="0")).status_code == 302


def test_a_text_still_on_its_way_is_no_other_text(client, agent):
    keep(agent, story="A word that was taken back")
    assert client.post(URL, filled(version="0+")).status_code == 302


def test_enter_without_scripts_only_looks_again(client, agent):
    ruta = make.person("Rūta Petrauskienė")
    page = client.post(URL, filled("look", who="petrausk"))
    assert page.status_code == 200
    assert f'name="person_pick" value="{ruta.pk}"' in page.text
    assert not Contact.objects.exists()


def test_a_name_as_long_as_a_name_may_be_is_kept_whole(client, agent):
    name = ("Labai Ilgas Vardas " * 10).strip()
    client.post(URL, filled(who=name))
    assert Person.objects.get(cases=Case.objects.get()).name == name


def test_a_name_longer_than_a_name_may_be_is_refused_at_its_field(client, agent):
    page = client.post(URL, filled(who="Labai Ilgas Vardas " * 12))
    assert page.status_code == 422
    assert wrong_fields(page) == ["who"]
    assert not Case.objects.exists()
