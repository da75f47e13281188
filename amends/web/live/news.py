"""What colleagues and the customer did since somebody looked, in sentences."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.cases.queries.meanwhile import happened_since
from amends.cases.queries.timeline import ContactItem, Item, NoteItem
from amends.web.cases.timeline import Reader, line_of

if TYPE_CHECKING:
    from amends.cases.models.case import Case

MOST_SENTENCES = 3


def sentences(case: "Case", number: int, reader: Reader) -> list[str]:
    """Return what others did since the entry of this `number`, to be said in passing."""
    said = [_sentence(item, reader) for item in happened_since(case, number)]
    told = [sentence for sentence in said if sentence]
    if len(told) <= MOST_SENTENCES:
        return told
    more = len(told) - MOST_SENTENCES
    rest = ngettext("%(n)s more thing is new", "%(n)s more things are new", more) % {"n": more}
    return [*told[-MOST_SENTENCES:], rest]


def _sentence(item: Item, reader: Reader) -> str:
    """Return who did what; empty for what the reader did, and for what is no news."""
    if isinstance(item, NoteItem):
        return (
            "" if item.by == reader.staff.name else _("%(name)s added a note") % {"name": item.by}
        )
    line = line_of(item, {}, reader)
    if line is None or _is_own(item, reader):
        return ""
    if isinstance(item, ContactItem):
        return f"{line['name']} {line['came']}"
    return f"{line['by']}: {line['text']}" if line["by"] else str(line["text"])


def _is_own(item: Item, reader: Reader) -> bool:
    if isinstance(item, ContactItem):
        return bool(item.contact["handled_by_id"] == reader.staff.pk)
    return item.by == reader.staff.name
