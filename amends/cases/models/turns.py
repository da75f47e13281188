from django.db import models
from django.db.models import F, Q

from amends.base.constraints import known
from amends.cases.models.case import Case
from amends.cases.rules.kinds import How, Outcome
from amends.cases.rules.lifecycle import AWAITING, State
from amends.cases.rules.turns import Accepted, Reviewed
from amends.staff.models import Staff


class InvestigationPlan(models.Model):
    """What is to be found out, where, and from whom.

    How often the customer hears of it, the case says: `update_every_days`.
    """

    case = models.OneToOneField(Case, models.PROTECT, related_name="plan")
    questions = models.TextField()
    sources = models.TextField()
    persons = models.TextField()
    made_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(questions="") & ~Q(sources="") & ~Q(persons=""),
                name="plan_says_what_where_and_whom",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Wait(models.Model):
    """What was awaited, from whom, until when, and whether it came."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="waits")
    state = models.CharField(max_length=20)
    what = models.CharField(max_length=300)
    whom = models.CharField(max_length=200)
    until = models.DateTimeField()
    since = models.DateTimeField()
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    came = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=sorted(AWAITING)), name="wait_is_a_waiting_state"
            ),
            models.CheckConstraint(
                condition=~Q(what="") & ~Q(whom=""), name="wait_says_what_and_from_whom"
            ),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="wait_ends_later"),
            models.UniqueConstraint(
                fields=["case"], name="wait_one_at_a_time", condition=Q(ended_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.what


class Forwarding(models.Model):
    """That a case went to somebody else who answers for it, and who took it there."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="forwardings")
    to = models.CharField(max_length=200)
    accepted_by = models.CharField(max_length=200)
    told_how = models.CharField(max_length=10)
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(to="") & ~Q(accepted_by=""), name="forwarding_was_accepted"
            ),
            known("told_how", How, "forwarding_told_how_known"),
        ]

    def __str__(self) -> str:
        return self.to


class InternalReview(models.Model):
    """That another person looks at a decision, and what they came to.

    decider: whose decision it is, if that is known. alone: there is no second person, so they look
    themselves, and the customer was told so. was: where the case stood when it was asked.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="reviews")
    reason = models.TextField()
    was = models.CharField(max_length=20, default=State.DECIDED.value)
    reviewer = models.ForeignKey(Staff, models.PROTECT, related_name="reviews")
    decider = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    alone = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=10, blank=True)
    reasons = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decider__isnull=True) | ~Q(reviewer=F("decider")) | Q(alone=True),
                name="review_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, result="")
                | Q(done_at__isnull=False, result=Reviewed.OVERTAKEN.value)
                | (Q(done_at__isnull=False) & ~Q(result="") & ~Q(reasons="")),
                name="review_done_with_reasons",
            ),
            models.UniqueConstraint(
                fields=["case"], name="review_one_at_a_time", condition=Q(done_at__isnull=True)
            ),
            known("result", Reviewed, "review_result_known", blank=True),
            known("was", State, "review_was_known"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class OutsideProceeding(models.Model):
    """That an outside body looks at a case, what it decided, and whether we did it.

    was_closed: the case had been closed with us before. award: what we are to do.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="proceedings")
    body = models.CharField(max_length=200)
    reference = models.CharField(max_length=100)
    was_closed = models.BooleanField()
    opened_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, blank=True)
    binding = models.BooleanField(null=True)
    accepted = models.CharField(max_length=10, blank=True)
    reasons = models.TextField(blank=True)
    award = models.TextField(blank=True)
    comply_by = models.DateTimeField(null=True)
    complied_at = models.DateTimeField(null=True)
    evidence = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(body="") & ~Q(reference=""), name="outside_body_and_reference"
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, binding__isnull=True, outcome="", accepted="")
                | (
                    Q(decided_at__isnull=False, binding__isnull=False)
                    & ~Q(outcome="")
                    & ~Q(accepted="")
                    & ~Q(reasons="")
                ),
                name="outside_decided_in_full",
            ),
            models.CheckConstraint(
                condition=Q(comply_by__isnull=True) | ~Q(award=""), name="outside_comply_with_what"
            ),
            models.CheckConstraint(
                condition=Q(complied_at__isnull=True)
                | (Q(decided_at__isnull=False) & ~Q(evidence="")),
                name="outside_complied_with_evidence",
            ),
            models.UniqueConstraint(
                fields=["case"], name="outside_one_at_a_time", condition=Q(decided_at__isnull=True)
            ),
            known("outcome", Outcome, "outside_outcome_known", blank=True),
            known("accepted", Accepted, "outside_accepted_known", blank=True),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.reference}"


class Merging(models.Model):
    """That a case was joined to another one of the same story, and how to part them again.

    was: the state it was in. received_before_at: when the other one had been received, before it
    took the earlier day of the two.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="mergings")
    into = models.ForeignKey(Case, models.PROTECT, related_name="merged")
    reason = models.CharField(max_length=500)
    was = models.CharField(max_length=20)
    was_since = models.DateTimeField()
    received_before_at = models.DateTimeField()
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(case=F("into")), name="merging_not_into_itself"),
            models.CheckConstraint(condition=~Q(reason=""), name="merging_says_why"),
            models.UniqueConstraint(
                fields=["case"], name="merging_once", condition=Q(undone_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} into {self.into_id}"


class Splitting(models.Model):
    """That a part of a case went on as a case of its own, and why."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="splitting")
    out_of = models.ForeignKey(Case, models.PROTECT, related_name="split_off")
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(case=F("out_of")), name="split_off_another"),
            models.CheckConstraint(condition=~Q(reason=""), name="split_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} out of {self.out_of_id}"
