import pytest

from amends.cases.rules.contributing import asks_for_steps, once_each
from amends.cases.rules.kinds import Outcome


@pytest.mark.requirement("S1-04")
@pytest.mark.parametrize(
    ("outcome", "named", "asked"),
    [
        (Outcome.UPHELD, 0, True),
        (Outcome.PARTLY_UPHELD, 0, True),
        (Outcome.UPHELD, 1, False),
        (Outcome.NOT_UPHELD, 0, False),
        (Outcome.NOT_JUDGED, 0, False),
    ],
)
def test_what_was_found_right_names_at_least_one_step(outcome, named, asked):
    assert asks_for_steps(outcome, named=named) is asked


def test_each_is_named_once_and_in_order():
    assert once_each(["Milda", "", "Inga", "Milda"]) == ("Milda", "Inga")
