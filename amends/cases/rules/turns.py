"""How a case leaves the straight way: reviewed, decided outside, linked, opened again. Pure.

Source: case-model 2.3, 2.6; docs/decisions/ways-of-a-case.md.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum

from amends.cases.rules.lifecycle import AWAITING, ENDED, State

LEAST_DAYS_TO_TELL, MOST_DAYS_TO_TELL = 1, 28
TO_UNDO_SPLIT = timedelta(days=1)
# Before anything was decided a case can be split; after that a new one follows it.
MAY_BE_SPLIT = AWAITING | {
    State.RECEIVED,
    State.ACKNOWLEDGED,
    State.ASSESSED,
    State.EARLY_RESOLUTION,
    State.INVESTIGATING,
    State.FULFILLING,
    State.FOLLOW_UP,
}
NOT_BEGUN = frozenset({State.RECEIVED, State.ACKNOWLEDGED, State.ASSESSED})


class Accepted(StrEnum):
    """Who accepted what an outside body decided."""

    BOTH = "both"
    CUSTOMER = "customer"
    US = "us"
    NOBODY = "nobody"


class Reviewed(StrEnum):
    """What another person came to who looked at a decision; overtaken: it went elsewhere first."""

    STANDS = "stands"
    CHANGES = "changes"
    OVERTAKEN = "overtaken"


class Linkage(StrEnum):
    """What one case is to another."""

    RELATED = "related"
    CONTINUES = "continues"
    CAUSE_OF = "cause-of"
    DUPLICATE_OF = "duplicate-of"
    BELONGS_TO = "belongs-to"
    NOT_BEFORE = "not-before"
    BEGINS_AFTER = "begins-after"


class Says(StrEnum):
    """What a link says of a case, read from either of its ends."""

    RELATED = "related"
    CONTINUES = "continues"
    CONTINUED_BY = "continued-by"
    CAUSE_OF = "cause-of"
    CAUSED_BY = "caused-by"
    DUPLICATE_OF = "duplicate-of"
    HAS_DUPLICATE = "has-duplicate"
    BELONGS_TO = "belongs-to"
    HAS_PART = "has-part"
    NOT_BEFORE = "not-before"
    AWAITED_BY = "awaited-by"
    BEGINS_AFTER = "begins-after"
    BEGUN_AFTER = "begun-after"


_FROM_THE_OTHER_END = {
    Linkage.RELATED: Says.RELATED,
    Linkage.CONTINUES: Says.CONTINUED_BY,
    Linkage.CAUSE_OF: Says.CAUSED_BY,
    Linkage.DUPLICATE_OF: Says.HAS_DUPLICATE,
    Linkage.BELONGS_TO: Says.HAS_PART,
    Linkage.NOT_BEFORE: Says.AWAITED_BY,
    Linkage.BEGINS_AFTER: Says.BEGUN_AFTER,
}

# Followed from case to case, these never lead back to where one began.
ONE_WAY = frozenset(set(Linkage) - {Linkage.RELATED})


def says(linkage: Linkage, *, from_here: bool) -> Says:
    """Return what a link says of the case one looks at: the one it starts from, or the other."""
    return Says(linkage.value) if from_here else _FROM_THE_OTHER_END[linkage]


def begins(now: State, then: State) -> bool:
    """Return whether work on a case begins as it goes from `now` to `then`.

    To answer, to assess and to promise is not to begin; nor is what ends it, or a body outside.
    """
    return now in NOT_BEGUN and then not in NOT_BEGUN | ENDED | {State.EXTERNAL}


def may_reopen(closed_at: datetime, at: datetime, *, days: int) -> bool:
    """Return whether a case that ended at `closed_at` may still be opened again at `at`."""
    return at - closed_at <= timedelta(days=days)


def must_comply(*, binding: bool, accepted: Accepted, something_to_do: bool) -> bool:
    """Return whether what an outside body decided must be done: it binds us, or we accepted it."""
    ours = binding or accepted in {Accepted.BOTH, Accepted.US}
    return something_to_do and ours


def after_outside(*, was_closed: bool, owes: bool) -> State:
    """Return where a case stands that an outside body has decided.

    What was closed before, and asks for nothing more of us, is closed again.
    """
    return State.CLOSED if was_closed and not owes else State.DECIDED


def after_review(
    was: State, result: Reviewed, *, decided_anew: bool, owes: bool
) -> tuple[State, ...]:
    """Return the states through which a case goes on whose decision was looked at again.

    was: where it stood when that was asked. decided_anew: a new decision was written and sent, and
    waits to be done. owes: something of the old one is still to be done. What stands goes on from
    where it was; what changes without a decision in writing is looked into again.
    """
    if was is State.OUT_OF_SCOPE and result is Reviewed.STANDS:
        return (State.OUT_OF_SCOPE,)
    if result is Reviewed.CHANGES:
        changes = (State.DECIDED, State.FULFILLING, State.INVESTIGATING)
        return (State.DECIDED,) if decided_anew else changes
    if was is State.DECIDED:
        return (State.DECIDED,)
    done = was is State.FOLLOW_UP or not owes
    to_ask = (State.FOLLOW_UP,) if done else ()
    return (State.DECIDED, State.FULFILLING, *to_ask)


def keeps_from_deletion(state: State, *, holds: int, owes_outside: bool) -> bool:
    """Return whether nothing of a case may be deleted: somebody outside may ask for it."""
    return state is State.EXTERNAL or owes_outside or holds > 0


def state_of_part(now: State, *, owes: bool, kept: bool) -> State:
    """Return where the case stands that is split off one in `now`.

    owes, kept: whether a promise goes along that is still owed, and one that was kept. What waits
    waits for the other one.
    """
    if now in AWAITING:
        return State.INVESTIGATING
    if now not in {State.FULFILLING, State.FOLLOW_UP}:
        return now
    if owes:
        return State.FULFILLING
    return State.FOLLOW_UP if kept else State.ASSESSED


def may_undo_split(split_at: datetime, at: datetime, *, happened: bool) -> bool:
    """Return whether a case split off at `split_at` may be put back: nothing happened on it yet."""
    return not happened and at - split_at <= TO_UNDO_SPLIT


def leads_back(links: Collection[tuple[int, int]], *, case: int, other: int) -> bool:
    """Return whether one comes from `other` to `case` along `links`, each from one to the next."""
    seen: set[int] = set()
    ahead = {other}
    while ahead:
        if case in ahead:
            return True
        seen |= ahead
        ahead = {end for start, end in links if start in ahead} - seen
    return False
