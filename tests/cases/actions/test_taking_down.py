from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from amends.cases.actions.opening import Opening
from amends.cases.actions.parties import Identity, LooksAfterIt
from amends.cases.actions.promises import Offer, PromiseDueInThePast
from amends.cases.actions.taking_down import DoneNow, Newcomer, Promised, Sheet, take_down
from amends.cases.actions.within import Barred, CaseHasEnded, NotYours
from amends.cases.models.case import Case, PartyOfCase
from amends.cases.models.promises import FollowUp, Promise
from amends.cases.models.protection import IdentityCheck
from amends.cases.models.sheets import TakenDown
from amends.cases.rules.due import BEFORE_ASKING
from amends.cases.rules.kinds import CaseKind, CheckLevel, How, Next, Part, Verdict
from amends.cases.rules.lifecycle import State
from amends.contacts.actions.drafts import Typing, keep_draft
from amends.contacts.actions.recording import NothingSaid, Telling
from amends.contacts.models import Contact
from amends.contacts.models.drafting import Draft
from amends.contacts.rules.kinds import Channel, Direction, DraftKind, Manner, Source
from amends.journal.models import Entry
from amends.people.actions.persons import Particulars
from amends.people.models import Person
from amends.people.queries import representatives_of
from amends.people.rules.kinds import PointKind
from amends.staff.actions.authorise import NotAllowed
from amends.staff.rules.permissions import Role
from tests import make
from tests.make import NOW

pytestmark = pytest.mark.django_db

WORDS = "On Saturday evening it went cold again, the third time since November."
TOMORROW = NOW + timedelta(days=1)


def telling(words=WORDS, **facts):
    values = {
        "channel": Channel.TELEPHONE,
        "direction": Direction.IN,
        "text": words,
        "source": Source.TAKEN_DOWN,
        "started_at": NOW - timedelta(minutes=6),
        "ended_at": NOW,
        **facts,
    }
    return Telling(**values)


def sheet(by, **facts):
    opening = Opening(
        kind=facts.pop("kind", CaseKind.COMPLAINT),
        team=make.team(members=(by,)),
        language="lt",
        requested_remedy="I want to know what comes, and when.",
    )
    return Sheet(**{"key": "a1", "telling": telling(), "opening": opening, **facts})


def promised(*, yes=How.TELEPHONE, due_at=TOMORROW):
    return Promised(Offer(what="An engineer finds out why", due_at=due_at), yes)


@pytest.fixture
def agent():
    make.organisation()
    return make.staff("Inga Ramanauskaitė")


@pytest.mark.requirement("S4-07", "S4-08", "S4-09", "S4-10", "S4-12", "S4-13", "S3-33", "S3-35")
def test_a_call_becomes_a_contact_a_case_and_an_agreed_promise(agent):
    ruta = make.person()

    taken = take_down(
        sheet(agent, who=ruta, apologised=True, thanked=True, ending=promised()), by=agent, at=NOW
    )

    case = Case.objects.get(pk=taken.case_id)
    assert taken.contact.words.text == WORDS
    assert (case.person, case.owner, case.state) == (ruta, agent, State.FULFILLING)
    assert case.requested_remedy == "I want to know what comes, and when."
    assert case.apology_at == case.thanked_at == NOW
    assert (case.next_due, case.next_due_at) == (Next.KEEP, TOMORROW)
    promise = Promise.objects.get()
    assert (taken.promise, promise.yes_how, promise.yes_at) == (promise, How.TELEPHONE, NOW)
    assert FollowUp.objects.get(promise=promise).due_at == TOMORROW + BEFORE_ASKING


def test_each_step_is_in_the_journal_in_the_order_of_the_founding_text(agent):
    take_down(sheet(agent, apologised=True, thanked=True, ending=promised()), by=agent, at=NOW)

    kinds = list(Entry.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == [
        "ContactRecorded",
        "CaseOpened",
        "Apologised",
        "PromiseMade",
        "PromiseAccepted",
        "Thanked",
    ]


def test_a_second_click_finds_what_the_first_did(agent):
    first = take_down(sheet(agent, ending=promised()), by=agent, at=NOW)
    changed = sheet(agent, telling=telling("Something else"), ending=promised())

    second = take_down(changed, by=agent, at=NOW + timedelta(seconds=1))

    assert second == first
    assert (Contact.objects.count(), Promise.objects.count()) == (1, 1)


def test_another_colleague_with_the_same_key_has_a_sheet_of_their_own(agent):
    take_down(sheet(agent), by=agent, at=NOW)
    other = make.staff()

    take_down(sheet(other), by=other, at=NOW)

    assert TakenDown.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_tabs_at_the_same_instant_take_it_down_once(agent):
    both = Barrier(2)
    ready = sheet(agent, ending=promised())

    def click(_tab):
        try:
            both.wait(timeout=10)
            return take_down(ready, by=agent, at=NOW).case_id
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as tabs:
        cases = set(tabs.map(click, range(2)))

    assert cases == {Case.objects.get().pk}
    assert Contact.objects.count() == Promise.objects.count() == 1


def test_the_draft_is_forgotten_once_it_became_something(agent):
    keep_draft(Typing(DraftKind.SHEET, "a1", {"story": WORDS}, 0), by=agent, at=NOW)

    take_down(sheet(agent), by=agent, at=NOW + timedelta(minutes=1))

    assert not Draft.objects.exists()


def test_what_is_refused_leaves_nothing_behind_but_the_draft(agent):
    keep_draft(Typing(DraftKind.SHEET, "a1", {"story": WORDS}, 0), by=agent, at=NOW)

    with pytest.raises(PromiseDueInThePast):
        take_down(sheet(agent, ending=promised(due_at=NOW)), by=agent, at=NOW)

    made = [model.objects.count() for model in (Contact, Case, TakenDown)]
    assert made == [0, 0, 0]
    assert Draft.objects.get().fields == {"story": WORDS}


def test_a_sheet_without_a_word_is_refused(agent):
    with pytest.raises(NothingSaid):
        take_down(sheet(agent, telling=telling("  ")), by=agent, at=NOW)


def test_only_who_records_contacts_takes_a_sheet_down():
    make.organisation()
    auditor = make.staff(role=Role.AUDITOR)

    with pytest.raises(NotAllowed):
        take_down(sheet(auditor), by=auditor, at=NOW)


@pytest.mark.requirement("S4-09")
def test_somebody_who_gave_no_name_is_served_all_the_same(agent):
    taken = take_down(sheet(agent, ending=promised()), by=agent, at=NOW)

    assert taken.case.person is None
    assert Promise.objects.get().yes_at == NOW


def test_somebody_new_is_written_down_from_what_was_typed(agent):
    newcomer = Newcomer(
        Particulars(name="Jonas Kazlauskas", language="lt"),
        ((PointKind.TELEPHONE, "+370 612 34567"),),
    )

    taken = take_down(sheet(agent, who=newcomer), by=agent, at=NOW)

    assert taken.case.person == Person.objects.get(name="Jonas Kazlauskas")
    assert taken.case.person.points.get().folded == "+37061234567"


@pytest.mark.requirement("S0-14")
def test_who_speaks_for_another_is_noted_and_the_case_is_the_others(agent):
    mother, daughter = make.person("Ona Petrauskienė"), make.person("Rūta Petrauskaitė")

    taken = take_down(
        sheet(agent, who=daughter, speaks_for=mother, authority="her daughter"), by=agent, at=NOW
    )

    assert (taken.contact.person, taken.contact.speaks_for) == (daughter, mother)
    assert taken.case.person == mother
    assert representatives_of(mother).get().authority == "her daughter"
    assert PartyOfCase.objects.get(part=Part.REPRESENTATIVE).person == daughter


def test_who_is_known_to_speak_for_another_is_not_noted_twice(agent):
    mother, daughter = make.person("Ona Petrauskienė"), make.person("Rūta Petrauskaitė")
    first = sheet(agent, who=daughter, speaks_for=mother)
    take_down(first, by=agent, at=NOW)

    take_down(replace(first, key="a2"), by=agent, at=NOW)

    assert representatives_of(mother).count() == 1


def test_what_was_done_at_once_is_written_down_with_the_yes_to_it(agent):
    done = DoneNow("Refunded 12 €", How.DESK)

    taken = take_down(sheet(agent, thanked=True, ending=done), by=agent, at=NOW)

    case = Case.objects.get(pk=taken.case_id)
    assert (case.done_what, case.yes_how, case.verdict) == ("Refunded 12 €", How.DESK, Verdict.YES)
    assert case.is_open
    assert taken.promise is None


def test_an_enquiry_answered_at_once_is_closed_at_once(agent):
    done = DoneNow("Told the opening hours", How.TELEPHONE)

    taken = take_down(
        sheet(agent, kind=CaseKind.ENQUIRY, thanked=True, ending=done), by=agent, at=NOW
    )

    assert Case.objects.get(pk=taken.case_id).state == State.CLOSED


def test_a_complaint_done_at_once_waits_for_its_cause(agent):
    done = DoneNow("Refunded 12 €", How.TELEPHONE)

    taken = take_down(sheet(agent, thanked=True, ending=done), by=agent, at=NOW)

    assert Case.objects.get(pk=taken.case_id).next_due == Next.CLOSE


def test_what_was_done_while_nobody_was_there_to_say_yes_waits_for_their_word(agent):
    done = DoneNow("Refunded 12 €", None)

    taken = take_down(sheet(agent, thanked=True, ending=done), by=agent, at=NOW)

    case = Case.objects.get(pk=taken.case_id)
    assert (case.done_what, case.yes_how, case.verdict) == ("Refunded 12 €", "", "")


def test_a_letter_is_answered_by_a_promise_without_a_yes(agent):
    taken = take_down(sheet(agent, ending=promised(yes=None)), by=agent, at=NOW)

    assert Promise.objects.get().yes_at is None
    assert Case.objects.get(pk=taken.case_id).state == State.ASSESSED


def test_a_sheet_may_belong_to_an_open_case(agent):
    ruta = make.person()
    case = take_down(sheet(agent, who=ruta), by=agent, at=NOW).case

    again = take_down(
        sheet(agent, key="a2", who=ruta, onto=case, ending=promised()), by=agent, at=NOW
    )

    assert again.case == case
    assert case.case_contacts.count() == 2
    assert Promise.objects.get().case == case


def test_a_colleagues_case_is_added_to_and_otherwise_left_alone(agent):
    case = take_down(sheet(agent, ending=promised()), by=agent, at=NOW).case
    stranger = make.staff()
    theirs = sheet(stranger, key="a2", onto=case, apologised=True, thanked=True)
    make.team().members.remove(stranger)

    take_down(theirs, by=stranger, at=NOW)

    case.refresh_from_db()
    assert case.case_contacts.count() == 2
    assert case.apology_at is case.thanked_at is None


def test_nothing_is_promised_on_a_colleagues_case(agent):
    case = take_down(sheet(agent, ending=promised()), by=agent, at=NOW).case
    stranger = make.staff()
    theirs = sheet(stranger, key="a2", onto=case, ending=promised())
    make.team().members.remove(stranger)

    with pytest.raises(NotYours):
        take_down(theirs, by=stranger, at=NOW)


def test_nothing_is_promised_on_a_case_that_has_ended(agent):
    done = DoneNow("Told the opening hours", How.TELEPHONE)
    ended = take_down(
        sheet(agent, kind=CaseKind.ENQUIRY, thanked=True, ending=done), by=agent, at=NOW
    ).case

    with pytest.raises(CaseHasEnded):
        take_down(sheet(agent, key="a2", onto=ended, ending=promised()), by=agent, at=NOW)


def test_a_colleague_complained_about_does_not_see_the_case(agent):
    colleague = make.staff()

    taken = take_down(sheet(agent, about=colleague, ending=promised()), by=agent, at=NOW)

    assert taken.case in Case.objects.visible_to(agent)
    assert taken.case not in Case.objects.visible_to(colleague)


def test_a_complaint_about_whoever_answers_is_taken_down_and_left_to_others(agent):
    taken = take_down(sheet(agent, about=agent, apologised=True), by=agent, at=NOW)

    assert taken.case.owner is None
    assert taken.case not in Case.objects.visible_to(agent)


def test_nobody_promises_on_a_complaint_about_themselves(agent):
    with pytest.raises(LooksAfterIt):
        take_down(sheet(agent, about=agent, ending=promised()), by=agent, at=NOW)


def test_nothing_is_added_to_a_case_that_complains_about_oneself(agent):
    case = take_down(sheet(agent, about=agent), by=agent, at=NOW).case

    with pytest.raises(Barred):
        take_down(sheet(agent, key="a2", onto=case), by=agent, at=NOW)


def test_how_sure_we_are_of_whom_we_speak_with_is_noted(agent):
    ruta = make.person()
    identity = Identity(CheckLevel.KNOWN_DETAILS, "number of the contract")

    taken = take_down(sheet(agent, who=ruta, identity=identity), by=agent, at=NOW)

    check = IdentityCheck.objects.get(case=taken.case)
    assert (check.person, check.level, check.by) == (ruta, CheckLevel.KNOWN_DETAILS, agent)


@pytest.mark.requirement("S3-42")
def test_notes_manners_and_moods_are_of_the_contact(agent):
    said = telling(
        mood_start=4,
        mood_end=1,
        handled_by=agent,
        notes=((NOW, "small child at home"),),
        manners=(Manner.ANGRY, Manner.TALKER),
    )

    contact = take_down(sheet(agent, telling=said), by=agent, at=NOW).contact

    assert (contact.mood_start, contact.mood_end) == (4, 1)
    assert contact.notes.get().text == "small child at home"
    assert set(contact.manners.values_list("manner", flat=True)) == {"angry", "talker"}
