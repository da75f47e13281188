"""Whether a contact may go to another case, and go back. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

TO_MOVE_BACK = timedelta(minutes=10)


class Obstacle(StrEnum):
    """Why a contact stays on the case where it is."""

    SAME_CASE = "same-case"
    BEGAN_WITH_IT = "began-with-it"
    THERE_ALREADY = "there-already"


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveFacts:
    """What is known of a contact that is to go to another case.

    began: whether its case began with it, so that it would be left without its story.
    """

    same_case: bool
    began: bool
    there: bool


def obstacle_to_moving(facts: MoveFacts) -> Obstacle | None:
    """Return why the contact stays where it is; None if it may go."""
    if facts.same_case:
        return Obstacle.SAME_CASE
    if facts.began:
        return Obstacle.BEGAN_WITH_IT
    return Obstacle.THERE_ALREADY if facts.there else None


def may_move_back(*, moved_at: datetime, at: datetime) -> bool:
    """Return whether what was moved may still be put back with a click."""
    return at - moved_at <= TO_MOVE_BACK
