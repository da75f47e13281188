import pytest

from amends.learning.rules.targets import (
    RARE,
    Example,
    Measured,
    Target,
    Tried,
    likeliest,
    older_and_newest,
    usable,
    verdict,
    why_not,
)
from tests.learning.examples import examples


def test_nothing_about_a_person_a_remedy_or_how_urgent_it_is_can_be_learnt():
    assert [target.value for target in Target] == ["kind", "topic", "team"]


def test_what_is_rare_is_one_class_that_is_never_suggested():
    many = [Example("x", "a")] * 20 + [Example("y", str(each)) for each in range(12)]
    assert {one.label for one in usable(many)} == {"a", RARE}
    assert likeliest({RARE: 0.9, "a": 0.1}, now="", open_to=["a"]) == ""


def test_a_handful_of_what_is_rare_is_left_out():
    few = [Example("x", "a")] * 20 + [Example("y", "b")] * 3
    assert {one.label for one in usable(few)} == {"a"}


def test_below_two_hundred_examples_nothing_is_learnt():
    assert why_not(examples(198)) is Tried.TOO_FEW
    assert why_not(examples(240)) is None
    assert why_not([Example("x", "a")] * 300) is Tried.ONE_CLASS


def test_the_newest_fifth_is_held_out():
    older, newest = older_and_newest([Example(str(each), "a") for each in range(10)])
    assert [one.text for one in newest] == ["8", "9"]
    assert len(older) == 8


@pytest.mark.parametrize(
    ("measured", "becomes"),
    [
        (Measured(held_out=50, right=25, before=None, guess=25), Tried.NO_BETTER_THAN_GUESSING),
        (Measured(held_out=50, right=40, before=41, guess=25), Tried.WORSE_THAN_BEFORE),
        (Measured(held_out=50, right=40, before=40, guess=25), Tried.KEPT),
        (Measured(held_out=50, right=40, before=None, guess=25), Tried.KEPT),
    ],
)
def test_a_new_model_is_used_only_if_it_is_no_worse(measured, becomes):
    assert verdict(measured) is becomes


def test_only_what_is_sure_new_and_can_be_chosen_is_suggested():
    sure = {"a": 0.7, "b": 0.3}
    assert likeliest(sure, now="b", open_to=["a", "b"]) == "a"
    assert likeliest(sure, now="a", open_to=["a", "b"]) == ""
    assert likeliest(sure, now="b", open_to=["b"]) == ""
    assert likeliest({"a": 0.59, "b": 0.41}, now="", open_to=["a"]) == ""
    assert likeliest({}, now="", open_to=["a"]) == ""
