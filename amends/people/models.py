from typing import Self

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper

from amends.base.constraints import known
from amends.people.rules.address import Addressee
from amends.people.rules.kinds import Honorific, PersonKind, PointKind, Preference, Standing
from amends.people.rules.occasions import OccasionKind
from amends.people.rules.organisations import OrganisationForm
from amends.staff.models import LANGUAGES, Staff


class PersonQuerySet(models.QuerySet["Person"]):
    def standing_alone(self) -> Self:
        """Leave out those who were merged into another."""
        return self.filter(merged_into=None)


class Person(models.Model):
    """Somebody we serve, outside or inside: a human being or an organisation.

    name: as the customer writes it, in full. search: the same with numbers and contact points,
    folded by `amends.people.rules.folding`, for finding while one types. sorts_as: where the name
    stands in an alphabetical list. staff: set for an internal customer. address_forms: {language:
    how the customer wishes to be addressed}. erased_at: since when nothing of them is known.
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
    sorts_as = models.CharField(max_length=220, blank=True)
    known_since = models.DateTimeField()
    died_noted_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged_from")

    objects = PersonQuerySet.as_manager()

    class Meta:
        constraints = [
            known("kind", PersonKind, "person_kind_known"),
            known("standing", Standing, "person_standing_known"),
            known("honorific", Honorific, "person_honorific_known"),
            known("prefers", Preference, "person_preference_known", blank=True),
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
            models.Index(
                fields=["sorts_as", "id"],
                name="person_by_name",
                condition=Q(merged_into__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def actor(self) -> str:
        return f"person:{self.pk}"

    @property
    def is_inside(self) -> bool:
        return self.staff_id is not None

    @property
    def addressee(self) -> Addressee:
        """What the rules of address must know."""
        return Addressee(
            name=self.name,
            given=self.given_name,
            patronymic=self.patronymic,
            family=self.family_name,
            honorific=Honorific(self.honorific),
            informal=self.informal,
            organisation=self.kind == PersonKind.ORGANISATION,
            forms=self.address_forms,
        )


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
            known("kind", PointKind, "point_kind_known"),
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
    """Care that somebody needs, written down with their consent and for a time only.

    When the consent is withdrawn or the time is over, the row is deleted.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="special_needs")
    text = models.CharField(max_length=500)
    consent = models.CharField(max_length=200)
    consented_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("consented_at")), name="need_expires"
            ),
            models.CheckConstraint(condition=~Q(consent=""), name="need_with_consent"),
        ]
        indexes = [models.Index(fields=["expires_at"], name="need_by_expiry")]

    def __str__(self) -> str:
        return self.text


class OrganisationDetails(models.Model):
    """What is known of an organisation besides what is known of every customer.

    registration: its number in the register of its country; no two organisations share one.
    """

    organisation = models.OneToOneField(
        Person, models.CASCADE, primary_key=True, related_name="details"
    )
    form = models.CharField(max_length=12, default=OrganisationForm.COMPANY.value)
    registration = models.CharField(max_length=40, blank=True)
    notes = models.TextField(blank=True)

    class Meta:
        constraints = [
            known("form", OrganisationForm, "organisation_form_known"),
            models.UniqueConstraint(
                Upper("registration"),
                name="organisation_registration_once",
                condition=~Q(registration=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.registration}".strip()


class MailDomain(models.Model):
    """A domain that is one organisation's own: whoever writes from there belongs to it."""

    organisation = models.ForeignKey(Person, models.CASCADE, related_name="domains")
    domain = models.CharField(max_length=253, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(domain=""), name="mail_domain_named"),
        ]

    def __str__(self) -> str:
        return self.domain


class Membership(models.Model):
    """Somebody belongs to an organisation, as what, and from when until when.

    from_on: empty if nobody knows; until_on: empty as long as they belong to it.
    """

    member = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Person, models.CASCADE, related_name="members")
    role = models.CharField(max_length=100, blank=True)
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(member=F("organisation")), name="nobody_belongs_to_oneself"
            ),
            models.CheckConstraint(
                condition=Q(from_on__isnull=True)
                | Q(until_on__isnull=True)
                | Q(until_on__gte=F("from_on")),
                name="membership_ends_after_it_began",
            ),
            models.UniqueConstraint(
                fields=["member", "organisation"],
                name="belongs_to_it_once",
                condition=Q(until_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} of {self.organisation_id}"


class Occasion(models.Model):
    """A day of the year on which somebody likes to be greeted, kept with their consent only.

    of_year: the day without a year, as `amends.people.rules.occasions.month_day` makes it.
    greeted_year: when they were greeted last. When the consent is withdrawn, the row is deleted.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="occasions")
    kind = models.CharField(max_length=14)
    what = models.CharField(max_length=100, blank=True)
    of_year = models.SmallIntegerField()
    consent = models.CharField(max_length=200)
    consented_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    greeted_year = models.SmallIntegerField(null=True)

    class Meta:
        constraints = [
            known("kind", OccasionKind, "occasion_kind_known"),
            models.CheckConstraint(condition=~Q(consent=""), name="occasion_with_consent"),
            models.CheckConstraint(
                condition=Q(kind=OccasionKind.OWN.value) & ~Q(what="")
                | ~Q(kind=OccasionKind.OWN.value) & Q(what=""),
                name="occasion_of_their_own_is_named",
            ),
            models.CheckConstraint(
                condition=Q(of_year__gte=101, of_year__lte=1231), name="occasion_within_the_year"
            ),
            models.UniqueConstraint(
                fields=["person", "kind", "what"], name="occasion_once_a_person"
            ),
        ]
        indexes = [models.Index(fields=["of_year"], name="occasion_by_day")]

    def __str__(self) -> str:
        return self.what or self.kind


class Merge(models.Model):
    """Two records found to be one person.

    moved: {table.column: [ids of the rows that were moved]}. filled: {column: what was there
    before}, of the record that was kept. Together they undo the merge.
    """

    kept = models.ForeignKey(Person, models.PROTECT, related_name="+")
    merged = models.ForeignKey(Person, models.PROTECT, related_name="+")
    moved = models.JSONField(default=dict)
    filled = models.JSONField(default=dict)
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
