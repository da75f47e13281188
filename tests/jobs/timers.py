"""Timers of every kind that cases have, by the hundred, and whether each was done exactly once.

`python -m tests.jobs.timers` is a sweeper of all kinds that can be killed; it says when it is
ready, so that kills hit it at work and not while it starts.
"""

import os
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from threading import Event

import django
from django.apps import apps

if not apps.ready:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()

from procrastinate.contrib.django.models import ProcrastinateJob

from amends.cases.events.clocks import ClockRanOut, ClockWarned
from amends.cases.events.handling import PromiseBroken
from amends.cases.events.snoozing import CaseWoke
from amends.cases.models.case import Case
from amends.cases.models.clocks import CaseClock, PlannedWarning
from amends.cases.models.promises import Promise
from amends.jobs.models import Stumble
from amends.jobs.sweeper import sweep_until
from amends.journal.models import Entry
from amends.standards.models import EarlyWarning
from amends.standards.rules.targets import Measure
from amends.standards.rules.warnings import How, Whom, Whose
from tests import make

KINDS = {
    PromiseBroken: "promise_id",
    CaseWoke: "case_id",
    ClockRanOut: "clock_id",
    ClockWarned: "clock_id",
}
FAR = datetime(2999, 1, 1, tzinfo=UTC)


def make_timers(each):
    """Make so many timers of each kind, all due, and each on a case of its own."""
    promise = make.promise(accepted=True)
    case = promise.case
    due_at = make.NOW + timedelta(hours=1)
    broken = _cases(case, each, "P")
    Promise.objects.bulk_create(_copy(promise, case_id=one.pk) for one in broken)
    _cases(case, each, "S", snoozed_until=due_at)
    _clocks(_cases(case, each, "C"), due_at)
    clocks = _clocks(_cases(case, each, "W"), FAR)
    warning = EarlyWarning.objects.create(
        about=Whose.STANDARD,
        before_minutes=60,
        to=Whom.OWNER,
        how=How.PAGE,
        written_at=make.NOW,
    )
    PlannedWarning.objects.bulk_create(
        PlannedWarning(clock=clock, warning=warning, at=due_at, for_due_at=FAR) for clock in clocks
    )
    # The one they are copies of is not due itself.
    Promise.objects.filter(pk=promise.pk).update(due_at=FAR)


def _copy(row, **facts):
    """Return `row` once more, with these columns, to be written."""
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return type(row)(**{**values, "id": None, **facts})


def _cases(case, count, letter, **facts):
    copies = (_copy(case, reference=f"T-{letter}-{n}", **facts) for n in range(count))
    return Case.objects.bulk_create(copies)


def _clocks(cases, due_at):
    return CaseClock.objects.bulk_create(
        CaseClock(
            case=case,
            whose=Whose.STANDARD,
            what=Measure.RESOLUTION,
            started_at=make.NOW,
            due_at=due_at,
            watch_at=due_at,
        )
        for case in cases
    )


def left():
    """Return how many timers are still to be done."""
    now = datetime.now(UTC)
    return (
        Promise.objects.filter(broken_at=None, due_at__lte=now).count()
        + Case.objects.filter(snoozed_until__lte=now).count()
        + CaseClock.objects.filter(watch_at__lte=now).count()
        + PlannedWarning.objects.filter(given_at=None, at__lte=now).count()
    )


def times_done(kind):
    """Return of each timer of a kind how often it was done."""
    done = Entry.objects.filter(kind=kind.__name__).values_list(f"facts__{KINDS[kind]}", flat=True)
    return Counter(done)


def times_told(kind):
    """Return how many jobs there are for each entry of a kind."""
    entries = Entry.objects.filter(kind=kind.__name__).values_list("pk", flat=True)
    jobs = ProcrastinateJob.objects.filter(task_name="journal.react")
    of_entry = Counter(jobs.values_list("args__entry_id", flat=True))
    return [of_entry[entry] for entry in entries]


def stumbles():
    return list(Stumble.objects.values_list("kind", "error"))


if __name__ == "__main__":
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sweep_until(Event())
