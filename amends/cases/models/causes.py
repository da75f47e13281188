from django.db import models

from amends.base.constraints import known
from amends.cases.models.case import Case
from amends.cases.rules.kinds import (
    Mechanism,
    Pillar,
)
from amends.staff.models import Staff


class Cause(models.Model):
    """Why it happened, and what keeps it from happening again."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="cause")
    pillar = models.CharField(max_length=15)
    mechanism = models.CharField(max_length=20)
    indifference = models.BooleanField(default=False)
    text = models.CharField(max_length=500, blank=True)
    prevention = models.TextField(blank=True)
    prevention_due_on = models.DateField(null=True)
    none_needed_reason = models.CharField(max_length=500, blank=True)
    counted_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [
            known("pillar", Pillar, "cause_pillar_known"),
            known("mechanism", Mechanism, "cause_mechanism_known"),
        ]
        indexes = [models.Index(fields=["mechanism", "pillar"], name="cause_alike")]

    def __str__(self) -> str:
        return f"{self.pillar} {self.mechanism}"
