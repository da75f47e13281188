"""What happens to the views that colleagues keep. Never what they are called or look for."""

from dataclasses import dataclass

from amends.journal.events import Event


@dataclass(frozen=True, slots=True)
class ViewSaved(Event):
    view_id: int


@dataclass(frozen=True, slots=True)
class ViewShared(Event):
    view_id: int
    shared: str
    team_id: int | None


@dataclass(frozen=True, slots=True)
class ViewThrownAway(Event):
    view_id: int


@dataclass(frozen=True, slots=True)
class ViewPinned(Event):
    name: str
    staff_id: int


@dataclass(frozen=True, slots=True)
class ViewUnpinned(Event):
    name: str
    staff_id: int


@dataclass(frozen=True, slots=True)
class PinMoved(Event):
    name: str
    staff_id: int
