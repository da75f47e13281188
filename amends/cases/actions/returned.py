"""What follows when a mail of ours did not arrive."""

from datetime import datetime

from django.db import transaction

from amends.cases.queries.threads import mail_returned
from amends.contacts.actions.sending import note_copy_returned, note_returned
from amends.contacts.models import OutgoingMail
from amends.contacts.rules.kinds import MailState
from amends.contacts.rules.messages import Inbound
from amends.people.actions.points import note_unreachable
from amends.people.rules.points import folded_mail

_LEFT = {MailState.SENT, MailState.PERHAPS_SENT}


@transaction.atomic
def note_undelivered(report: Inbound, *, at: datetime) -> OutgoingMail | None:
    """Note what a delivery report says of a mail of ours, and return that mail; None if of none.

    An address is given up only when it is the one that we wrote
    to and the report says that it failed for good; what is only late changes nothing. A copy that
    came back takes nothing from the mail itself.
    """
    ours = mail_returned(report)
    failed = [each for each in report.undelivered if each.permanent]
    if ours is None or not failed or ours.state not in _LEFT:
        return None
    reason = " ".join(failed[0].reason.split() or ["550"])
    copies = {*ours.cc, *ours.bcc} - {folded_mail(ours.to_address)}
    if {folded_mail(each.address) for each in failed} <= copies:
        return note_copy_returned(ours, reason=f"{failed[0].address}: {reason}", at=at)
    ours = note_returned(ours, reason=reason, at=at)
    contact = ours.contact
    if contact is None:
        return ours
    written_to = folded_mail(ours.to_address)
    if contact.person and written_to in {folded_mail(each.address) for each in failed}:
        note_unreachable(contact.person, address=written_to, at=at)
    return ours
