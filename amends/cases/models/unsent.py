from django.db import models
from django.db.models import Q

from amends.cases.models.case import Case
from amends.staff.models import LANGUAGES


class Unsent(models.Model):
    """What somebody is telling us on the public pages, until they send it, and what became of it.

    key: its only name, known to nobody but the one who types. fields: {form field: text}; emptied
    when it is sent. case: what it became, so that a second click finds it. saved_at: forgotten a
    week after.
    """

    key = models.CharField(max_length=43, unique=True)
    language = models.CharField(max_length=5, choices=LANGUAGES)
    fields = models.JSONField(default=dict)
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    case = models.OneToOneField(Case, models.PROTECT, null=True, related_name="told_as")

    class Meta:
        verbose_name_plural = "unsent"
        constraints = [
            models.CheckConstraint(
                condition=Q(case__isnull=True) | Q(fields={}), name="unsent_is_emptied_when_sent"
            )
        ]
        indexes = [models.Index(fields=["saved_at", "id"], name="unsent_to_forget")]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def actor(self) -> str:
        return f"unsent:{self.pk}"


class UnsentFile(models.Model):
    """A file that somebody puts with it; its bytes stay here, to be forgotten with it."""

    unsent = models.ForeignKey(Unsent, models.CASCADE, related_name="files")
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    size_bytes = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    data = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unsent", "sha256"], name="unsent_file_once")
        ]

    def __str__(self) -> str:
        return self.name
