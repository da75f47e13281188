"""What the demonstration holds itself to, when it is open, and how that was kept."""

from dataclasses import replace
from datetime import datetime, timedelta

from amends.cases.actions.clocks import note_clocks_over
from amends.cases.actions.within import settle
from amends.cases.models.case import Case
from amends.cases.queries.overdue import clocks_run_out
from amends.cases.rules.kinds import CaseKind
from amends.staff.models import Staff
from amends.standards.actions import (
    Notice,
    Target,
    set_warning,
    set_working_hours,
    ship_profiles,
    write_standard,
)
from amends.standards.models import ClockProfile, WorkingHours
from amends.standards.rules.history import WaitingFor
from amends.standards.rules.hours import Hours, read_openings
from amends.standards.rules.targets import Measure
from amends.standards.rules.warnings import How, Whom, Whose
from config.demonstration.house import ZONE, House

HOUR = timedelta(hours=1)
WEEK = ("8:00-18:00",) * 5 + ("10:00-14:00", "")
GRAVE = (4, 5)
SAID = "By the clocks of all cases, every month."


def hold_to(house: House, *, since: datetime, at: datetime) -> None:
    """Write down our hours, the clocks of the law and our standards, and tell every case by them.

    It comes last, because a story is told by its own moments: what is written is as if it had been
    since the beginning. What was over by `at` was noticed when it was, as by the sweeper.
    """
    grace, marta = house.staff["grace"], house.staff["marta"]
    hours = Hours(
        zone=ZONE, country="LT", region="", week=tuple(read_openings(day) for day in WEEK)
    )
    set_working_hours(hours, team=None, by=marta, at=since)
    ship_profiles(at=since)
    for key, target in {**_of_answers(grace), **_of_ends(marta)}.items():
        write_standard(key, target=target, by=marta, at=since)
    for notice in _warnings(grace):
        set_warning(notice, by=marta, at=since)
    for case in Case.objects.select_related("person", "team").order_by("pk"):
        settle(case)
    WorkingHours.objects.update(recount_after=None, recounted_at=at)
    ClockProfile.objects.update(recount_after=None)
    for clock in clocks_run_out(at):
        note_clocks_over([clock], at=clock.watch_at or at)


def _of_answers(grace: Staff) -> dict[str, Target]:
    first = Target(
        name="A first word within four hours",
        measure=Measure.FIRST_ANSWER,
        limit=4 * HOUR,
        owner=grace,
        measured_by=SAID,
    )
    grave = "Within the hour where it is grave"
    return {
        "first-word": first,
        "first-word-grave": replace(first, name=grave, limit=HOUR, severities=GRAVE),
        "answers": Target(
            name="Every answer by the end of the next working day",
            measure=Measure.NEXT_ANSWER,
            limit_days=1,
            owner=grace,
            measured_by=SAID,
        ),
    }


def _of_ends(marta: Staff) -> dict[str, Target]:
    return {
        "put-right": Target(
            name="A complaint put right within ten working days",
            measure=Measure.RESOLUTION,
            limit_days=10,
            kinds=(CaseKind.COMPLAINT.value,),
            pauses_on=(WaitingFor.CUSTOMER,),
            owner=marta,
            measured_by=SAID,
        ),
        "no-silence": Target(
            name="No week without a word",
            measure=Measure.UPDATE,
            limit_days=7,
            around_the_clock=True,
            owner=marta,
            measured_by=SAID,
        ),
    }


def _warnings(grace: Staff) -> tuple[Notice, ...]:
    return (
        Notice(about=Whose.STANDARD, standard="first-word", before=HOUR),
        Notice(about=Whose.STANDARD, standard="put-right", before=10 * HOUR),
        Notice(
            about=Whose.STANDARD,
            standard="put-right",
            before=5 * HOUR,
            to=Whom.COLLEAGUE,
            how=How.EMAIL,
            staff=grace,
        ),
        Notice(about=Whose.LAW, before=48 * HOUR, to=Whom.DUTY_OWNER),
    )
