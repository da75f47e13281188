"""Acting on what one has seen: two windows and a second click are harmless."""

from datetime import timedelta

import pytest

from amends.cases.actions.closing import apologise, thank
from amends.cases.actions.letters import acknowledge_by_mail
from amends.cases.actions.meanwhile import ChangedMeanwhile, DoneAlready, act_on_seen
from amends.cases.actions.opening import add_contact
from amends.journal.queries import entries_of, last_entry_of
from tests import make

pytestmark = pytest.mark.django_db
LATER = make.NOW + timedelta(minutes=5)


@pytest.fixture
def milda():
    return make.staff("Milda Jankauskaitė")


@pytest.fixture
def case(milda):
    make.team(members=(milda,))
    return make.case(owner=milda)


def seen_of(case):
    return last_entry_of(f"case:{case.pk}")


def thanks(case, by, *, seen, at=LATER):
    act_on_seen(case, seen=seen, run=lambda: thank(case, by=by, at=at), by=by, at=at)


def test_what_nobody_changed_is_done(case, milda):
    thanks(case, milda, seen=seen_of(case))
    case.refresh_from_db()
    assert case.thanked_at == LATER


def test_a_form_that_does_not_say_what_was_seen_is_done(case, milda):
    apologise(case, by=milda, at=make.NOW)
    thanks(case, milda, seen=None)
    assert entries_of(f"case:{case.pk}")[0].kind == "Thanked"


def test_what_a_colleague_changed_meanwhile_is_shown_first(case, milda):
    seen = seen_of(case)
    apologise(case, by=case.team.duty_owner, at=make.NOW)
    with pytest.raises(ChangedMeanwhile):
        thanks(case, milda, seen=seen)
    case.refresh_from_db()
    assert case.thanked_at is None


def test_what_the_customer_wrote_meanwhile_is_shown_first(case, milda):
    seen = seen_of(case)
    add_contact(case, contact=make.contact("One more thing."), by=None, at=make.NOW)
    with pytest.raises(ChangedMeanwhile):
        thanks(case, milda, seen=seen)


def test_what_amends_does_by_itself_stands_in_nobodys_way(milda):
    case = make.case(make.contact(person=make.person(email="ruta@post.example")))
    seen = seen_of(case)
    assert acknowledge_by_mail(case, at=make.NOW)
    thanks(case, milda, seen=seen)
    case.refresh_from_db()
    assert case.thanked_at == LATER


def test_a_second_click_does_nothing(case, milda):
    seen = seen_of(case)
    thanks(case, milda, seen=seen)
    with pytest.raises(DoneAlready):
        thanks(case, milda, seen=seen, at=LATER + timedelta(seconds=2))
    assert entries_of(f"case:{case.pk}").filter(kind="Thanked").count() == 1


def test_another_window_of_ones_own_shows_what_is_new_first(case, milda):
    seen = seen_of(case)
    apologise(case, by=milda, at=make.NOW)
    with pytest.raises(ChangedMeanwhile):
        thanks(case, milda, seen=seen)
