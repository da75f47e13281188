"""What an act is about, and so what stands in its way."""

import pytest

from amends.cases.rules.meanwhile import BESIDE, Concern, concerns, is_left_by


@pytest.mark.parametrize(
    ("concern", "kind", "expected"),
    [
        (Concern.CASE, "WishNoted", True),
        (Concern.CASE, "SomethingNew", True),
        (Concern.CASE, "NoteAdded", False),
        (Concern.NOTE, "CaseClosed", False),
        (Concern.CALL, "ContactAdded", False),
        (Concern.REPLY, "ReplySent", True),
        (Concern.REPLY, "PromiseMade", True),
        (Concern.REPLY, "WishNoted", False),
        (Concern.PROMISES, "PromiseKept", True),
        (Concern.PROMISES, "CaseAssessed", False),
        (Concern.ASSESSMENT, "CaseAssessed", True),
        (Concern.ASSESSMENT, "PromiseMade", False),
        (Concern.WISH, "NeedBySet", True),
        (Concern.NEEDS, "NeedsNoted", True),
        (Concern.NEEDS, "WishNoted", False),
    ],
)
def test_an_act_is_concerned_by_what_it_is_about(concern, kind, expected):
    assert concerns(concern, kind) is expected


@pytest.mark.parametrize("kind", sorted(BESIDE))
def test_what_stands_beside_the_case_concerns_no_act(kind):
    assert not any(concerns(concern, kind) for concern in Concern)


@pytest.mark.parametrize("concern", sorted(set(Concern) - {Concern.NOTE, Concern.CALL}, key=str))
def test_after_a_turn_of_the_case_every_act_is_looked_at_again(concern):
    assert concerns(concern, "CaseClosed")


@pytest.mark.parametrize(
    ("concern", "kind", "expected"),
    [
        (Concern.NOTE, "NoteAdded", True),
        (Concern.NOTE, "ContactAdded", False),
        (Concern.CALL, "ContactAdded", True),
        (Concern.REPLY, "ReplySent", True),
        (Concern.REPLY, "PromiseMade", False),
        (Concern.CASE, "Thanked", True),
        (Concern.CASE, "NoteAdded", False),
        (Concern.PROMISES, "PromiseMade", True),
    ],
)
def test_a_second_click_is_known_by_what_the_first_left(concern, kind, expected):
    assert is_left_by(concern, kind) is expected
