from datetime import timedelta

import pytest

from amends.contacts.actions.marking import OutsideTheWords, mark_words
from amends.contacts.actions.recording import Telling, record_contact
from amends.contacts.models import Mark
from amends.contacts.rules.kinds import Channel, Direction, Lane, Source
from amends.contacts.rules.spans import Span
from amends.journal.models import Entry
from amends.staff.actions.authorise import NotAllowed
from amends.staff.rules.permissions import Role
from tests import make
from tests.make import NOW

pytestmark = pytest.mark.django_db
WORDS = "It is cold. I am tired."
COLD, TIRED = Span(0, 12), Span(12, 23)


@pytest.fixture
def contact():
    telling = Telling(
        channel=Channel.DESK,
        direction=Direction.IN,
        text=WORDS,
        source=Source.TAKEN_DOWN,
        started_at=NOW,
        ended_at=NOW,
    )
    return record_contact(telling, by=None, at=NOW)


@pytest.mark.requirement("S3-27")
def test_facts_and_feelings_are_marked_and_the_words_stay_as_they_were(contact):
    agent = make.staff()

    mark_words(contact, marks=[(COLD, Lane.FACT), (TIRED, Lane.FEELING)], by=agent, at=NOW)

    marks = [(mark.lane, WORDS[mark.start : mark.end]) for mark in contact.marks.order_by("start")]
    assert marks == [("fact", "It is cold. "), ("feeling", "I am tired.")]
    assert contact.words.text == WORDS
    assert Entry.objects.get(kind="WordsMarked").facts == {
        "contact_id": contact.pk,
        "facts": 1,
        "feelings": 1,
    }


def test_marking_anew_replaces_what_was_marked(contact):
    agent = make.staff()
    mark_words(contact, marks=[(COLD, Lane.FACT)], by=agent, at=NOW)

    mark_words(contact, marks=[(TIRED, Lane.FEELING)], by=agent, at=NOW + timedelta(minutes=1))

    assert Mark.objects.get().lane == Lane.FEELING


@pytest.mark.parametrize("span", [Span(0, 24), Span(5, 5), Span(9, 3), Span(-1, 4)])
def test_marks_beside_the_words_are_refused(contact, span):
    with pytest.raises(OutsideTheWords):
        mark_words(contact, marks=[(span, Lane.FACT)], by=make.staff(), at=NOW)

    assert not Mark.objects.exists()


def test_an_auditor_marks_nothing(contact):
    with pytest.raises(NotAllowed):
        mark_words(contact, marks=[], by=make.staff(role=Role.AUDITOR), at=NOW)
