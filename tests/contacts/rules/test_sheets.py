import pytest

from amends.contacts.rules.sheets import says_something

OPENED = {
    "channel": "desk",
    "kind": "complaint",
    "begun": "2026-11-22T20:37:00+02:00",
    "language": "lt",
    "remedy": "repair",
    "field_3_currency": "EUR",
    "story": " \n",
}


@pytest.mark.parametrize("fields", [{}, OPENED])
def test_a_sheet_that_was_only_opened_says_nothing(fields):
    assert not says_something(fields)


@pytest.mark.parametrize(
    "said", [{"story": "It"}, {"person": "3"}, {"mood": "4"}, {"apologised": "on"}]
)
def test_a_word_a_person_a_mood_or_a_tick_is_something(said):
    assert says_something({**OPENED, **said})
