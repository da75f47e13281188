from django.db import models
from django.db.models import F, Q


class Tag(models.Model):
    """One word of our own list by which cases are found together.

    name: {language: text}. retired_at: since when it is offered no more; cases that have it keep
    it. joined_to: the tag it is shown and found as, because the two meant the same.
    """

    name = models.JSONField()
    retired_at = models.DateTimeField(null=True)
    joined_to = models.ForeignKey("self", models.PROTECT, null=True, related_name="joined")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name={}), name="tag_has_a_name"),
            models.CheckConstraint(
                condition=~Q(joined_to=F("id")), name="tag_not_joined_to_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
