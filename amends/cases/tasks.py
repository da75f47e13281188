from datetime import datetime

from django.db import InterfaceError, OperationalError, transaction
from procrastinate.contrib.django import app

from amends.base.due import Due, sweep
from amends.cases.actions.arrivals import take_in
from amends.cases.actions.asking import ask_put_right
from amends.cases.actions.bulk import forget_bulk, go_on
from amends.cases.actions.bundles import forget_bundle
from amends.cases.actions.clocks import adopt_profile, give_warning, note_clocks_over
from amends.cases.actions.erasing import forget_file
from amends.cases.actions.investigating import end_wait_in_time
from amends.cases.actions.keeping import note_past_keeping
from amends.cases.actions.lessons import forget_lesson
from amends.cases.actions.planning import let_planned_leave
from amends.cases.actions.promises import mark_promise_broken
from amends.cases.actions.proposing import remind_of_approval
from amends.cases.actions.recounting import count_due_anew
from amends.cases.actions.snoozing import wake_in_time
from amends.cases.actions.unsent import forget_unsent
from amends.cases.actions.within import count_due, locked
from amends.cases.models.case import Case
from amends.cases.queries.approving import approvals_to_remind
from amends.cases.queries.bulk import runs_to_forget, runs_to_go_on
from amends.cases.queries.bundles import bundles_to_forget
from amends.cases.queries.erasing import files_to_forget
from amends.cases.queries.keeping import records_to_notice
from amends.cases.queries.lessons import lessons_to_forget
from amends.cases.queries.overdue import (
    clocks_run_out,
    promises_to_break,
    questions_to_ask,
    waits_to_end,
    warnings_to_give,
)
from amends.cases.queries.planned import planned_to_leave
from amends.cases.queries.snoozing import cases_to_wake
from amends.cases.queries.unsent import unsent_to_forget
from amends.contacts.actions.arrivals import Fate, note_fate
from amends.contacts.models import Arrival
from amends.contacts.queries.arrivals import arrivals_delivered, arrivals_left_behind
from amends.contacts.rules.kinds import ArrivalState
from amends.standards.queries import hours_to_recount, profiles_to_recount

ROW_AND_CASE = ("self", "case")

sweep(
    Due(
        name="cases.promise_breaks",
        rows=promises_to_break,
        act=mark_promise_broken,
        locks=ROW_AND_CASE,
    )
)
sweep(
    Due(
        name="cases.put_right_asked",
        rows=questions_to_ask,
        act=ask_put_right,
        locks=ROW_AND_CASE,
    )
)
sweep(
    Due(
        name="cases.approval_waits",
        rows=approvals_to_remind,
        act=remind_of_approval,
        locks=ROW_AND_CASE,
    )
)
sweep(
    Due(
        name="cases.wait_ends",
        rows=waits_to_end,
        act=end_wait_in_time,
    )
)
sweep(
    Due(
        name="cases.snooze_ends",
        rows=cases_to_wake,
        act=wake_in_time,
    )
)
sweep(
    Due(
        name="cases.planned_reply_leaves",
        rows=planned_to_leave,
        act=let_planned_leave,
    )
)
sweep(
    Due(
        name="cases.bulk_goes_on",
        rows=runs_to_go_on,
        act=go_on,
    )
)
sweep(
    Due(
        name="cases.bulk_is_forgotten",
        rows=runs_to_forget,
        act=forget_bulk,
    )
)


@app.task(name="cases.count_due_of", retry=10)
@transaction.atomic
def count_due_of(*, cases: list[int]) -> None:
    """Tell the clocks of cases that were opened together, those that went on meanwhile, too."""
    for case in Case.objects.filter(pk__in=cases).order_by("pk"):
        count_due(locked(case))


def _read(arrival: Arrival, *, at: datetime) -> None:
    """Read one that waits; one that cannot be read is noted with its reason and waits no more."""
    try:
        take_in([arrival], at=at)
    except (OperationalError, InterfaceError):
        raise
    except Exception as problem:  # noqa: BLE001  the edge, see below
        # The edge: one mail that cannot be read must not wait unseen, nor hold up the others.
        # What went wrong may quote the mail; only its kind is told.
        fate = Fate(state=ArrivalState.FAILED, reason=type(problem).__name__)
        note_fate(arrival, fate=fate, at=at)


sweep(
    Due(
        name="cases.arrival_read",
        rows=arrivals_left_behind,
        act=_read,
        act_all=take_in,
    )
)
sweep(
    Due(
        name="cases.delivery_read",
        rows=arrivals_delivered,
        act=_read,
        act_all=take_in,
    )
)
sweep(
    Due(
        name="cases.unsent_is_forgotten",
        rows=unsent_to_forget,
        act=forget_unsent,
    )
)
sweep(
    Due(
        name="cases.hours_changed",
        rows=lambda _at: hours_to_recount(),
        act=count_due_anew,
    )
)
sweep(
    Due(
        name="cases.bundle_is_forgotten",
        rows=bundles_to_forget,
        act=forget_bundle,
    )
)
sweep(
    Due(
        name="cases.clock_ran_out",
        rows=clocks_run_out,
        act=lambda clock, at: note_clocks_over([clock], at=at),
        act_all=note_clocks_over,
        locks=ROW_AND_CASE,
    )
)
sweep(
    Due(
        name="cases.clock_ends_soon",
        rows=warnings_to_give,
        act=give_warning,
        locks=("self", "clock", "clock__case"),
    )
)
sweep(
    Due(
        name="cases.profile_changed",
        rows=lambda _at: profiles_to_recount(),
        act=adopt_profile,
    )
)
sweep(
    Due(
        name="cases.lesson_is_forgotten",
        rows=lessons_to_forget,
        act=forget_lesson,
    )
)
sweep(
    Due(
        name="cases.record_is_past_keeping",
        rows=records_to_notice,
        act=note_past_keeping,
        locks=ROW_AND_CASE,
    )
)
sweep(
    Due(
        name="cases.file_is_forgotten",
        rows=files_to_forget,
        act=lambda file, at: forget_file(file, at=at),
    )
)
