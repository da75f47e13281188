"""Who had to wait for somebody else is told on their case."""

from datetime import timedelta

import pytest

from amends.cases.actions.opening import Opening
from amends.cases.actions.taking_down import Sheet, take_down
from amends.cases.models.sheets import TakenDown
from amends.cases.rules.kinds import CaseKind
from amends.contacts.actions.drafts import Typing, keep_draft, park_draft
from amends.contacts.actions.recording import Telling
from amends.contacts.rules.kinds import Channel, Direction, DraftKind, Source
from amends.journal.models import Entry
from tests import make
from tests.make import NOW

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def agent():
    make.organisation()
    return make.staff("Inga Ramanauskaitė")


def sheet(by, key="a1", channel=Channel.DESK):
    telling = Telling(
        channel=channel,
        direction=Direction.IN,
        text="It went cold again.",
        source=Source.TAKEN_DOWN,
        started_at=NOW - MINUTE,
        ended_at=NOW,
    )
    opening = Opening(kind=CaseKind.COMPLAINT, team=make.team(members=(by,)), language="lt")
    return Sheet(key=key, telling=telling, opening=opening)


def put_aside(agent, key, *, at, **facts):
    """Put a sheet aside `at`, begin another, and take both down: the other one first, if `key`."""
    typed = Typing(DraftKind.SHEET, "a1", {"story": "It is cold"}, 0)
    park_draft(keep_draft(typed, by=agent, at=at), by=agent, at=at)
    if key:
        take_down(sheet(agent, key=key), by=agent, at=at + MINUTE)
    return take_down(sheet(agent, **facts), by=agent, at=NOW)


@pytest.mark.requirement("S3-56")
def test_who_had_to_wait_for_somebody_else_is_told_on_the_case(agent):
    first = put_aside(agent, "b2", at=NOW - 5 * MINUTE)
    other = TakenDown.objects.get(key="b2")
    told = Entry.objects.get(kind="ContactPutAside")
    assert told.subject == f"case:{first.case_id}"
    assert told.facts == {
        "case_id": first.case_id,
        "contact_id": first.contact_id,
        "since": (NOW - 5 * MINUTE).isoformat(),
        "for_contact_id": other.contact_id,
    }


def test_so_it_is_while_the_other_sheet_is_still_open(agent):
    later = Typing(DraftKind.SHEET, "b2", {"story": "Excuse me"}, 0)
    keep_draft(later, by=agent, at=NOW - MINUTE)
    put_aside(agent, "", at=NOW - 5 * MINUTE)
    assert Entry.objects.get(kind="ContactPutAside").facts["for_contact_id"] is None


@pytest.mark.parametrize(
    ("key", "minutes", "channel"),
    [("", 5, "desk"), ("b2", 5, "letter"), ("b2", 300, "desk")],
)
def test_what_was_only_left_lying_made_nobody_wait(agent, key, minutes, channel):
    put_aside(agent, key, at=NOW - minutes * MINUTE, channel=Channel(channel))
    assert not Entry.objects.filter(kind="ContactPutAside").exists()
