"""Cases found while somebody types."""

from collections.abc import Sequence

from amends.cases.queries.inbox import Row, rows_of
from amends.cases.queries.reading import cases_for
from amends.cases.rules.reference import piece_of, read_reference
from amends.staff.models import Staff

MOST_FOUND = 8


def find_cases_for(staff: Staff, text: str, *, of: Sequence[int] = ()) -> tuple[Row, ...]:
    """Return the case whose reference `text` is; or at most 8 that it is a piece of, or of people.

    of: the customers whose open cases count. A reference is understood however it was typed or
    heard: with or without its dashes, in Cyrillic letters, with an O for a Q; and in part, such as
    the last symbols that somebody reads out.
    """
    cases = cases_for(staff)
    if reference := read_reference(text):
        return rows_of(cases.filter(reference=reference), most=1)
    theirs = rows_of(cases.open().filter(person__in=of), most=MOST_FOUND) if of else ()
    piece = piece_of(text)
    named = rows_of(cases.of_symbols(piece), most=MOST_FOUND) if piece else ()
    found = {row.pk: row for row in (*named, *theirs)}
    return tuple(found.values())[:MOST_FOUND]
