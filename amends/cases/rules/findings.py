"""What is found on a complaint, and who may see what before it is. Pure.

Source: case-model 2.3, 2.4, 2.6; requirements S3-48, S4-42 to S4-56.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from amends.cases.rules.kinds import Outcome, Severity, Track


class Expectation(StrEnum):
    """What customers expect of us, and what a complaint says was broken."""

    PROFESSIONALISM = "professionalism"
    CARE = "care"
    HONESTY = "honesty"
    POLITENESS = "politeness"
    INFORMATION = "information"
    SUPPORT = "support"
    CHEERFULNESS = "cheerfulness"
    AVAILABILITY = "availability"
    NO_FUSS = "no-fuss"
    EFFICIENCY = "efficiency"
    QUALITY = "quality"
    SPEED = "speed"
    ATTENTION = "attention"
    RESPECT = "respect"
    RESPONSIVENESS = "responsiveness"


class Shelf(StrEnum):
    """Which of our own lists a heading stands in."""

    PRODUCT = "product"
    TOPIC = "topic"


# What was judged rests on something; what could not be, or is not ours to judge, does not.
_RESTS_ON_EVIDENCE = frozenset({Outcome.UPHELD, Outcome.PARTLY_UPHELD, Outcome.NOT_UPHELD})


@dataclass(frozen=True, slots=True)
class Found:
    """What was found on one thing complained of. pieces: how much evidence is registered for it."""

    validity: Outcome
    pieces: int


def is_hard(track: Track, severity: int | None) -> bool:
    """Return whether a case asks for all there is: full track, or severity 3 and more."""
    return track is Track.FULL or (severity or 0) >= Severity.SERIOUS


def is_found_on(found: Collection[Found]) -> bool:
    """Return whether there is something complained of, and a finding on every piece of it."""
    return bool(found) and all(each.validity is not Outcome.NOT_JUDGED for each in found)


def lacks_evidence(found: Found) -> bool:
    """Return whether a judgement rests on nothing that is registered."""
    return found.validity in _RESTS_ON_EVIDENCE and not found.pieces


def is_blind(
    *, severity: int | None, decides: bool, found: Collection[Found], opened: bool
) -> bool:
    """Return whether earlier verdicts and manners of the customer are kept from a reader.

    Only from whoever decides a case of severity 3 or more, only until everything complained of is
    found on, and not once they opened it with a reason. Source: case-model 2.6.
    """
    grave = (severity or 0) >= Severity.SERIOUS
    return grave and decides and not opened and not is_found_on(found)
