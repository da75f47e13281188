from datetime import datetime
from typing import ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import Combinable
from django.db.models.functions import Lower

from amends.staff.rules.authority import RemedyKind
from amends.staff.rules.permissions import Act, Role, may

LANGUAGES = [
    ("en", "English"),
    ("ru", "Русский"),
    ("pl", "Polski"),
    ("sq", "Shqip"),
    ("lt", "Lietuvių"),
]
CODES = [code for code, _name in LANGUAGES]


class Organisation(models.Model):
    """Who we are: one row, written when the three questions of set-up are answered.

    undo_seconds, undo_seconds_heated: how long a reply can be taken back; one to somebody angry.
    reopen_days: how long after its end a case may be opened again; later a new one follows it.
    fetches_pictures: whether colleagues may have pictures fetched that a mail names on other
    servers.
    jurisdiction, sector: whose law is for our cases; empty as our country and trade tell.
    """

    name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    country = models.CharField(max_length=2)
    trade = models.CharField(max_length=20)
    channels = ArrayField(models.CharField(max_length=10), default=list)
    zone = models.CharField(max_length=60)
    currency = models.CharField(max_length=3)
    language = models.CharField(max_length=5, choices=LANGUAGES)
    mail_address = models.EmailField(blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    postal_address = models.CharField(max_length=300, blank=True)
    outside_body = models.JSONField(default=dict)
    shows_kept_share = models.BooleanField(default=False)
    reopen_days = models.PositiveSmallIntegerField(default=90)
    undo_seconds = models.PositiveSmallIntegerField(default=20, db_default=20)
    undo_seconds_heated = models.PositiveSmallIntegerField(default=60, db_default=60)
    fetches_pictures = models.BooleanField(default=True, db_default=True)
    jurisdiction = models.CharField(max_length=2, blank=True)
    sector = models.CharField(max_length=20, blank=True)
    set_up_at = models.DateTimeField()
    demonstration = models.BooleanField(default=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="organisation_is_one")]

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    """A part of the organisation; what one represents to internal customers."""

    name = models.CharField(max_length=100, unique=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class StaffQuerySet(models.QuerySet["Staff"]):
    def at_work(self) -> Self:
        return self.filter(is_active=True)


class StaffManager(BaseUserManager.from_queryset(StaffQuerySet)):  # type: ignore[misc] # made here
    """Django's sign-in asks the user model for a manager of this kind."""


class Staff(AbstractBaseUser):
    """Somebody who works here.

    administers: looks after the installation besides the work of the role, as the owner of a
    small organisation does; somebody who does nothing else has the role of administrator.
    first_steps: those of the first five minutes that leave no other trace. calendar_key: what the
    address of their calendar holds; empty while they have none.
    """

    name = models.CharField(max_length=200)
    email = models.EmailField(unique=True)
    role = models.CharField(max_length=15, choices=[(role.value, role.name) for role in Role])
    administers = models.BooleanField(default=False)
    department = models.ForeignKey(Department, models.PROTECT, related_name="staff")
    title = models.CharField(max_length=100, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=5, choices=LANGUAGES)
    zone = models.CharField(max_length=60, blank=True)
    is_active = models.BooleanField(default=True)
    uses_shortcuts = models.BooleanField(default=True)
    first_steps = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    calendar_key = models.CharField(max_length=24, blank=True)
    joined_at = models.DateTimeField()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = StaffManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="staff_email_folded"),
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in Role]), name="staff_role_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def has_joined(self) -> bool:
        """Whether the invitation was accepted, by choosing a password."""
        return self.has_usable_password()

    @property
    def actor(self) -> str:
        return f"staff:{self.pk}"

    def may(self, act: Act) -> bool:
        """Return whether this person's role allows `act`."""
        if not self.is_active:
            return False
        return may(Role(self.role), act) or (self.administers and may(Role.ADMINISTRATOR, act))


class Team(models.Model):
    """Colleagues who look after the same cases. Its duty owner answers until somebody takes one."""

    name = models.CharField(max_length=100, unique=True)
    department = models.ForeignKey(Department, models.PROTECT, related_name="teams")
    duty_owner = models.ForeignKey(Staff, models.PROTECT, related_name="duties")
    members = models.ManyToManyField(Staff, related_name="teams")
    closed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Authority(models.Model):
    """What one role may give of one kind of remedy; no amount means without limit."""

    role = models.CharField(max_length=15, choices=[(role.value, role.name) for role in Role])
    remedy = models.CharField(
        max_length=25, choices=[(kind.value, kind.name) for kind in RemedyKind]
    )
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name_plural = "authorities"
        constraints = [
            models.UniqueConstraint(fields=["role", "remedy"], name="authority_once"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0), name="authority_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.remedy} {self.amount}"


class Guideline(models.Model):
    """One line of what a role may, or may not, promise; `text` is {language: text}."""

    role = models.CharField(max_length=15, choices=[(role.value, role.name) for role in Role])
    allowed = models.BooleanField()
    text = models.JSONField()

    def __str__(self) -> str:
        return f"{self.role} {self.pk}"


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def standing(self) -> Self:
        """Those that nobody ended before their time."""
        return self.filter(ended_at=None)

    def during(self, at: datetime | Combinable) -> Self:
        """Those in which somebody is away at `at`; it may be an expression of the database."""
        return self.standing().filter(begins_at__lte=at, ends_at__gt=at)


class Absence(models.Model):
    """That somebody is away, and who stands in. Why is nobody's business and is not asked.

    first_on, last_on: the days, both of them away, in the zone of who is away. begins_at, ends_at:
    the same as instants, the last one after all of it. ended_at: when they came back earlier, or
    when it was called off; it ends by itself otherwise.
    """

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="absences")
    deputies = models.ManyToManyField(Staff, related_name="stands_in")
    first_on = models.DateField()
    last_on = models.DateField()
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    written_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on"), ends_at__gt=F("begins_at")),
                name="absence_ends_after_it_begins",
            ),
        ]
        indexes = [
            models.Index(
                fields=["staff", "ends_at"],
                name="absence_standing",
                condition=Q(ended_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff_id} {self.first_on} {self.last_on}"
