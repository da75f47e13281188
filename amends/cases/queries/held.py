"""Replies whose words would hurt, and wait for a senior."""

from amends.cases.models.case import Case
from amends.cases.models.held import HeldReply


def held_in(case: Case, pk: int) -> HeldReply:
    """Return the held reply `pk` of `case`.

    Raises HeldReply.DoesNotExist.
    """
    return HeldReply.objects.select_related("author", "judged_by").get(case=case, pk=pk)
