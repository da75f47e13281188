from datetime import timedelta

import pytest

from amends.cases.queries.heated import is_heated, undo_within
from amends.contacts.rules.kinds import Channel, Mood
from tests import make

pytestmark = pytest.mark.django_db
FURIOUS = "This is outrageous!! I am furious, you are liars and thieves! I HATE THIS COMPANY!"


@pytest.fixture(autouse=True)
def house():
    return make.organisation()


def case(text=make.STORY, **facts):
    return make.case(make.contact(text, **facts), owner=make.staff())


@pytest.mark.requirement("S3-40")
def test_a_reply_to_somebody_angry_can_be_taken_back_for_longer(house):
    assert undo_within(case(mood_start=Mood.CALM, mood_end=Mood.ANGRY)) == timedelta(seconds=60)
    assert undo_within(case(mood_start=Mood.FURIOUS)) == timedelta(seconds=60)
    house.undo_seconds = 15
    house.save()
    calmed = case(mood_start=Mood.FURIOUS, mood_end=Mood.CALM)
    assert undo_within(calmed) == timedelta(seconds=15)


def test_of_a_mail_nobody_noted_a_mood_so_its_words_are_read():
    assert is_heated(case(FURIOUS, channel=Channel.EMAIL))
    assert not is_heated(case("When do you open on Monday?", channel=Channel.EMAIL))
