"""By which mail is held to be looked at."""

from django.db import models

from amends.base.constraints import known
from amends.contacts.rules.holding import LONGEST, LooksAt


class HoldingRule(models.Model):
    """A rule by which mail is held. rests_since: from when it holds nothing any more."""

    looks_at = models.CharField(max_length=10)
    header = models.CharField(max_length=80, blank=True)
    text = models.CharField(max_length=LONGEST)
    added_at = models.DateTimeField()
    rests_since = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            known("looks_at", LooksAt, "holding_rule_looks_at_known"),
            models.UniqueConstraint(
                fields=["looks_at", "header", "text"], name="holding_rule_once"
            ),
            models.CheckConstraint(
                condition=models.Q(looks_at=LooksAt.HEADER.value) ^ models.Q(header=""),
                name="holding_rule_names_its_header",
            ),
            models.CheckConstraint(condition=~models.Q(text=""), name="holding_rule_says_what"),
        ]

    def __str__(self) -> str:
        return f"{self.looks_at} {self.text}"
