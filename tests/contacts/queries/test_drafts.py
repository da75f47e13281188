from datetime import timedelta

import pytest

from amends.contacts.actions.drafts import Typing, keep_draft, park_draft
from amends.contacts.queries.drafts import draft_of, sheets_of
from amends.contacts.rules.kinds import DraftKind
from tests import make
from tests.make import NOW

pytestmark = pytest.mark.django_db


def keep(by, key, *, at=NOW, **fields):
    return keep_draft(Typing(DraftKind.SHEET, key, fields, 0), by=by, at=at)


def test_a_draft_is_found_by_its_place():
    agent = make.staff()
    kept = keep(agent, "a1", story="It is cold")
    assert draft_of(agent, DraftKind.SHEET, "a1") == kept
    assert draft_of(agent, DraftKind.COMPOSER, "a1") is None
    assert draft_of(make.staff(), DraftKind.SHEET, "a1") is None


def test_unfinished_sheets_are_told_by_who_or_what_they_are_about_oldest_first():
    agent = make.staff()
    later = keep(agent, "b", at=NOW + timedelta(minutes=5), story="cold " * 40, channel="desk")
    keep(agent, "a", who="Rūta", story="It is cold")
    park_draft(later, by=agent, at=NOW + timedelta(minutes=6))
    first, second = sheets_of(agent)
    assert (first.key, first.gist, first.parked) == ("a", "Rūta", False)
    assert (second.key, second.channel, second.parked) == ("b", "desk", True)
    assert second.gist.startswith("cold cold")
    assert len(second.gist) <= 61


def test_nobody_sees_what_a_colleague_types():
    keep(make.staff(), "a", story="It is cold")
    assert sheets_of(make.staff()) == []


def test_a_sheet_that_was_only_opened_is_none():
    agent = make.staff()
    keep(agent, "a", channel="desk", story=" ")
    assert sheets_of(agent) == []
