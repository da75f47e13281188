"""What can be wrong with a mailbox, and what to do about it, in words."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.contacts.rules.mailboxes import Afterwards, Issuer, Protection, Trouble, WayIn


@dataclass(frozen=True, slots=True)
class Said:
    """A step on the way in: what it is, what is wrong when it does not go, and what to do."""

    step: Promise
    wrong: Promise
    advice: Promise


TROUBLES: dict[str, Said] = {
    Trouble.NAME: Said(
        _("The server is found by its name"),
        _("No server of this name can be found."),
        _("Look whether the name of the server is written as your provider gives it."),
    ),
    Trouble.CONNECTION: Said(
        _("The server answers"),
        _("The server does not answer."),
        _("Look whether the port is right, and whether a firewall lets us out to it."),
    ),
    Trouble.TLS: Said(
        _("The connection is safe, and the server proves who it is"),
        _("The server could not prove who it is, or offers no TLS in this way."),
        _(
            "Choose the other way to begin TLS if the port asks for it. If the certificate was "
            "issued by an authority of your own, put its certificate into the field below."
        ),
    ),
    Trouble.SIGN_IN: Said(
        _("The mailbox lets us in"),
        _("The mailbox does not let us in with this name and password."),
        _(
            "Type the password again. Some providers want a password made for programs, or that "
            "IMAP is switched on in their settings."
        ),
    ),
    Trouble.CONSENT: Said(
        _("The mailbox lets us in"),
        _("The permission to read this mailbox has ended."),
        _("Let its owner allow it again, on the page “Without a password”."),
    ),
    Trouble.SECRET: Said(
        _("The password that is kept can be read"),
        _("The password was locked with a key that is no longer set."),
        _("Type the password again, or set the former key as AMENDS_SECRET_KEY_BEFORE."),
    ),
    Trouble.FOLDER: Said(
        _("The folder is there"),
        _("There is no such folder, or it may not be opened."),
        _("Most mail comes into the folder INBOX. Look how the folder is written."),
    ),
    Trouble.RIGHTS: Said(
        _("Mail may be marked or moved there"),
        _("Mail is fetched, but cannot be marked or moved there."),
        _("Make the folder that mail is to be moved to, or choose to leave mail as it is."),
    ),
    Trouble.ANSWER: Said(
        _("What the server says makes sense"),
        _("The server answers what nobody can follow."),
        _("Look whether server and port are those for fetching mail. It is tried again by itself."),
    ),
    Trouble.TOO_LARGE: Said(
        _("The mail is not too large"),
        _("A mail is larger than 150 MB."),
        _("It stays in the mailbox. Read it there, and ask for the files in another way."),
    ),
    Trouble.STORAGE: Said(
        _("There is room on our disk"),
        _("Mail could not be stored here."),
        _("Make room on the disk. Until then mail waits in the mailbox, and none is lost."),
    ),
    Trouble.UNKNOWN: Said(
        _("Nothing else stands in the way"),
        _("Something went wrong that nobody thought of."),
        _("It is tried again by itself. The log says more."),
    ),
}
WAYS_IN: list[tuple[str, Promise]] = [
    (WayIn.IMAP, _("Fetched by IMAP")),
    (WayIn.POP3, _("Fetched by POP3, where there is no IMAP")),
    (WayIn.NONE, _("Not fetched: a mail server hands it over, or none comes")),
]
PROTECTIONS: list[tuple[str, Promise]] = [
    (Protection.TLS, _("TLS from the first byte (usual ports 993, and 995 for POP3)")),
    (Protection.STARTTLS, _("STARTTLS (usual ports 143, and 110 for POP3)")),
]
AFTERWARDS: list[tuple[str, Promise]] = [
    (Afterwards.LEAVE, _("Stays there as it is")),
    (Afterwards.FLAG, _("Is marked there with a star")),
    (Afterwards.MOVE, _("Is moved to another folder there")),
    (Afterwards.DELETE, _("Is deleted there (POP3 only)")),
]
ISSUERS: list[tuple[str, Promise]] = [
    (Issuer.GOOGLE, _("Google")),
    (Issuer.MICROSOFT, _("Microsoft")),
    (Issuer.OTHER, _("Another issuer")),
]
