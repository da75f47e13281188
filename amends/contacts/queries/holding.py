"""By which mail is held to be looked at."""

from collections.abc import Sequence

from django.db.models import QuerySet

from amends.contacts.models.holding import HoldingRule
from amends.contacts.rules.holding import LooksAt, Rule
from amends.staff.models import Staff
from amends.staff.rules.permissions import Act


def rules_in_use() -> Sequence[Rule]:
    """Return the rules by which mail is held now, the oldest first."""
    kept = HoldingRule.objects.filter(rests_since=None).order_by("pk")
    return [Rule(LooksAt(each.looks_at), each.text, each.header) for each in kept]


def rules_kept(staff: Staff) -> QuerySet[HoldingRule]:
    """Return all rules that `staff` keeps, those in use first."""
    kept = HoldingRule.objects.order_by("-rests_since", "looks_at", "header", "text")
    return kept if staff.may(Act.EDIT_ORGANISATION) else kept.none()
