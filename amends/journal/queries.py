"""Questions about what was written down."""

from django.db.models import Max, QuerySet

from amends.journal.models import Entry


def last_entry_of(subject: str) -> int:
    """Return the number of the newest entry about `subject`, such as `case:12`; 0 if none."""
    return Entry.objects.filter(subject=subject).aggregate(last=Max("pk"))["last"] or 0


def entries_since(subject: str, number: int) -> QuerySet[Entry]:
    """Return what was written about `subject` after the entry of this `number`, oldest first."""
    return Entry.objects.filter(subject=subject, pk__gt=number).order_by("pk")


def entries_of(subject: str) -> QuerySet[Entry]:
    """Return all that was written about `subject`, newest first."""
    return Entry.objects.filter(subject=subject).order_by("-pk")
