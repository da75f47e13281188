"""Replies whose words would hurt, and wait for a senior."""

from amends.cases.models.case import Case
from amends.cases.models.held import HeldReply
from amends.language.remarks import hurting


def held_in(case: Case, pk: int) -> HeldReply:
    """Return the held reply `pk` of `case`.

    Raises HeldReply.DoesNotExist.
    """
    return HeldReply.objects.select_related("author", "judged_by").get(case=case, pk=pk)


def words_held_back(case: Case, text: str) -> tuple[str, ...]:
    """Return the words of `text` that would hurt the customer, unless a senior let it leave."""
    words = hurting(text, case.language)
    released = HeldReply.objects.filter(case=case, text=text.strip(), released_at__isnull=False)
    return () if words and released.exists() else words
