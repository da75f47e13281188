"""The card at hand: what to do, what never to say, a sentence to use; for a manner or a phase."""

from dataclasses import dataclass

from amends.language.phases import Phase
from amends.language.phrases import coach


@dataclass(frozen=True, slots=True)
class Card:
    """One card, in one language. `source` are the rows of the founding texts behind it."""

    name: str
    do: str
    never: str
    say: str
    source: tuple[str, ...]


_BEHIND = {
    "angry": ("S3-30", "S3-31", "S3-32"),
    "arguer": ("S3-36", "S3-37", "S3-38", "S3-39", "S3-40"),
    "talker": ("S3-43", "S3-44", "S3-45", "S3-46"),
    "habitual_complainer": ("S3-47", "S3-48", "S3-49", "S3-50", "S3-51"),
    "offensive": ("S3-52", "S3-53", "S3-54"),
    "demanding": ("S3-56", "S3-57", "S3-58", "S3-59"),
}


def manner_card(manner: str, tongue: str) -> Card:
    """Return the card of a manner that shows in the contact at hand."""
    return Card(**coach(tongue)["manners"][manner], source=_BEHIND[manner])


def phase_card(phase: Phase, tongue: str) -> Card:
    """Return the card of a phase of anger."""
    return Card(**coach(tongue)["phases"][phase.value], source=("S3-60",))


def question(missing: str, tongue: str) -> str:
    """Return the question to ask for what is missing."""
    text: str = coach(tongue)["missing"][missing]
    return text


def senior_speaks(senior: str, time: str, tongue: str) -> str:
    """Return how a customer who insults or threatens is told who speaks with them, and when."""
    text: str = coach(tongue)["senior"]["speaks"]
    return text.format(senior=senior, time=time)


def contact_ends(senior: str, time: str, tongue: str) -> str:
    """Return the words with which a contact is ended by rule."""
    text: str = coach(tongue)["senior"]["ends"]
    return text.format(senior=senior, time=time)
