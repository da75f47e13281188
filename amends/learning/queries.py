"""What can be learnt from, what was learnt, and what it suggests for a case."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Left

from amends.cases.models.case import Case, CaseContact, Issue
from amends.cases.queries.rights import headings
from amends.cases.rules.findings import Shelf
from amends.cases.rules.kinds import CaseKind
from amends.coach.models import Correction
from amends.coach.rules import Question, part_to_read
from amends.contacts.rules.kinds import Direction
from amends.learning.models import Suggester, Suggestion
from amends.learning.rules.model import BadModel, Model, read_model, sureness
from amends.learning.rules.targets import (
    LONGEST_TEXT,
    MOST_EXAMPLES,
    Example,
    Target,
    likeliest,
)
from amends.staff.models import Team


@dataclass(frozen=True, slots=True)
class Suggested:
    """What is suggested for a case. label: a kind, a topic, or the key of a team. sure: 0 to 1."""

    target: Target
    label: str
    sure: float
    name: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How one target stands, and how often what it suggested was taken."""

    target: Target
    suggester: Suggester
    answered: int
    taken: int


def examples_of(target: Target) -> list[Example]:
    """Return what customers wrote with what people made of it, the newest thousands, oldest first.

    Only what people have decided or looked at to its end is an example; what is sensitive never is.
    """
    found = _decided(target).filter(sensitive_since=None).annotate(words=_first_words())
    told = found.exclude(words=None).exclude(words="").exclude(label=None).exclude(label="")
    newest = told.order_by("-pk").values_list("words", "label")[:MOST_EXAMPLES]
    return [Example(part_to_read(words), label) for words, label in reversed(newest)]


def open_labels(target: Target) -> dict[str, str]:
    """Return what can be chosen today, and how it is called; for kinds that is their word's key."""
    if target is Target.KIND:
        return {kind.value: kind.value for kind in CaseKind}
    if target is Target.TOPIC:
        return {each.name: each.name for each in headings(Shelf.TOPIC) if each.under_id is None}
    return {str(team.pk): team.name for team in Team.objects.filter(closed_at=None)}


def suggestions_for(case: Case) -> list[Suggested]:
    """Return what is suggested for `case`; what was answered before is not suggested again."""
    if not case.is_open or case.sensitive_since:
        return []
    answered = Suggestion.objects.filter(case=case).values("target")
    learnt = Suggester.objects.exclude(sha256="").exclude(target__in=answered).order_by("target")
    models = [
        (Target(target), model)
        for target, sha256 in learnt.values_list("target", "sha256")
        if (model := loaded(sha256))
    ]
    text = _words_of(case) if models else ""
    found = [_suggested(case, target, model, text) for target, model in models] if text else []
    return [one for one in found if one]


def standings() -> list[Standing]:
    """Return how each target stands, whether anything was ever learnt of it or not."""
    kept = {one.target: one for one in Suggester.objects.defer("model")}
    answers = Suggestion.objects.values("target").annotate(
        answered=Count("pk"), took=Count("pk", filter=Q(taken=True))
    )
    counted = {row["target"]: (row["answered"], row["took"]) for row in answers}
    return [
        Standing(target, kept.get(target) or Suggester(target=target), *counted.get(target, (0, 0)))
        for target in Target
    ]


@lru_cache(maxsize=2 * len(Target))
def loaded(sha256: str) -> Model | None:
    """Return the model with this sum, read once a process; None if it is not what it was."""
    kept = Suggester.objects.filter(sha256=sha256).values_list("model", flat=True).first()
    data = bytes(kept or b"")
    if hashlib.sha256(data).hexdigest() != sha256:
        return None
    try:
        return read_model(data)
    except BadModel:
        return None


def _suggested(case: Case, target: Target, model: Model, text: str) -> Suggested | None:
    now = _label_now(case, target)
    if now is None:
        return None
    sure, names = sureness(model, text), open_labels(target)
    label = likeliest(sure, now=now, open_to=names)
    return Suggested(target, label, sure[label], names[label]) if label else None


def _label_now(case: Case, target: Target) -> str | None:
    """Return what `case` has now; None if a colleague has filed it already."""
    if target is Target.TOPIC:
        filed = Issue.objects.filter(case=case).exclude(topic="")
        return None if filed.exists() else ""
    return case.kind if target is Target.KIND else str(case.team_id)


def _decided(target: Target) -> QuerySet[Any]:
    """Return the cases of which people decided `target`, each with its `label`."""
    answered = Exists(Suggestion.objects.filter(case=OuterRef("pk"), target=target))
    looked_at = Q(closed_at__isnull=False) & (Q(closed_by__isnull=False) | Q(as_history=True))
    if target is Target.TOPIC:
        filed = Issue.objects.filter(case=OuterRef("pk")).exclude(topic="").order_by("pk")
        return Case.objects.annotate(label=Subquery(filed.values("topic")[:1]))
    if target is Target.TEAM:
        return Case.objects.filter(looked_at | answered).annotate(
            label=Cast("team_id", CharField())
        )
    return _of_known_kind(looked_at | answered)


def _of_known_kind(decided: Combinable) -> QuerySet[Any]:
    """Return the cases whose kind people decided, or said of its words that it is another."""
    corrected = Correction.objects.filter(
        contact__case_contacts__case=OuterRef("pk"), question=Question.KIND
    ).order_by("contact_id")
    said = Case.objects.annotate(corrected=Subquery(corrected.values("rather")[:1]))
    known = said.filter(Q(corrected__isnull=False) | decided)
    return known.annotate(label=Coalesce(F("corrected"), F("kind"), output_field=CharField()))


def _first_words() -> Subquery:
    first = _told().filter(case=OuterRef("pk")).order_by("at", "pk")
    return Subquery(first.values(beginning=Left("contact__words__text", LONGEST_TEXT))[:1])


def _words_of(case: Case) -> str:
    first = _told().filter(case=case).order_by("at", "pk")
    text = first.values_list("contact__words__text", flat=True).first()
    return part_to_read((text or "")[:LONGEST_TEXT])


def _told() -> QuerySet[CaseContact]:
    return CaseContact.objects.filter(contact__direction=Direction.IN, contact__automatic=False)
