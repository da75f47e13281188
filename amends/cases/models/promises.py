from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from amends.base.constraints import known
from amends.cases.models.case import Case
from amends.cases.rules.kinds import (
    AttemptResult,
    Basis,
    How,
    PromiseState,
    Verdict,
)
from amends.staff.models import Staff
from amends.staff.rules.authority import RemedyKind

_OWED = Q(
    kept_at__isnull=True,
    done_late_at__isnull=True,
    replaced_at__isnull=True,
    released_at__isnull=True,
)


class PromiseQuerySet(models.QuerySet["Promise"]):
    def open(self) -> Self:
        """Leave those whose moment is still to come, or has come and was not noticed yet."""
        return self.filter(kept_at=None, broken_at=None, replaced_at=None, released_at=None)

    def owed(self) -> Self:
        """Leave those that we still owe something for: the open ones, and the broken ones."""
        return self.filter(kept_at=None, done_late_at=None, replaced_at=None, released_at=None)

    def overdue(self, at: datetime) -> Self:
        """Leave the open ones whose moment has passed, and so has the other day wished for."""
        waits = Q(yes_at__isnull=True, counter_for__gt=at)
        return self.open().filter(due_at__lte=at).exclude(waits)


class Promise(models.Model):
    """What we told the customer we would do, and by when.

    what: one sentence in the customer's language. owner: who keeps it. remedy, basis, amount: what
    is given, and on whose authority. yes_at, countered_at: the customer's answer and how it came.
    done_late_at: a broken promise was made good after all; it stays broken. replaced_by: the
    promise agreed instead, when it was renegotiated or broken. released_at: nothing is owed any
    more, because the customer took the case back.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="promises")
    what = models.CharField(max_length=500)
    due_at = models.DateTimeField()
    owner = models.ForeignKey(Staff, models.PROTECT, related_name="promises")
    made_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    remedy = models.CharField(max_length=25, default=RemedyKind.NONE.value)
    basis = models.CharField(max_length=10, default=Basis.POLICY.value)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)
    told_at = models.DateTimeField(null=True)
    yes_at = models.DateTimeField(null=True)
    yes_how = models.CharField(max_length=10, blank=True)
    countered_at = models.DateTimeField(null=True)
    counter_for = models.DateTimeField(null=True)
    counter_words = models.CharField(max_length=500, blank=True)
    counter_how = models.CharField(max_length=10, blank=True)
    kept_at = models.DateTimeField(null=True)
    kept_evidence = models.CharField(max_length=500, blank=True)
    broken_at = models.DateTimeField(null=True)
    done_late_at = models.DateTimeField(null=True)
    broken_reason = models.CharField(max_length=500, blank=True)
    apologised_at = models.DateTimeField(null=True)
    replaced_at = models.DateTimeField(null=True)
    replaced_by = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaces")
    released_at = models.DateTimeField(null=True)

    objects = PromiseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(due_at__gt=F("made_at")), name="promise_due_after_made"
            ),
            models.CheckConstraint(
                condition=Q(kept_at__isnull=True) | Q(broken_at__isnull=True),
                name="promise_kept_or_broken",
            ),
            models.CheckConstraint(
                condition=Q(done_late_at__isnull=True) | Q(broken_at__isnull=False),
                name="promise_done_late_was_broken",
            ),
            models.CheckConstraint(
                condition=Q(kept_at__isnull=True, done_late_at__isnull=True) | ~Q(kept_evidence=""),
                name="promise_done_with_evidence",
            ),
            models.CheckConstraint(
                condition=Q(yes_at__isnull=True, yes_how="")
                | (Q(yes_at__isnull=False) & ~Q(yes_how="")),
                name="promise_yes_was_given_somehow",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True, currency="")
                | (Q(amount__gte=0) & ~Q(currency="")),
                name="promise_amount_in_a_currency",
            ),
            known("yes_how", How, "promise_yes_how_known", blank=True),
            known("counter_how", How, "promise_counter_how_known", blank=True),
            known("basis", Basis, "promise_basis_known"),
            known("remedy", RemedyKind, "promise_remedy_known"),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                name="promise_open_by_due",
                condition=Q(
                    kept_at__isnull=True,
                    broken_at__isnull=True,
                    replaced_at__isnull=True,
                    released_at__isnull=True,
                ),
            ),
            models.Index(fields=["due_at", "id"], name="promise_owed_by_due", condition=_OWED),
            models.Index(
                fields=["owner", "due_at", "id"], name="promise_owed_of_owner", condition=_OWED
            ),
            models.Index(
                fields=["-due_at"],
                name="promise_settled_by_due",
                condition=Q(kept_at__isnull=False) | Q(broken_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.what}"

    @property
    def is_open(self) -> bool:
        settled = (self.kept_at, self.broken_at, self.replaced_at, self.released_at)
        return not any(settled)

    @property
    def is_owed(self) -> bool:
        settled = (self.kept_at, self.done_late_at, self.replaced_at, self.released_at)
        return not any(settled)

    @property
    def waits_for_answer(self) -> bool:
        """Whether the customer wished for another day and has heard nothing of it yet."""
        return self.is_open and self.countered_at is not None and self.yes_at is None

    @property
    def holds_until(self) -> datetime:
        """When it breaks: a later day that the customer wished for is waited for."""
        if self.waits_for_answer and self.counter_for:
            return max(self.due_at, self.counter_for)
        return self.due_at

    @property
    def state(self) -> PromiseState:
        answers = (
            (self.kept_at, PromiseState.KEPT),
            (self.broken_at, PromiseState.BROKEN),
            (self.replaced_at, PromiseState.RENEGOTIATED),
            (self.released_at, PromiseState.RELEASED),
            (self.yes_at, PromiseState.AGREED),
            (self.countered_at, PromiseState.COUNTERED),
        )
        return next((state for moment, state in answers if moment), PromiseState.OFFERED)


class FollowUp(models.Model):
    """The question, on the promised day, whether it is put right.

    promise: the one it asks after; none when something was done on the spot. due_at: when Amends
    asks, or asks again; empty once it was answered or no longer needed. handed_at: when the owner
    was told to ask, because Amends itself cannot. later: asked once more some weeks after the end.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="follow_ups")
    promise = models.OneToOneField(Promise, models.PROTECT, null=True, related_name="follow_up")
    due_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_how = models.CharField(max_length=10, blank=True)
    verdict = models.CharField(max_length=10, blank=True)
    words = models.TextField(blank=True)
    dropped_at = models.DateTimeField(null=True)
    handed_at = models.DateTimeField(null=True)
    later = models.BooleanField(default=False)

    class Meta:
        constraints = [
            known("verdict", Verdict, "follow_up_verdict_known", blank=True),
            known("answered_how", How, "follow_up_how_known", blank=True),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, verdict="")
                | (Q(answered_at__isnull=False, due_at__isnull=True) & ~Q(verdict="")),
                name="follow_up_answered_with_a_verdict",
            ),
            models.CheckConstraint(
                condition=Q(dropped_at__isnull=True) | Q(due_at__isnull=True),
                name="follow_up_dropped_is_not_due",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                name="follow_up_to_ask",
                condition=Q(due_at__isnull=False, handed_at__isnull=True),
            ),
            models.Index(fields=["case"], name="follow_up_due", condition=Q(due_at__isnull=False)),
            models.Index(
                fields=["-answered_at"], name="follow_up_with_words", condition=~Q(words="")
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Attempt(models.Model):
    """One honest attempt to ask whether it is put right."""

    follow_up = models.ForeignKey(FollowUp, models.PROTECT, related_name="attempts")
    at = models.DateTimeField()
    how = models.CharField(max_length=10)
    result = models.CharField(max_length=12)
    by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            known("how", How, "attempt_how_known"),
            known("result", AttemptResult, "attempt_result_known"),
        ]

    def __str__(self) -> str:
        return f"{self.how} {self.result}"
