"""The history of a case as clocks look at it, from what its rows tell. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from amends.cases.rules.lifecycle import ENDED, State
from amends.contacts.rules.kinds import Channel, Direction, MailState
from amends.standards.rules.history import Entry, WaitingFor, What

SPOKEN = frozenset({Channel.TELEPHONE, Channel.DESK, Channel.CHAT})
SETTLED = frozenset({State.FOLLOW_UP, State.CLOSED})
WAITS_FOR = {
    State.WAITING_CUSTOMER: WaitingFor.CUSTOMER,
    State.WAITING_INSIDE: WaitingFor.INSIDE,
    State.WAITING_THIRD_PARTY: WaitingFor.THIRD_PARTY,
}
# What of one moment comes first: what it begins with, then what others did, then what we did.
_ORDER = (
    What.RECEIVED,
    What.REGISTERED,
    What.CALENDAR_CHANGED,
    What.KIND_CHANGED,
    What.TEAM_CHANGED,
    What.SEVERITY_CHANGED,
    What.MERGED_IN,
    What.CUSTOMER_WROTE,
    What.WAITING_ENDED,
    What.WAITING_BEGAN,
    What.ACKNOWLEDGED,
    What.ANSWERED,
    What.NOTHING_TO_ANSWER,
    What.RHYTHM_AGREED,
    What.RESPONSE_SENT,
    What.RESPONSE_DELIVERED,
    What.EXTENDED,
    What.ACCEPTED,
    What.REOPENED,
    What.RESOLVED,
    What.SUMMARY_SENT,
    What.ENDED,
)
_RANK = {what: rank for rank, what in enumerate(_ORDER)}


@dataclass(frozen=True, slots=True)
class Touch:
    """One contact of a case. came_from: the case that brought it, by its key."""

    started_at: datetime
    ended_at: datetime
    direction: str
    channel: str
    automatic: bool
    as_history: bool
    handled_by: int | None
    mail: str | None
    came_from: int | None


@dataclass(frozen=True, slots=True)
class Waited:
    """One wait, for whom by its state, and until when at the latest."""

    state: str
    since: datetime
    until: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Marked:
    """What happened that no other row tells: what changed, from what and to what, as text."""

    what: str
    at: datetime
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class TakenIn:
    """Another case that was joined to this one; which, received when, and us before that when."""

    case_id: int
    at: datetime
    received_at: datetime
    received_before_at: datetime


@dataclass(frozen=True, slots=True)
class Extended:
    """A notice by which a term was extended."""

    at: datetime
    until: date
    reason: str
    circumstances: str


@dataclass(frozen=True, slots=True)
class Responded:
    """A final response that was sent, and when it was there, if that is known."""

    sent_at: datetime
    delivered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Belongs:
    """That a customer belongs to an organisation; from or until when, as far as that is known."""

    organisation: int
    from_on: date | None
    until_on: date | None

    def on(self, day: date) -> bool:
        """Return whether they belonged to it on a day."""
        begun = self.from_on is None or self.from_on <= day
        return begun and (self.until_on is None or day <= self.until_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """All that the rows of a case tell its clocks. promised, accepted: when promises were.

    customers: the customer, and records found to be theirs or their organisation's, by key.
    belongs: to which organisations the customer belongs or belonged.
    yes_at: when something was done while the customer was there and said yes to it.
    nothing_to_answer_at: until when what the customer wrote needs no answer.
    """

    received_at: datetime
    registered_at: datetime
    kind: str
    team: int
    channel: str
    severity: int | None
    group: str
    customers: Sequence[int] = ()
    belongs: Sequence[Belongs] = ()
    acknowledged_at: datetime | None
    yes_at: datetime | None
    nothing_to_answer_at: datetime | None = None
    touches: Sequence[Touch] = ()
    waits: Sequence[Waited] = ()
    marks: Sequence[Marked] = ()
    taken_in: Sequence[TakenIn] = ()
    extensions: Sequence[Extended] = ()
    responses: Sequence[Responded] = ()
    promised: Sequence[datetime] = ()
    accepted: Sequence[datetime] = ()


def mark_of(now: State, then: State) -> What | None:
    """Return what a step from one state to another is to clocks; None if it is nothing to them.

    That an outside body takes a case up opens nothing again: our part was over, or runs on.
    """
    if then in SETTLED:
        return None if now in SETTLED else What.RESOLVED
    if then in ENDED:
        return What.ENDED
    done_at_once = now is State.EARLY_RESOLUTION and then is State.INVESTIGATING
    again = now in ENDED or now is State.FOLLOW_UP or done_at_once
    return What.REOPENED if again and then is not State.EXTERNAL else None


def history(rows: Rows) -> list[Entry]:
    """Return what happened to a case, in order."""
    received = _received(rows)
    entries = [received, Entry(at=max(rows.registered_at, received.at), what=What.REGISTERED)]
    entries += _of_contacts(rows)
    entries += [entry for wait in rows.waits for entry in _of_wait(wait)]
    entries += [_of_mark(mark) for mark in rows.marks]
    entries += [_of_merging(rows, other) for other in rows.taken_in]
    entries += _of_extensions(rows.extensions)
    entries += [entry for each in rows.responses for entry in _of_response(each)]
    entries += [Entry(at=at, what=What.ANSWERED) for at in rows.promised]
    yes = [at for at in (*rows.accepted, rows.yes_at) if at]
    entries += [Entry(at=at, what=What.ACCEPTED) for at in yes]
    if rows.nothing_to_answer_at:
        entries.append(Entry(at=rows.nothing_to_answer_at, what=What.NOTHING_TO_ANSWER))
    if rows.yes_at:
        entries.append(Entry(at=rows.yes_at, what=What.RESOLVED))
    if rows.acknowledged_at:
        entries.append(Entry(at=rows.acknowledged_at, what=What.ACKNOWLEDGED))
    since = [entry for entry in entries if entry.at >= received.at]
    return sorted(since, key=lambda entry: (entry.at, _RANK[entry.what]))


def _received(rows: Rows) -> Entry:
    """Return how the case came in, as it was before anything of it changed."""
    first: dict[str, str] = {}
    for mark in rows.marks:
        first.setdefault(mark.what, mark.was)
    before = [other.received_before_at for other in rows.taken_in]
    severity = first.get(What.SEVERITY_CHANGED, str(rows.severity or 0))
    return Entry(
        at=before[0] if before else rows.received_at,
        what=What.RECEIVED,
        kind=first.get(What.KIND_CHANGED, rows.kind),
        team=first.get(What.TEAM_CHANGED, str(rows.team)),
        channel=rows.channel,
        severity=int(severity or 0),
        group=rows.group,
        customers=_customers(rows),
    )


def _customers(rows: Rows) -> frozenset[str]:
    """Return whose case it is, with the organisations they belonged to when it came."""
    day = rows.received_at.date()
    theirs = [each.organisation for each in rows.belongs if each.on(day)]
    return frozenset(str(pk) for pk in (*rows.customers, *theirs))


def _of_contacts(rows: Rows) -> list[Entry]:
    joined = {other.case_id: other.at for other in rows.taken_in}
    told = []
    for touch in rows.touches:
        entry = _of_touch(touch)
        before = joined.get(touch.came_from) if touch.came_from else None
        if entry and entry.at > rows.received_at and not (before and entry.at < before):
            told.append(entry)
    return told


def _of_touch(touch: Touch) -> Entry | None:
    """Return a word of the customer's, or a word of ours to them; None for what is neither."""
    if touch.automatic or touch.as_history or touch.mail == MailState.WITHDRAWN:
        return None
    spoken = touch.channel in SPOKEN
    if touch.handled_by and (spoken or touch.direction == Direction.OUT):
        return Entry(at=touch.ended_at, what=What.ANSWERED)
    if touch.direction == Direction.IN and not spoken:
        return Entry(at=touch.started_at, what=What.CUSTOMER_WROTE)
    return None


def _of_wait(wait: Waited) -> list[Entry]:
    waiting_for = WAITS_FOR[State(wait.state)]
    began = Entry(at=wait.since, what=What.WAITING_BEGAN, waiting_for=waiting_for, until=wait.until)
    ended = [Entry(at=wait.ended_at, what=What.WAITING_ENDED)] if wait.ended_at else []
    return [began, *ended]


def _of_mark(mark: Marked) -> Entry:
    what = What(mark.what)
    return Entry(at=mark.at, what=what, **_changes(what, mark.now))


def _changes(what: What, now: str) -> dict[str, Any]:
    """Return what an entry says of the case from then on."""
    said: dict[What, dict[str, Any]] = {
        What.KIND_CHANGED: {"kind": now},
        What.TEAM_CHANGED: {"team": now},
        What.SEVERITY_CHANGED: {"severity": _number(now)},
        What.RHYTHM_AGREED: {"rhythm": timedelta(days=_number(now)), "around_the_clock": True},
    }
    return said.get(what, {})


def _number(text: str) -> int:
    return int(text) if text.isdigit() else 0


def _of_merging(rows: Rows, other: TakenIn) -> Entry:
    brought = [touch for touch in rows.touches if touch.came_from == other.case_id]
    return Entry(
        at=other.at,
        what=What.MERGED_IN,
        received_at=other.received_at,
        unanswered_since=_unanswered(brought, other),
    )


def _unanswered(brought: Iterable[Touch], other: TakenIn) -> datetime | None:
    """Return since when the customer of a case waited for an answer, as it was joined to ours."""
    since: datetime | None = other.received_at
    told = [entry for entry in map(_of_touch, brought) if entry and entry.at < other.at]
    for entry in sorted(told, key=lambda each: each.at):
        since = None if entry.what is What.ANSWERED else since or entry.at
    return since


def _of_extensions(extensions: Iterable[Extended]) -> list[Entry]:
    return [
        Entry(
            at=each.at,
            what=What.EXTENDED,
            notice_until=each.until,
            reason=each.reason,
            circumstances=each.circumstances,
        )
        for each in extensions
    ]


def _of_response(response: Responded) -> list[Entry]:
    sent = [Entry(at=response.sent_at, what=What.RESPONSE_SENT)]
    if response.delivered_at is None:
        return sent
    return [*sent, Entry(at=response.delivered_at, what=What.RESPONSE_DELIVERED)]
