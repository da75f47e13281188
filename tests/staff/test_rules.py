from zoneinfo import ZoneInfo

import pytest

from amends.staff.rules.authority import FREE, GRAVE, MONEY, Limit, RemedyKind, first_limits
from amends.staff.rules.organisation import LIKELY, OURS, Customs, countries, customs_of
from amends.staff.rules.permissions import ALLOWED, Act, Role
from amends.staff.rules.steps import DISMISSED, FirstStep, is_needed, tried

DONE = {FirstStep.TAKE_A_CALL, FirstStep.MAKE_A_PROMISE, FirstStep.SEE_THE_CUSTOMER}


@pytest.mark.parametrize(
    ("country", "customs"),
    [
        ("LT", Customs("lt", "EUR", "Europe/Vilnius")),
        ("PL", Customs("pl", "PLN", "Europe/Warsaw")),
        ("AL", Customs("sq", "ALL", "Europe/Tirane")),
        ("XK", Customs("sq", "EUR", "Europe/Belgrade")),
        ("RU", Customs("ru", "RUB", "Europe/Moscow")),
        ("GB", Customs("en", "GBP", "Europe/London")),
        ("BY", Customs("ru", "BYN", "Europe/Minsk")),
        ("DE", Customs("en", "EUR", "Europe/Berlin")),
        ("nowhere", Customs("en", "EUR", "UTC")),
    ],
)
def test_a_country_says_what_goes_without_saying(country, customs):
    assert customs_of(country) == customs


def test_every_country_has_a_zone_that_exists():
    assert set(LIKELY) <= set(countries())
    for country in countries():
        customs = customs_of(country)
        assert ZoneInfo(customs.zone).key == customs.zone
        assert customs.language in OURS


def test_the_first_limits_are_wide_for_the_owner_and_free_of_money_for_others():
    assert first_limits(owner=True) == dict.fromkeys(set(RemedyKind) - FREE, Limit(None))
    assert not set(first_limits(owner=False)) & (MONEY | GRAVE | FREE)


@pytest.mark.parametrize("act", Act)
def test_every_act_is_somebody_s(act):
    assert any(act in allowed for allowed in ALLOWED.values())


def test_an_auditor_changes_nothing():
    assert ALLOWED[Role.AUDITOR] <= {
        Act.SEE_CASES,
        Act.SEE_CUSTOMERS,
        Act.SEE_OUTGOING_MAIL,
        Act.SEE_JOURNAL,
    }


def test_each_first_step_is_ticked_by_its_evidence():
    steps = tried({FirstStep.MAKE_A_PROMISE})
    assert [step.done for step in steps] == [False, True, False, False]
    assert [step.can_wait for step in steps] == [False, False, False, True]


@pytest.mark.parametrize(
    ("evidence", "seen", "needed"),
    [
        (set(), [], True),
        (DONE, [], False),
        (set(), [DISMISSED], False),
        (set(FirstStep), [], False),
    ],
)
def test_the_first_five_minutes_end_when_all_is_tried_or_they_are_dismissed(evidence, seen, needed):
    assert is_needed(evidence, seen) is needed
