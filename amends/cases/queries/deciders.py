"""Whose decision a case rests on, and who else can look at it."""

from amends.cases.models.case import Case
from amends.cases.models.deciding import Decision
from amends.cases.models.turns import InternalReview
from amends.cases.queries.colleagues import able_nearest
from amends.staff.models import Staff


def decider_of(case: Case) -> Staff | None:
    """Return who decided `case` last; its owner where nobody wrote a decision down."""
    decided = Decision.objects.filter(case=case, decided_at__isnull=False)
    last = decided.select_related("decider").order_by("-decided_at", "-pk").first()
    return last.decider if last else case.owner


def reviewer_for(case: Case) -> Staff | None:
    """Return who looks at the decision on `case` with other eyes; None if there is nobody else.

    Never who decided it, nor who looked at it again before.
    """
    decider = decider_of(case)
    before = list(InternalReview.objects.filter(case=case).values_list("reviewer_id", flat=True))
    others = able_nearest(case).exclude(pk__in=[*before, decider.pk if decider else 0])
    return others.first()
