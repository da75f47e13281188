"""How somebody chose to hear of things."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from amends.notices.models import Choice, Habits
from amends.notices.rules.moments import DIGEST_HOUR
from amends.notices.rules.reasons import UNLESS_CHOSEN, Group, Way
from amends.staff.models import Staff, Team
from amends.staff.queries import zone_for
from amends.standards.queries import calendar_for
from amends.standards.rules.days import SATURDAY_AND_SUNDAY


@dataclass(frozen=True, slots=True)
class Likes:
    """How somebody likes to hear of things: the way of each group, and when."""

    ways: dict[Group, Way]
    digest_hour: int = DIGEST_HOUR
    on_working_days: bool = True
    mails_at_night: bool = False


def likes_of(staff: Staff) -> Likes:
    """Return how `staff` likes to hear of things."""
    return likes_of_all([staff.pk])[staff.pk]


def likes_of_all(keys: Collection[int]) -> dict[int, Likes]:
    """Return how each of the colleagues of these keys likes to hear of things."""
    chosen: dict[int, dict[Group, Way]] = {key: dict(UNLESS_CHOSEN) for key in keys}
    for key, group, way in Choice.objects.filter(staff__in=keys).values_list(
        "staff_id", "group", "way"
    ):
        chosen[key][Group(group)] = Way(way)
    habits = Habits.objects.in_bulk(keys)
    return {key: _likes(ways, habits.get(key)) for key, ways in chosen.items()}


def works_on(staff: Staff, likes: Likes) -> Callable[[date], bool]:
    """Return on which days `staff` is sent a digest: every day, or those on which they work.

    They work when their team is open; where nobody said when that is, from Monday to Friday.
    """
    if not likes.on_working_days:
        return lambda _day: True
    team = Team.objects.filter(members=staff, closed_at=None).order_by("pk").first()
    calendar = calendar_for(team.pk if team else 0)
    if calendar is None:
        return lambda day: day.weekday() not in SATURDAY_AND_SUNDAY
    return lambda day: bool(calendar.openings_on(day))


def local(staff: Staff, at: datetime) -> datetime:
    """Return `at` as the clock shows it where `staff` is."""
    zone: ZoneInfo = zone_for(staff)
    return at.astimezone(zone)


def _likes(ways: dict[Group, Way], habits: Habits | None) -> Likes:
    if habits is None:
        return Likes(ways)
    return Likes(ways, habits.digest_hour, habits.on_working_days, habits.mails_at_night)
