"""Cases whose records are past their time, in words that are told by one of them."""

from amends.cases.actions.closing import withdraw_case
from amends.cases.actions.correspondence import add_note
from amends.cases.queries.keeping import record_of
from amends.contacts.models import OutgoingMail
from amends.jobs.sweeper import sweep
from tests import make

WORD = "Quixwort"


def ended(owner, person=None):
    """Return a case that ended, in words that are told by one of them."""
    told = make.contact(f"It was {WORD}, and cold.", person=person or make.person(WORD))
    case = make.case(told, owner=owner)
    add_note(case, text=f"She said {WORD}.", by=owner, at=make.NOW)
    withdraw_case(case, statement=f"Never {WORD}.", by=owner, at=make.NOW)
    case.refresh_from_db()
    return case


def past(*cases):
    """Let the time pass for which the records are kept, and return when that is."""
    at = max(record_of(case.reference).keep_until for case in cases)
    sweep(at)
    OutgoingMail.objects.update(state="sent", sent_at=at)
    return at
