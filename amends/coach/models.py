"""What a colleague put aside or followed of the advice, and what was read in a contact."""

from django.db import models
from django.db.models import F, Q

from amends.base.constraints import known
from amends.cases.models.case import Case
from amends.coach.rules import CARDS, Question
from amends.contacts.models import Contact
from amends.staff.models import Staff


class DismissedRemark(models.Model):
    """A remark that stays away from what `staff` is writing on `case`, until that has left.

    code: one of `amends.language.remarks.GRAVITY`. why: only if they liked to say.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    staff = models.ForeignKey(Staff, models.CASCADE, related_name="+")
    code = models.CharField(max_length=30)
    why = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(code=""), name="dismissed_remark_named"),
            models.UniqueConstraint(fields=["case", "staff", "code"], name="remark_dismissed_once"),
        ]

    def __str__(self) -> str:
        return self.code


class Reading(models.Model):
    """What the machine read in the words of a contact; reading it again replaces it.

    Nothing about a person, and nothing that decides anything: it is shown, and overruled with one
    click. because: the words that made each answer so, by the question; empty where nothing was
    read, as in a language that is not ours. need_by: where in the words the customer's own day is.
    """

    contact = models.OneToOneField(
        Contact, models.CASCADE, primary_key=True, related_name="reading"
    )
    language = models.CharField(max_length=10, blank=True)
    language_sure = models.FloatField()
    kind = models.CharField(max_length=20, blank=True)
    anger = models.PositiveSmallIntegerField(null=True)
    remedy = models.CharField(max_length=30, blank=True)
    manners = models.JSONField(default=dict)
    because = models.JSONField(default=dict)
    missing = models.JSONField(default=list)
    need_by_start = models.PositiveIntegerField(null=True)
    need_by_end = models.PositiveIntegerField(null=True)
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(need_by_start=None, need_by_end=None)
                | Q(need_by_end__gt=F("need_by_start")),
                name="reading_need_by_is_a_span",
            ),
            models.CheckConstraint(
                condition=Q(anger=None, kind="") | (Q(anger__lte=4) & ~Q(kind="")),
                name="reading_whole_or_of_language_only",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Correction(models.Model):
    """What a colleague says instead of an answer of the machine: an example to learn from.

    It outlives a second reading, and is forgotten with the contact.
    """

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="corrections")
    question = models.CharField(max_length=10)
    read = models.CharField(max_length=30)
    rather = models.CharField(max_length=30)
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            known("question", Question, "correction_question_known"),
            models.UniqueConstraint(fields=["contact", "question"], name="corrected_once"),
        ]

    def __str__(self) -> str:
        return f"{self.question} {self.rather}"


class CardAtHand(models.Model):
    """That a card of advice was at hand in a contact, and what of it was followed there.

    Of a contact, never of a person; forgotten in time, with the contact at the latest. by: only so
    that nothing is told that would tell of a few colleagues.
    """

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="cards_at_hand")
    card = models.CharField(max_length=20)
    did = models.BooleanField(default=False)
    said = models.BooleanField(default=False)
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(card__in=CARDS), name="card_at_hand_known"),
            models.UniqueConstraint(fields=["contact", "card"], name="card_at_hand_once"),
        ]
        indexes = [models.Index(fields=["expires_at", "id"], name="card_at_hand_expires")]

    def __str__(self) -> str:
        return self.card
