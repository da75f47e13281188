from django.db import models
from django.db.models import Q

from amends.base.constraints import known
from amends.cases.models.case import Case
from amends.cases.rules.admissibility import Ground, Ruled
from amends.staff.models import Staff


class Ruling(models.Model):
    """That a matter is not admissible, or is in spite of something; by whom, and why.

    happened_on, aware_on, complained_on: the days it rests on, as they were known then: when it
    happened, when the customer learned of it, when they first complained. earlier: the case in
    which the same matter was decided.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="rulings")
    ruled = models.CharField(max_length=12)
    ground = models.CharField(max_length=12)
    reasons = models.TextField()
    happened_on = models.DateField(null=True)
    aware_on = models.DateField(null=True)
    complained_on = models.DateField(null=True)
    earlier = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)
    taken_back_why = models.TextField(blank=True)

    class Meta:
        constraints = [
            known("ruled", Ruled, "ruling_ruled_known"),
            known("ground", Ground, "ruling_ground_known"),
            models.CheckConstraint(condition=~Q(reasons=""), name="ruling_with_reasons"),
            models.CheckConstraint(
                condition=~Q(ground=Ground.LATE.value)
                | Q(happened_on__isnull=False)
                | Q(aware_on__isnull=False),
                name="ruling_late_after_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(ground=Ground.REPEATED.value) | Q(earlier__isnull=False),
                name="ruling_repeats_a_case",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True, taken_back_why="")
                | (Q(taken_back_at__isnull=False) & ~Q(taken_back_why="")),
                name="ruling_taken_back_with_a_reason",
            ),
            models.UniqueConstraint(
                fields=["case"],
                name="ruling_stands_alone",
                condition=Q(taken_back_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ruled}: {self.ground}"
