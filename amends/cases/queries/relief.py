"""What a customer got in the end, by all that was given them."""

from django.db.models import Q

from amends.cases.models.case import Case
from amends.cases.models.deciding import Decision, Remedy
from amends.cases.models.promises import Promise
from amends.cases.rules.weighing import Relief, relief_of
from amends.staff.rules.authority import RemedyKind

_DONE = Q(kept_at__isnull=False) | Q(done_late_at__isnull=False)
_GIVEN = (
    Q(done_at__isnull=False)
    | Q(promise__kept_at__isnull=False)
    | Q(promise__done_late_at__isnull=False)
)


def relief_given(case: Case) -> Relief | None:
    """Return what the customer of `case` got; None if what was given does not tell."""
    kept = Promise.objects.filter(_DONE, case=case).values_list("remedy", "amount")
    given = Remedy.objects.filter(_GIVEN, option__case=case, dropped_at=None)
    explained = Decision.objects.filter(case=case, decided_at__isnull=False).exists()
    lines = [*kept, *given.values_list("kind", "amount")]
    return relief_of(((RemedyKind(kind), sum_) for kind, sum_ in lines), explained=explained)
