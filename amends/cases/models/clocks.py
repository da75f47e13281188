from django.db import models
from django.db.models import F, Q

from amends.base.constraints import known
from amends.cases.models.case import Case
from amends.cases.models.promises import Promise
from amends.cases.rules.kinds import How
from amends.contacts.models import OutgoingMail
from amends.staff.models import Staff
from amends.standards.models import ClockProfile, EarlyWarning, Standard
from amends.standards.rules.history import What
from amends.standards.rules.warnings import Whose


class ClockMark(models.Model):
    """What happened to a case that clocks look at and no other row tells; written once.

    was, now: what changed, as text: a kind, a team's key, a severity, a group, days of a rhythm.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="clock_marks")
    what = models.CharField(max_length=20)
    at = models.DateTimeField()
    was = models.CharField(max_length=20, blank=True)
    now = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [known("what", What, "clock_mark_known")]
        indexes = [models.Index(fields=["case", "at", "id"], name="clock_mark_in_order")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.what}"


class TermExtension(models.Model):
    """That a term of the law was extended, and what the customer was told of why and until when.

    until_on: the last day; told_how: how the notice went; mail: which, where it went by mail.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="term_extensions")
    until_on = models.DateField()
    reason = models.TextField()
    circumstances = models.TextField(blank=True)
    told_how = models.CharField(max_length=10)
    mail = models.ForeignKey(OutgoingMail, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="extension_says_why"),
            known("told_how", How, "extension_told_how_known"),
        ]
        indexes = [models.Index(fields=["case", "at"], name="extension_in_order")]

    def __str__(self) -> str:
        return f"{self.case_id} until {self.until_on}"


class CaseClock(models.Model):
    """One clock of a case as it stands, told anew from the case's history by every act.

    what: the duty of a law, or the measure of a standard. number: which of its kind in the case's
    life. profile, standard: the version that applies to the case, whatever is written later.
    binds: whether it counts for when the case is due; an option does not, nor our custom where a
    law sets a date. paused: it stands still, and is due as it says only if the pause ends in time.
    met_at: when what it waits for was done; ended_at: when it stopped to count, met or not.
    watch_at: when it will be over, while nobody has noticed; over_at: when that was noticed.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="clocks")
    whose = models.CharField(max_length=10)
    what = models.CharField(max_length=16, blank=True)
    number = models.PositiveSmallIntegerField(default=0)
    profile = models.ForeignKey(ClockProfile, models.PROTECT, null=True, related_name="clocks")
    standard = models.ForeignKey(Standard, models.PROTECT, null=True, related_name="clocks")
    promise = models.ForeignKey(Promise, models.PROTECT, null=True, related_name="clocks")
    binds = models.BooleanField(default=True)
    paused = models.BooleanField(default=False)
    started_at = models.DateTimeField()
    first_due_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    met_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    watch_at = models.DateTimeField(null=True)
    over_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            known("whose", Whose, "clock_whose_known"),
            models.CheckConstraint(
                condition=Q(whose=Whose.LAW.value, profile__isnull=False)
                | (~Q(whose=Whose.LAW.value) & Q(profile__isnull=True)),
                name="clock_of_law_has_a_profile",
            ),
            models.CheckConstraint(
                condition=Q(whose=Whose.PROMISE.value, promise__isnull=False)
                | (~Q(whose=Whose.PROMISE.value) & Q(promise__isnull=True)),
                name="clock_of_promise_has_one",
            ),
            models.CheckConstraint(
                condition=Q(watch_at__isnull=True) | Q(watch_at=F("due_at")),
                name="clock_watched_until_due",
            ),
            models.CheckConstraint(
                condition=Q(met_at__isnull=True) | Q(ended_at__isnull=False),
                name="clock_met_has_ended",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "whose", "what", "number"], name="clock_of_case"),
            models.Index(
                fields=["watch_at", "id"],
                name="clock_to_watch",
                condition=Q(watch_at__isnull=False),
            ),
            models.Index(
                fields=["case"],
                name="clock_running",
                condition=Q(ended_at__isnull=True),
            ),
            models.Index(
                fields=["standard", "started_at"],
                name="clock_of_standard",
                condition=Q(standard__isnull=False),
            ),
            models.Index(
                fields=["profile", "case"],
                name="clock_running_by_profile",
                condition=Q(profile__isnull=False, ended_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.whose} {self.what} of case {self.case_id}"


class PlannedWarning(models.Model):
    """That somebody is warned of a clock at a moment, and when it was done.

    for_due_at: for which end of the clock; when that moves later, the warning is given again.
    """

    clock = models.ForeignKey(CaseClock, models.CASCADE, related_name="warnings")
    warning = models.ForeignKey(EarlyWarning, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    for_due_at = models.DateTimeField()
    given_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["clock", "warning", "for_due_at"], name="warning_once_for_an_end"
            )
        ]
        indexes = [
            models.Index(
                fields=["at", "id"], name="warning_to_give", condition=Q(given_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"of clock {self.clock_id}"
