from django.db import models
from django.db.models import F, Q

from amends.cases.models.case import Case
from amends.staff.models import Staff


class Handover(models.Model):
    """A case handed from one colleague to another; the giver keeps it until it is accepted."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="handovers")
    giver = models.ForeignKey(Staff, models.PROTECT, related_name="given")
    taker = models.ForeignKey(Staff, models.PROTECT, related_name="offered")
    summary = models.TextField()
    open_promises = models.JSONField(default=list)
    emotion_note = models.CharField(max_length=300, blank=True)
    offered_at = models.DateTimeField()
    due_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    declined_reason = models.CharField(max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(summary=""), name="handover_says_what_matters"),
            models.CheckConstraint(condition=~Q(giver=F("taker")), name="handover_to_another"),
            models.UniqueConstraint(
                fields=["case"],
                name="handover_one_at_a_time",
                condition=Q(
                    accepted_at__isnull=True, declined_at__isnull=True, withdrawn_at__isnull=True
                ),
            ),
        ]
        indexes = [
            models.Index(
                fields=["taker", "offered_at"],
                name="handover_waiting_for",
                condition=Q(
                    accepted_at__isnull=True, declined_at__isnull=True, withdrawn_at__isnull=True
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.giver_id} to {self.taker_id}"


class HelpRequest(models.Model):
    """A colleague asks for help; nothing is counted against anybody for it.

    in_confidence: nobody but the two of them ever reads it or its answer.
    """

    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="help_requests")
    asked_by = models.ForeignKey(Staff, models.PROTECT, related_name="help_asked")
    asked_of = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="help_wanted")
    text = models.TextField()
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)
    in_confidence = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(in_confidence=False)
                | Q(asked_of__isnull=False)
                & (Q(answered_by__isnull=True) | Q(answered_by=F("asked_of"))),
                name="confidence_between_two",
            )
        ]
        indexes = [
            models.Index(
                fields=["asked_at"], name="help_waiting", condition=Q(answered_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
