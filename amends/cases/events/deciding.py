"""What happens from an issue to the final letter. A `state` is the one the case is in after it."""

from dataclasses import dataclass

from amends.journal.events import CaseEvent, Event


@dataclass(frozen=True, slots=True)
class EvidenceRegistered(CaseEvent):
    evidence_id: int


@dataclass(frozen=True, slots=True)
class EvidenceDisclosed(CaseEvent):
    evidence_id: int
    redacted: bool


@dataclass(frozen=True, slots=True)
class OthersAffectedNoted(CaseEvent):
    how_many: int


@dataclass(frozen=True, slots=True)
class PointAgreed(CaseEvent):
    point_id: int


@dataclass(frozen=True, slots=True)
class PointDropped(CaseEvent):
    point_id: int


@dataclass(frozen=True, slots=True)
class HistoryLookedAt(CaseEvent):
    """The decider of a grave case looked at the customer's history before everything was found."""

    opened_id: int


@dataclass(frozen=True, slots=True)
class CaseMadeSensitive(CaseEvent):
    sensitive: bool


@dataclass(frozen=True, slots=True)
class CaseRead(Event):
    """Somebody read a sensitive case; to the case itself nothing happened."""

    reading_id: int


@dataclass(frozen=True, slots=True)
class OptionAdded(CaseEvent):
    option_id: int


@dataclass(frozen=True, slots=True)
class OptionChanged(CaseEvent):
    option_id: int


@dataclass(frozen=True, slots=True)
class OptionDropped(CaseEvent):
    option_id: int


@dataclass(frozen=True, slots=True)
class RemedyAdded(CaseEvent):
    """`amount` is in our own currency."""

    option_id: int
    remedy_id: int
    remedy: str
    amount: str


@dataclass(frozen=True, slots=True)
class RemedyDropped(CaseEvent):
    option_id: int
    remedy_id: int


@dataclass(frozen=True, slots=True)
class ApprovalAsked(CaseEvent):
    approval_id: int
    asked_of_id: int


@dataclass(frozen=True, slots=True)
class ApprovalPassedOn(CaseEvent):
    """No answer came: who was asked is reminded, and a deputy is asked besides, if there is one."""

    approval_id: int
    deputy_id: int | None


@dataclass(frozen=True, slots=True)
class ApprovalAnswered(CaseEvent):
    approval_id: int
    granted: bool


@dataclass(frozen=True, slots=True)
class RemedyProposed(CaseEvent):
    proposal_id: int
    option_id: int
    state: str


@dataclass(frozen=True, slots=True)
class ViewHeard(CaseEvent):
    """The customer said what they think of it; `how` is empty where they could not be reached."""

    proposal_id: int
    how: str
    value_confirmed: bool


@dataclass(frozen=True, slots=True)
class ProposalTakenBack(CaseEvent):
    proposal_id: int
    state: str


@dataclass(frozen=True, slots=True)
class DecisionWritten(CaseEvent):
    decision_id: int


@dataclass(frozen=True, slots=True)
class CaseDecided(CaseEvent):
    """It was decided, and the final response left."""

    decision_id: int
    option_id: int
    outcome: str
    admits: bool
    response_id: int
    state: str


@dataclass(frozen=True, slots=True)
class RemedyGiven(CaseEvent):
    """The final response itself gave it: an apology, an explanation."""

    remedy_id: int


@dataclass(frozen=True, slots=True)
class RemedyOwed(CaseEvent):
    """It is promised, and done when the promise is kept."""

    remedy_id: int
    promise_id: int


@dataclass(frozen=True, slots=True)
class FinalResponseSent(CaseEvent):
    response_id: int
    version: int


@dataclass(frozen=True, slots=True)
class FinalResponseDelivered(CaseEvent):
    response_id: int


@dataclass(frozen=True, slots=True)
class DecisionCarriedOut(CaseEvent):
    """What was decided is being done; `how` is empty where it is owed whatever they say."""

    decision_id: int
    how: str
    state: str


@dataclass(frozen=True, slots=True)
class HeadingKept(Event):
    heading_id: int


@dataclass(frozen=True, slots=True)
class HeadingClosed(Event):
    heading_id: int


@dataclass(frozen=True, slots=True)
class OutsideBodyKept(Event):
    body_id: int
    active: bool
