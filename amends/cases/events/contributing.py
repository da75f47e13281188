"""Who had a hand in the service behind a case; the words stand with it."""

from dataclasses import dataclass

from amends.journal.events import CaseEvent


@dataclass(frozen=True, slots=True)
class ContributionNamed(CaseEvent):
    """A department of ours, or a supplier, took a step of the service."""

    contribution_id: int
    went_wrong: bool


@dataclass(frozen=True, slots=True)
class ContributionDropped(CaseEvent):
    """They had no hand in it after all."""

    contribution_id: int
