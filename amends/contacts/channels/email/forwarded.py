"""The mail of somebody else that a colleague passed on: inside the text, or attached as it came."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from amends.contacts.channels.email.parse import LARGEST_BYTES, read_mail
from amends.contacts.rules.forwards import (
    Forward,
    forward_in,
    says_it_forwards,
    without_forward,
)
from amends.contacts.rules.messages import Attached, Inbound
from amends.contacts.rules.quotes import own_words

_MESSAGES = {"message/rfc822", "message/global"}


@dataclass(frozen=True, slots=True)
class PassedOn:
    """What somebody else wrote, read as their mail, and what the colleague said on top of it."""

    mail: Inbound
    above: str


def passed_on_in(mail: Inbound) -> PassedOn | None:
    """Return the mail that `mail` passes on; None where it passes on none, or more than one."""
    attached = [file for file in mail.attachments if file.declared_type in _MESSAGES]
    if attached:
        return _attached(mail, attached)
    found = forward_in(mail.text, subject=mail.subject)
    return _inside(mail, found) if found else None


def _attached(mail: Inbound, attached: Sequence[Attached]) -> PassedOn | None:
    """Return the one mail that is attached; its own marks come before those of the mail around."""
    [first, *others] = attached
    if others or first.size_bytes > LARGEST_BYTES:
        return None
    inner = read_mail(bytes(first.data))
    if inner.sender is None:
        return None
    return PassedOn(
        mail=replace(
            inner,
            in_reply_to=inner.in_reply_to + mail.in_reply_to,
            references=mail.references + inner.references,
            delivered_to=mail.delivered_to + inner.delivered_to,
            attachments=(*inner.attachments, first),
            automatic=None,
            spam=None,
        ),
        above=own_words(mail.text),
    )


def _inside(mail: Inbound, found: Forward) -> PassedOn:
    subject = found.subject or without_forward(mail.subject)
    return PassedOn(
        mail=replace(
            mail,
            message_id="",  # it is the colleague's, and not that of what they passed on
            sender=found.sender,
            reply_to=(),
            subject=without_forward(subject) if says_it_forwards(subject) else subject,
            text=found.text,
            spam=None,
        ),
        above=found.above,
    )
