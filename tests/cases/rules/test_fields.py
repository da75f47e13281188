from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.cases.rules.fields import (
    EMPTY,
    Asked,
    FieldType,
    Filled,
    Problem,
    Stage,
    missing,
    problem_of,
    stages_entered,
    stages_passed,
    stages_to_closing,
)
from amends.cases.rules.lifecycle import State

NOW = datetime(2026, 3, 27, 15, tzinfo=UTC)
GOOD = {
    FieldType.SHORT_TEXT: Filled(text="A-17"),
    FieldType.LONG_TEXT: Filled(text="Long. " * 100),
    FieldType.NUMBER: Filled(number=Decimal(-12)),
    FieldType.AMOUNT: Filled(number=Decimal("49.50"), currency="EUR"),
    FieldType.DAY: Filled(day=date(2026, 3, 27)),
    FieldType.YES_NO: Filled(truth=False),
    FieldType.ONE_OF: Filled(choices=frozenset({1})),
    FieldType.SEVERAL_OF: Filled(choices=frozenset({1, 2})),
}


@pytest.mark.parametrize("kind", FieldType)
def test_a_field_holds_what_is_of_its_type_or_nothing(kind):
    assert problem_of(kind, GOOD[kind], offered=[1, 2]) is None
    assert problem_of(kind, EMPTY, offered=[]) is None


@given(st.sampled_from(FieldType), st.sampled_from(FieldType))
def test_a_field_holds_nothing_of_another_type(kind, other):
    fits = problem_of(kind, GOOD[other], offered=[1, 2]) is None
    assert fits or kind is not other
    both = Filled(text="x", truth=True)
    assert problem_of(kind, both, offered=[1, 2]) is Problem.NOT_OF_ITS_TYPE


@pytest.mark.parametrize(
    ("kind", "filled", "problem"),
    [
        (FieldType.SHORT_TEXT, Filled(text="x" * 201), Problem.TOO_LONG),
        (FieldType.LONG_TEXT, Filled(text="x" * 5_001), Problem.TOO_LONG),
        (FieldType.NUMBER, Filled(number=Decimal("1.5")), Problem.NOT_WHOLE),
        (FieldType.NUMBER, Filled(number=Decimal(10) ** 15), Problem.TOO_LARGE),
        (FieldType.NUMBER, Filled(number=Decimal("NaN")), Problem.TOO_LARGE),
        (FieldType.AMOUNT, Filled(number=Decimal("1.005"), currency="EUR"), Problem.NOT_WHOLE),
        (FieldType.AMOUNT, Filled(number=Decimal(1)), Problem.NO_CURRENCY),
        (FieldType.AMOUNT, Filled(number=Decimal(1), currency="eur"), Problem.NO_CURRENCY),
        (FieldType.ONE_OF, Filled(choices=frozenset({1, 2})), Problem.NOT_OFFERED),
        (FieldType.ONE_OF, Filled(choices=frozenset({3})), Problem.NOT_OFFERED),
        (FieldType.SEVERAL_OF, Filled(choices=frozenset({1, 3})), Problem.NOT_OFFERED),
        (FieldType.DAY, Filled(text="tomorrow"), Problem.NOT_OF_ITS_TYPE),
    ],
)
def test_what_does_not_fit_is_named(kind, filled, problem):
    assert problem_of(kind, filled, offered=[1, 2]) is problem


def test_no_is_an_answer_and_nought_is_a_number():
    assert not Filled(truth=False).is_empty
    assert not Filled(number=Decimal(0)).is_empty
    assert Filled(text="  ").is_empty


def test_a_stage_is_guarded_as_it_is_entered():
    assert stages_entered(State.ACKNOWLEDGED, State.ASSESSED) == (Stage.RECEIPT, Stage.ASSESSMENT)
    assert stages_entered(State.PROPOSED, State.DECIDED) == (Stage.DECISION,)
    assert stages_entered(State.FOLLOW_UP, State.CLOSED) == (Stage.CLOSING,)


def test_what_others_decide_and_what_ends_elsewhere_is_asked_nothing():
    assert stages_entered(State.EXTERNAL, State.DECIDED) == ()
    assert stages_entered(State.INTERNAL_REVIEW, State.DECIDED) == ()
    assert stages_entered(State.RECEIVED, State.WITHDRAWN) == ()


def test_closing_from_the_start_passes_all_that_comes_before():
    assert stages_to_closing(State.RECEIVED) == (Stage.RECEIPT, Stage.ASSESSMENT, Stage.CLOSING)
    assert stages_to_closing(State.FOLLOW_UP) == (Stage.CLOSING,)


def test_it_is_known_which_stages_are_behind_a_case():
    assert stages_passed(State.RECEIVED) == frozenset()
    assert stages_passed(State.FULFILLING) == {Stage.RECEIPT, Stage.ASSESSMENT}
    assert stages_passed(State.DECIDED) == {Stage.RECEIPT, Stage.ASSESSMENT, Stage.DECISION}


def _asked(stage, *, since=NOW, filled=False):
    return Asked({"en": "Contract number"}, stage, since if stage else None, filled)


def test_missing_is_what_a_stage_asks_for_and_is_not_there():
    lacks = _asked(Stage.CLOSING)
    asked = [lacks, _asked(Stage.CLOSING, filled=True), _asked(Stage.DECISION), _asked(None)]
    assert missing(asked, [Stage.CLOSING], registered_at=NOW) == (lacks,)


def test_receipt_asks_nothing_of_what_was_registered_before_it_asked():
    later = NOW + timedelta(days=1)
    asked = [_asked(Stage.RECEIPT, since=later)]
    assert missing(asked, [Stage.RECEIPT], registered_at=NOW) == ()
    assert missing(asked, [Stage.RECEIPT], registered_at=later) == tuple(asked)
