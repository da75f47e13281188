from django.db import models
from django.db.models import Q

from amends.base.constraints import known
from amends.cases.models.case import Case
from amends.cases.models.promises import FollowUp
from amends.cases.rules.kinds import Satisfaction
from amends.staff.models import Staff


class ReadBack(models.Model):
    """How we understood a customer and what happens next, told them to confirm or to correct.

    text: in the customer's language. words: theirs, for what happens next or what is wrong with it.
    ended_at: when it was overtaken by another one, or by the end of the case.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="read_backs")
    text = models.TextField()
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    confirmed = models.BooleanField(null=True)
    words = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="read_back_says_something"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, confirmed__isnull=True, words="")
                | Q(answered_at__isnull=False, confirmed=True)
                | (Q(answered_at__isnull=False, confirmed=False) & ~Q(words="")),
                name="read_back_corrected_in_words",
            ),
            models.UniqueConstraint(
                fields=["case"], name="read_back_one_at_a_time", condition=Q(ended_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Rating(models.Model):
    """How a customer found the way we dealt with them, once for each time they were asked.

    The last word counts; each change is in the journal.
    """

    follow_up = models.OneToOneField(FollowUp, models.PROTECT, related_name="rating")
    satisfaction = models.CharField(max_length=10)
    words = models.TextField(blank=True)
    at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [known("satisfaction", Satisfaction, "rating_satisfaction_known")]

    def __str__(self) -> str:
        return f"#{self.pk}"
