"""What happens at a moment of truth."""

from dataclasses import dataclass

from amends.journal.events import Event


@dataclass(frozen=True, slots=True)
class ContactRecorded(Event):
    contact_id: int
    channel: str
    direction: str


@dataclass(frozen=True, slots=True)
class MailQueued(Event):
    mail_id: int
    kind: str


@dataclass(frozen=True, slots=True)
class WordsMarked(Event):
    contact_id: int
    facts: int
    feelings: int


@dataclass(frozen=True, slots=True)
class FilesAttached(Event):
    contact_id: int
    files: int


@dataclass(frozen=True, slots=True)
class PicturesAskedFor(Event):
    """A colleague had pictures fetched from other servers that a mail names."""

    contact_id: int
    pictures: int


@dataclass(frozen=True, slots=True)
class MailTried(Event):
    """A mail was handed to a server; `outcome` is what became of it."""

    mail_id: int
    tries: int
    outcome: str


@dataclass(frozen=True, slots=True)
class MailReturned(Event):
    mail_id: int


@dataclass(frozen=True, slots=True)
class CopyReturned(Event):
    mail_id: int


@dataclass(frozen=True, slots=True)
class MailSentAgain(Event):
    mail_id: int


@dataclass(frozen=True, slots=True)
class MailWithdrawn(Event):
    mail_id: int


@dataclass(frozen=True, slots=True)
class MannerForgotten(Event):
    contact_id: int


@dataclass(frozen=True, slots=True)
class ArrivalStored(Event):
    arrival_id: int
    size_bytes: int


@dataclass(frozen=True, slots=True)
class ArrivalRead(Event):
    """An arrival was read; `state` is what became of it."""

    arrival_id: int
    state: str


@dataclass(frozen=True, slots=True)
class ArrivalReleased(Event):
    """A colleague said that it is wanted, whatever a filter thinks: it is read once more."""

    arrival_id: int


@dataclass(frozen=True, slots=True)
class ReadAgainAsked(Event):
    arrival_id: int


@dataclass(frozen=True, slots=True)
class AnswerKept(Event):
    template_id: int


@dataclass(frozen=True, slots=True)
class AnswerMoved(Event):
    template_id: int
    position: int


@dataclass(frozen=True, slots=True)
class AnswerOffered(Event):
    template_id: int
    offered: bool


@dataclass(frozen=True, slots=True)
class MailboxAdded(Event):
    mailbox_id: int


@dataclass(frozen=True, slots=True)
class MailboxChanged(Event):
    mailbox_id: int


@dataclass(frozen=True, slots=True)
class MailboxPaused(Event):
    mailbox_id: int


@dataclass(frozen=True, slots=True)
class MailboxResumed(Event):
    mailbox_id: int


@dataclass(frozen=True, slots=True)
class MailboxAllowed(Event):
    """Somebody let us into a mailbox without a password."""

    mailbox_id: int


@dataclass(frozen=True, slots=True)
class FolderRenumbered(Event):
    """The server of a mailbox has numbered its mails anew, so that all were looked at again."""

    mailbox_id: int


@dataclass(frozen=True, slots=True)
class ConsentEnded(Event):
    """Whoever let us into a mailbox does so no more."""

    mailbox_id: int


@dataclass(frozen=True, slots=True)
class IdentityKept(Event):
    """mailbox_id: None for the house."""

    mailbox_id: int | None


@dataclass(frozen=True, slots=True)
class SigningKeyMade(Event):
    mailbox_id: int | None


@dataclass(frozen=True, slots=True)
class SigningChanged(Event):
    mailbox_id: int | None
    signs: bool


@dataclass(frozen=True, slots=True)
class HoldingRuleKept(Event):
    rule_id: int


@dataclass(frozen=True, slots=True)
class HoldingRuleRested(Event):
    rule_id: int
