import pytest

from amends.cases.rules.replay import replay
from amends.cases.rules.tags import as_shown, folded, found_by, names_in_common, stands_for

# 1 was joined to 2, and 2 to 3; 4 stands alone.
JOINED = {1: 2, 2: 3, 3: None, 4: None}


@pytest.mark.parametrize(("tag", "shown"), [(1, 3), (2, 3), (3, 3), (4, 4), (9, 9)])
def test_a_tag_stands_for_the_last_it_was_joined_to(tag, shown):
    assert stands_for(tag, JOINED) == shown


def test_two_that_were_joined_are_shown_once():
    assert as_shown([1, 3, 4], JOINED) == {3, 4}


@pytest.mark.parametrize(("tag", "found"), [(1, {1, 2, 3}), (3, {1, 2, 3}), (4, {4}), (9, {9})])
def test_what_was_joined_is_found_together(tag, found):
    assert found_by(tag, JOINED) == found


@pytest.mark.parametrize(
    ("one", "other", "common"),
    [
        ({"en": "Billing"}, {"en": " billing "}, {"en"}),
        ({"en": "Billing", "lt": "Sąskaita"}, {"lt": "SĄSKAITA"}, {"lt"}),
        ({"en": "Billing"}, {"lt": "Billing"}, set()),
        ({"en": " "}, {"en": ""}, set()),
    ],
)
def test_two_tags_are_called_alike_in_a_language(one, other, common):
    assert names_in_common(one, other) == common


def test_case_and_spaces_do_not_tell_names_apart():
    assert folded("  Winter   2026 ") == "winter 2026"


def test_the_journal_tells_which_tags_a_case_has():
    told = replay([("CaseTagged", {"tag_id": 7}), ("CaseTagged", {"tag_id": 8})])
    assert told.tags == {7, 8}
    assert replay([("CaseTagged", {"tag_id": 7}), ("CaseUntagged", {"tag_id": 7})]).tags == set()
