"""What a colleague has put aside of the advice on a draft; never anything about a customer."""

from django.db import models
from django.db.models import Q

from amends.cases.models.case import Case
from amends.staff.models import Staff


class DismissedRemark(models.Model):
    """A remark that stays away from what `staff` is writing on `case`, until that has left.

    code: one of `amends.language.remarks.GRAVITY`. why: only if they liked to say.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    staff = models.ForeignKey(Staff, models.CASCADE, related_name="+")
    code = models.CharField(max_length=30)
    why = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(code=""), name="dismissed_remark_named"),
            models.UniqueConstraint(fields=["case", "staff", "code"], name="remark_dismissed_once"),
        ]

    def __str__(self) -> str:
        return self.code
