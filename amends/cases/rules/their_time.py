"""What a matter took its customer: how often they had to do with us, and until when. Pure.

Source: requirements S3-09. What they spent before they turned to us nobody knows.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from amends.contacts.rules.kinds import Channel, Direction, Family, family_of


@dataclass(frozen=True, slots=True)
class Met:
    """One contact that no machine had: how it came about, and how long it lasted."""

    channel: Channel
    direction: Direction
    lasted: timedelta

    @property
    def is_spoken(self) -> bool:
        return family_of(self.channel) is not Family.WRITTEN


@dataclass(frozen=True, slots=True)
class TheirTime:
    """How often they wrote to us or spoke with us, and how long the talks took in all.

    put_right_after: from their first word until they said that it is put right; None where they
    did not, or not yet: what we closed is not what they said.
    """

    contacts: int
    talked: timedelta
    put_right_after: timedelta | None


def their_time(
    met: Collection[Met], *, received_at: datetime, said_yes_at: datetime | None
) -> TheirTime:
    """Return what it took a customer who had these contacts; a letter of ours costs them none."""
    theirs = [each for each in met if each.is_spoken or each.direction is Direction.IN]
    talked = sum((each.lasted for each in theirs if each.is_spoken), timedelta())
    after = said_yes_at - received_at if said_yes_at else None
    return TheirTime(len(theirs), talked, after)
