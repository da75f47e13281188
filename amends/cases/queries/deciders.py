"""Whose decision a case rests on, and who else can look at it."""

from datetime import datetime

from amends.cases.models.case import Case
from amends.cases.models.turns import InternalReview
from amends.cases.queries.colleagues import able_nearest
from amends.cases.queries.proposing import last_decision_of
from amends.cases.rules.lifecycle import State
from amends.journal.queries import entries_of
from amends.staff.models import Staff


def decider_of(case: Case) -> Staff | None:
    """Return who decided `case` last; its owner where nobody wrote a decision down.

    That it was not ours to decide, whoever said so decided.
    """
    if case.state == State.OUT_OF_SCOPE:
        return case.closed_by
    last = last_decision_of(case)
    return last.decider if last else case.owner


def reviewer_for(case: Case) -> Staff | None:
    """Return who looks at the decision on `case` with other eyes; None if there is nobody else.

    Never who decided it, nor who looked at it again before.
    """
    decider = decider_of(case)
    before = list(InternalReview.objects.filter(case=case).values_list("reviewer_id", flat=True))
    others = able_nearest(case).exclude(pk__in=[*before, decider.pk if decider else 0])
    return others.first()


def asked_to_look_at(case: Case, *, since: datetime) -> Staff | None:
    """Return whom the customer's wish that another person looks went to last; None if to nobody."""
    asked = entries_of(f"case:{case.pk}").filter(kind="AnotherLookAsked", at__gte=since).first()
    return Staff.objects.filter(pk=asked.facts["asked_of_id"]).first() if asked else None
