import pytest

from amends.cases.rules.suggesting import (
    MOST,
    MOST_SOLVED,
    Offer,
    Why,
    stems_in,
    suggested,
    told_apart,
)


def offer(key="one", words="", **more):
    return Offer(key=key, words=stems_in(words), **more)


def keys(*offers, said=""):
    return [one.key for one in suggested(offers, said=stems_in(said))]


@pytest.mark.parametrize(
    ("facts", "whys"),
    [
        ({"of_topic": True}, (Why.TOPIC,)),
        ({"of_topic": True, "of_kind": True}, (Why.TOPIC,)),
        ({"of_kind": True}, (Why.KIND,)),
        ({"times": 12}, (Why.USED,)),
        ({"times": 12, "times_on_topic": 3}, (Why.USED_ON_TOPIC,)),
        ({"of_topic": True, "times": 12}, (Why.TOPIC, Why.USED)),
        ({"solved": True, "of_topic": True}, (Why.SOLVED, Why.TOPIC)),
        ({"words": "the radiator leaks"}, (Why.WORDS,)),
    ],
)
def test_what_is_suggested_says_why(facts, whys):
    (one,) = suggested([offer(**facts)], said=stems_in("Radiators leaked again"))
    assert one.whys == whys


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"times": 3},
        {"words": "radiator"},
        {"of_topic": True, "in_language": False},
    ],
)
def test_what_says_too_little_or_is_in_another_language_is_not_suggested(facts):
    assert keys(offer(**facts), said="Radiators leaked") == []


def test_the_likeliest_come_first_and_of_equals_the_one_that_stands_first_in_the_list():
    assert keys(
        offer("kind", of_kind=True),
        offer("first", of_topic=True),
        offer("second", of_topic=True),
        offer("solved", solved=True, of_topic=True),
        offer("used", of_topic=True, times=40, times_on_topic=9),
    ) == ["used", "solved", "first", "second", "kind"]


def test_words_that_most_answers_hold_tell_them_apart_from_nothing():
    letters = [offer(str(n), "thank you for writing about the water") for n in range(3)]
    assert keys(*letters, said="writing about water") == []
    assert keys(*letters, offer("tap", "leaked faucet"), said="a faucet that leaks") == ["tap"]


def test_it_counts_how_much_of_a_text_is_shared_and_not_how_long_it_is():
    long = "whom else can you turn to: somebody outside who settles what we cannot settle together"
    said = "nobody comes, somebody cannot settle the cold radiators; an engineer should come"
    assert keys(offer("long", long), offer("short", "an engineer comes"), said=said) == [
        "short",
        "long",
    ]


def test_everyday_words_tell_a_case_apart_from_nothing():
    others = [{"somebody", f"valve-{n}"} for n in range(16)] + [{"faucet"}] * 2
    said = frozenset({"somebody", "faucet", "radiator"})
    assert told_apart(said, others=others) == {"faucet", "radiator"}


def test_where_few_cases_are_known_no_word_is_known_to_be_a_rare_one():
    assert told_apart(frozenset({"radiator"}), others=[{"somebody"}] * 15) == frozenset()


def test_at_most_five_are_suggested_and_two_of_them_for_having_helped_elsewhere():
    solved = [offer(f"s{n}", solved=True, of_topic=True) for n in range(4)]
    ready = [offer(str(n), of_topic=True) for n in range(6)]
    found = keys(*solved, *ready)
    assert found[:MOST_SOLVED] == ["s0", "s1"]
    assert len(found) == MOST
    assert found[2:] == ["0", "1", "2"]


def test_endings_figures_and_short_words_make_no_odds():
    assert stems_in("Šildymas, šildymo 1234 no") == {"sildy"}
