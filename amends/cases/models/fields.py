from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper

from amends.base.constraints import known
from amends.cases.models.case import Case
from amends.cases.rules.fields import FieldType, Seer, Stage
from amends.people.models import Person
from amends.staff.models import Staff


class CustomField(models.Model):
    """Something that an organisation asks of its cases besides.

    label, help: {language: text}. kinds: the kinds of case that have it. required_at: the stage
    that asks for it, empty for none; required_since: since when. personal: whether it tells
    something of a person, and so is forgotten with them.
    """

    label = models.JSONField()
    help = models.JSONField(default=dict)
    type = models.CharField(max_length=12)
    kinds = ArrayField(models.CharField(max_length=10))
    required_at = models.CharField(max_length=10, blank=True)
    required_since = models.DateTimeField(null=True)
    seen_by = models.CharField(max_length=10, default=Seer.ALL.value)
    personal = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    added_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            known("type", FieldType, "field_type_known"),
            known("required_at", Stage, "field_stage_known", blank=True),
            known("seen_by", Seer, "field_seer_known"),
            models.CheckConstraint(
                condition=Q(required_at="", required_since__isnull=True)
                | (~Q(required_at="") & Q(required_since__isnull=False)),
                name="field_required_since_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class CustomChoice(models.Model):
    """One of what may be chosen in a field. label: {language: text}."""

    field = models.ForeignKey(CustomField, models.CASCADE, related_name="choices")
    label = models.JSONField()
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"#{self.pk}"


class CustomValueQuerySet(models.QuerySet["CustomValue"]):
    def personal_of(self, person: Person) -> Self:
        """Leave what tells something of `person`: the personal fields of their cases."""
        return self.filter(field__personal=True, case__person=person)


class CustomValue(models.Model):
    """What a field of a case holds, in the column of its type; one row for each thing chosen."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="custom_values")
    field = models.ForeignKey(CustomField, models.PROTECT, related_name="values")
    text = models.TextField(blank=True)
    number = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)
    falls_on = models.DateField(null=True)
    truth = models.BooleanField(null=True)
    choice = models.ForeignKey(CustomChoice, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    objects = CustomValueQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "field", "choice"],
                name="custom_value_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=~Q(text="")
                | Q(number__isnull=False)
                | Q(falls_on__isnull=False)
                | Q(truth__isnull=False)
                | Q(choice__isnull=False),
                name="custom_value_says_something",
            ),
        ]
        indexes = [
            models.Index(
                fields=["field", "choice", "case"],
                name="custom_value_by_choice",
                condition=Q(choice__isnull=False),
            ),
            models.Index(
                fields=["field", "number", "case"],
                name="custom_value_by_number",
                condition=Q(number__isnull=False),
            ),
            models.Index(
                fields=["field", "falls_on", "case"],
                name="custom_value_by_day",
                condition=Q(falls_on__isnull=False),
            ),
            models.Index(
                fields=["field", "truth", "case"],
                name="custom_value_by_truth",
                condition=Q(truth__isnull=False),
            ),
            GinIndex(
                OpClass(Upper(F("text")), name="gin_trgm_ops"),
                name="custom_value_by_piece",
                condition=~Q(text=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.field_id}"
