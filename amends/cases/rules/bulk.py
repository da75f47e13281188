"""Doing the same to many cases: what, in which turns, and until when it is undone. Pure."""

from datetime import datetime, timedelta
from enum import StrEnum

# So many at most: what is more is a matter for a rule, not for a hand.
MOST_CASES = 1000
# Up to so many are done while one waits; more go on by themselves, and a page shows how far.
WHILE_ONE_WAITS = 50
UNDO_WITHIN = timedelta(minutes=10)
# What was done stands in the journal of each case for good; which were done together, so long.
KEPT_FOR = timedelta(days=30)
# When somebody else goes on with what a request began and did not end.
TAKEN_UP_AFTER = timedelta(seconds=20)
NEXT_TURN = timedelta(seconds=1)


class BulkAct(StrEnum):
    """What can be done to many cases at once."""

    ASSIGN = "assign"
    TEAM = "team"
    TAG = "tag"
    UNTAG = "untag"
    SNOOZE = "snooze"
    CLOSE = "close"
    MERGE = "merge"
    LINK = "link"


class Phase(StrEnum):
    """How far a run has come."""

    PREVIEWING = "previewing"
    PREVIEWED = "previewed"
    DOING = "doing"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"


class Fate(StrEnum):
    """What became of one case of a run. kept: it was done, and could not be undone."""

    WAITING = "waiting"
    READY = "ready"
    REFUSED = "refused"
    DONE = "done"
    UNDONE = "undone"
    KEPT = "kept"


# What each phase works through, and which phase follows.
_WORKS_ON = {
    Phase.PREVIEWING: (Fate.WAITING, Phase.PREVIEWED),
    Phase.DOING: (Fate.READY, Phase.DONE),
    Phase.UNDOING: (Fate.DONE, Phase.UNDONE),
}


def in_one_turn(act: BulkAct) -> int:
    """Return how many cases one transaction holds; one, where each act needs a second case held."""
    return 1 if act is BulkAct.MERGE else 20


def works_on(phase: Phase) -> Fate | None:
    """Return which cases are still to be worked through in `phase`; None if it only waits."""
    found = _WORKS_ON.get(phase)
    return found[0] if found else None


def phase_after(phase: Phase) -> Phase:
    """Return the phase that follows once `phase` has worked through all its cases."""
    return _WORKS_ON[phase][1]


def goes_on_at(cases: int, at: datetime) -> datetime:
    """Return when so many cases are taken up, if whoever began does not end it meanwhile."""
    return at if cases > WHILE_ONE_WAITS else at + TAKEN_UP_AFTER


def undo_until(finished_at: datetime | None) -> datetime | None:
    """Return until when a run may be undone that was finished then."""
    return finished_at + UNDO_WITHIN if finished_at else None


def may_undo(phase: Phase, finished_at: datetime | None, at: datetime) -> bool:
    """Return whether a run may be undone at `at`."""
    until = undo_until(finished_at)
    return phase is Phase.DONE and until is not None and at <= until
