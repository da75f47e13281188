"""What is weighed of a case besides its grades; the words stand with the case."""

from dataclasses import dataclass

from amends.journal.events import CaseEvent


@dataclass(frozen=True, slots=True)
class PublicationAnswered(CaseEvent):
    """The customer said whether their story may be told to others."""

    consent: str
    how: str


@dataclass(frozen=True, slots=True)
class ReliefNoted(CaseEvent):
    """A colleague said what the customer got in the end."""

    relief: str
