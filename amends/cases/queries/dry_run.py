"""What would have been late last month under a standard that nobody has saved yet."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from amends.cases.models.case import Case
from amends.cases.queries.clock_history import history_of
from amends.staff.models import Organisation, Staff
from amends.staff.queries import organisation
from amends.standards.queries import rules_of_standard, standards_that_hold
from amends.standards.rules.clock import Clock
from amends.standards.rules.reckoning import Ways, reckon
from amends.standards.rules.targets import Standard

LAST_MONTH = timedelta(days=31)
AT_ONCE = 100
TRIED = "tried"


@dataclass(frozen=True, slots=True)
class Late:
    """A case that would have been late, and when it would have been due."""

    reference: str
    gist: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of the cases looked at. measured: for how many of them the standard counted.

    after: behind which case to go on; none when all were looked at. all: how many there are.
    """

    looked: int
    measured: int
    late: Sequence[Late]
    after: int | None
    all: int


def try_standard(
    draft: Standard, *, instead_of: str, by: Staff, at: datetime, after: int = 0
) -> Tried:
    """Return what `draft` would have made late of the cases that came in the last month.

    instead_of: the key of the standard that it would take the place of; empty for a new one. The
    other standards hold beside it, as they would. At most AT_ONCE cases are looked at, from behind
    `after` on; those that `by` may not see are left out.
    """
    lately = Case.objects.visible_to(by).filter(
        registered_at__gt=at - LAST_MONTH, registered_at__lte=at, as_history=False
    )
    found = lately.filter(pk__gt=after).select_related("person", "team").order_by("pk")
    cases = list(found[: AT_ONCE + 1])
    looked = cases[:AT_ONCE]
    beside = [rules_of_standard(each) for each in standards_that_hold().exclude(key=instead_of)]
    standards, house = [*beside, replace(draft, key=TRIED)], organisation()
    told = [(case, _clocks(case, standards, house, at)) for case in looked]
    return Tried(
        looked=len(looked),
        measured=sum(bool(clocks) for _case, clocks in told),
        late=[
            Late(case.reference, case.gist, over[0])
            for case, clocks in told
            if (over := [each.over_at for each in clocks if each.over_at])
        ],
        after=looked[-1].pk if len(cases) > AT_ONCE else None,
        all=lately.count(),
    )


def _clocks(
    case: Case, standards: Sequence[Standard], house: Organisation, at: datetime
) -> list[Clock]:
    """Return the clocks that a case would have had by the standard that is tried."""
    entries, work = history_of(case, house)
    told = reckon(Ways(standards, work.calendars, work.worked_by), entries, at)
    clocks = (*told.past, *told.clocks.values())
    return [each for each in clocks if each.standard and each.standard.key == TRIED]
