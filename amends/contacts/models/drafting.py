"""What colleagues are typing, and the files that go with it."""

from django.db import models
from django.db.models import Q

from amends.contacts.rules.kinds import DraftKind
from amends.staff.models import Staff


class Draft(models.Model):
    """What somebody is typing, kept within a second. `version` tells two tabs apart.

    key: a sheet's own id, or the case reference a reply is for. fields: {form field: text}.
    """

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="drafts")
    kind = models.CharField(max_length=10)
    key = models.CharField(max_length=60)
    fields = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    parked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["saved_at"], name="draft_sent", condition=Q(kind="sent")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["staff", "kind", "key"], name="draft_once"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in DraftKind]), name="draft_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class DraftFile(models.Model):
    """A file put with what is typed; it leaves with it, or is forgotten with it.

    data: its bytes, unless they are kept already, as those of a file of the case are, by `sha256`.
    """

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="files")
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    size_bytes = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    data = models.BinaryField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "sha256"], name="draft_file_once")]

    def __str__(self) -> str:
        return self.name
