"""One piece of a case, for the act that is about it."""

from amends.cases.models.case import Case
from amends.cases.models.promises import FollowUp, Promise


def promise_in(case: Case, pk: int) -> Promise:
    """Return one promise of `case`.

    Raises Promise.DoesNotExist.
    """
    return Promise.objects.select_related("case", "owner", "replaced_by").get(case=case, pk=pk)


def question_in(case: Case) -> FollowUp | None:
    """Return the question whether it is put right that waits to be asked or answered, if any."""
    pending = FollowUp.objects.filter(case=case, answered_at=None, dropped_at=None)
    return pending.select_related("case", "promise").order_by("-pk").first()
