from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from amends.base.constraints import known
from amends.cases.rules.kinds import CaseKind
from amends.cases.rules.procedure import LEAST_DAYS, MOST_DAYS
from amends.staff.models import Staff


class Procedure(models.Model):
    """What a manager chose for a kind of case, besides what must be; a row a version.

    The first version is in the code (`amends.cases.rules.procedure`), and has no row.
    """

    kind = models.CharField(max_length=10)
    version = models.PositiveSmallIntegerField()
    steps = ArrayField(models.CharField(max_length=20), default=list)
    evidence = ArrayField(models.CharField(max_length=20), default=list)
    guards = ArrayField(models.CharField(max_length=30), default=list)
    check_again_days = models.PositiveSmallIntegerField(null=True)
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            known("kind", CaseKind, "procedure_kind_known"),
            models.UniqueConstraint(fields=["kind", "version"], name="procedure_version_once"),
            models.CheckConstraint(
                condition=Q(version__gte=2), name="procedure_first_is_in_the_code"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="procedure_changed_for_a_reason"),
            models.CheckConstraint(
                condition=Q(check_again_days__isnull=True)
                | Q(check_again_days__gte=LEAST_DAYS, check_again_days__lte=MOST_DAYS),
                name="procedure_checks_again_in_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.version}"
