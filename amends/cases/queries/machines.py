"""Whether a machine may be answering us: two that acknowledge each other would never end."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Count

from amends.contacts.models import Arrival, OutgoingMail
from amends.contacts.rules.kinds import ArrivalState, MailKind

MOST_ACKNOWLEDGED_A_DAY = 3
MOST_ALIKE_A_DAY = 10
_DAY = timedelta(days=1)


def acknowledged_lately(people: Collection[int], *, at: datetime) -> Counter[int]:
    """Return how often each of `people` was sent an acknowledgement within a day."""
    lately = OutgoingMail.objects.filter(
        kind=MailKind.ACKNOWLEDGEMENT, contact__person__in=people, written_at__gt=at - _DAY
    )
    counted = lately.values_list("contact__person").annotate(number=Count("pk"))
    return Counter(dict(counted))


def filed_alike(likenesses: Collection[str], *, at: datetime) -> Counter[str]:
    """Return how many mails that say the same were filed within a day, for each likeness."""
    lately = Arrival.objects.filter(
        likeness__in=likenesses, state=ArrivalState.FILED, read_at__gt=at - _DAY
    )
    return Counter(dict(lately.values_list("likeness").annotate(number=Count("pk"))))
