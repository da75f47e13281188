"""What happens to a case off the straight way. A `state` is the one the case is in afterwards."""

from dataclasses import dataclass

from amends.journal.events import CaseEvent


@dataclass(frozen=True, slots=True)
class InvestigationPlanned(CaseEvent):
    state: str


@dataclass(frozen=True, slots=True)
class WaitBegan(CaseEvent):
    wait_id: int
    until: str
    state: str


@dataclass(frozen=True, slots=True)
class WaitEnded(CaseEvent):
    """What was awaited came, or its moment did."""

    came: bool
    state: str


@dataclass(frozen=True, slots=True)
class CaseForwarded(CaseEvent):
    forwarding_id: int
    state: str


@dataclass(frozen=True, slots=True)
class RuledOutOfScope(CaseEvent):
    """It is not for us to decide; `ground` says why, and `ruling_id` where the reasons stand."""

    told_how: str
    state: str
    ground: str
    ruling_id: int


@dataclass(frozen=True, slots=True)
class ReviewAsked(CaseEvent):
    review_id: int
    reviewer_id: int
    alone: bool
    state: str


@dataclass(frozen=True, slots=True)
class ReviewFinished(CaseEvent):
    review_id: int
    result: str
    state: str


@dataclass(frozen=True, slots=True)
class WentOutside(CaseEvent):
    proceeding_id: int
    state: str
    owner_id: int | None


@dataclass(frozen=True, slots=True)
class OutsideAsked(CaseEvent):
    proceeding_id: int


@dataclass(frozen=True, slots=True)
class DecidedOutside(CaseEvent):
    proceeding_id: int
    binding: bool
    accepted: str
    comply_by: str
    state: str


@dataclass(frozen=True, slots=True)
class CompliedWith(CaseEvent):
    proceeding_id: int
    state: str


@dataclass(frozen=True, slots=True)
class CaseMerged(CaseEvent):
    into_id: int
    state: str


@dataclass(frozen=True, slots=True)
class CaseTookIn(CaseEvent):
    """The other side of a merge: the case that goes on, with what the other one brought."""

    other_id: int


@dataclass(frozen=True, slots=True)
class MergeUndone(CaseEvent):
    into_id: int
    state: str


@dataclass(frozen=True, slots=True)
class CaseGaveBack(CaseEvent):
    other_id: int


@dataclass(frozen=True, slots=True)
class LinkDrawn(CaseEvent):
    other_id: int
    linkage: str


@dataclass(frozen=True, slots=True)
class LinkRemoved(CaseEvent):
    other_id: int
    linkage: str


@dataclass(frozen=True, slots=True)
class CaseSplit(CaseEvent):
    """A part of the case went on as the other one."""

    other_id: int


@dataclass(frozen=True, slots=True)
class CaseSplitOff(CaseEvent):
    """The case began as a part of the other one."""

    other_id: int
    state: str
    owner_id: int | None


@dataclass(frozen=True, slots=True)
class IssueMoved(CaseEvent):
    """What was complained of went to another case. validity: what was found on it."""

    issue_id: int
    validity: str
    away: bool


@dataclass(frozen=True, slots=True)
class PromiseMoved(CaseEvent):
    """A promise went to another case. stands: where it stands, due by `due_at`."""

    promise_id: int
    stands: str
    due_at: str
    away: bool


@dataclass(frozen=True, slots=True)
class SplitUndone(CaseEvent):
    into_id: int
    state: str
