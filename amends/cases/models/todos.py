from typing import Self

from django.db import models
from django.db.models import F, Q

from amends.base.constraints import known
from amends.cases.models.case import Case
from amends.cases.rules.kinds import CaseKind
from amends.cases.rules.todos import MOST_DAYS
from amends.staff.models import Staff


class Checklist(models.Model):
    """What is to be done on cases of a kind again and again; in the language of the house.

    kind: empty for cases of every kind. retired_at: since when it is offered no more.
    """

    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, blank=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            known("kind", CaseKind, "checklist_kind_known", blank=True),
            models.CheckConstraint(condition=~Q(name=""), name="checklist_has_a_name"),
            models.UniqueConstraint(fields=["name"], name="checklist_once"),
        ]

    def __str__(self) -> str:
        return self.name


class ChecklistLine(models.Model):
    """One line of a checklist. within_days: working days from when it is put on a case."""

    checklist = models.ForeignKey(Checklist, models.CASCADE, related_name="lines")
    place = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=300)
    within_days = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["checklist", "place"], name="checklist_line_in_place"),
            models.CheckConstraint(condition=~Q(what=""), name="checklist_line_says_what"),
            models.CheckConstraint(
                condition=Q(within_days__gte=1, within_days__lte=MOST_DAYS),
                name="checklist_line_in_time",
            ),
        ]

    def __str__(self) -> str:
        return self.what


class TodoQuerySet(models.QuerySet["Todo"]):
    def open(self) -> Self:
        return self.filter(done_at=None, left_at=None)


class Todo(models.Model):
    """What is to be done on a case, inside: who does it, and by when.

    evidence: what came of it. left_at: when it was left undone, and why. checklist, place: the line
    it came from, so that a checklist is not put on a case twice. came_from: the case that brought
    it when the two were joined.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="todos")
    what = models.CharField(max_length=300)
    owner = models.ForeignKey(Staff, models.PROTECT, related_name="todos")
    due_at = models.DateTimeField()
    made_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    evidence = models.CharField(max_length=500, blank=True)
    left_at = models.DateTimeField(null=True)
    left_reason = models.CharField(max_length=300, blank=True)
    checklist = models.ForeignKey(Checklist, models.PROTECT, null=True, related_name="+")
    place = models.PositiveSmallIntegerField(null=True)
    came_from = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")

    objects = TodoQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="todo_says_what"),
            models.CheckConstraint(condition=Q(due_at__gt=F("made_at")), name="todo_due_later"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="todo_done_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True, left_reason="")
                | (Q(left_at__isnull=False, done_at__isnull=True) & ~Q(left_reason="")),
                name="todo_left_for_a_reason",
            ),
            models.UniqueConstraint(
                fields=["case", "checklist", "place"],
                name="todo_of_a_line_once",
                condition=Q(checklist__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["case", "due_at"], name="todo_of_case"),
            models.Index(
                fields=["owner", "due_at", "id"],
                name="todo_mine_by_due",
                condition=Q(done_at__isnull=True, left_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.what
