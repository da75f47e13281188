"""Cases found while somebody types."""

from collections.abc import Sequence

from amends.cases.queries.inbox import Row, rows_of
from amends.cases.queries.reading import cases_for
from amends.cases.rules.reference import read_reference
from amends.staff.models import Staff

MOST_FOUND = 8


def find_cases_for(staff: Staff, text: str, *, of: Sequence[int] = ()) -> tuple[Row, ...]:
    """Return the case whose reference `text` is, or else at most 8 open cases of customers `of`.

    A reference is understood however it was typed or heard: with or without its dashes, in
    Cyrillic letters, with an O for a Q.
    """
    cases = cases_for(staff)
    if reference := read_reference(text):
        return rows_of(cases.filter(reference=reference), most=1)
    return rows_of(cases.open().filter(person__in=of), most=MOST_FOUND) if of else ()
