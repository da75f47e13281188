import pytest

from amends.cases.rules.findings import (
    Expectation,
    Found,
    is_blind,
    is_found_on,
    is_hard,
    lacks_evidence,
)
from amends.cases.rules.kinds import Outcome, Track

UPHELD = Found(Outcome.UPHELD, 1)
OPEN = Found(Outcome.NOT_JUDGED, 0)


def test_customers_expect_fifteen_things():
    assert len(Expectation) == 15


@pytest.mark.parametrize(
    ("track", "severity", "hard"),
    [
        (Track.LIGHT, None, False),
        (Track.LIGHT, 2, False),
        (Track.LIGHT, 3, True),
        (Track.FULL, None, True),
    ],
)
def test_a_case_is_hard_on_the_full_track_or_when_it_is_serious(track, severity, hard):
    assert is_hard(track, severity) is hard


@pytest.mark.parametrize(
    ("found", "complete"), [([], False), ([UPHELD], True), ([UPHELD, OPEN], False)]
)
@pytest.mark.requirement("S0-02")
def test_all_is_found_on_when_each_thing_complained_of_has_a_finding(found, complete):
    assert is_found_on(found) is complete


@pytest.mark.parametrize(
    ("validity", "pieces", "lacks"),
    [
        (Outcome.UPHELD, 0, True),
        (Outcome.NOT_UPHELD, 0, True),
        (Outcome.UPHELD, 1, False),
        (Outcome.UNABLE_TO_DETERMINE, 0, False),
        (Outcome.OUT_OF_SCOPE, 0, False),
        (Outcome.NOT_JUDGED, 0, False),
    ],
)
@pytest.mark.requirement("S2-02")
def test_a_judgement_rests_on_evidence_whoever_complains(validity, pieces, lacks):
    assert lacks_evidence(Found(validity, pieces)) is lacks


@pytest.mark.parametrize(
    ("severity", "decides", "found", "opened", "blind"),
    [
        (3, True, [OPEN], False, True),
        (3, True, [UPHELD], False, False),
        (3, True, [OPEN], True, False),
        (3, False, [OPEN], False, False),
        (2, True, [OPEN], False, False),
        (None, True, [], False, False),
    ],
)
@pytest.mark.requirement("S3-48")
def test_history_is_kept_from_the_decider_of_a_grave_case_until_all_is_found(
    severity, decides, found, opened, blind
):
    told = is_blind(severity=severity, decides=decides, found=found, opened=opened)
    assert told is blind
