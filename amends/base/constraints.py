"""Constraints that more than one table has."""

from enum import StrEnum

from django.db import models
from django.db.models import Q


def known(
    field: str, values: type[StrEnum], name: str, *, blank: bool = False
) -> models.CheckConstraint:
    """Return the constraint `name` that `field` is one of `values`, or empty if `blank`."""
    accepted = [value.value for value in values] + ([""] if blank else [])
    return models.CheckConstraint(condition=Q(**{f"{field}__in": accepted}), name=name)
