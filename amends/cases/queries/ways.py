"""What stands beside a case off the straight way; asked for only where its state says so."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from amends.cases.models.admissibility import Ruling
from amends.cases.models.case import Case
from amends.cases.models.turns import (
    Forwarding,
    InternalReview,
    InvestigationPlan,
    OutsideProceeding,
    Wait,
)
from amends.cases.rules.lifecycle import AWAITING, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """What a case waits for, who looks at it, and where it went; None where its state has none."""

    plan: InvestigationPlan | None = None
    wait: Wait | None = None
    review: InternalReview | None = None
    proceeding: OutsideProceeding | None = None
    forwarding: Forwarding | None = None
    ruling: Ruling | None = None
    merged_into: Case | None = None


def way_of(case: Case) -> Way:
    """Return what stands beside `case`, in one statement at most; in none on the light track."""
    return Way(**{name: read(case) for name, read in _READ if _ASKS[name](case)})


def review_of(case: Case) -> InternalReview | None:
    """Return the review of `case` that is not finished, if there is one."""
    waiting = InternalReview.objects.select_related("case", "reviewer", "decider")
    return waiting.filter(case=case, done_at=None).first()


def review_in(case: Case) -> InternalReview:
    """Return the review of `case` that is not finished.

    Raises InternalReview.DoesNotExist.
    """
    return InternalReview.objects.select_related("case", "reviewer").get(case=case, done_at=None)


def ruling_of(case: Case) -> Ruling | None:
    """Return what was decided on whether `case` is looked at, and stands; None if nothing was."""
    standing = Ruling.objects.select_related("by", "earlier")
    return standing.filter(case=case, taken_back_at=None).first()


def plan_of(case: Case) -> InvestigationPlan | None:
    """Return the plan by which `case` is looked into, if there is one."""
    return InvestigationPlan.objects.filter(case=case).first()


def proceeding_of(case: Case) -> OutsideProceeding | None:
    """Return the outside proceeding on `case` that came last, if there is any."""
    return OutsideProceeding.objects.filter(case=case).order_by("-pk").first()


_ASKS: Mapping[str, Callable[[Case], bool]] = {
    "wait": lambda case: case.state in AWAITING,
    "plan": lambda case: case.state == State.INVESTIGATING and case.planned_at is not None,
    "review": lambda case: case.state == State.INTERNAL_REVIEW,
    "proceeding": lambda case: case.state == State.EXTERNAL or case.comply_by is not None,
    "forwarding": lambda case: case.state == State.FORWARDED,
    "ruling": lambda case: case.state == State.OUT_OF_SCOPE,
    "merged_into": lambda case: case.state == State.MERGED,
}
_READ: tuple[tuple[str, Callable[[Case], Any]], ...] = (
    ("wait", lambda case: case.waits.filter(ended_at=None).first()),
    ("plan", plan_of),
    ("review", review_of),
    ("proceeding", proceeding_of),
    ("forwarding", lambda case: case.forwardings.order_by("-pk").first()),
    ("ruling", ruling_of),
    ("merged_into", lambda case: case.merged_into),
)
