from datetime import UTC, datetime, timedelta

import pytest

from amends.cases.rules.kinds import CaseKind
from amends.cases.rules.rare import Before, Rare, rare_moment

NOW = datetime(2026, 11, 20, tzinfo=UTC)
COMPLAINT, REQUEST = CaseKind.COMPLAINT, CaseKind.REQUEST


def days_ago(days):
    return NOW - timedelta(days=days)


@pytest.mark.requirement("S3-20")
@pytest.mark.parametrize(
    ("before", "kind", "rare"),
    [
        (Before(), COMPLAINT, Rare.FIRST_TIME),
        (Before(), REQUEST, Rare.FIRST_TIME),
        (Before(contacts=3, last_at=days_ago(9)), COMPLAINT, Rare.FIRST_COMPLAINT),
        (Before(contacts=3, last_at=days_ago(9)), REQUEST, None),
        (Before(contacts=3, complaints=1, last_at=days_ago(9)), COMPLAINT, None),
        (Before(contacts=3, complaints=1, last_at=days_ago(365)), COMPLAINT, Rare.AFTER_LONG),
        (Before(contacts=3, complaints=1, last_at=days_ago(364)), COMPLAINT, None),
        (Before(contacts=3, last_at=days_ago(400)), REQUEST, Rare.AFTER_LONG),
    ],
)
def test_only_the_rare_moments_are_told(before, kind, rare):
    assert rare_moment(before, kind=kind, at=NOW) is rare
