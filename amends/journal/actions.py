from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Protocol

from procrastinate.types import JSONDict

from amends.base.rows import write_rows
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
    return record_all([event], by=by, at=at)[0]


def record_all(events: Sequence[Event], *, by: Actor | None, at: datetime) -> list[Entry]:
    """Write `events` as `record` does each, in two statements however many they are."""
    return record_each([(event, by) for event in events], at=at)


def record_each(happened: Sequence[tuple[Event, Actor | None]], *, at: datetime) -> list[Entry]:
    """Write events, each with whoever made it happen, in two statements however many they are."""
    entries = write_rows(
        Entry,
        (
            Entry(
                kind=type(event).__name__,
                at=at,
                by=by.actor if by else "clock",
                subject=subject_of(event),
                facts={field.name: getattr(event, field.name) for field in fields(event)},
            )
            for event, by in happened
        ),
    )
    jobs: list[JSONDict] = [
        {"entry_id": entry.pk, "reaction": reaction}
        for (event, _by), entry in zip(happened, entries, strict=True)
        for reaction in reactions_to(type(event))
    ]
    if jobs:
        tasks.react.batch_defer(*jobs)
    return entries
