"""What an organisation asks of its cases besides: typed fields, and the stage that asks. Pure.

What was asked when a case passed a stage holds: a stage is guarded as it is entered, and never
looked at again because a definition changed.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from amends.cases.rules.lifecycle import State

SHORT, LONG = 200, 5_000
LARGEST = Decimal(10) ** 15
_CURRENCY = re.compile(r"[A-Z]{3}")


class FieldType(StrEnum):
    """What a field holds; it never changes, for what was filled in would change its meaning."""

    SHORT_TEXT = "short-text"
    LONG_TEXT = "long-text"
    NUMBER = "number"
    AMOUNT = "amount"
    DAY = "day"
    YES_NO = "yes-no"
    ONE_OF = "one-of"
    SEVERAL_OF = "several-of"


TEXTS = frozenset({FieldType.SHORT_TEXT, FieldType.LONG_TEXT})
NUMBERS = frozenset({FieldType.NUMBER, FieldType.AMOUNT})
CHOSEN = frozenset({FieldType.ONE_OF, FieldType.SEVERAL_OF})


class Stage(StrEnum):
    """By when a field must be filled in."""

    RECEIPT = "receipt"
    ASSESSMENT = "assessment"
    DECISION = "decision"
    CLOSING = "closing"


class Seer(StrEnum):
    """Who sees what is filled in."""

    ALL = "all"
    HANDLERS = "handlers"


class Problem(StrEnum):
    """Why something cannot be filled in."""

    NOT_OF_ITS_TYPE = "not-of-its-type"
    TOO_LONG = "too-long"
    NOT_WHOLE = "not-whole"
    TOO_LARGE = "too-large"
    NO_CURRENCY = "no-currency"
    NOT_OFFERED = "not-offered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What a field holds: one of these, by its type; nothing at all if it is empty.

    number: of a whole number or an amount. choices: the keys of what was chosen.
    """

    text: str = ""
    number: Decimal | None = None
    currency: str = ""
    day: date | None = None
    truth: bool | None = None
    choices: frozenset[int] = frozenset()

    @property
    def is_empty(self) -> bool:
        return not (
            self.text.strip()
            or self.choices
            or any(each is not None for each in (self.number, self.day, self.truth))
        )


EMPTY = Filled()


@dataclass(frozen=True, slots=True)
class Asked:
    """One field of a kind of case: by when it is asked for, since when, and whether it is there."""

    label: Mapping[str, str]
    required_at: Stage | None
    required_since: datetime | None
    is_filled: bool


def stages_entered(now: State, then: State) -> tuple[Stage, ...]:
    """Return the stages whose fields must be filled in for a case in `now` to go to `then`.

    What arrives by itself is never refused: what receipt asks for is asked before it is assessed.
    A decision is ours; what an outside body decided, or stands after a review, is asked nothing.
    """
    if then is State.ASSESSED:
        return (Stage.RECEIPT, Stage.ASSESSMENT)
    if then is State.DECIDED and now is State.PROPOSED:
        return (Stage.DECISION,)
    return (Stage.CLOSING,) if then is State.CLOSED else ()


def stages_to_closing(now: State) -> tuple[Stage, ...]:
    """Return the stages that a case in `now` passes if it is closed from there."""
    if now in {State.RECEIVED, State.ACKNOWLEDGED}:
        return (Stage.RECEIPT, Stage.ASSESSMENT, Stage.CLOSING)
    return (Stage.CLOSING,)


def stages_passed(now: State) -> frozenset[Stage]:
    """Return the stages that a case in `now` has surely passed."""
    if now in {State.RECEIVED, State.ACKNOWLEDGED}:
        return frozenset()
    decided = now in {State.DECIDED, State.INTERNAL_REVIEW}
    more = frozenset({Stage.DECISION}) if decided else frozenset()
    return more | {Stage.RECEIPT, Stage.ASSESSMENT}


def missing(
    asked: Iterable[Asked], stages: Collection[Stage], *, registered_at: datetime
) -> tuple[Asked, ...]:
    """Return what of `asked` one of `stages` asks for and is not there.

    What receipt asks for is asked of what was registered since then.
    """
    return tuple(
        each
        for each in asked
        if not each.is_filled
        and each.required_at in stages
        and (
            each.required_at is not Stage.RECEIPT
            or (each.required_since is not None and each.required_since <= registered_at)
        )
    )


def problem_of(kind: FieldType, filled: Filled, *, offered: Collection[int]) -> Problem | None:
    """Return why a field of `kind` cannot hold `filled`; None if it can. Empty it can always be.

    offered: the keys of the choices that may be chosen.
    """
    if filled.is_empty or _others(kind, filled):
        return None if filled.is_empty else Problem.NOT_OF_ITS_TYPE
    if kind in NUMBERS:
        return _of_number(kind, filled)
    alone = kind is not FieldType.ONE_OF or len(filled.choices) == 1
    if not (alone and filled.choices <= set(offered)):
        return Problem.NOT_OFFERED
    most = SHORT if kind is FieldType.SHORT_TEXT else LONG
    return Problem.TOO_LONG if len(filled.text) > most else None


def _others(kind: FieldType, filled: Filled) -> bool:
    """Return whether `filled` holds something else than a field of `kind` does, or not that."""
    holds = {
        "text": bool(filled.text.strip()),
        "number": filled.number is not None,
        "day": filled.day is not None,
        "truth": filled.truth is not None,
        "choices": bool(filled.choices),
    }
    return {name for name, there in holds.items() if there} != {_COLUMN[kind]}


_COLUMN = {
    FieldType.SHORT_TEXT: "text",
    FieldType.LONG_TEXT: "text",
    FieldType.NUMBER: "number",
    FieldType.AMOUNT: "number",
    FieldType.DAY: "day",
    FieldType.YES_NO: "truth",
    FieldType.ONE_OF: "choices",
    FieldType.SEVERAL_OF: "choices",
}


def _of_number(kind: FieldType, filled: Filled) -> Problem | None:
    number = filled.number or Decimal(0)
    if not number.is_finite() or abs(number) >= LARGEST:
        return Problem.TOO_LARGE
    if kind is FieldType.NUMBER:
        return None if number == number.to_integral_value() else Problem.NOT_WHOLE
    if number != round(number, 2):
        return Problem.NOT_WHOLE
    return None if _CURRENCY.fullmatch(filled.currency) else Problem.NO_CURRENCY
