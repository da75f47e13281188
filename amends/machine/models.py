"""What was sent to an outside model, and what it answered."""

from django.db import models
from django.db.models import Q

from amends.base.constraints import known
from amends.cases.models.case import Case
from amends.machine.rules.uses import Failure, Use
from amends.staff.models import Staff


class Asked(models.Model):
    """That `by` asked for something on a case. sent: what left, masked, to the letter.

    answer: what came back, with what the masks stood for; a machine's text. Forgotten in time.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    use = models.CharField(max_length=15)
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    model = models.CharField(max_length=100)
    sent = models.TextField()
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)
    failure = models.CharField(max_length=15, blank=True)
    expires_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "asked"
        constraints = [
            known("use", Use, "asked_use_known"),
            known("failure", Failure, "asked_failure_known", blank=True),
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="", failure="")
                | (Q(answered_at__isnull=False) & (Q(answer="") ^ Q(failure=""))),
                name="asked_answered_or_failed",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-at"], name="asked_of_case"),
            models.Index(fields=["expires_at", "id"], name="asked_expires"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.use}"
