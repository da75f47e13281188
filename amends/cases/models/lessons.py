from django.db import models
from django.db.models import F, Q

from amends.cases.models.case import Case
from amends.people.models import Person
from amends.staff.models import Staff


class Lesson(models.Model):
    """What a colleague learned from a contact, for the next one with this customer or topic.

    person: whom it is about; topic: else what, as the things complained of name it. learned_from:
    the case, if it was on one. expires_at: when it is deleted. retired_at: when somebody said that
    it holds no more.
    """

    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="lessons")
    topic = models.CharField(max_length=100, blank=True)
    text = models.CharField(max_length=300)
    learned_from = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    retired_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, topic="")
                | (Q(person__isnull=True) & ~Q(topic="")),
                name="lesson_on_a_customer_or_a_topic",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="lesson_says_something"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("at")), name="lesson_expires_later"
            ),
        ]
        indexes = [
            models.Index(
                fields=["person"],
                name="lesson_of_person",
                condition=Q(person__isnull=False, retired_at__isnull=True),
            ),
            models.Index(
                fields=["topic"],
                name="lesson_on_topic",
                condition=~Q(topic="") & Q(retired_at__isnull=True),
            ),
            models.Index(fields=["expires_at", "id"], name="lesson_by_expiry"),
        ]

    def __str__(self) -> str:
        return self.text
