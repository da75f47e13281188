from dataclasses import asdict
from datetime import datetime
from typing import Protocol

from amends.journal import tasks
from amends.journal.events import Event, reactions_to, subject_of
from amends.journal.models import Entry


class Actor(Protocol):
    """Whoever can act: staff, a customer, a channel. The journal knows them by this name only."""

    @property
    def actor(self) -> str:
        """Kind and id, such as `staff:12`; no personal data."""


def record(event: Event, *, by: Actor | None, at: datetime) -> Entry:
    """Write `event` in the journal and queue what reacts to it, all in the caller's transaction."""
    kind = type(event)
    entry = Entry.objects.create(
        kind=kind.__name__,
        at=at,
        by=by.actor if by else "clock",
        subject=subject_of(event),
        facts=asdict(event),
    )
    for reaction in reactions_to(kind):
        tasks.react.defer(entry_id=entry.pk, reaction=reaction)
    return entry
