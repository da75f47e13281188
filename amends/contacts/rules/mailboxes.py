"""What a mailbox is, how mail comes from it, and what happens to it there. Pure."""

from enum import StrEnum


class WayIn(StrEnum):
    """How mail of a mailbox reaches us. NONE: a mail server hands it over, or it only sends."""

    NONE = "none"
    IMAP = "imap"
    POP3 = "pop3"


class Protection(StrEnum):
    """How TLS begins. The certificate is checked in any case; without TLS nothing is fetched."""

    TLS = "tls"
    STARTTLS = "starttls"


class SignIn(StrEnum):
    """By what a mailbox lets us in."""

    PASSWORD = "password"  # noqa: S105  the name of the way, not a password
    OAUTH2 = "oauth2"


class Afterwards(StrEnum):
    """What happens to a mail in the mailbox after it is stored here."""

    LEAVE = "leave"
    FLAG = "flag"
    MOVE = "move"
    DELETE = "delete"


class Issuer(StrEnum):
    """Who gives the consent by which a mailbox lets us in without a password."""

    GOOGLE = "google"
    MICROSOFT = "microsoft"
    OTHER = "other"


class Trouble(StrEnum):
    """Why a mailbox, or one mail in it, could not be fetched."""

    NAME = "name"
    CONNECTION = "connection"
    TLS = "tls"
    SIGN_IN = "sign-in"
    CONSENT = "consent"
    SECRET = "secret"  # noqa: S105  the name of a trouble
    FOLDER = "folder"
    RIGHTS = "rights"
    ANSWER = "answer"
    TOO_LARGE = "too-large"
    STORAGE = "storage"
    UNKNOWN = "unknown"
