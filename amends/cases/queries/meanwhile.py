"""What happened on a case since somebody looked at it."""

from amends.cases.models.case import Case
from amends.cases.queries.timeline import ContactItem, Item, NoteItem, timeline_of
from amends.journal.queries import entries_since


def happened_since(case: Case, number: int) -> tuple[Item, ...]:
    """Return what stands in the timeline of `case` since the entry of this `number`."""
    entries = list(entries_since(f"case:{case.pk}", number))
    if not entries:
        return ()
    told = {
        name: {entry.facts.get(name) for entry in entries}
        for name in ("contact_id", "note_id", "mail_id")
    }
    events = {entry.pk for entry in entries}

    def is_new(item: Item) -> bool:
        if isinstance(item, ContactItem):
            mail = item.mail.pk if item.mail else 0
            return item.contact["id"] in told["contact_id"] or mail in told["mail_id"]
        return item.spot.pk in (told["note_id"] if isinstance(item, NoteItem) else events)

    return tuple(item for item in timeline_of(case).items if is_new(item))
