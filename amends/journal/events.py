"""What a package announces, and who listens.

An event is a frozen dataclass in the past tense whose fields are ids and other JSON scalars.
A reaction runs later, in the worker, at least once: it must be safe to run twice.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened."""


@dataclass(frozen=True, slots=True)
class CaseEvent(Event):
    """Something that happened to one case; the journal finds it again by the case."""

    case_id: int


@dataclass(frozen=True, slots=True)
class PersonEvent(Event):
    """Something that happened to what we know of one customer."""

    person_id: int


@dataclass(frozen=True, slots=True)
class Moment:
    """Who made something happen, such as `staff:12` or `clock`, and when."""

    by: str
    at: datetime


E = TypeVar("E", bound=Event)
Reaction = Callable[[E], None]
ReactionToMoment = Callable[[E, Moment], None]

_reactions: dict[type[Event], list[Callable[..., None]]] = {}
_of_moments: set[str] = set()


def on(kind: type[E]) -> Callable[[Reaction[E]], Reaction[E]]:
    """Make the decorated function a reaction to events of `kind`."""

    def register(reaction: Reaction[E]) -> Reaction[E]:
        _reactions.setdefault(kind, []).append(reaction)
        return reaction

    return register


def on_moment(kind: type[E]) -> Callable[[ReactionToMoment[E]], ReactionToMoment[E]]:
    """Make the decorated function a reaction to events of `kind` that is told who and when, too."""

    def register(reaction: ReactionToMoment[E]) -> ReactionToMoment[E]:
        _reactions.setdefault(kind, []).append(reaction)
        _of_moments.add(name_of(reaction))
        return reaction

    return register


def run_reaction(reaction: Callable[..., None], event: Event, moment: Moment) -> None:
    """Let `reaction` react to `event`, with the moment if it asks for it."""
    if name_of(reaction) in _of_moments:
        reaction(event, moment)
    else:
        reaction(event)


def reactions_to(kind: type[Event]) -> list[str]:
    """Return the names of the reactions to `kind`, in the order they were registered."""
    return [name_of(reaction) for reaction in _reactions.get(kind, ())]


def find(kind_name: str, reaction_name: str) -> tuple[type[Event], Callable[..., None]]:
    """Return the event class and the reaction of these names, or raise LookupError."""
    for kind, reactions in _reactions.items():
        for reaction in reactions:
            if (kind.__name__, name_of(reaction)) == (kind_name, reaction_name):
                return kind, reaction
    raise LookupError(f"no reaction {reaction_name} to {kind_name}")


def subject_of(event: Event) -> str:
    """Return what `event` happened to, such as `case:12`; empty if no one thing."""
    if isinstance(event, PersonEvent):
        return f"person:{event.person_id}"
    return f"case:{event.case_id}" if isinstance(event, CaseEvent) else ""


def name_of(reaction: Callable[..., None]) -> str:
    return f"{reaction.__module__}.{reaction.__qualname__}"
