"""What the small lists of a case hold, a row each, as its page and its rules read them."""

from dataclasses import dataclass
from datetime import date, datetime

from amends.cases.rules.lifecycle import State, is_open
from amends.cases.rules.turns import Linkage, Says, says


@dataclass(frozen=True, slots=True)
class Asked:
    """One question whether it is put right. `attempts` counts how often it was put."""

    pk: int
    promise_id: int | None
    due_at: datetime | None
    asked_at: datetime | None
    answered_at: datetime | None
    verdict: str
    words: str
    dropped_at: datetime | None
    handed_at: datetime | None
    attempts: int
    last_attempt_at: datetime | None


@dataclass(frozen=True, slots=True)
class Offered:
    """A handover that waits to be accepted."""

    pk: int
    giver_id: int
    giver: str
    taker_id: int
    taker: str
    summary: str
    emotion_note: str
    open_promises: list[dict[str, object]]
    offered_at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """What must not go on while we look, and still holds."""

    pk: int
    what: str
    until: datetime
    told_whom: str
    set_at: datetime
    confirmed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody in the case, a customer or a colleague, and as what."""

    pk: int
    part: str
    person_id: int | None
    person: str | None
    staff_id: int | None
    staff: str | None
    informed_at: datetime | None
    heard_at: datetime | None
    their_view: str


@dataclass(frozen=True, slots=True)
class Follows:
    """A colleague who wants to hear what is said on the case."""

    staff_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Checked:
    """That we made sure of whom we speak with."""

    pk: int
    person_id: int
    person: str
    level: str
    method: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What was decided on whether the case is looked at, and stands."""

    pk: int
    ruled: str
    ground: str
    reasons: str
    by: str
    at: datetime
    happened_on: date | None
    aware_on: date | None
    complained_on: date | None
    earlier: str | None


@dataclass(frozen=True, slots=True)
class Help:
    """A call for help, and what came of it."""

    pk: int
    asked_by_id: int
    asked_by: str
    asked_of_id: int | None
    asked_of: str | None
    text: str
    asked_at: datetime
    answered_by: str | None
    answered_at: datetime | None
    answer: str


@dataclass(frozen=True, slots=True)
class Complained:
    """One thing complained of, and what was found on it."""

    pk: int
    statement: str
    product: str
    topic: str
    what_happened: str
    should_have_happened: str
    validity: str
    found_at: datetime | None


@dataclass(frozen=True, slots=True)
class Counted:
    """Why it happened."""

    pk: int
    pillar: str
    mechanism: str
    indifference: bool
    text: str
    prevention: str
    prevention_due_on: date | None
    none_needed_reason: str
    counted_at: datetime


@dataclass(frozen=True, slots=True)
class Linked:
    """Another case that has to do with this one. from_here: this one is where the link starts."""

    pk: int
    reference: str
    state: str
    kind: str
    why: str
    from_here: bool

    @property
    def is_open(self) -> bool:
        return is_open(State(self.state))

    @property
    def says(self) -> Says:
        return says(Linkage(self.kind), from_here=self.from_here)


@dataclass(frozen=True, slots=True)
class Passed:
    """A step that was passed over, and why."""

    step: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class HadAHand:
    """A step of the service behind a case, and the department of ours or supplier that took it."""

    pk: int
    step: str
    department: str | None
    supplier: str | None
    went_wrong: bool


@dataclass(frozen=True, slots=True)
class Ticking:
    """One clock of the law or of a standard as it is kept; `profile` and `standard` name it.

    may_sum_up: whether it is of a short way of a law that a summary would still end in time.
    """

    pk: int
    whose: str
    what: str
    profile: str | None
    standard: str | None
    binds: bool
    paused: bool
    started_at: datetime
    first_due_at: datetime | None
    due_at: datetime | None
    met_at: datetime | None
    ended_at: datetime | None
    over_at: datetime | None
    may_sum_up: bool | None


@dataclass(frozen=True, slots=True)
class AskedFor:
    """By when the customer asks for it, in which words; nobody need have agreed to it."""

    words: str
    until: datetime
    language: str
