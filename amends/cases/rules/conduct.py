"""What one does and does not do with somebody who complains: nine dos and seven don'ts. Pure.

Filled by evidence where there is any, and by whoever reviews a contact where there is none. They
tell how it was handled, never how good somebody is: nothing is counted of a person.
Source: requirements S4-15 to S4-30.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Do(StrEnum):
    """What is recommended, in the order of the founding text."""

    LISTEN = "listen"
    TAKE_NOTES = "take-notes"
    APOLOGISE = "apologise"
    CLARIFY = "clarify"
    ACT = "act"
    BY_NAME = "by-name"
    FOLLOW_UP = "follow-up"
    STAY_CALM = "stay-calm"
    BE_POLITE = "be-polite"


class Dont(StrEnum):
    """What is not advised, in the order of the founding text."""

    INTERRUPT = "interrupt"
    REDIRECT_TOO_QUICKLY = "redirect-too-quickly"
    BE_RUDE = "be-rude"
    BE_ANGRY = "be-angry"
    BE_IRONIC = "be-ironic"
    REFUSE_RESPONSIBILITY = "refuse-responsibility"
    TAKE_PERSONALLY = "take-personally"


TOO_QUICK = timedelta(minutes=10)


class Seen(StrEnum):
    """What a reviewer says of one of them, on one contact."""

    YES = "yes"
    NO = "no"
    NOT_SEEN = "not-seen"


Conduct = Do | Dont


@dataclass(frozen=True, slots=True, kw_only=True)
class ConductFacts:
    """What is evidence of how a case was handled; a moment is None where it has not happened.

    heard_at: when their own words were taken; noted: whether anybody took notes. acted_at: when
    something was promised or done. asked_at: when they were asked whether it is put right.
    named_at: when they were first written to by their name. owned_at: since when somebody answers
    for it.
    """

    heard_at: datetime | None
    noted: bool
    apology_at: datetime | None
    clarified_at: datetime | None
    acted_at: datetime | None
    named_at: datetime | None
    asked_at: datetime | None
    owned_at: datetime | None


def evidence_of(facts: ConductFacts) -> Mapping[Conduct, datetime | bool]:
    """Return those of the sixteen for which there is evidence, with its moment where it has one."""
    found: dict[Conduct, datetime | bool | None] = {
        Do.LISTEN: facts.heard_at,
        Do.TAKE_NOTES: facts.noted,
        Do.APOLOGISE: facts.apology_at,
        Do.CLARIFY: facts.clarified_at,
        Do.ACT: facts.acted_at,
        Do.BY_NAME: facts.named_at,
        Do.FOLLOW_UP: facts.asked_at,
        Dont.REFUSE_RESPONSIBILITY: facts.owned_at,
    }
    return {item: told for item, told in found.items() if told}


def is_passed_on_too_quickly(
    *, received_at: datetime, at: datetime, heard_from_us: bool, fled: bool
) -> bool:
    """Return whether a matter would be passed on before its customer heard a word from us.

    heard_from_us: whether somebody spoke with them or wrote to them. fled: whether a colleague
    called a senior because of abuse, which is no fault of theirs.

    Source: requirements S4-25, S4-33.
    """
    return at - received_at <= TOO_QUICK and not heard_from_us and not fled


def read_conduct(value: str) -> Conduct:
    """Return the do or the don't of this value.

    Raises ValueError.
    """
    return Do(value) if value in set(Do) else Dont(value)
