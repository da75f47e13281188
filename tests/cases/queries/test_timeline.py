from datetime import timedelta

import pytest

from amends.cases.actions.opening import add_contact
from amends.cases.models.case import CaseNote
from amends.cases.queries.timeline import ITEMS, ContactItem, EventItem, Item, NoteItem, timeline_of
from amends.contacts.actions.mail import Letter, queue_mail
from amends.contacts.models import Attachment, Mark
from amends.contacts.rules.kinds import Channel, Direction, MailKind, Manner, Source
from tests import make

pytestmark = pytest.mark.django_db


def items_of(case, **facts):
    return timeline_of(case, **facts).items


def later(minutes: int):
    return make.NOW + timedelta(minutes=minutes)


def noted(case, text: str, minutes: int) -> CaseNote:
    return CaseNote.objects.create(
        case=case, text=text, by=make.staff("Jonas Kairys"), at=later(minutes)
    )


def test_contacts_notes_and_events_stand_in_order_newest_last():
    case = make.case()
    noted(case, "The pump was replaced in October.", -2)
    promise = make.promise(case)
    items = items_of(case)
    kinds = [type(item) for item in items]
    assert kinds == [ContactItem, NoteItem, EventItem, EventItem]
    assert items[0].contact["words"] == make.STORY
    assert (items[1].text, items[1].by) == ("The pump was replaced in October.", "Jonas Kairys")
    assert (items[3].kind, items[3].promise) == ("PromiseMade", promise.what)
    assert items[3].by == promise.made_by.name


def test_what_amends_did_itself_names_nobody():
    case = make.case()
    opened = next(item for item in items_of(case) if isinstance(item, EventItem))
    assert (opened.kind, opened.by, opened.promise) == ("CaseOpened", "", "")


def test_a_contact_brings_all_that_belongs_to_it():
    by = make.staff("Jonas Kairys")
    told = make.contact(
        person=make.person(),
        by=by,
        notes=((make.NOW, "A child of four months."),),
        manners=(Manner.ANGRY,),
        mood_start=3,
        mood_end=1,
    )
    Mark.objects.create(contact=told, lane="fact", start=0, end=7, marked_at=make.NOW)
    Attachment.objects.create(
        contact=told, position=0, name="bill.pdf", media_type="application/pdf", size_bytes=9
    )
    item = items_of(make.case(told))[0]
    assert item.contact["handled_by"] == "Jonas Kairys"
    assert (item.contact["mood_start"], item.contact["mood_end"]) == (3, 1)
    assert [(note.text, note.by, note.at) for note in item.notes] == [
        ("A child of four months.", "Jonas Kairys", make.NOW)
    ]
    assert [shown.manner for shown in item.manners] == ["angry"]
    assert [(mark.lane, mark.start, mark.end) for mark in item.marks] == [("fact", 0, 7)]
    assert [attached.name for attached in item.attachments] == ["bill.pdf"]
    assert item.mail is None


def test_a_mail_says_how_it_fares():
    case, by = make.case(), make.staff()
    told = make.contact(
        "He comes at 16:00.",
        by=by,
        channel=Channel.EMAIL,
        direction=Direction.OUT,
        source=Source.WRITTEN,
        ended_at=later(1),
    )
    letter = Letter(
        kind=MailKind.REPLY,
        to_address="ruta@example.com",
        subject="Today",
        text="He comes at 16:00.",
        language="en",
        author=by,
        contact=told,
        held_for=timedelta(seconds=10),
    )
    queue_mail(letter, by=by, at=later(1))
    add_contact(case, contact=told, by=by, at=later(1))
    mail = next(item.mail for item in items_of(case) if isinstance(item, ContactItem) and item.mail)
    assert (mail.state, mail.to_address) == ("waiting", "ruta@example.com")
    assert mail.send_at == later(1) + timedelta(seconds=10)


def test_earlier_items_come_by_page_without_gap_or_double():
    case = make.case()
    for n in range(ITEMS * 2):
        noted(case, f"note {n}", n // 3)
    found: list[Item] = []
    before = ""
    while True:
        timeline = timeline_of(case, before=before)
        assert len(timeline.items) <= ITEMS
        found = [*timeline.items, *found]
        before = timeline.before
        if not before:
            break
    assert [item.spot for item in found] == sorted(item.spot for item in found)
    assert len({item.spot for item in found}) == len(found) == ITEMS * 2 + 2


@pytest.mark.parametrize("before", ["x", "9~2026-03-27T15:00:00+00:00~1", "1~~"])
def test_a_place_that_is_none_shows_the_newest(before):
    case = make.case()
    assert timeline_of(case, before=before) == timeline_of(case)


def test_it_takes_two_statements_however_much_there_is(django_assert_num_queries):
    case = make.case()
    for n in range(5):
        noted(case, "again", n)
        told = make.contact(person=case.person, ended_at=later(n))
        add_contact(case, contact=told, by=None, at=later(n))
        make.promise(case)
    with django_assert_num_queries(2):
        timeline_of(case)


def test_very_long_words_are_shown_by_their_beginning():
    told = make.contact("so it goes on " * 5000)
    (item, _) = items_of(make.case(told))
    assert (len(item.contact["words"]), item.contact["words_length"]) == (20_000, 70_000)
