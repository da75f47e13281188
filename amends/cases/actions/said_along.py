"""Words that come along with another answer, and wait for none of their own."""

from datetime import datetime

from django.db import transaction

from amends.cases.actions.from_portal import add_words
from amends.cases.actions.within import locked, settle
from amends.cases.models.case import Case
from amends.cases.queries.file import file_of
from amends.contacts.models import Contact
from amends.journal.actions import Actor


@transaction.atomic
def add_said_along(case: Case, *, words: str, by: Actor, at: datetime) -> Contact:
    """Add `words` in which a customer is content to `case`, and return their contact.

    Who has the case reads them, and owes no answer to them; what waited for one before still does.

    Raises NothingSaid.
    """
    waited = bool(file_of(case).written_at)
    contact = add_words(case, words=words, by=by, at=at)
    case = locked(case)
    if case.is_open and not waited:
        case.nothing_to_answer_at = at
        settle(case)
    return contact
