"""Counting which of the answers that we give often a reply was written with.

These are not use cases: they are called by the actions that send a reply, and take it back.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F

from amends.cases.models.answers import AnswerUsed
from amends.cases.models.case import Case, Issue
from amends.contacts.models.templates import AnswerTemplate
from amends.contacts.rules.templates import is_said_in


def count_answers_used(case: Case, text: str, *, at: datetime) -> None:
    """Count the answers that the reply `text` was written with, for all cases and its topics."""
    used = _used(case, text)
    topics = _topics(case) if used else ()
    for key in used:
        for topic in topics:
            row, is_new = AnswerUsed.objects.get_or_create(
                template_id=key, topic=topic, defaults={"times": 1, "last_at": at}
            )
            if not is_new:
                AnswerUsed.objects.filter(pk=row.pk).update(times=F("times") + 1, last_at=at)


def count_answers_not_used(case: Case, text: str) -> None:
    """Take back what was counted for the reply `text`, which is taken back itself."""
    if used := _used(case, text):
        counted = AnswerUsed.objects.filter(template__in=used, topic__in=_topics(case))
        counted.filter(times__gt=0).update(times=F("times") - 1)


def _used(case: Case, text: str) -> list[int]:
    """Return the answers that `text` was written with, in one order for all who count at once."""
    offered = AnswerTemplate.objects.filter(active=True).order_by("pk")
    return [
        key
        for key, texts in offered.values_list("pk", "texts")
        if is_said_in(texts.get(case.language) or "", text)
    ]


def _topics(case: Case) -> Iterable[str]:
    """Return the topics of `case`, and the empty one that stands for all."""
    named = Issue.objects.filter(case=case).exclude(topic="").values_list("topic", flat=True)
    return sorted({"", *named})
