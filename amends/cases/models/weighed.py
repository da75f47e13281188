from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from amends.base.constraints import known
from amends.cases.rules.kinds import How
from amends.cases.rules.weighing import Ahead, Consent, Relief


class Weighed(models.Model):
    """What is weighed of a case besides its grades: columns of its own row.

    immediate_action_possible: whether something can be done at once; none while nobody said.
    priority_reason: why it comes before others; empty as a rule. requested: what kinds of remedy
    the customer asks for, besides their words. publication_consent, _how, _at: what they said to
    their story being told, how and when; empty while nobody asked. relief: what they got in the
    end, once it is closed; empty while nobody knows.
    """

    immediate_action_possible = models.BooleanField(null=True)
    priority_reason = models.CharField(max_length=12, blank=True)
    requested = ArrayField(models.CharField(max_length=25), default=list)
    publication_consent = models.CharField(max_length=12, blank=True)
    publication_how = models.CharField(max_length=10, blank=True)
    publication_at = models.DateTimeField(null=True)
    relief = models.CharField(max_length=15, blank=True)

    class Meta:
        abstract = True


# Few cases come before others: a short index of these.
AHEAD = models.Index(
    fields=["next_due_at", "id"],
    name="case_ahead_by_due",
    condition=Q(next_due_at__isnull=False) & ~Q(priority_reason=""),
)
WEIGHED = [
    known("priority_reason", Ahead, "case_priority_reason_known", blank=True),
    known("publication_consent", Consent, "case_publication_consent_known", blank=True),
    known("publication_how", How, "case_publication_how_known", blank=True),
    known("relief", Relief, "case_relief_known", blank=True),
    models.CheckConstraint(
        condition=Q(publication_consent="", publication_how="", publication_at__isnull=True)
        | (~Q(publication_consent="") & ~Q(publication_how="") & Q(publication_at__isnull=False)),
        name="case_publication_answered_somehow",
    ),
]
