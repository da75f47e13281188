"""What is learned from contacts, and that it is forgotten again."""

from dataclasses import dataclass

from amends.journal.events import Event


@dataclass(frozen=True, slots=True)
class LessonNoted(Event):
    lesson_id: int


@dataclass(frozen=True, slots=True)
class LessonRetired(Event):
    lesson_id: int


@dataclass(frozen=True, slots=True)
class LessonForgotten(Event):
    """Its time was over, and it was deleted."""

    lesson_id: int
