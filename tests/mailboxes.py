"""Two mailboxes of ours for the pages: one that is behind, and one that needs somebody."""

from django.utils import timezone

from amends.contacts.actions.consent import Asking, name_issuer
from amends.contacts.actions.fetching import leave_there, note_trouble, note_waiting
from amends.contacts.actions.mailboxes import Naming, add_mailbox
from amends.contacts.models.mailboxes import Mailbox
from amends.contacts.rules.consent import KNOWN
from amends.contacts.rules.fetching import CannotFetch, Waiting
from amends.contacts.rules.mailboxes import Issuer, Trouble, WayIn
from amends.staff.models import Staff


def two_mailboxes(by: Staff) -> tuple[Mailbox, Mailbox]:
    now = timezone.now()
    behind, failing = (
        add_mailbox(
            Naming(
                name=name,
                address=f"{name}@water.example",
                way_in=WayIn.IMAP,
                host="imap.water.example",
                user=name,
                password="sesame",
                signature={"en": "Water works"},
            ),
            by=by,
            at=now,
        )
        for name in ("care", "billing")
    )
    note_waiting(behind, waiting=1200, listens=True, at=now)
    note_waiting(failing, waiting=0, listens=False, at=now)
    note_trouble(failing, problem=CannotFetch(Trouble.TLS, "self-signed certificate"), at=now)
    large = [Waiting(number, f"place/1/{number}", 200_000_000) for number in (1, 2)]
    leave_there(failing, mails=large, problem=CannotFetch(Trouble.TOO_LARGE), at=now)
    google = Asking(issuer=Issuer.GOOGLE, endpoints=KNOWN[Issuer.GOOGLE], client_id="amends")
    name_issuer(failing, asking=google, by=by, at=now)
    return behind, failing
