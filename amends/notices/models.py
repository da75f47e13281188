"""What colleagues were told, and how each chose to hear of it."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from amends.base.constraints import known
from amends.cases.models.case import Case
from amends.cases.models.promises import Promise
from amends.notices.rules.moments import DIGEST_HOUR
from amends.notices.rules.reasons import Group, Reason, Way
from amends.staff.models import Staff


class Digest(models.Model):
    """That somebody was sent the digest of a day of theirs; once a day, whatever happens."""

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="+")
    on = models.DateField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["staff", "on"], name="digest_once_a_day")]

    def __str__(self) -> str:
        return f"{self.staff_id} {self.on}"


class NoticeQuerySet(models.QuerySet["Notice"]):
    def unread(self) -> Self:
        return self.filter(read_at=None)


class Notice(models.Model):
    """That somebody is told something, once.

    thing: the act that it tells of; whoever hears of it for two reasons hears once. by: the
    colleague who did it; none where a customer or the clock did. follows: told because they follow
    the case. about: what an answer ends, such as `handover:12`. mail_due_at: when it leaves by
    mail, unless it is read before. digest: the one that told of it. instead_of: the one who is away
    and whom it is for.
    """

    to = models.ForeignKey(Staff, models.CASCADE, related_name="notices")
    thing = models.CharField(max_length=120)
    reason = models.CharField(max_length=20)
    case = models.ForeignKey(Case, models.CASCADE, null=True, related_name="+")
    by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    instead_of = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    follows = models.BooleanField(default=False)
    about = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    way = models.CharField(max_length=10)
    read_at = models.DateTimeField(null=True)
    mail_due_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)
    digest = models.ForeignKey(Digest, models.SET_NULL, null=True, related_name="notices")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            known("reason", Reason, "notice_reason_known"),
            known("way", Way, "notice_way_known"),
            models.UniqueConstraint(fields=["to", "thing"], name="notice_once_a_thing"),
            models.CheckConstraint(
                condition=Q(by__isnull=True) | ~Q(by=F("to")), name="notice_not_of_ones_own"
            ),
            models.CheckConstraint(
                condition=Q(mail_due_at__isnull=True) | Q(mailed_at__isnull=True),
                name="notice_mailed_once",
            ),
        ]
        indexes = [
            models.Index(fields=["to", "-at", "-id"], name="notice_by_age"),
            models.Index(
                fields=["to", "-at", "-id"],
                name="notice_unread",
                condition=Q(read_at__isnull=True),
            ),
            models.Index(
                fields=["about"],
                name="notice_to_answer",
                condition=Q(read_at__isnull=True) & ~Q(about=""),
            ),
            models.Index(
                fields=["mail_due_at"],
                name="notice_mail_due",
                condition=Q(mail_due_at__isnull=False),
            ),
            models.Index(fields=["at"], name="notice_to_forget"),
        ]

    def __str__(self) -> str:
        return f"{self.reason} to {self.to_id}"


class Choice(models.Model):
    """How somebody hears of one group of things; where there is none, as everybody does."""

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="+")
    group = models.CharField(max_length=10)
    way = models.CharField(max_length=10)

    class Meta:
        constraints = [
            known("group", Group, "choice_group_known"),
            known("way", Way, "choice_way_known"),
            models.UniqueConstraint(fields=["staff", "group"], name="choice_once_a_group"),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.way}"


class Habits(models.Model):
    """When somebody likes to hear of things.

    digest_hour: of their day. digest_due_at: when the next one leaves; none while nothing waits.
    """

    staff = models.OneToOneField(Staff, models.CASCADE, primary_key=True, related_name="+")
    digest_hour = models.PositiveSmallIntegerField(default=DIGEST_HOUR)
    on_working_days = models.BooleanField(default=True)
    mails_at_night = models.BooleanField(default=False)
    digest_due_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "habits"
        constraints = [
            models.CheckConstraint(condition=Q(digest_hour__lte=23), name="habits_hour_of_a_day")
        ]
        indexes = [
            models.Index(
                fields=["digest_due_at"],
                name="digest_due",
                condition=Q(digest_due_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"habits of {self.staff_id}"


class Warned(models.Model):
    """That whoever owes a promise was warned of it before its moment, once."""

    promise = models.OneToOneField(Promise, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "warned"

    def __str__(self) -> str:
        return f"#{self.promise_id}"
