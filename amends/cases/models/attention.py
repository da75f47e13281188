from django.db import models

from amends.cases.models.case import Case, CaseNote
from amends.staff.models import Staff


class Mention(models.Model):
    """That a note names a colleague, so that they look at it."""

    note = models.ForeignKey(CaseNote, models.CASCADE, related_name="mentions")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["note", "staff"], name="mention_once")]

    def __str__(self) -> str:
        return f"{self.note_id} {self.staff_id}"


class Follower(models.Model):
    """That a colleague wants to hear what a customer says on a case that is not theirs."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="followers")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="follows")
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "staff"], name="follower_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.staff_id}"
