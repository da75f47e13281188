from django.db import models
from django.db.models import Q

from amends.cases.models.case import Case
from amends.staff.models import Staff


class Thanks(models.Model):
    """What a customer said of a colleague, passed on to whom it was meant for."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="thanks")
    to = models.ForeignKey(Staff, models.PROTECT, related_name="thanks")
    words = models.TextField()
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "thanks"
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="thanks_say_something"),
            models.UniqueConstraint(fields=["case", "to"], name="thanks_once_a_case"),
        ]
        indexes = [models.Index(fields=["to", "-at"], name="thanks_of_colleague")]

    def __str__(self) -> str:
        return f"{self.case_id} to {self.to_id}"
