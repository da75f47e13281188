"""A contact goes to the case it belongs to, with all that hangs on it, and back within minutes."""

from datetime import timedelta

import pytest

from amends.cases.actions.correspondence import add_note
from amends.cases.actions.moving import (
    CaseBeganWithIt,
    MovesNowhere,
    NotOnThisCase,
    ThereAlready,
    TooLateToMoveBack,
    move_contact,
    move_contact_back,
)
from amends.cases.actions.opening import add_contact
from amends.cases.actions.within import CaseHasEnded
from amends.cases.models.case import Case, CaseContact
from amends.cases.models.moving import Moving
from amends.cases.queries.moving import movable_contacts, moved_lately
from amends.cases.rules.replay import replay
from amends.journal.models import Entry
from amends.staff.rules.permissions import Role
from tests import make
from tests.make import NOW

pytestmark = pytest.mark.django_db
SOON = NOW + timedelta(minutes=5)


@pytest.fixture
def ada(db):
    make.organisation()
    make.team()
    return make.staff("Ada", role=Role.MANAGER)


@pytest.fixture
def wrong(ada):
    return make.case()


@pytest.fixture
def right(ada):
    return make.case()


@pytest.fixture
def later(wrong):
    """A second contact of the case that it does not belong to."""
    contact = make.contact("And the bill is wrong.", person=wrong.person, channel="email")
    add_contact(wrong, contact=contact, by=wrong.person, at=NOW)
    return contact


def told(case):
    found = Entry.objects.filter(subject=f"case:{case.pk}").order_by("pk")
    return replay([(entry.kind, entry.facts) for entry in found])


def on(contact) -> list[Case]:
    return [link.case for link in CaseContact.objects.filter(contact=contact)]


def test_it_goes_as_it_is_and_both_are_due_anew(ada, wrong, right, later):
    before = later.words.sha256, later.words.text
    assert list(movable_contacts(wrong)) == [later]
    moving = move_contact(later, out_of=wrong, into=right, by=ada, at=NOW)
    assert on(later) == [right]
    later.refresh_from_db()
    assert (later.words.sha256, later.words.text) == before
    assert (moving.out_of, moving.into, moving.opened) == (wrong, right, False)
    for case in (wrong, right):
        case.refresh_from_db()
        assert case.next_due_at
        assert told(case).state == case.state
        assert Entry.objects.filter(kind="ContactMoved", subject=f"case:{case.pk}").count() == 1


def test_it_goes_to_a_new_case_where_none_is_named(ada, wrong, later):
    moving = move_contact(later, out_of=wrong, into=None, by=ada, at=NOW)
    assert on(later) == [moving.into]
    assert (moving.opened, moving.into.kind, moving.into.team) == (True, wrong.kind, wrong.team)
    assert told(moving.into).state == moving.into.state


def test_it_goes_back_within_minutes(ada, wrong, right, later):
    moving = move_contact(later, out_of=wrong, into=right, by=ada, at=NOW)
    assert moved_lately(right, at=SOON) == moved_lately(wrong, at=SOON) == moving
    assert move_contact_back(moving, by=ada, at=SOON) == wrong
    assert on(later) == [wrong]
    assert moved_lately(right, at=SOON) is None
    for case in (wrong, right):
        case.refresh_from_db()
        assert told(case).state == case.state


def test_a_case_opened_for_it_leads_to_the_other_once_it_went_back(ada, wrong, later):
    moving = move_contact(later, out_of=wrong, into=None, by=ada, at=NOW)
    move_contact_back(moving, by=ada, at=SOON)
    opened = Case.objects.get(pk=moving.into_id)
    assert (opened.state, opened.merged_into) == ("merged", wrong)
    assert told(opened).state == opened.state
    assert on(later) == [wrong]


def test_it_does_not_go_back_twice_nor_late_nor_after_more_was_done(ada, wrong, right, later):
    moving = move_contact(later, out_of=wrong, into=right, by=ada, at=NOW)
    with pytest.raises(TooLateToMoveBack):
        move_contact_back(moving, by=ada, at=NOW + timedelta(minutes=11))
    move_contact_back(moving, by=ada, at=SOON)
    with pytest.raises(TooLateToMoveBack):
        move_contact_back(moving, by=ada, at=SOON)
    moving = move_contact(later, out_of=wrong, into=None, by=ada, at=NOW)
    add_note(moving.into, text="Looked at.", by=ada, at=NOW)
    with pytest.raises(TooLateToMoveBack):
        move_contact_back(moving, by=ada, at=SOON)


def test_what_a_case_began_with_stays(ada, wrong, right):
    first = wrong.case_contacts.get().contact
    assert not movable_contacts(wrong).exists()
    with pytest.raises(CaseBeganWithIt):
        move_contact(first, out_of=wrong, into=right, by=ada, at=NOW)


def test_it_goes_to_another_case_only(ada, wrong, later):
    with pytest.raises(MovesNowhere):
        move_contact(later, out_of=wrong, into=wrong, by=ada, at=NOW)


def test_what_is_not_here_cannot_go(ada, wrong, right, later):
    move_contact(later, out_of=wrong, into=right, by=ada, at=NOW)
    with pytest.raises(NotOnThisCase):
        move_contact(later, out_of=wrong, into=right, by=ada, at=NOW)


@pytest.mark.parametrize("named", [True, False])
def test_what_is_told_on_two_cases_stays_on_both(ada, wrong, right, later, named):
    CaseContact.objects.create(case=right, contact=later, at=NOW)
    with pytest.raises(ThereAlready):
        move_contact(later, out_of=wrong, into=right if named else None, by=ada, at=NOW)


def test_it_does_not_go_to_a_case_that_has_ended(ada, wrong, right, later):
    make.withdrawn(right)
    right.refresh_from_db()
    with pytest.raises(CaseHasEnded):
        move_contact(later, out_of=wrong, into=right, by=ada, at=NOW)
    assert not Moving.objects.exists()
