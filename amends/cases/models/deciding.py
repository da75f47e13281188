from django.db import models
from django.db.models import F, Q

from amends.base.constraints import known
from amends.cases.models.case import Case
from amends.cases.models.promises import Promise
from amends.cases.models.turns import InternalReview, OutsideProceeding
from amends.cases.rules.kinds import Basis, How, Outcome
from amends.contacts.models import Contact
from amends.staff.models import LANGUAGES, Staff
from amends.staff.rules.authority import RemedyKind


class Option(models.Model):
    """One way to put it right, with what it costs us and what it is worth to the customer.

    value_words: what it is worth to them, in their words. changed_at: when it or a remedy of it was
    last changed; an approval given before counts no more.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="options")
    what = models.CharField(max_length=500)
    cost = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    value = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    value_words = models.CharField(max_length=500, blank=True)
    currency = models.CharField(max_length=3)
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    changed_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True)
    dropped_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="option_says_what"),
            models.CheckConstraint(
                condition=Q(cost__isnull=True) | Q(cost__gte=0), name="option_cost_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=0), name="option_value_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.what


class Remedy(models.Model):
    """One thing that is given, as part of an option, and, once that is decided, what became of it.

    what: how it is given, as the customer reads it. promise: what was promised to carry it out, and
    keeps its day; what the letter itself gives has none.
    """

    option = models.ForeignKey(Option, models.PROTECT, related_name="remedies")
    kind = models.CharField(max_length=25)
    basis = models.CharField(max_length=10)
    what = models.CharField(max_length=500)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)
    owner = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    due_at = models.DateTimeField(null=True)
    promise = models.OneToOneField(Promise, models.PROTECT, null=True, related_name="carries_out")
    done_at = models.DateTimeField(null=True)
    evidence = models.CharField(max_length=500, blank=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "remedies"
        constraints = [
            known("kind", RemedyKind, "remedy_kind_known"),
            known("basis", Basis, "remedy_basis_known"),
            models.CheckConstraint(condition=~Q(what=""), name="remedy_says_how"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True, currency="")
                | (Q(amount__gte=0) & ~Q(currency="")),
                name="remedy_amount_in_a_currency",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | ~Q(evidence=""),
                name="remedy_done_with_evidence",
            ),
        ]

    def __str__(self) -> str:
        return self.what


class Approval(models.Model):
    """That somebody with the authority for it was asked whether an option may be given.

    deputy: who was asked besides, when no answer came. due_at: when they are reminded; empty once
    it was answered, or after the last reminder.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="approvals")
    option = models.ForeignKey(Option, models.PROTECT, related_name="approvals")
    asked_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    asked_of = models.ForeignKey(Staff, models.PROTECT, related_name="approvals")
    deputy = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=500)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    answered_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    granted = models.BooleanField(null=True)
    words = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="approval_says_why"),
            models.CheckConstraint(
                condition=Q(
                    answered_at__isnull=True, granted__isnull=True, answered_by__isnull=True
                )
                | Q(
                    answered_at__isnull=False,
                    granted__isnull=False,
                    answered_by__isnull=False,
                    due_at__isnull=True,
                ),
                name="approval_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=F("asked_by")),
                name="approval_by_another",
            ),
            models.UniqueConstraint(
                fields=["option"],
                name="approval_one_at_a_time",
                condition=Q(answered_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                name="approval_to_remind",
                condition=Q(due_at__isnull=False),
            ),
            models.Index(
                fields=["asked_of"], name="approval_waiting", condition=Q(answered_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Proposal(models.Model):
    """That an option was put to the customer, and what they say to it.

    value_confirmed: whether they said that it is worth it to them. tried: what was tried to hear
    them, when they cannot be reached.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="proposals")
    option = models.ForeignKey(Option, models.PROTECT, related_name="proposals")
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    view = models.TextField(blank=True)
    view_how = models.CharField(max_length=10, blank=True)
    value_confirmed = models.BooleanField(null=True)
    tried = models.CharField(max_length=500, blank=True)
    heard_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            known("view_how", How, "proposal_view_how_known", blank=True),
            models.CheckConstraint(
                condition=Q(heard_at__isnull=True, view="", tried="")
                | (Q(heard_at__isnull=False) & (~Q(view="") | ~Q(tried=""))),
                name="proposal_heard_in_words",
            ),
            models.UniqueConstraint(
                fields=["case"], name="proposal_one_at_a_time", condition=Q(ended_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Decision(models.Model):
    """What was decided, by whom and why; a draft until `decided_at`.

    admits: that we say we were wrong; an apology says no such thing. accepted_how: empty where what
    was decided is owed whatever the customer says. review, proceeding: what it follows from, where
    it stands in the place of an earlier one.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="decisions")
    decider = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    review = models.ForeignKey(InternalReview, models.PROTECT, null=True, related_name="+")
    proceeding = models.ForeignKey(OutsideProceeding, models.PROTECT, null=True, related_name="+")
    reasons = models.TextField(blank=True)
    apology = models.TextField(blank=True)
    changes = models.TextField(blank=True)
    admits = models.BooleanField(default=False)
    outcome = models.CharField(max_length=20, default=Outcome.NOT_JUDGED.value)
    written_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_how = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints = [
            known("outcome", Outcome, "decision_outcome_known"),
            known("accepted_how", How, "decision_accepted_how_known", blank=True),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True)
                | (~Q(reasons="") & ~Q(apology="") & ~Q(outcome="not-judged")),
                name="decision_with_reasons",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(decided_at__isnull=False),
                name="decision_accepted_after_it",
            ),
            models.CheckConstraint(
                condition=Q(review__isnull=True) | Q(proceeding__isnull=True),
                name="decision_follows_from_one",
            ),
            models.UniqueConstraint(
                fields=["case"], name="decision_one_draft", condition=Q(decided_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class FinalResponse(models.Model):
    """One version of the letter that tells a decision, as it left.

    letter: the letter in its parts, from which text and paper are made. contact: the moment of
    truth that it is; its PDF is attached there. gaps: what the gate found; empty, or it had not
    left. hard_to_read: the warning about the text.
    """

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="responses")
    version = models.PositiveSmallIntegerField()
    medium = models.CharField(max_length=10)
    language = models.CharField(max_length=5, choices=LANGUAGES)
    letter = models.JSONField()
    text = models.TextField()
    hard_to_read = models.BooleanField(default=False)
    contact = models.OneToOneField(Contact, models.PROTECT, related_name="final_response")
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    delivered_how = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            known("medium", How, "response_medium_known"),
            models.UniqueConstraint(fields=["decision", "version"], name="response_version_once"),
            models.CheckConstraint(
                condition=Q(delivered_at__isnull=True) | ~Q(delivered_how=""),
                name="response_delivered_somehow",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.version}"


class OutsideBody(models.Model):
    """Whom a customer may turn to outside, in one country, for one trade or for all.

    name, address: {language: text}. within, within_unit: how long they have, counted from our
    answer. source, checked_on: where that was read, and when somebody last looked; it is named in
    letters only then.
    """

    country = models.CharField(max_length=2)
    trade = models.CharField(max_length=20, blank=True)
    name = models.JSONField()
    address = models.JSONField(default=dict)
    link = models.URLField(max_length=300, blank=True)
    within = models.PositiveSmallIntegerField(null=True)
    within_unit = models.CharField(max_length=10, blank=True)
    source = models.CharField(max_length=300)
    checked_on = models.DateField(null=True)
    active = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "outside bodies"
        constraints = [
            models.CheckConstraint(
                condition=Q(active=False) | (Q(checked_on__isnull=False) & ~Q(source="")),
                name="body_active_once_checked",
            )
        ]

    def __str__(self) -> str:
        return f"{self.country} {self.pk}"
