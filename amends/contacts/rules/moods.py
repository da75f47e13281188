"""What the moods of a contact tell: where the person is in their anger, and how it ended. Pure."""

from collections.abc import Sequence
from enum import StrEnum

from amends.contacts.rules.kinds import Effect, Mood


class Phase(StrEnum):
    """Where somebody is on their way through anger. It advises, and never locks anything."""

    CALM = "calm"
    OUTBURST = "outburst"
    SLOWING = "slowing"
    LISTENING = "listening"
    COOLING = "cooling"
    SOLVING = "solving"


_WAY_DOWN = {
    Mood.ANGRY: Phase.SLOWING,
    Mood.ANNOYED: Phase.LISTENING,
    Mood.UNEASY: Phase.COOLING,
    Mood.CALM: Phase.SOLVING,
}


def phase_of(now: Mood, *, peak: Mood, before: Mood | None = None) -> Phase:
    """Return the phase of somebody who is `now` so angry and was `peak` at the worst.

    before: how they were just before; anger that rises again is a new outburst, whatever the worst
    was. Source: science 3.7.
    """
    if before is not None and now > before and now >= Mood.ANGRY:
        return Phase.OUTBURST
    if now < peak and peak >= Mood.ANGRY:
        return _WAY_DOWN[now]
    if now >= Mood.ANGRY:
        return Phase.OUTBURST
    return Phase.LISTENING if now is Mood.ANNOYED else Phase.CALM


def phases_through(moods: Sequence[Mood]) -> list[Phase]:
    """Return the phases that somebody went through with these moods, each once."""
    through = [
        phase_of(now, peak=max(moods[: place + 1]), before=moods[place - 1] if place else None)
        for place, now in enumerate(moods)
    ]
    return list(dict.fromkeys(through))


def first_and_last(moods: Sequence[Mood]) -> tuple[Mood | None, Mood | None]:
    """Return the moods at the start and at the end; one alone is the start, the end is not told."""
    if not moods:
        return None, None
    return moods[0], moods[-1] if len(moods) > 1 else None


def effect_of(mood_end: Mood | None) -> Effect:
    """Return how a contact ended for somebody who left it in this mood.

    Source: requirements S1-07, S1-09.
    """
    if mood_end is None:
        return Effect.UNKNOWN
    if mood_end >= Mood.ANGRY:
        return Effect.BAD
    return Effect.NEUTRAL if mood_end is Mood.ANNOYED else Effect.GOOD
