from datetime import timedelta
from decimal import Decimal

import pytest

from amends.cases.actions.giving import AmountWithoutRemedy
from amends.cases.actions.options import (
    Gives,
    NegativeSum,
    OptionSaysNothing,
    ProposedAlready,
    RemedyDueInThePast,
    RemedySaysNothing,
    Way,
    WhyLeftAsideNeeded,
    add_option,
    add_remedy,
    change_option,
    drop_option,
    drop_remedy,
)
from amends.cases.actions.within import CannotLookAfterIt
from amends.staff.rules.authority import RemedyKind
from amends.staff.rules.permissions import Role
from tests import make
from tests.cases import hard
from tests.cases.actions.seen import again, last_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return make.staff("Inga Ramanauskaitė")


@pytest.fixture
def case(owner):
    return make.case(owner=owner)


@pytest.mark.requirement("S2-09")
def test_an_option_has_its_cost_for_us_and_its_value_for_them(case, owner):
    way = Way(what="We mend it.", cost=Decimal("60.50"), value=Decimal(100), value_words="Warm")
    made = add_option(case, way=way, by=owner, at=make.NOW)
    kept = again(made)
    assert (kept.what, kept.cost, kept.value, kept.currency) == (
        "We mend it",
        Decimal("60.50"),
        Decimal(100),
        "EUR",
    )
    assert last_entry()[0] == "OptionAdded"


def test_an_option_says_something_and_costs_no_less_than_nothing(case, owner):
    with pytest.raises(OptionSaysNothing):
        add_option(case, way=Way(what=" "), by=owner, at=make.NOW)
    with pytest.raises(NegativeSum):
        add_option(case, way=Way(what="So", cost=Decimal(-1)), by=owner, at=make.NOW)


def test_what_an_option_gives_is_added_and_dropped(case, owner):
    option = hard.option(case)
    refund = option.remedies.get(kind="refund-part")
    assert (refund.amount, refund.currency, refund.owner) == (Decimal(49), "EUR", owner)
    later = hard.NOW + timedelta(hours=1)
    assert drop_remedy(refund, by=owner, at=later).dropped_at == later
    assert again(option).changed_at == later
    assert drop_option(option, why="Too dear.", by=owner, at=later).dropped_at == later


def test_what_is_weighed_anew_is_approved_anew(case, owner):
    option = hard.option(case)
    later = hard.NOW + timedelta(hours=1)
    way = Way(what="We mend it at once.", cost=Decimal(70), value_words=" Warm ")
    changed = again(change_option(option, way=way, by=owner, at=later))
    assert (changed.what, changed.cost, changed.value) == ("We mend it at once", 70, None)
    assert (changed.value_words, changed.changed_at) == ("Warm", later)
    assert last_entry()[0] == "OptionChanged"
    with pytest.raises(OptionSaysNothing):
        change_option(option, way=Way(what=""), by=owner, at=later)


def test_why_a_way_is_left_aside_is_said_once(case, owner):
    option = hard.option(case)
    with pytest.raises(WhyLeftAsideNeeded):
        drop_option(option, why=" ", by=owner, at=hard.NOW)
    drop_option(option, why="Too dear.", by=owner, at=hard.NOW)
    again_ = drop_option(option, why="Too slow.", by=owner, at=hard.NOW + timedelta(hours=1))
    assert (again_.dropped_at, again_.dropped_why) == (hard.NOW, "Too dear.")


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"what": " "}, RemedySaysNothing),
        ({"due_at": make.NOW}, RemedyDueInThePast),
        ({"kind": RemedyKind.REPAIR, "amount": Decimal(5)}, AmountWithoutRemedy),
        ({"amount": Decimal(-5)}, NegativeSum),
    ],
)
def test_a_remedy_that_cannot_be_is_refused(case, owner, facts, refusal):
    option = hard.option(case)
    told = {"kind": RemedyKind.CREDIT, "what": "A credit", **facts}
    with pytest.raises(refusal):
        add_remedy(option, gives=Gives(**told), by=owner, at=hard.NOW)


def test_a_remedy_is_given_by_somebody_who_can(case, owner):
    auditor = make.staff(role=Role.AUDITOR)
    gives = Gives(kind=RemedyKind.REPAIR, what="We mend it", owner=auditor)
    with pytest.raises(CannotLookAfterIt):
        add_remedy(hard.option(case), gives=gives, by=owner, at=hard.NOW)


def test_what_was_put_to_the_customer_is_not_changed_under_their_feet(owner):
    option = hard.proposed(owner).option
    with pytest.raises(ProposedAlready):
        hard.remedy(option, RemedyKind.REPAIR, "We mend it")
    with pytest.raises(ProposedAlready):
        drop_remedy(option.remedies.get(kind="apology"), by=owner, at=hard.NOW)
    with pytest.raises(ProposedAlready):
        drop_option(option, why="Too dear.", by=owner, at=hard.NOW)
    with pytest.raises(ProposedAlready):
        change_option(option, way=Way(what="Less"), by=owner, at=hard.NOW)


def test_what_was_decided_is_not_changed_any_more(owner):
    option = hard.decided(owner).decision.proposal.option
    with pytest.raises(ProposedAlready):
        drop_option(option, why="Too dear.", by=owner, at=hard.NOW)
