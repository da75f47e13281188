from django.db import models
from django.db.models import F, Q

from amends.cases.models.case import Case
from amends.staff.models import Staff


class Snooze(models.Model):
    """That a case was put out of sight until a moment, and why.

    Whether it still is, the case says: `snoozed_until`.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="snoozes")
    until = models.DateTimeField()
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="snooze_says_why"),
            models.CheckConstraint(condition=Q(until__gt=F("at")), name="snooze_ends_later"),
        ]
        indexes = [models.Index(fields=["case", "-at"], name="snooze_of_case")]

    def __str__(self) -> str:
        return self.reason
