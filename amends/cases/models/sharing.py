from django.db import models

from amends.cases.models.case import Case
from amends.contacts.models.drafting import Draft
from amends.staff.models import Staff


class SharedReply(models.Model):
    """That a colleague may read the reply somebody is writing; it ends with what is written."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    draft = models.ForeignKey(Draft, models.CASCADE, related_name="shared")
    to = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    since = models.DateTimeField()

    class Meta:
        verbose_name_plural = "shared replies"
        constraints = [models.UniqueConstraint(fields=["draft", "to"], name="shared_reply_once")]

    def __str__(self) -> str:
        return f"{self.draft_id} to {self.to_id}"
