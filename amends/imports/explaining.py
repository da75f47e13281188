"""What Amends reads in a mail, and why, as plain values that can be printed or written as JSON."""

import hashlib
import mmap
from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import TypedDict

from amends.contacts.channels.email.parse import read_large_mail, read_mail
from amends.contacts.channels.email.safe_html import safe_html
from amends.contacts.rules.authentication import standing_of, trusted_of
from amends.contacts.rules.messages import Attached, Authentication, Inbound, Mailbox, Shape
from amends.contacts.rules.quotes import Said, own_words, pieces_of


class Explanation(TypedDict):
    """Everything that was read in a mail. Names and shapes are for machines and stay."""

    sha256: str
    size: int
    sender: dict[str, str] | None
    reply_to: list[dict[str, str]]
    to: list[dict[str, str]]
    cc: list[dict[str, str]]
    bcc: list[dict[str, str]]
    delivered_to: list[dict[str, str]]
    subject: str
    date: str | None
    received: str | None
    message_id: str
    in_reply_to: list[str]
    references: list[str]
    language: str
    text: str
    from_html: bool
    html: str
    visible_text: str
    folded: list[dict[str, str]]
    attachments: list[dict[str, str | int]]
    automatic: str | None
    bounces: list[dict[str, str | bool]]
    authentication: dict[str, object]
    spam: dict[str, str | bool] | None
    problems: list[str]


@dataclass(frozen=True, slots=True)
class Explained:
    """A mail as it was read, and what is told of it."""

    mail: Inbound
    told: Explanation


def explain(raw: bytes | mmap.mmap, *, trusted: Collection[str]) -> Explained:
    """Return what is read in the mail `raw`; checks of the servers in `trusted` are believed."""
    digest = hashlib.sha256(raw).hexdigest()
    if isinstance(raw, mmap.mmap):
        raw.madvise(mmap.MADV_DONTNEED)  # so that it is never in memory as a whole for long
    mail = read_large_mail(raw) if isinstance(raw, mmap.mmap) else read_mail(raw)
    told: Explanation = {
        "sha256": digest,
        "size": len(raw),
        "sender": _box(mail.sender) if mail.sender else None,
        "reply_to": [_box(box) for box in mail.reply_to],
        "to": [_box(box) for box in mail.to],
        "cc": [_box(box) for box in mail.cc],
        "bcc": [_box(box) for box in mail.bcc],
        "delivered_to": [_box(box) for box in mail.delivered_to],
        "subject": mail.subject,
        "date": mail.sent_at.isoformat() if mail.sent_at else None,
        "received": mail.received_at.isoformat() if mail.received_at else None,
        "message_id": mail.message_id,
        "in_reply_to": list(mail.in_reply_to),
        "references": list(mail.references),
        "language": mail.language,
        "text": mail.text,
        "from_html": mail.from_html,
        "html": _html(mail),
        "visible_text": own_words(mail.text),
        "folded": _folded(mail.text),
        "attachments": [_file(file) for file in mail.attachments],
        "automatic": mail.automatic.value if mail.automatic else None,
        "bounces": [asdict(each) for each in mail.undelivered],
        "authentication": _authentication(mail, trusted),
        "spam": asdict(mail.spam) if mail.spam else None,
        "problems": [problem.value for problem in mail.problems],
    }
    return Explained(mail, told)


def _box(box: Mailbox) -> dict[str, str]:
    return {"name": box.name, "address": box.address}


def _html(mail: Inbound) -> str:
    """Return the layout of `mail` as it is shown, without its pictures; empty if it has none."""
    for file in mail.attachments:
        if file.shape is Shape.ORIGINAL:
            return safe_html(bytes(file.data).decode("utf-8", "replace"), pictures={}).html
    return ""


def _folded(text: str) -> list[dict[str, str]]:
    return [
        {"kind": piece.said.value, "text": text[piece.start : piece.end].strip()}
        for piece in pieces_of(text)
        if piece.said is not Said.OWN
    ]


def _file(file: Attached) -> dict[str, str | int]:
    return {
        "name": file.file_name,
        "type": file.type,
        "declared_type": file.declared_type,
        "size": file.size_bytes,
        "sha256": file.sha256,
        "shape": file.shape.value,
        "content_id": file.content_id,
    }


def _authentication(mail: Inbound, trusted: Collection[str]) -> dict[str, object]:
    checked = trusted_of(mail.authentication, servers=trusted)
    sender = mail.sender.address if mail.sender else ""
    return {
        "standing": standing_of(checked, sender=sender).value,
        "by": checked.server if checked else None,
        "checks": _checks(checked),
        "not_believed": [
            {"by": each.server, "checks": _checks(each)}
            for each in mail.authentication
            if each is not checked
        ],
    }


def _checks(said: Authentication | None) -> list[dict[str, str]]:
    return [asdict(check) for check in said.checks] if said else []
