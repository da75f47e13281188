"""What the demonstration holds itself to, and how that was kept since it began."""

from datetime import datetime, timedelta

from amends.cases.actions.timekeeping import keep_clocks
from amends.cases.models.case import Case
from amends.cases.rules.kinds import CaseKind
from amends.staff.models import Staff
from amends.standards.actions import (
    Notice,
    Target,
    set_warning,
    ship_profiles,
    write_standard,
)
from amends.standards.rules.history import WaitingFor
from amends.standards.rules.targets import Measure
from amends.standards.rules.warnings import Whose
from config.demonstration.house import House

DAY = timedelta(days=1)


def hold_to(house: House, since: datetime) -> None:
    """Write down the clocks of the law, our standards, and how the ended cases kept them.

    It comes last, and open cases learn of it from the sweeper: nothing waits for that. What is
    written is as if it had been since the beginning.
    """
    ship_profiles(at=since)
    marta = house.staff["marta"]
    for key, target in _targets(house.staff["grace"], marta):
        write_standard(key, target=target, by=marta, at=since)
    set_warning(Notice(about=Whose.STANDARD, before=DAY / 8), by=marta, at=since)
    for case in Case.objects.exclude(closed_at=None).select_related("person", "team"):
        keep_clocks(case)


def _targets(grace: Staff, marta: Staff) -> list[tuple[str, Target]]:
    said = "By the clocks of all cases, every month."
    return [
        (
            "first-word",
            Target(
                name="A first word within a day",
                measure=Measure.FIRST_ANSWER,
                limit=DAY,
                owner=grace,
                measured_by=said,
            ),
        ),
        (
            "answers",
            Target(
                name="Every answer within two days",
                measure=Measure.NEXT_ANSWER,
                limit=2 * DAY,
                owner=grace,
                measured_by=said,
            ),
        ),
        (
            "put-right",
            Target(
                name="A complaint put right within ten days",
                measure=Measure.RESOLUTION,
                limit=10 * DAY,
                kinds=(CaseKind.COMPLAINT.value,),
                pauses_on=(WaitingFor.CUSTOMER,),
                owner=marta,
                measured_by=said,
            ),
        ),
        (
            "no-silence",
            Target(
                name="No week without a word",
                measure=Measure.UPDATE,
                limit=7 * DAY,
                around_the_clock=True,
                owner=marta,
                measured_by=said,
            ),
        ),
    ]
