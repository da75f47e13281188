from datetime import timedelta
from typing import Any

import pytest

from amends.standards.rules.targets import About, Measure, Standard, standard_for

HOUR = timedelta(hours=1)


def first_answer(key: str, hours: float, **named) -> Standard:
    sets: dict[str, Any] = {name: frozenset(values) for name, values in named.items()}
    return Standard(key=key, measure=Measure.FIRST_ANSWER, span=hours * HOUR, **sets)


STANDARDS = [
    first_answer("all", 8),
    first_answer("chat", 1, channels={"chat"}),
    first_answer("complaints", 4, kinds={"complaint"}),
    first_answer("desk", 3, teams={"desk"}),
    first_answer("grave", 0.5, severities={4, 5}),
    first_answer("vip by chat", 2, channels={"chat"}, groups={"vip"}),
    first_answer("hospital", 6, customers={"hospital"}),
    first_answer("grave at the hospital", 5, customers={"hospital"}, severities={5}),
    Standard(key="resolution", measure=Measure.RESOLUTION, span=HOUR),
]


@pytest.mark.parametrize(
    ("about", "key"),
    [
        (About(), "all"),
        (About(kind="request", team="back"), "all"),
        (About(kind="complaint"), "complaints"),
        (About(kind="complaint", team="desk"), "desk"),  # as close, and stricter
        (About(channel="chat", team="desk"), "chat"),
        (About(channel="chat", group="vip"), "vip by chat"),  # closer, though less strict
        (About(severity=5, channel="chat"), "grave"),
        (About(severity=3), "all"),
        (About(customers=frozenset({"school"})), "all"),
        # What was agreed with them goes before all that holds for everybody.
        (About(channel="chat", group="vip", customers=frozenset({"hospital", "n"})), "hospital"),
        (About(severity=5, customers=frozenset({"hospital"})), "grave at the hospital"),
    ],
)
def test_the_standard_that_names_most_of_a_case_holds_and_of_equals_the_strictest(about, key):
    found = standard_for(STANDARDS, Measure.FIRST_ANSWER, about)
    assert found
    assert found.key == key


def test_where_none_fits_none_holds():
    assert standard_for(STANDARDS, Measure.UPDATE, About()) is None
    assert standard_for([], Measure.FIRST_ANSWER, About()) is None


def test_a_standard_gives_some_time():
    with pytest.raises(ValueError, match="gives some time"):
        first_answer("none", 0)
    for wrong in ({"span": HOUR, "days": 1}, {"days": -1}, {"span": -HOUR, "days": 1}):
        with pytest.raises(ValueError, match="gives some time"):
            Standard(key="none", measure=Measure.UPDATE, **wrong)


def test_a_working_day_is_beside_hours_what_eight_of_them_are():
    days = Standard(key="day", measure=Measure.FIRST_ANSWER, days=1)
    whole = Standard(key="whole", measure=Measure.FIRST_ANSWER, days=1, around_the_clock=True)
    for others, key in (([first_answer("nine", 9)], "day"), ([first_answer("seven", 7)], "seven")):
        found = standard_for([days, whole, *others], Measure.FIRST_ANSWER, About())
        assert found
        assert found.key == key
