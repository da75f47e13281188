"""What a colleague learned from a contact: kept for the next one, retired, and forgotten in time.

Source: requirements S3-19; product.md, law 8.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.actions.within import is_barred
from amends.cases.events.lessons import LessonForgotten, LessonNoted, LessonRetired
from amends.cases.models.case import Case
from amends.cases.models.lessons import Lesson
from amends.cases.rules.lessons import LONGEST, Lives, judges, lifetime
from amends.journal.actions import record
from amends.people.models import Person
from amends.staff.actions.authorise import require
from amends.staff.models import Staff
from amends.staff.rules.permissions import Act


class LessonSaysNothing(Refused):
    text = _("Write down what to do next time.")


class AboutNothing(Refused):
    text = _("Say whom or what it is about.")


class LessonJudges(Refused):
    text = _("Say what to do next time, not what they are like: “%(words)s”.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """A lesson before it is kept: about a customer or else a topic. case: where it was learned."""

    text: str
    lives: Lives = Lives.YEAR
    person: Person | None = None
    topic: str = ""
    case: Case | None = None


@transaction.atomic
def note_lesson(learned: Learned, *, by: Staff, at: datetime) -> Lesson:
    """Keep what was learned for the next contact, for a time, and return it.

    Raises NotAllowed, LessonSaysNothing, AboutNothing, LessonJudges.
    """
    require(by, Act.WORK_ON_CASE)
    text = learned.text.strip()[:LONGEST]
    if not text:
        raise LessonSaysNothing
    topic = "" if learned.person else learned.topic.strip()
    if learned.person is None and not topic:
        raise AboutNothing
    if words := judges(text, by.language):
        raise LessonJudges(words="”, “".join(words))
    known = learned.case is not None and not is_barred(learned.case, by)
    lesson = Lesson.objects.create(
        person=learned.person,
        topic=topic,
        text=text,
        learned_from=learned.case if known else None,
        by=by,
        at=at,
        expires_at=at + lifetime(learned.lives),
    )
    record(LessonNoted(lesson_id=lesson.pk), by=by, at=at)
    return lesson


@transaction.atomic
def retire_lesson(lesson: Lesson, *, by: Staff, at: datetime) -> Lesson:
    """Say that a lesson holds no more. The first time counts.

    Raises NotAllowed.
    """
    require(by, Act.WORK_ON_CASE)
    lesson = Lesson.objects.select_for_update().get(pk=lesson.pk)
    if lesson.retired_at is None:
        lesson.retired_at, lesson.retired_by = at, by
        lesson.save(update_fields=["retired_at", "retired_by"])
        record(LessonRetired(lesson_id=lesson.pk), by=by, at=at)
    return lesson


@transaction.atomic
def forget_lesson(lesson: Lesson, *, at: datetime) -> None:
    """Delete a lesson whose time is over."""
    record(LessonForgotten(lesson_id=lesson.pk), by=None, at=at)
    lesson.delete()
