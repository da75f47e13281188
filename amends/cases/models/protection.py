from django.db import models
from django.db.models import F, Q

from amends.base.constraints import known
from amends.cases.models.case import Case
from amends.cases.rules.kinds import (
    CheckLevel,
)
from amends.people.models import Person
from amends.staff.models import Staff


class IdentityCheck(models.Model):
    """That we made sure of whom we speak with, before anything was disclosed."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="identity_checks")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    level = models.CharField(max_length=15)
    method = models.CharField(max_length=200)
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")

    class Meta:
        constraints = [known("level", CheckLevel, "identity_level_known")]

    def __str__(self) -> str:
        return self.level


class Hold(models.Model):
    """What must not go on while we look, such as dunning or a disconnection.

    until: a due moment. confirmed_at: when those told said that it holds.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="holds")
    what = models.CharField(max_length=300)
    until = models.DateTimeField()
    told_whom = models.CharField(max_length=200)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("set_at")), name="hold_ends_later")
        ]

    def __str__(self) -> str:
        return self.what
