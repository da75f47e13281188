from django.db import models


class Stumble(models.Model):
    """A due row whose act failed: when it is tried again, and why it failed the last time."""

    kind = models.CharField(max_length=100)
    row_id = models.BigIntegerField()
    failures = models.PositiveIntegerField()
    failed_at = models.DateTimeField()
    retry_at = models.DateTimeField()
    error = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "row_id"], name="stumble_once_a_row"),
            models.CheckConstraint(
                condition=models.Q(failures__gte=1), name="stumble_has_a_failure"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.row_id}"
