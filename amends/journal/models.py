from django.db import models


class Entry(models.Model):
    """One thing that happened, written once in the transaction that made it happen."""

    kind = models.CharField(max_length=100)
    at = models.DateTimeField()
    by = models.CharField(max_length=40)
    subject = models.CharField(max_length=40, blank=True)
    facts = models.JSONField()

    class Meta:
        indexes = [
            models.Index(fields=["kind", "at"], name="journal_entry_kind_at"),
            models.Index(
                fields=["subject", "id"],
                name="journal_entry_subject",
                condition=~models.Q(subject=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"


class Block(models.Model):
    """A run of entries sealed together, so that tampering with any of them shows.

    `digest` is the SHA-256 of the previous block's digest and of the entries `first_id` to
    `last_id`, as `amends.journal.rules.digest_of` writes them.
    """

    first_id = models.BigIntegerField(unique=True)
    last_id = models.BigIntegerField(unique=True)
    sealed_at = models.DateTimeField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_id__gte=models.F("first_id")), name="block_has_entries"
            )
        ]

    def __str__(self) -> str:
        return f"{self.first_id}-{self.last_id}"
