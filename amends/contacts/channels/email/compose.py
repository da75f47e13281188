"""Make the bytes of a mail out of an `Outbound`. Pure: the moment is told.

What a person typed never becomes a header of its own: line breaks are taken out first.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from amends.contacts.channels.email.addresses import is_usable
from amends.contacts.channels.email.charsets import clean, one_line
from amends.contacts.rules.light import laid_out, pictures_named
from amends.contacts.rules.messages import Attached, Mailbox, Outbound

LONGEST_SUBJECT = 300
LONGEST_NAME = 200
SHOWN = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})

_WIRE = SMTP.clone(cte_type="7bit")  # so that every server on the way can take it
_ID = re.compile(r"[^\s<>@]+@[^\s<>@]+")


class CannotWrite(ValueError):
    """An address to which no mail can be addressed; the text says which."""


def compose(mail: Outbound, *, at: datetime) -> bytes:
    """Return `mail` as it goes over the wire, dated `at` (aware).

    Raises CannotWrite.
    """
    message = EmailMessage(policy=_WIRE)
    message["From"] = _address(mail.author)
    message["To"] = [_address(box) for box in mail.to]
    if mail.cc:
        message["Cc"] = [_address(box) for box in mail.cc]
    if mail.reply_to:
        message["Reply-To"] = _address(mail.reply_to)
    message["Subject"] = one_line(mail.subject)[:LONGEST_SUBJECT]
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{mail.message_id}>"
    _thread(message, mail)
    if mail.automatic:
        message["Auto-Submitted"] = "auto-generated"
    text = clean(mail.text)
    shown = _shown(mail, text)
    message.set_content(text)
    cids = {name: cid for name, (cid, _file) in shown.items()}
    message.add_alternative(laid_out(text, mail.language, cids), subtype="html")
    _show(message, shown)
    inside = [file for _cid, file in shown.values()]
    for file in mail.attachments:
        if not any(file is each for each in inside):
            _attach(message, file)
    message["Content-Language"] = mail.language  # last: it belongs to the whole
    return message.as_bytes()


def written_address(address: str) -> str:
    """Return `address` as machines write it, its domain in ASCII.

    Raises CannotWrite.
    """
    local, _at, domain = address.strip().rpartition("@")
    try:
        written = f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        raise CannotWrite(address) from None
    if not (written.isascii() and is_usable(written)):
        raise CannotWrite(address)
    return written


def _address(box: Mailbox) -> Address:
    written = written_address(box.address)
    try:
        return Address(one_line(box.name)[:LONGEST_NAME], addr_spec=written)
    except (ValueError, IndexError):  # what the library makes of an address it cannot take apart
        raise CannotWrite(box.address) from None


def _shown(mail: Outbound, text: str) -> dict[str, tuple[str, Attached]]:
    """Return the pictures that `text` shows, by name, each with its content id."""
    pictures = {
        one_line(file.file_name): file for file in reversed(mail.attachments) if file.type in SHOWN
    }
    named = pictures_named(text, pictures)
    return {
        name: (f"p{number}.{mail.message_id}", pictures[name])
        for number, name in enumerate(named, start=1)
    }


def _show(message: EmailMessage, shown: Mapping[str, tuple[str, Attached]]) -> None:
    """Put the pictures beside the laid out form, so that it shows them."""
    forms = (each for each in message.iter_parts() if each.get_content_subtype() == "html")
    laid_out_form = next(forms)
    for name, (cid, file) in shown.items():
        kind, subtype = _kind(file)
        laid_out_form.add_related(
            file.data,
            maintype=kind,
            subtype=subtype,
            filename=name,
            cid=f"<{cid}>",
            disposition="inline",
        )


def _attach(message: EmailMessage, file: Attached) -> None:
    kind, subtype = _kind(file)
    name = one_line(file.file_name)
    message.add_attachment(file.data, maintype=kind, subtype=subtype, filename=name)


def _kind(file: Attached) -> tuple[str, str]:
    kind, _slash, subtype = (file.type or "application/octet-stream").partition("/")
    return kind, subtype


def _thread(message: EmailMessage, mail: Outbound) -> None:
    """Say what this answers, so that mail programs put it there; ids that are none are left out."""
    references = [each for each in mail.references if _ID.fullmatch(each) and each.isascii()]
    if references:
        message["In-Reply-To"] = f"<{references[-1]}>"
        message["References"] = " ".join(f"<{each}>" for each in references)
