"""Which advice was at hand, what of it was followed, and what can be told of it."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.cases.models.case import Case
from amends.coach.actions import NoSuchCard, follow_advice, forget_card
from amends.coach.models import CardAtHand
from amends.coach.queries import cards_followed, expired_cards, what_helped
from amends.coach.rules import CARDS, Advice, Moved, card_lasts, difference
from amends.standards.rules.measured import Counted
from tests import make

DID, SAID, BOTH = frozenset({Advice.DID}), frozenset({Advice.SAID}), frozenset(Advice)


def met(by, *, start=3, end=1, card="slowing", followed=DID):
    contact = make.contact(by=by, mood_start=start, mood_end=end)
    case = make.case(contact, owner=by)
    follow_advice(case, contact=contact, card=card, followed=followed, by=by, at=make.NOW)
    return case, contact


def apart(one, two):
    """Return the difference of two that can be told apart."""
    told = difference(one, two)
    assert told
    return told


@pytest.fixture
def three():
    return [make.staff() for _each in range(3)]


@pytest.mark.django_db
@pytest.mark.requirement("S3-60")
def test_advice_is_counted_with_and_without_it(three):
    for turn in range(6):
        met(three[turn % 3])
        met(three[turn % 3], end=3, followed=SAID)
    met(three[0], start=0, end=0)
    did, said = what_helped()
    assert (did.card, did.advice, did.at_hand, did.followed) == ("slowing", Advice.DID, 13, 7)
    assert did.with_it == Moved(Counted(6, 0), 3, 2.0)
    assert did.without_it == Moved(Counted(0, 6), 3, 0.0)
    assert (said.followed, said.with_it.counted) == (6, Counted(0, 6))
    low, high = apart(did.with_it, did.without_it)
    assert 0 < low < high <= 1


@pytest.mark.django_db
def test_what_was_followed_is_of_the_contact_and_can_be_taken_back(three):
    case, contact = met(three[0], followed=BOTH)
    assert cards_followed(contact) == {"slowing": BOTH}
    follow_advice(
        case, contact=contact, card="slowing", followed=frozenset(), by=three[0], at=make.NOW
    )
    assert cards_followed(contact) == {"slowing": frozenset()}
    assert str(CardAtHand.objects.get(by=three[0])) == "slowing"


@pytest.mark.django_db
def test_no_card_and_no_contact_of_another_case_is_taken(three):
    _case, contact = met(three[0])
    other = make.case(owner=three[0])
    own = Case.objects.get(case_contacts__contact=contact)
    for case, card in ((own, "no card"), (other, "slowing")):
        with pytest.raises(NoSuchCard):
            follow_advice(case, contact=contact, card=card, followed=DID, by=three[0], at=make.NOW)


@pytest.mark.django_db
def test_the_card_of_a_manner_is_forgotten_as_early_as_the_manner(three):
    _case, contact = met(three[0], card="angry")
    kept = CardAtHand.objects.get()
    assert kept.expires_at == contact.ended_at + timedelta(days=90)
    forget_card(kept, at=kept.expires_at - timedelta(seconds=1))
    assert not expired_cards(kept.expires_at - timedelta(seconds=1)).exists()
    [due] = expired_cards(kept.expires_at)
    forget_card(due, at=kept.expires_at)
    assert not CardAtHand.objects.exists()
    assert card_lasts("slowing") == timedelta(days=365)


def test_few_contacts_or_few_colleagues_are_not_told_of():
    enough = Moved(Counted(3, 2), 3)
    assert enough.is_told
    for too_few in (Moved(Counted(2, 2), 3), Moved(Counted(30, 20), 2)):
        assert not too_few.is_told
        assert difference(enough, too_few) is None
        assert difference(too_few, enough) is None


def test_the_difference_is_newcombe_s():
    # Newcombe 1998, example a: 56 of 70 against 48 of 80.
    low, high = apart(Moved(Counted(56, 14), 3), Moved(Counted(48, 32), 3))
    assert (round(low, 4), round(high, 4)) == (0.0524, 0.3339)


@given(st.integers(0, 40), st.integers(5, 40), st.integers(0, 40), st.integers(5, 40))
def test_the_difference_holds_what_was_seen_and_turns_with_its_sides(kept, lost, had, missed):
    one, two = Moved(Counted(kept, lost), 3), Moved(Counted(had, missed), 3)
    low, high = apart(one, two)
    assert -1 <= low <= kept / (kept + lost) - had / (had + missed) <= high <= 1
    assert difference(two, one) == pytest.approx((-high, -low))


def test_there_is_a_card_for_each_phase_and_manner():
    assert len(CARDS) == len(set(CARDS)) == 12
