"""How long the records of ended cases are kept, and which must not go."""

from django.db import models
from django.db.models import Q

from amends.cases.models.case import Case
from amends.staff.models import Staff


class KeepingTerm(models.Model):
    """For how many years the record of a case is kept after its end; no row: as shipped."""

    years = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="keeping_term_is_one"),
            models.CheckConstraint(condition=Q(years__gte=1), name="keeping_term_is_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.years} years"


class Keeping(models.Model):
    """Until when the record of a case is kept, counted from its last end.

    While the case is open again nothing of it counts. past_at: when it was noticed that the time
    has passed. frozen_at: since when it must be kept whatever the date, by whom and why.
    """

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="keeping")
    keep_until = models.DateTimeField()
    past_at = models.DateTimeField(null=True)
    frozen_at = models.DateTimeField(null=True)
    frozen_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    frozen_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(frozen_at__isnull=True, frozen_by__isnull=True, frozen_reason="")
                | (Q(frozen_at__isnull=False, frozen_by__isnull=False) & ~Q(frozen_reason="")),
                name="keeping_frozen_with_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["keep_until", "case"],
                name="keeping_to_notice",
                condition=Q(past_at__isnull=True, frozen_at__isnull=True),
            ),
            models.Index(
                fields=["keep_until", "case"],
                name="keeping_past",
                condition=Q(past_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"case {self.pk} until {self.keep_until:%Y-%m-%d}"
