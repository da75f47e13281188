"""What was learnt from our own history, and what became of what was suggested by it."""

from django.db import models
from django.db.models import Q

from amends.base.constraints import known
from amends.cases.models.case import Case
from amends.learning.rules.targets import Target, Tried
from amends.staff.models import Staff


class Suggester(models.Model):
    """What is learnt of one target: the model in use, how good it is, and how the last night went.

    model: the numbers of `amends.learning.rules.model`, with their SHA-256; nothing that runs.
    examples, held_out, right: of the model in use: how many it saw, how many it had not seen, and
    on how many of those it was right. seen_examples: how many there were when it was last `tried`.
    """

    target = models.CharField(max_length=10, unique=True)
    is_on = models.BooleanField(default=True)
    model = models.BinaryField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    learnt_at = models.DateTimeField(null=True)
    examples = models.PositiveIntegerField(default=0)
    held_out = models.PositiveIntegerField(default=0)
    right = models.PositiveIntegerField(default=0)
    tried = models.CharField(max_length=25, default=Tried.NOT_YET.value)
    tried_at = models.DateTimeField(null=True)
    seen_examples = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            known("target", Target, "suggester_target_known"),
            known("tried", Tried, "suggester_tried_known"),
            models.CheckConstraint(
                condition=Q(model=None, sha256="", learnt_at=None)
                | (Q(model__isnull=False, learnt_at__isnull=False) & ~Q(sha256="")),
                name="suggester_model_with_its_sum",
            ),
            models.CheckConstraint(
                condition=Q(right__lte=models.F("held_out")), name="suggester_right_of_held_out"
            ),
            models.CheckConstraint(
                condition=Q(is_on=True) | Q(model=None), name="suggester_off_keeps_nothing"
            ),
        ]

    def __str__(self) -> str:
        return self.target


class Suggestion(models.Model):
    """That something was suggested for a case, and whether a colleague took it."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    target = models.CharField(max_length=10)
    suggested = models.CharField(max_length=100)
    sure = models.FloatField()
    taken = models.BooleanField()
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            known("target", Target, "suggestion_target_known"),
            models.UniqueConstraint(fields=["case", "target"], name="suggestion_answered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.target} {self.suggested}"
