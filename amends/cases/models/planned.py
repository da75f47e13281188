from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from amends.cases.models.case import Case
from amends.contacts.models import OutgoingMail
from amends.staff.models import Staff


class PlannedReply(models.Model):
    """A reply that is to leave later; until then it is no contact, and can be taken back.

    held_reason: why it did not leave when its time came; it waits for its author then. gone_at:
    since when it waits no more: it left as `mail`, or was taken back.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="planned_replies")
    author = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    text = models.TextField()
    cc = ArrayField(models.CharField(max_length=320), default=list)
    bcc = ArrayField(models.CharField(max_length=320), default=list)
    strangers_are_meant = models.BooleanField(default=False)
    written_at = models.DateTimeField()
    leaves_at = models.DateTimeField()
    held_at = models.DateTimeField(null=True)
    held_reason = models.CharField(max_length=500, blank=True)
    gone_at = models.DateTimeField(null=True)
    mail = models.OneToOneField(OutgoingMail, models.PROTECT, null=True, related_name="planned")

    class Meta:
        verbose_name_plural = "planned replies"
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="planned_reply_has_a_text"),
            models.CheckConstraint(
                condition=Q(mail__isnull=True) | Q(gone_at__isnull=False),
                name="planned_reply_left_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(held_at__isnull=True, held_reason="")
                | (Q(held_at__isnull=False) & ~Q(held_reason="")),
                name="planned_reply_held_with_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["leaves_at"],
                name="planned_reply_due",
                condition=Q(gone_at__isnull=True, held_at__isnull=True),
            ),
            models.Index(
                fields=["case"], name="planned_reply_waits", condition=Q(gone_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class PlannedFile(models.Model):
    """A file that leaves with it; its bytes lie in file storage by `sha256`."""

    reply = models.ForeignKey(PlannedReply, models.CASCADE, related_name="files")
    name = models.CharField(max_length=255)
    size_bytes = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.name
