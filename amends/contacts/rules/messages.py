"""What a written message is, whichever channel carried it. Pure values: nothing here is a row."""

import hashlib
import mmap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

Data = bytes | mmap.mmap  # a large file is mapped and not held in memory


class Problem(StrEnum):
    """What could not be read as it was meant. The raw bytes are kept, so nothing is lost by it."""

    NOT_A_MESSAGE = "not-a-message"
    EMPTY = "empty"
    TOO_LARGE = "too-large"
    HEADERS_CUT = "headers-cut"
    NO_SENDER = "no-sender"
    DATE_MISSING = "date-missing"
    DATE_UNREADABLE = "date-unreadable"
    CHARSET_WRONG = "charset-wrong"
    ENCODING_BROKEN = "encoding-broken"
    BOUNDARY_MISSING = "boundary-missing"
    NESTED_TOO_DEEPLY = "nested-too-deeply"
    TOO_MANY_PARTS = "too-many-parts"
    TEXT_CUT = "text-cut"


class Automatic(StrEnum):
    """How a machine, and not a person, came to send a message."""

    BOUNCE = "bounce"
    DELAY = "delay"
    RECEIPT = "receipt"
    FEEDBACK = "feedback"
    AWAY = "away"
    REPLIED = "replied"
    GENERATED = "generated"
    LIST = "list"
    BULK = "bulk"
    NULL_SENDER = "null-sender"


class Shape(StrEnum):
    """What an attachment is to its message."""

    FILE = "file"  # put there to be opened
    INLINE = "inline"  # shown inside the text
    ORIGINAL = "original"  # the text itself, as it was laid out


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A name and an address; either may be empty."""

    name: str
    address: str

    def __str__(self) -> str:
        return f"{self.name} <{self.address}>" if self.name else self.address


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that came with a message.

    declared_type: what the sender called it. type: what the content shows; the two may differ.
    """

    file_name: str
    declared_type: str
    type: str
    data: Data = field(repr=False)
    shape: Shape = Shape.FILE
    content_id: str = ""
    sha256: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sha256", hashlib.sha256(self.data).hexdigest())
        if isinstance(self.data, mmap.mmap):
            self.data.madvise(mmap.MADV_DONTNEED)  # it lies on the disk and is read when needed

    @property
    def size_bytes(self) -> int:
        return len(self.data)


@dataclass(frozen=True, slots=True)
class Undelivered:
    """An address that a delivery report names. A temporary failure says nothing of the address."""

    address: str
    permanent: bool
    status: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One check of where a mail comes from. about: the domain or address that was checked."""

    method: str
    result: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Authentication:
    """What a server on the way says that it checked. Anybody can write such a line."""

    server: str
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True)
class Spam:
    """What a filter on the way thinks of a mail. by: the header that says so, as it says it."""

    is_spam: bool
    by: str


@dataclass(frozen=True, slots=True)
class Inbound:
    """A message as it arrived, read; ids are without their angle brackets.

    sent_at: aware, as the sender's machine says; None when it does not, and `problems` says why.
    received_at: aware, as the last machine on the way says, or None.
    text: what a person sees. from_html: whether it was made from HTML, whose original is attached.
    returned_id: the id of the message that a delivery report is about.
    authentication: as the machines on the way say, the last of them first.
    headers: by lower-case name, every value in order, as they came.
    wanted: whether a colleague said so, whatever a filter or a rule thinks.
    """

    message_id: str
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    sender: Mailbox | None
    reply_to: tuple[Mailbox, ...]
    to: tuple[Mailbox, ...]
    cc: tuple[Mailbox, ...]
    bcc: tuple[Mailbox, ...]
    delivered_to: tuple[Mailbox, ...]
    subject: str
    sent_at: datetime | None
    received_at: datetime | None
    text: str
    from_html: bool
    language: str
    automatic: Automatic | None
    attachments: tuple[Attached, ...]
    undelivered: tuple[Undelivered, ...]
    returned_id: str
    problems: tuple[Problem, ...]
    authentication: tuple[Authentication, ...] = ()
    spam: Spam | None = None
    headers: Mapping[str, Sequence[str]] = field(default_factory=dict, repr=False, compare=False)
    wanted: bool = False


@dataclass(frozen=True, slots=True)
class Outbound:
    """A message to be sent, in the words of a named author and the language of its reader.

    references: the ids of what it answers, the last one being the message that it replies to.
    cc: who gets it too, for all to see. Who gets it unseen stands on the envelope alone.
    """

    message_id: str
    author: Mailbox
    to: tuple[Mailbox, ...]
    subject: str
    text: str
    language: str
    cc: tuple[Mailbox, ...] = ()
    reply_to: Mailbox | None = None
    references: tuple[str, ...] = ()
    automatic: bool = False
    attachments: tuple[Attached, ...] = ()
