"""Read the bytes of a mail into an `Inbound`. Pure: no database, no network, no clock.

Nothing raises: what cannot be read is named among the problems, and the bytes are kept elsewhere.
"""

import mmap
import re
from dataclasses import dataclass, field
from datetime import datetime

from amends.contacts.channels.email.addresses import addresses_in, is_usable
from amends.contacts.channels.email.attached import (
    attached,
    disposition_of,
    given_name,
    original,
    packed_in,
    taken_out,
)
from amends.contacts.channels.email.automatic import kind_of, returned_id_in, undelivered_in
from amends.contacts.channels.email.bodies import LONGEST_HTML, text_of_part
from amends.contacts.channels.email.headers import date_of, decode_words, ids_in, unfold
from amends.contacts.channels.email.laid_out import text_of_html
from amends.contacts.channels.email.structure import Part, parts_of, with_line_ends
from amends.contacts.channels.email.verdicts import authentication_in, spam_in
from amends.contacts.rules.messages import Attached, Inbound, Mailbox, Problem, Shape

LARGEST_BYTES = 26_214_400  # read in memory
LARGEST_MAPPED = 157_286_400
LONGEST_SUBJECT = 5000

_QUOTED_FROM = re.compile(rb"\n>(>*From )")
_TEXTS = ("text/plain", "text/html")
_MEDIA = ("image/", "audio/", "video/")
_WHO = ("from", "reply-to", "sender", "return-path")
_TELLING = frozenset(
    {"from", "to", "subject", "date", "message-id", "received", "content-type", "mime-version"}
)


@dataclass(slots=True)
class _Bodies:
    """Which parts are the text, by whether one prefers it plain or laid out; the rest are files.

    A list that is None takes no more: that alternative has no such form.
    Source: RFC 8621, section 4.1.4.
    """

    plain: list[Part] = field(default_factory=list)
    laid_out: list[Part] = field(default_factory=list)
    files: list[tuple[Part, Shape]] = field(default_factory=list)


def read_mail(raw: bytes) -> Inbound:
    """Return what the mail `raw` says and carries; of one that is too large, what its head says."""
    raw = _unquoted(with_line_ends(raw))
    if len(raw) > LARGEST_BYTES:
        root, problems = parts_of(
            raw[: raw.find(b"\n\r\n") + 1 or raw.find(b"\n\n") + 1 or 100_000]
        )
        problems.append(Problem.TOO_LARGE)
    else:
        root, problems = parts_of(raw)
    if not raw.strip():
        problems.append(Problem.EMPTY)
    elif not _TELLING & root.headers.keys():
        problems.append(Problem.NOT_A_MESSAGE)
    return _inbound(root, problems)


def read_large_mail(mapped: mmap.mmap) -> Inbound:
    """Return what a mail says and carries that is mapped because it is large.

    It is never in memory as a whole; its large files are mapped themselves.
    """
    root, problems = parts_of(mapped)
    if not _TELLING & root.headers.keys():
        problems.append(Problem.NOT_A_MESSAGE)
    return _inbound(root, problems)


def _unquoted(raw: bytes) -> bytes:
    """Return a message out of an mbox with its lines as they were before they were put there."""
    return _QUOTED_FROM.sub(rb"\n\1", raw) if raw.startswith(b"From ") else raw


def _inbound(root: Part, problems: list[Problem]) -> Inbound:
    text, from_html, attachments = _contents(root, problems)
    sender = _sender(root)
    sent_at = date_of(root.header("date"))
    undelivered = undelivered_in(root)
    automatic = kind_of(root, undelivered)
    if sender is None:
        problems.append(Problem.NO_SENDER)
    if sent_at is None:
        problems.append(Problem.DATE_UNREADABLE if root.header("date") else Problem.DATE_MISSING)
    return Inbound(
        message_id=next(iter(ids_in(root.header("message-id"))), ""),
        in_reply_to=ids_in(" ".join(root.headers.get("in-reply-to", []))),
        references=ids_in(" ".join(root.headers.get("references", []))),
        sender=sender,
        reply_to=_people(root, "reply-to"),
        to=_people(root, "to"),
        cc=_people(root, "cc"),
        bcc=_people(root, "bcc"),
        delivered_to=_people(root, "delivered-to") + _people(root, "x-original-to"),
        subject=decode_words(root.header("subject"))[:LONGEST_SUBJECT],
        sent_at=sent_at,
        received_at=_received_at(root),
        text=text,
        from_html=from_html,
        language=unfold(root.header("content-language") or root.header("accept-language"))[:35],
        automatic=automatic,
        attachments=attachments,
        undelivered=undelivered,
        returned_id=returned_id_in(root) if automatic else "",
        problems=tuple(dict.fromkeys(problems)),
        authentication=authentication_in(root),
        spam=spam_in(root),
        headers=root.headers,
    )


def _contents(root: Part, problems: list[Problem]) -> tuple[str, bool, tuple[Attached, ...]]:
    """Return the text, whether it was made from HTML, and the files."""
    bodies = _Bodies()
    _sort(root, bodies)
    text, from_html = _text(bodies, problems)
    attachments = _attachments(bodies, problems)
    for package in packed_in(attachments):
        attachments += taken_out(package)
        from_html = from_html or not (text or package.text)
        text = text or package.text or text_of_html(package.html[:LONGEST_HTML])
    return text, from_html, attachments


def _people(root: Part, name: str) -> tuple[Mailbox, ...]:
    return addresses_in(", ".join(root.headers.get(name, [])))


def _sender(root: Part) -> Mailbox | None:
    """Return the first of those named as its sender to whom one could write back."""
    for name in _WHO:
        for mailbox in _people(root, name):
            if is_usable(mailbox.address):
                return mailbox
    return None


def _received_at(root: Part) -> datetime | None:
    """Return when the last machine on the way took the message: it writes itself on top."""
    for said in root.headers.get("received", []):
        if told := date_of(said.rpartition(";")[2]):
            return told
    return None


def _sort(part: Part, bodies: _Bodies) -> None:
    if part.children:
        _sort_children(part, bodies, within=False)
    elif _is_text(part, first=True, related=False):
        bodies.plain.append(part)
        bodies.laid_out.append(part)
    else:
        bodies.files.append((part, _shape(part, related=False)))


def _sort_children(parent: Part, bodies: _Bodies, *, within: bool) -> None:
    """Sort the children of `parent`; `within`: one of the parts above is an alternative."""
    if parent.type == "multipart/alternative":
        _sort_alternative(parent, bodies)
        return
    related = parent.type == "multipart/related"
    for position, part in enumerate(parent.children):
        if part.children:
            _sort_children(part, bodies, within=within)
        elif _is_text(part, first=position == 0, related=related):
            if not within or part.type == "text/plain":
                bodies.plain.append(part)
            if not within or part.type == "text/html":
                bodies.laid_out.append(part)
        else:
            bodies.files.append((part, _shape(part, related=related)))


def _sort_alternative(parent: Part, bodies: _Bodies) -> None:
    """Sort the forms of one text; the form that is missing is stood in for by the other."""
    plain, laid_out = len(bodies.plain), len(bodies.laid_out)
    for part in parent.children:
        if part.children:
            _sort_children(part, bodies, within=True)
        elif part.type == "text/plain" and disposition_of(part)[0] != "attachment":
            bodies.plain.append(part)
        elif part.type == "text/html" and disposition_of(part)[0] != "attachment":
            bodies.laid_out.append(part)
        else:
            bodies.files.append((part, _shape(part, related=False)))
    if len(bodies.plain) == plain:
        bodies.plain += bodies.laid_out[laid_out:]
    elif len(bodies.laid_out) == laid_out:
        bodies.laid_out += bodies.plain[plain:]


def _is_text(part: Part, *, first: bool, related: bool) -> bool:
    """Return whether `part` is read as text and not kept as a file."""
    if part.type not in _TEXTS or disposition_of(part)[0] == "attachment":
        return False
    return first or not (related or given_name(part))


def _shape(part: Part, *, related: bool) -> Shape:
    kind, _parameters = disposition_of(part)
    shown = kind == "inline" or (related and kind != "attachment")
    return Shape.INLINE if shown and part.type.startswith(_MEDIA) else Shape.FILE


def _text(bodies: _Bodies, problems: list[Problem]) -> tuple[str, bool]:
    """Return the text to show, plain where a plain form says anything, and if HTML was read."""
    for parts in (bodies.plain, bodies.laid_out):
        pieces = [_piece(part, problems) for part in parts]
        if said := "\n\n".join(piece for piece in pieces if piece.strip()):
            return said, any(part.type == "text/html" for part in parts)
    return "", False


def _piece(part: Part, problems: list[Problem]) -> str:
    text, wrong = text_of_part(part)
    problems += wrong
    return text_of_html(text) if part.type == "text/html" else text.strip("\n")


def _attachments(bodies: _Bodies, problems: list[Problem]) -> tuple[Attached, ...]:
    """Return the files; first the HTML that the text was laid out in, if it is one document."""
    found = []
    if len(bodies.laid_out) == 1 and bodies.laid_out[0].type == "text/html":
        found.append(original(bodies.laid_out[0]))
    for part, shape in bodies.files:
        file, problem = attached(part, shape)
        found.append(file)
        if problem:
            problems.append(problem)
    return tuple(found)
