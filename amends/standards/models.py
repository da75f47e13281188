"""What we hold ourselves to and what laws hold us to, as far as it is kept in tables."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from amends.base.constraints import known
from amends.staff.models import Staff, Team
from amends.standards.rules import law, targets
from amends.standards.rules.days import EndsOnDayOff, Unit
from amends.standards.rules.history import WaitingFor
from amends.standards.rules.warnings import How, Whom, Whose


class WorkingHours(models.Model):
    """When the house is open, in the row without a team, and when a team is that has its own.

    hours: as `amends.standards.rules.hours` keeps them; none where a team follows the house again.
    recount_after: since they changed, the open cases up to this one were given a new due moment;
        none when all were, which was at recounted_at.
    """

    team = models.OneToOneField(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="working_hours"
    )
    hours = models.JSONField(null=True)
    changed_at = models.DateTimeField()
    recount_after = models.PositiveBigIntegerField(null=True, blank=True)
    recounted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["team"],
                condition=Q(team=None),
                name="house_has_one_set_of_hours",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(team__isnull=False) | Q(hours__isnull=False),
                name="house_that_has_hours_keeps_them",
            ),
        ]
        indexes = [
            models.Index(
                fields=["changed_at"],
                name="hours_to_recount",
                condition=Q(recount_after__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"hours of team {self.team_id}" if self.team_id else "hours of the house"


class HoursBefore(models.Model):
    """Hours that held until a moment, for what ran by them; none where nobody had said any."""

    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+")
    hours = models.JSONField(null=True)
    until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["until"], name="hours_before_in_order")]

    def __str__(self) -> str:
        return f"hours until {self.until:%Y-%m-%d %H:%M}"


class ClockProfile(models.Model):
    """One version of a clock that a law, or our own custom, sets; its rules are in `rules.law`.

    Never changed once written: a change is a new version, and a case keeps the one that applied to
    it. superseded_at: when another version took its place. length_count: none where the law says
    "promptly". source, verified_on: without both it never runs. reason: why this version was
    written; with one it may move a term of an open case later. recount_after: the open cases up to
    this one know this version; none when all do.
    """

    key = models.CharField(max_length=40)
    duty = models.CharField(max_length=12)
    version = models.PositiveIntegerField()
    jurisdiction = models.CharField(max_length=2, blank=True)
    sector = models.CharField(max_length=20, blank=True)
    party_kind = models.CharField(max_length=20, blank=True)
    length_count = models.PositiveSmallIntegerField(null=True)
    length_unit = models.CharField(max_length=12, blank=True)
    starts_on = models.CharField(max_length=12)
    stops_on = ArrayField(models.CharField(max_length=12))
    extension_count = models.PositiveSmallIntegerField(null=True)
    extension_unit = models.CharField(max_length=12, blank=True)
    extension_from = models.CharField(max_length=10, blank=True)
    extension_parts = ArrayField(models.CharField(max_length=13), default=list)
    ends_on_day_off = models.CharField(max_length=16)
    effects = ArrayField(models.CharField(max_length=22), default=list)
    right_body = models.CharField(max_length=200, blank=True)
    right_count = models.PositiveSmallIntegerField(null=True)
    right_unit = models.CharField(max_length=12, blank=True)
    right_from = models.CharField(max_length=10, blank=True)
    falls_back_to = models.CharField(max_length=40, blank=True)
    option = models.BooleanField(default=False)
    custom = models.BooleanField(default=False)
    source = models.CharField(max_length=500, blank=True)
    verified_on = models.DateField(null=True)
    note = models.CharField(max_length=500, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    written_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)
    recount_after = models.PositiveBigIntegerField(null=True)

    class Meta:
        constraints = [
            known("duty", law.Duty, "profile_duty_known"),
            known("length_unit", Unit, "profile_unit_known", blank=True),
            known("starts_on", law.Happening, "profile_start_known"),
            known("ends_on_day_off", EndsOnDayOff, "profile_day_off_known"),
            models.CheckConstraint(
                condition=Q(length_count__isnull=True, length_unit="")
                | (Q(length_count__gte=1) & ~Q(length_unit="")),
                name="profile_length_has_a_unit",
            ),
            models.CheckConstraint(
                condition=Q(extension_count__isnull=True, extension_unit="", extension_from="")
                | (Q(extension_count__gte=1) & ~Q(extension_unit="") & ~Q(extension_from="")),
                name="profile_extension_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(right_count__isnull=True, right_unit="")
                | (Q(right_count__gte=1) & ~Q(right_unit="") & ~Q(right_body="")),
                name="profile_right_is_whole",
            ),
            models.UniqueConstraint(fields=["key", "duty", "version"], name="profile_version_once"),
            models.UniqueConstraint(
                fields=["key", "duty"],
                name="profile_one_version_holds",
                condition=Q(superseded_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                fields=["written_at"],
                name="profiles_to_recount",
                condition=Q(recount_after__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.duty}, version {self.version}"

    @property
    def may_run(self) -> bool:
        return bool(self.source.strip()) and self.verified_on is not None


class Standard(models.Model):
    """One version of a standard of ours; an empty list means every one.

    Never changed once written: a case keeps the version that held when it was registered.
    limit_days: whole working days, each of which counts as it closes; none of them where the limit
    is said in minutes, and no minutes where it is said in days.
    groups: what the customers are to us; customers: those it was agreed with, by key.
    around_the_clock: counted in hours of the calendar and not in working time. pauses_on: for whom
    a case may wait without the time running on. owner, aim_percent, measured_by: who answers for
    it, how many of a hundred shall keep it, and how that is told.
    """

    key = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    measure = models.CharField(max_length=16)
    limit_minutes = models.PositiveIntegerField()
    limit_days = models.PositiveSmallIntegerField(default=0)
    around_the_clock = models.BooleanField(default=False)
    kinds = ArrayField(models.CharField(max_length=10), default=list)
    teams = ArrayField(models.BigIntegerField(), default=list)
    channels = ArrayField(models.CharField(max_length=10), default=list)
    severities = ArrayField(models.PositiveSmallIntegerField(), default=list)
    groups = ArrayField(models.CharField(max_length=12), default=list)
    customers = ArrayField(models.BigIntegerField(), default=list)
    pauses_on = ArrayField(models.CharField(max_length=12), default=list)
    owner = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    aim_percent = models.PositiveSmallIntegerField(default=95)
    measured_by = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    written_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            known("measure", targets.Measure, "standard_measure_known"),
            models.CheckConstraint(
                condition=Q(limit_minutes__gte=1, limit_days=0)
                | Q(limit_minutes=0, limit_days__gte=1),
                name="standard_gives_time_or_days",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="standard_has_a_name"),
            models.CheckConstraint(
                condition=Q(aim_percent__gte=1, aim_percent__lte=100),
                name="standard_aim_is_a_share",
            ),
            models.CheckConstraint(
                condition=Q(pauses_on__contained_by=[each.value for each in WaitingFor]),
                name="standard_pauses_known",
            ),
            models.UniqueConstraint(fields=["key", "version"], name="standard_version_once"),
            models.UniqueConstraint(
                fields=["key"],
                name="standard_one_version_holds",
                condition=Q(superseded_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}, version {self.version}"


class EarlyWarning(models.Model):
    """That somebody is told a while before a clock is over.

    about: of which kind of clock; standard: the key of the one it belongs to, all of the kind where
    empty. before_minutes: in the time that the clock counts in. staff: who is told where `to` names
    a colleague. stopped_at: since when it is given no more.
    """

    about = models.CharField(max_length=10)
    standard = models.CharField(max_length=40, blank=True)
    before_minutes = models.PositiveIntegerField()
    to = models.CharField(max_length=10)
    staff = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    how = models.CharField(max_length=6)
    written_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            known("about", Whose, "warning_about_known"),
            known("to", Whom, "warning_to_known"),
            known("how", How, "warning_how_known"),
            models.CheckConstraint(condition=Q(before_minutes__gte=1), name="warning_comes_before"),
            models.CheckConstraint(
                condition=Q(to=Whom.COLLEAGUE.value, staff__isnull=False)
                | (~Q(to=Whom.COLLEAGUE.value) & Q(staff__isnull=True)),
                name="warning_to_somebody",
            ),
            models.CheckConstraint(
                condition=Q(standard="") | Q(about=Whose.STANDARD.value),
                name="warning_of_a_standard",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.before_minutes} min before"
