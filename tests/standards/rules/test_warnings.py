from datetime import UTC, datetime, timedelta

from amends.standards.rules.hours import Hours, calendar_of, read_openings
from amends.standards.rules.hours_over_time import Held, Until, worked_by
from amends.standards.rules.warnings import Warned, Watched, Whose, warnings_of

NOW = datetime(2026, 3, 27, 15, tzinfo=UTC)
HOUR = timedelta(hours=1)
OFFICE = Hours("UTC", "", "", (*[read_openings("9-17")] * 5, (), ()))
NIGHT = Hours("UTC", "", "", (read_openings("22-6"),) * 7)


def watched(**facts):
    return Watched(
        **{"about": Whose.STANDARD, "started_at": NOW, "due_at": NOW + 4 * HOUR, **facts}
    )


def warned(pk=1, before=HOUR, **facts):
    return Warned(**{"pk": pk, "about": Whose.STANDARD, "before": before, **facts})


def test_a_warning_comes_so_long_before_the_clock_is_over():
    assert warnings_of(watched(), [warned(), warned(2, 2 * HOUR)]) == {
        1: NOW + 3 * HOUR,
        2: NOW + 2 * HOUR,
    }


def test_one_that_would_come_before_the_clock_began_says_nothing():
    assert warnings_of(watched(), [warned(before=4 * HOUR)]) == {}


def test_only_those_of_its_kind_and_of_its_standard_are_given():
    several = [warned(1, about=Whose.LAW), warned(2, standard="other"), warned(3, standard="mine")]
    assert set(warnings_of(watched(standard="mine"), several)) == {3}


def test_it_is_counted_in_the_time_that_the_clock_counts_in():
    monday = datetime(2026, 3, 30, 10, tzinfo=UTC)
    clock = watched(due_at=monday, calendar=calendar_of(OFFICE))
    assert warnings_of(clock, [warned(before=2 * HOUR)]) == {1: NOW + HOUR}


def test_hours_of_one_s_own_hold_before_those_of_the_house_at_every_moment():
    house = Held(NIGHT, [Until(None, NOW)])
    own = Held(None, [Until(OFFICE, NOW + 5 * HOUR)])
    assert worked_by(own, house, NOW - HOUR) == [(NOW - HOUR, OFFICE), (NOW + 5 * HOUR, NIGHT)]
    assert worked_by(Held(None), house, NOW - HOUR) == [(NOW - HOUR, None), (NOW, NIGHT)]
    assert worked_by(Held(None), Held(None), NOW) == [(NOW, None)]
