"""Writing down that somebody was put aside for somebody else. Source: requirement S3-56."""

from datetime import datetime

from django.db import transaction

from amends.cases.events.waiting import ContactPutAside
from amends.cases.models.case import Case
from amends.cases.queries.sheets import for_whom
from amends.contacts.models import Contact
from amends.contacts.rules.kinds import Channel
from amends.contacts.rules.turns import still_waits
from amends.journal.actions import record
from amends.staff.models import Staff


@transaction.atomic
def note_put_aside(
    case: Case, *, contact: Contact, since: datetime | None, by: Staff, at: datetime
) -> bool:
    """Write down that whoever was in `contact` waited while `by` served another; return whether so.

    since: when their sheet was put aside, None if it was not. A letter waits for nobody; what lay
    longer than anybody waits was only left, and so was what nobody else came in between.
    """
    if since is None or contact.channel == Channel.LETTER or not still_waits(since, at):
        return False
    served = for_whom(by, since=since)
    if served.nobody:
        return False
    told = ContactPutAside(
        case_id=case.pk,
        contact_id=contact.pk,
        since=since.isoformat(),
        for_contact_id=served.contact,
    )
    record(told, by=by, at=at)
    return True
