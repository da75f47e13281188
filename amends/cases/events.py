"""What happens to a case. A `state` is the one the case is in afterwards.

The entries of one case, in order, suffice to tell its state, its owner and its promises again:
`amends.cases.rules.replay`.
"""

from dataclasses import dataclass

from amends.journal.events import CaseEvent


@dataclass(frozen=True, slots=True)
class CaseOpened(CaseEvent):
    contact_id: int
    kind: str
    state: str
    team_id: int
    owner_id: int | None
    as_history: bool


@dataclass(frozen=True, slots=True)
class ContactAdded(CaseEvent):
    contact_id: int


@dataclass(frozen=True, slots=True)
class CaseAcknowledged(CaseEvent):
    state: str


@dataclass(frozen=True, slots=True)
class CaseAssessed(CaseEvent):
    state: str


@dataclass(frozen=True, slots=True)
class CaseTaken(CaseEvent):
    owner_id: int


@dataclass(frozen=True, slots=True)
class PromiseMade(CaseEvent):
    promise_id: int
    due_at: str


@dataclass(frozen=True, slots=True)
class PromiseAccepted(CaseEvent):
    promise_id: int
    how: str
    state: str


@dataclass(frozen=True, slots=True)
class PromiseCountered(CaseEvent):
    promise_id: int
    counter_for: str


@dataclass(frozen=True, slots=True)
class PromiseKept(CaseEvent):
    promise_id: int
    state: str


@dataclass(frozen=True, slots=True)
class PromiseBroken(CaseEvent):
    promise_id: int


@dataclass(frozen=True, slots=True)
class PromiseRenegotiated(CaseEvent):
    promise_id: int
    new_promise_id: int


@dataclass(frozen=True, slots=True)
class BrokenPromiseApologised(CaseEvent):
    promise_id: int


@dataclass(frozen=True, slots=True)
class DoneOnTheSpot(CaseEvent):
    how: str
    state: str


@dataclass(frozen=True, slots=True)
class PutRightAsked(CaseEvent):
    follow_up_id: int
    how: str
    result: str


@dataclass(frozen=True, slots=True)
class PutRightHanded(CaseEvent):
    follow_up_id: int


@dataclass(frozen=True, slots=True)
class PutRightAnswered(CaseEvent):
    follow_up_id: int
    verdict: str
    state: str


@dataclass(frozen=True, slots=True)
class AnotherLookAsked(CaseEvent):
    asked_of_id: int


@dataclass(frozen=True, slots=True)
class Apologised(CaseEvent):
    pass


@dataclass(frozen=True, slots=True)
class Thanked(CaseEvent):
    pass


@dataclass(frozen=True, slots=True)
class CauseCounted(CaseEvent):
    pillar: str
    mechanism: str


@dataclass(frozen=True, slots=True)
class CaseClosed(CaseEvent):
    verdict: str
    state: str


@dataclass(frozen=True, slots=True)
class CaseReopened(CaseEvent):
    state: str


@dataclass(frozen=True, slots=True)
class CaseWithdrawn(CaseEvent):
    state: str


@dataclass(frozen=True, slots=True)
class PartyNamed(CaseEvent):
    party_id: int
    part: str


@dataclass(frozen=True, slots=True)
class IdentityChecked(CaseEvent):
    check_id: int
    level: str
