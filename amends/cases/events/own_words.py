"""What customers say themselves of how we understood them, what we offer, and how we dealt."""

from dataclasses import dataclass

from amends.journal.events import CaseEvent, PersonEvent


@dataclass(frozen=True, slots=True)
class ReadBackAsked(CaseEvent):
    read_back_id: int


@dataclass(frozen=True, slots=True)
class ReadBackAnswered(CaseEvent):
    read_back_id: int
    confirmed: bool


@dataclass(frozen=True, slots=True)
class CaseRated(CaseEvent):
    """A customer said how they found the way we dealt with them, or said it anew."""

    rating_id: int
    satisfaction: str


@dataclass(frozen=True, slots=True)
class MoreTimeAsked(CaseEvent):
    """A customer wants to think about what we propose."""

    proposal_id: int
    until: str


@dataclass(frozen=True, slots=True)
class NothingToAnswer(CaseEvent):
    """A colleague saw that what the customer wrote last needs no answer."""


@dataclass(frozen=True, slots=True)
class LinkReplaced(CaseEvent):
    """The address and the code of the customer's page hold no more; there are new ones."""


@dataclass(frozen=True, slots=True)
class OwnCasesSent(PersonEvent):
    """The address of all their cases went to a customer, who asked for it."""
