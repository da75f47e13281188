from django.db import models
from django.db.models import Q

from amends.cases.models.case import Case
from amends.people.models import Person
from amends.staff.models import Department, Staff


class Contribution(models.Model):
    """A step of the service behind a case, and who took it: a department of ours or a supplier.

    It names no colleague: what went wrong is looked for in the way things are done. went_wrong:
    that it went wrong there. dropped_at: when it turned out that they had no hand in it.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="contributions")
    step = models.CharField(max_length=200)
    department = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    supplier = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    went_wrong = models.BooleanField(default=False)
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(step=""), name="contribution_says_what"),
            models.CheckConstraint(
                condition=Q(department__isnull=False, supplier__isnull=True)
                | Q(department__isnull=True, supplier__isnull=False),
                name="contribution_of_one",
            ),
        ]

    def __str__(self) -> str:
        return self.step
