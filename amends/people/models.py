from typing import Self

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper

from amends.people.rules.kinds import Honorific, PersonKind, PointKind, Preference, Standing
from amends.staff.models import LANGUAGES, Staff


class PersonQuerySet(models.QuerySet["Person"]):
    def standing_alone(self) -> Self:
        """Leave out those who were merged into another."""
        return self.filter(merged_into=None)


class Person(models.Model):
    """Somebody we serve, outside or inside: a human being or an organisation.

    name: as the customer writes it, in full. search: the same with numbers and contact points,
    folded by `amends.people.rules.folding`, for finding while one types.
    staff: set for an internal customer.
    """

    kind = models.CharField(max_length=12, default=PersonKind.HUMAN.value)
    standing = models.CharField(max_length=12, default=Standing.CUSTOMER.value)
    name = models.CharField(max_length=200)
    given_name = models.CharField(max_length=100, blank=True)
    patronymic = models.CharField(max_length=100, blank=True)
    family_name = models.CharField(max_length=100, blank=True)
    honorific = models.CharField(max_length=8, default=Honorific.UNKNOWN.value)
    informal = models.BooleanField(default=False)
    address_forms = models.JSONField(default=dict, blank=True)
    number = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=5, choices=LANGUAGES, blank=True)
    prefers = models.CharField(max_length=12, blank=True)
    wants_no_gestures = models.BooleanField(default=False)
    staff = models.OneToOneField(Staff, models.PROTECT, null=True, related_name="as_customer")
    search = models.TextField(blank=True)
    known_since = models.DateTimeField()
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged_from")

    objects = PersonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in PersonKind]), name="person_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(standing__in=[standing.value for standing in Standing]),
                name="person_standing_known",
            ),
            models.CheckConstraint(
                condition=Q(honorific__in=[honorific.value for honorific in Honorific]),
                name="person_honorific_known",
            ),
            models.CheckConstraint(
                condition=Q(prefers__in=["", *(preference.value for preference in Preference)]),
                name="person_preference_known",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="person_not_merged_into_itself",
            ),
            models.UniqueConstraint(
                Upper("number"),
                name="person_number_once",
                condition=~Q(number="") & Q(merged_into__isnull=True),
            ),
        ]
        indexes = [
            GinIndex(OpClass(F("search"), name="gin_trgm_ops"), name="person_search_trigrams"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def actor(self) -> str:
        return f"person:{self.pk}"

    @property
    def is_inside(self) -> bool:
        return self.staff_id is not None


class ContactPoint(models.Model):
    """One way to reach a person. `folded` is what is compared: lower-case mail, E.164 number."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="points")
    kind = models.CharField(max_length=10)
    value = models.CharField(max_length=300)
    folded = models.CharField(max_length=300)
    added_at = models.DateTimeField()
    verified_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in PointKind]), name="point_kind_known"
            ),
            models.UniqueConstraint(
                fields=["person", "kind", "folded"], name="point_once_a_person"
            ),
        ]
        indexes = [models.Index(fields=["folded"], name="point_folded")]

    def __str__(self) -> str:
        return self.value


class Representation(models.Model):
    """Somebody who speaks for somebody else, and on what authority."""

    representative = models.ForeignKey(Person, models.PROTECT, related_name="represents")
    represented = models.ForeignKey(Person, models.PROTECT, related_name="represented_by")
    authority = models.CharField(max_length=200, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(representative=F("represented")), name="nobody_represents_oneself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.representative_id} for {self.represented_id}"


class SpecialNeed(models.Model):
    """Care that somebody needs, written down with their consent and for a time only."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="special_needs")
    text = models.CharField(max_length=500)
    consent = models.CharField(max_length=200)
    consented_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("consented_at")), name="need_expires"
            ),
            models.CheckConstraint(condition=~Q(consent=""), name="need_with_consent"),
        ]

    def __str__(self) -> str:
        return self.text


class Merge(models.Model):
    """Two records found to be one person. `moved` says what was moved, so that it can be undone."""

    kept = models.ForeignKey(Person, models.PROTECT, related_name="+")
    merged = models.ForeignKey(Person, models.PROTECT, related_name="+")
    moved = models.JSONField(default=dict)
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["merged"], name="merged_once", condition=Q(undone_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.merged_id} into {self.kept_id}"
