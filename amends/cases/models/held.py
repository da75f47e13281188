from django.db import models
from django.db.models import Q

from amends.cases.models.case import Case
from amends.cases.models.colleagues import HelpRequest
from amends.staff.models import Staff


class HeldReply(models.Model):
    """A reply held back because its words would hurt, and what a senior said of it.

    text: exactly as it was about to leave; a release counts for this text and for no other.
    request: how the senior was asked; none where a senior released it unasked.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="held_replies")
    author = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    text = models.TextField()
    request = models.OneToOneField(
        HelpRequest, models.PROTECT, null=True, related_name="held_reply"
    )
    held_at = models.DateTimeField()
    judged_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "held replies"
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="held_reply_has_a_text"),
            models.CheckConstraint(
                condition=Q(released_at=None) | Q(returned_at=None),
                name="held_reply_judged_one_way",
            ),
            models.CheckConstraint(
                condition=Q(judged_by=None, released_at=None, returned_at=None)
                | (Q(judged_by__isnull=False) & ~Q(released_at=None, returned_at=None)),
                name="held_reply_judged_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
