"""Reading the mail that an arrival holds, in memory or mapped from where it is kept."""

from dataclasses import replace

from amends.contacts.channels.email.parse import (
    LARGEST_BYTES,
    LARGEST_MAPPED,
    read_large_mail,
    read_mail,
)
from amends.contacts.models import Arrival
from amends.contacts.queries.arrivals import mapped_raw_of, raw_of
from amends.contacts.rules.arriving import NULL_SENDER
from amends.contacts.rules.messages import Automatic, Inbound, Mailbox, Problem

_HEAD_BYTES = 200_000


def mail_of(arrival: Arrival) -> Inbound:
    """Return what is read in `arrival` and its envelope; of one beyond all bounds, of its head.

    What a colleague said to be wanted is no spam, and no rule holds it.

    Raises FileNotFoundError.
    """
    mail = _read(arrival)
    recipients = tuple(Mailbox("", each) for each in arrival.envelope_recipients.splitlines())
    automatic = mail.automatic
    if automatic is None and arrival.envelope_sender == NULL_SENDER:
        automatic = Automatic.NULL_SENDER
    return replace(
        mail,
        delivered_to=recipients + mail.delivered_to,
        automatic=automatic,
        spam=None if arrival.wanted_at else mail.spam,
        wanted=bool(arrival.wanted_at),
    )


def _read(arrival: Arrival) -> Inbound:
    if arrival.size_bytes <= LARGEST_BYTES:
        return read_mail(raw_of(arrival))
    if arrival.size_bytes <= LARGEST_MAPPED:
        with mapped_raw_of(arrival) as mapped:
            return read_large_mail(mapped)
    head = read_mail(raw_of(arrival, most_bytes=_HEAD_BYTES))
    return replace(head, problems=(Problem.TOO_LARGE, *head.problems))
