from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from amends.base.constraints import known
from amends.cases.models.case import Case
from amends.cases.rules.bulk import BulkAct, Fate, Phase
from amends.staff.models import Staff


class BulkRun(models.Model):
    """That somebody does the same to many cases.

    key: of the form it was asked by; a second click finds by it what the first one began. order:
    to whom, which tag, until when, as the act needs it. go_on_at: from when the sweeper goes on
    with it; none while it waits for a word, or is over.
    """

    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    key = models.CharField(max_length=40)
    act = models.CharField(max_length=10)
    order = models.JSONField(default=dict)
    phase = models.CharField(max_length=10, default=Phase.PREVIEWING.value)
    made_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    go_on_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            known("act", BulkAct, "bulk_act_known"),
            known("phase", Phase, "bulk_phase_known"),
            models.UniqueConstraint(fields=["by", "key"], name="bulk_run_once"),
            models.CheckConstraint(
                condition=Q(phase__in=["previewing", "doing", "undoing"], go_on_at__isnull=False)
                | (~Q(phase__in=["previewing", "doing", "undoing"]) & Q(go_on_at__isnull=True)),
                name="bulk_goes_on_while_it_works",
            ),
            models.CheckConstraint(
                condition=Q(phase__in=["previewing", "previewed", "doing"], finished_at=None)
                | (
                    ~Q(phase__in=["previewing", "previewed", "doing"])
                    & Q(finished_at__isnull=False)
                ),
                name="bulk_finished_once_done",
            ),
        ]
        indexes = [
            models.Index(
                fields=["go_on_at", "id"],
                name="bulk_goes_on",
                condition=Q(go_on_at__isnull=False),
            ),
            models.Index(
                fields=["made_at", "id"],
                name="bulk_to_forget",
                condition=Q(go_on_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act} #{self.pk}"


class BulkItem(models.Model):
    """One case of a run, and what became of it.

    said: why it was refused, or could not be undone; missing: what stands against closing it.
    entry: the newest entry of its journal when it was last looked at. before: what undoing needs.
    """

    run = models.ForeignKey(BulkRun, models.CASCADE, related_name="items")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    fate = models.CharField(max_length=10, default=Fate.WAITING.value)
    said = models.CharField(max_length=500, blank=True)
    missing = ArrayField(models.CharField(max_length=30), default=list)
    entry = models.BigIntegerField(default=0)
    before = models.JSONField(default=dict)

    class Meta:
        constraints = [
            known("fate", Fate, "bulk_fate_known"),
            models.UniqueConstraint(fields=["run", "case"], name="bulk_item_once"),
            models.CheckConstraint(
                condition=~Q(fate__in=["refused", "kept"]) | ~Q(said=""),
                name="bulk_refused_with_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["run", "fate", "case"], name="bulk_item_by_fate")]

    def __str__(self) -> str:
        return f"{self.run_id} {self.case_id} {self.fate}"
