from django.db import models
from django.db.models import Q

from amends.base.constraints import known
from amends.cases.models.case import Case
from amends.cases.rules.conduct import Do, Dont, Seen
from amends.cases.rules.steps import Step
from amends.contacts.models import Contact
from amends.staff.models import Staff

_ITEMS = [*(each.value for each in Do), *(each.value for each in Dont)]


class ContactReview(models.Model):
    """What a reviewer saw of one do or don't on one contact; it belongs to the contact.

    Nothing is added up of whoever handled it.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="contact_reviews")
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="reviews")
    item = models.CharField(max_length=25)
    seen = models.CharField(max_length=10)
    remark = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(item__in=_ITEMS), name="contact_review_item_known"),
            known("seen", Seen, "contact_review_seen_known"),
            models.UniqueConstraint(fields=["contact", "item", "by"], name="contact_review_once"),
        ]

    def __str__(self) -> str:
        return self.item


class PassedOver(models.Model):
    """That a step was passed over on a case by somebody's own judgement, and why."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="passed_over")
    kind = models.CharField(max_length=10)
    step = models.CharField(max_length=20)
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "passed over"
        constraints = [
            known("step", Step, "passed_over_step_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="passed_over_for_a_reason"),
            models.UniqueConstraint(fields=["case", "step"], name="passed_over_once"),
        ]
        indexes = [models.Index(fields=["-at"], name="passed_over_lately")]

    def __str__(self) -> str:
        return self.step
