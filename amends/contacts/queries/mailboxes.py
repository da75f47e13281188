"""Our mailboxes, and how the fetching of them stands."""

from amends.contacts.models.mailboxes import Mailbox
from amends.contacts.rules.arriving import mailbox_in


def mailbox_of(source: str) -> Mailbox | None:
    """Return the mailbox that an arrival from `source` came through, if we know it."""
    number, name = mailbox_in(source)
    mailboxes = Mailbox.objects.select_related("team__duty_owner")
    if number is not None:
        return mailboxes.filter(pk=number).first()
    return mailboxes.filter(name__iexact=name).first() if name else None
