"""When a reply acknowledges a case. Pure. Source: case-model 2.3."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyFacts:
    """What a reply tells. promised: whether a promise with its date stands on the case already."""

    author: str
    reference: str
    next_step: str
    next_at: datetime | None
    promised: bool


def acknowledges(facts: ReplyFacts) -> bool:
    """Return whether a reply names a person, gives the reference, the next step and its date."""
    tells_next = bool(facts.next_step.strip()) and facts.next_at is not None
    return bool(facts.author and facts.reference) and (tells_next or facts.promised)
