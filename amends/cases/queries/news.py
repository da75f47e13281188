"""What happened to a case since somebody looked at it."""

from amends.contacts.models import Contact
from amends.journal.models import Entry
from amends.journal.queries import entries_since


def news_since(case: int, seen: int) -> list[Entry]:
    """Return what others did and what the customer said to the case of this key, oldest first.

    What Amends did by itself is no news.
    """
    entries = list(entries_since(f"case:{case}", seen))
    by_clock = [entry for entry in entries if entry.by == "clock"]
    added = {entry.facts["contact_id"] for entry in by_clock if entry.kind == "ContactAdded"}
    said = set(Contact.objects.filter(pk__in=added, automatic=False).values_list("pk", flat=True))
    return [
        entry for entry in entries if entry.by != "clock" or entry.facts.get("contact_id") in said
    ]
