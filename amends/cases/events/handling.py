"""What happens to a case. A `state` is the one the case is in afterwards.

The entries of one case, in order, suffice to tell its state, its owner and its promises again:
`amends.cases.rules.replay`.
"""

from dataclasses import dataclass

from amends.journal.events import CaseEvent, Event


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
    state: str


@dataclass(frozen=True, slots=True)
class CaseAcknowledged(CaseEvent):
    state: str


@dataclass(frozen=True, slots=True)
class CaseAssessed(CaseEvent):
    state: str
    track: str
    owner_id: int | None


@dataclass(frozen=True, slots=True)
class CaseTaken(CaseEvent):
    owner_id: int


@dataclass(frozen=True, slots=True)
class CaseAssigned(CaseEvent):
    owner_id: int
    from_id: int | None


@dataclass(frozen=True, slots=True)
class CaseGivenToTeam(CaseEvent):
    """It waits in another team to be taken, and is nobody's until then."""

    team_id: int
    owner_id: int | None


@dataclass(frozen=True, slots=True)
class HandoverOffered(CaseEvent):
    handover_id: int
    taker_id: int


@dataclass(frozen=True, slots=True)
class HandoverAccepted(CaseEvent):
    handover_id: int
    owner_id: int


@dataclass(frozen=True, slots=True)
class HandoverDeclined(CaseEvent):
    handover_id: int


@dataclass(frozen=True, slots=True)
class HandoverWithdrawn(CaseEvent):
    handover_id: int


@dataclass(frozen=True, slots=True)
class PromiseMade(CaseEvent):
    promise_id: int
    due_at: str
    state: str
    owner_id: int | None


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
    """A new promise stands in the place of another; `agreed` where the customer had named it."""

    promise_id: int
    new_promise_id: int
    due_at: str
    agreed: bool
    state: str


@dataclass(frozen=True, slots=True)
class BrokenPromiseApologised(CaseEvent):
    promise_id: int


@dataclass(frozen=True, slots=True)
class DoneOnTheSpot(CaseEvent):
    """Something was done while the customer was there; `amount` is in our own currency."""

    how: str
    state: str
    owner_id: int | None
    remedy: str
    amount: str


@dataclass(frozen=True, slots=True)
class WorkDone(CaseEvent):
    """Something was done without the customer there, who is asked after."""

    state: str
    owner_id: int | None
    remedy: str
    amount: str


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
class SaidOutside(CaseEvent):
    """The customer says that they turned to somebody outside."""


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
class ClosingTakenBack(CaseEvent):
    """It was closed by mistake a moment ago, and stands where it stood."""

    state: str


@dataclass(frozen=True, slots=True)
class CaseReopened(CaseEvent):
    state: str
    owner_id: int | None


@dataclass(frozen=True, slots=True)
class CaseWithdrawn(CaseEvent):
    state: str


@dataclass(frozen=True, slots=True)
class PartyNamed(CaseEvent):
    """Somebody is in the case; the case has a new owner where it complains about the old one."""

    party_id: int
    part: str
    owner_id: int | None


@dataclass(frozen=True, slots=True)
class PartyInformed(CaseEvent):
    party_id: int


@dataclass(frozen=True, slots=True)
class PartyHeard(CaseEvent):
    party_id: int


@dataclass(frozen=True, slots=True)
class IdentityChecked(CaseEvent):
    check_id: int
    level: str


@dataclass(frozen=True, slots=True)
class IssueAdded(CaseEvent):
    issue_id: int


@dataclass(frozen=True, slots=True)
class IssueCorrected(CaseEvent):
    issue_id: int


@dataclass(frozen=True, slots=True)
class FindingRecorded(CaseEvent):
    issue_id: int
    validity: str


@dataclass(frozen=True, slots=True)
class KindChanged(CaseEvent):
    was: str
    kind: str
    agreed_how: str


@dataclass(frozen=True, slots=True)
class WishNoted(CaseEvent):
    said: bool


@dataclass(frozen=True, slots=True)
class NeedsNoted(CaseEvent):
    pass


@dataclass(frozen=True, slots=True)
class NeedBySet(CaseEvent):
    need_by: str


@dataclass(frozen=True, slots=True)
class DatesNoted(CaseEvent):
    pass


@dataclass(frozen=True, slots=True)
class Clarified(CaseEvent):
    pass


@dataclass(frozen=True, slots=True)
class CustomerNamed(CaseEvent):
    person_id: int


@dataclass(frozen=True, slots=True)
class CustomerNotFound(CaseEvent):
    pass


@dataclass(frozen=True, slots=True)
class HoldSet(CaseEvent):
    hold_id: int


@dataclass(frozen=True, slots=True)
class HoldConfirmed(CaseEvent):
    hold_id: int


@dataclass(frozen=True, slots=True)
class HoldLifted(CaseEvent):
    hold_id: int


@dataclass(frozen=True, slots=True)
class HelpAsked(Event):
    """About nothing in particular."""

    request_id: int


@dataclass(frozen=True, slots=True)
class HelpAskedOnCase(CaseEvent):
    request_id: int


@dataclass(frozen=True, slots=True)
class HelpAskedInConfidence(Event):
    """Perhaps about a case; nothing of it stands in what happened to the case."""

    request_id: int


@dataclass(frozen=True, slots=True)
class HelpAnsweredInConfidence(Event):
    request_id: int


@dataclass(frozen=True, slots=True)
class HelpAnswered(Event):
    """About nothing in particular."""

    request_id: int


@dataclass(frozen=True, slots=True)
class HelpAnsweredOnCase(CaseEvent):
    request_id: int


@dataclass(frozen=True, slots=True)
class ThanksPassedOn(CaseEvent):
    thanks_id: int
    to_id: int


@dataclass(frozen=True, slots=True)
class NoteAdded(CaseEvent):
    note_id: int


@dataclass(frozen=True, slots=True)
class CaseFollowed(Event):
    """A colleague wants to hear of a case; to the case itself nothing happened."""

    case_id: int
    staff_id: int


@dataclass(frozen=True, slots=True)
class CaseUnfollowed(Event):
    """A colleague wants to hear of a case no longer; to the case itself nothing happened."""

    case_id: int
    staff_id: int


@dataclass(frozen=True, slots=True)
class ReplyUndone(CaseEvent):
    """A reply was taken back before it left; what it had moved is moved back."""

    mail_id: int
    state: str


@dataclass(frozen=True, slots=True)
class ReplySent(CaseEvent):
    """A reply was written, and leaves when the time to undo it is over."""

    mail_id: int
    state: str


@dataclass(frozen=True, slots=True)
class CasesLinked(CaseEvent):
    other_id: int
