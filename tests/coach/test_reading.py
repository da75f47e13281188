"""What customers say is read once it is there, kept with its words, and overruled with a click."""

from datetime import timedelta

import pytest

from amends.cases.events.handling import ContactAdded
from amends.cases.events.safety import ThreatRead
from amends.coach.actions import NoSuchAnswer, NothingReadThere, correct_reading, read_contact
from amends.coach.models import Correction, Reading
from amends.coach.queries import contact_in, contact_to_read, read_contacts
from amends.coach.reactions import read_what_they_said
from amends.coach.rules import Question, part_to_read
from amends.contacts.actions.marking import mark_by_machine, mark_words
from amends.contacts.models import Contact, Mark
from amends.contacts.rules.kinds import Direction, Lane
from amends.contacts.rules.spans import Span
from amends.journal.models import Entry
from amends.notices.actions.telling import tell_of
from amends.notices.models import Notice
from amends.notices.rules.reasons import Reason
from amends.staff.rules.permissions import Role
from tests import make

pytestmark = pytest.mark.django_db
ANGRY = (
    "My order 4711-22 never came and I am furious. I paid 49 € on 3 November. "
    "I want my money back by Friday."
)
THREAT = "I am furious. I know where you live and I will kill you if my money does not come."


@pytest.fixture
def agent():
    return make.staff("Milda Jankauskaitė")


def case_of(words, agent, **facts):
    return make.case(make.contact(words, person=make.person(), **facts), owner=agent)


def read(case):
    contact = case.case_contacts.get().contact
    return read_contact(contact, case=case, at=make.NOW)


@pytest.mark.requirement("S4-01", "S3-86")
def test_what_was_read_is_kept_with_the_words_that_made_it_so(agent):
    reading = read(case_of(ANGRY, agent))
    assert (reading.kind, reading.remedy) == ("complaint", "refund_full")
    assert reading.anger >= 2
    assert any("furious" in words for words in reading.because["anger"])
    assert reading.because["amounts"] == ["49 €"]
    assert ANGRY[reading.need_by_start : reading.need_by_end] in reading.because["need_by"]
    told = {mark.lane for mark in Mark.objects.filter(marked_by=None)}
    assert told <= {Lane.FACT, Lane.FEELING}
    assert told


def test_read_again_it_is_replaced_and_what_a_colleague_said_stands(agent):
    case = case_of(ANGRY, agent)
    contact = case.case_contacts.get().contact
    read(case)
    correct_reading(
        case, contact=contact, question=Question.KIND, rather="request", by=agent, at=make.NOW
    )
    mark_words(contact, marks=[(Span(0, 8), Lane.FACT)], by=agent, at=make.NOW)
    read(case)
    assert Reading.objects.count() == 1
    assert [mark.marked_by for mark in Mark.objects.all()] == [agent]
    [kept] = read_contacts(case)
    assert kept.rather == {"kind": "request"}
    assert kept.marked_by_colleague
    assert Correction.objects.get().read == "complaint"


def test_of_another_language_only_the_language_is_kept(agent):
    text = "Добрий день, моє замовлення не прийшло, і мені ніхто не відповідає вже тиждень."
    reading = read(case_of(text, agent))
    assert (reading.language, reading.kind, reading.anger) == ("uk", "", None)
    assert not Mark.objects.exists()
    case = reading.contact.case_contacts.get().case
    with pytest.raises(NothingReadThere):
        correct_reading(
            case,
            contact=reading.contact,
            question=Question.KIND,
            rather="request",
            by=agent,
            at=make.NOW,
        )


def test_an_answer_that_there_is_not_is_refused(agent):
    case = case_of(ANGRY, agent)
    reading = read(case)
    with pytest.raises(NoSuchAnswer):
        correct_reading(
            case,
            contact=reading.contact,
            question=Question.ANGER,
            rather="5",
            by=agent,
            at=make.NOW,
        )


def test_it_is_forgotten_with_the_contact(agent):
    reading = read(case_of(ANGRY, agent))
    Mark.objects.all().delete()
    fields = {relation.related_model for relation in Contact._meta.related_objects}
    assert {Reading, Correction} <= fields
    assert reading.pk == reading.contact_id
    assert str(reading) == f"#{reading.pk}"
    assert str(Correction(question="kind", rather="request")) == "kind request"


def test_what_is_quoted_or_signed_is_not_read_and_places_stay():
    text = "I am content.\n\nOn Mon, 1 Jan 2026 Jonas <j@x.example> wrote:\n> I will kill you"
    part = part_to_read(text)
    assert part == "I am content."
    assert part_to_read("x" * 30_000) == "x" * 20_000


def test_only_what_customers_say_now_is_read(agent):
    assert contact_to_read(make.contact(person=make.person()).pk)
    out = make.contact(person=make.person(), direction=Direction.OUT, by=agent)
    assert contact_to_read(out.pk) is None
    assert contact_to_read(make.contact(automatic=True).pk) is None
    early = make.NOW - timedelta(days=900)
    assert contact_to_read(make.contact(as_history=True, started_at=early).pk) is None
    empty = make.contact("", notes=((make.NOW, "rang"),), by=agent)
    assert contact_to_read(empty.pk) is None


def test_words_are_read_as_soon_as_they_are_on_a_case(agent):
    case = case_of(ANGRY, agent)
    added = case.case_contacts.get().contact_id
    event = ContactAdded(case_id=case.pk, contact_id=added, state=case.state)
    read_what_they_said(event)
    read_what_they_said(ContactAdded(case_id=case.pk, contact_id=0, state=case.state))
    assert contact_in(case, added).reading.kind == "complaint"


@pytest.mark.requirement("S4-33")
def test_words_that_may_be_a_threat_are_told_at_once_and_once(agent):
    senior = make.staff("Grace Okafor", role=Role.SENIOR)
    team = make.team(members=(agent, senior), duty_owner=senior)
    told = make.contact(THREAT, person=make.person())
    case = make.case(told, owner=agent, team_=team)
    read_contact(told, case=case, at=make.NOW)
    read_contact(told, case=case, at=make.NOW)
    entry = Entry.objects.get(kind="ThreatRead")
    assert "kill" not in str(entry.facts)
    event = ThreatRead(case_id=case.pk, contact_id=told.pk)
    tell_of(event, by="clock", at=make.NOW, now=make.NOW)
    reasons = Notice.objects.filter(reason=Reason.MAY_BE_THREAT)
    assert set(reasons.values_list("to", flat=True)) == {agent.pk, senior.pk}


def test_a_machine_does_not_mark_over_a_colleague(agent):
    contact = make.contact(ANGRY)
    mark_words(contact, marks=[(Span(0, 8), Lane.FACT)], by=agent, at=make.NOW)
    assert mark_by_machine(contact, marks=[(Span(0, 2), Lane.FEELING)], at=make.NOW) == []
