"""Putting files to a contact."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.files import keep, media_type_of
from amends.base.refusal import Refused
from amends.contacts.events import FilesAttached
from amends.contacts.models import Attachment, Contact
from amends.contacts.rules.messages import Attached, Data
from amends.contacts.rules.uploads import (
    MOST_BYTES,
    MOST_FILES,
    MOST_MEGABYTES,
    bare_name,
    is_accepted,
)
from amends.journal.actions import Actor, record, record_each


class TooManyFiles(Refused):
    text = _("At most %(most)s files at a time. Leave some out, or send them afterwards.")


class FileTooLarge(Refused):
    text = _("%(name)s is too large. A file may have %(most)s MB; make it smaller or split it.")


class FileEmpty(Refused):
    text = _("%(name)s is empty. Choose the file again.")


class KindNotAccepted(Refused):
    text = _("%(name)s is of a kind that is not accepted. Send a picture, a PDF or a document.")


MOST_FROM_MAIL = 200


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that somebody chose on a form."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class _Kept:
    """A file whose name and type we have told ourselves."""

    name: str
    media_type: str
    data: Data


def check_uploads(uploads: Sequence[Upload]) -> None:
    """Let `uploads` pass, before anything else is written.

    Raises TooManyFiles, FileTooLarge, FileEmpty, KindNotAccepted.
    """
    if len(uploads) > MOST_FILES:
        raise TooManyFiles(most=MOST_FILES)
    for upload in uploads:
        name = bare_name(upload.name)
        if len(upload.data) > MOST_BYTES:
            raise FileTooLarge(name=name, most=MOST_MEGABYTES)
        if not upload.data:
            raise FileEmpty(name=name)
        if not is_accepted(media_type_of(upload.data, name)):
            raise KindNotAccepted(name=name)


@transaction.atomic
def attach_files(
    contact: Contact, *, uploads: Sequence[Upload], by: Actor | None, at: datetime
) -> list[Attachment]:
    """Keep `uploads` and put them to `contact`, after those it has.

    Raises TooManyFiles, FileTooLarge, FileEmpty, KindNotAccepted.
    """
    check_uploads(uploads)
    files = [
        _Kept(
            bare_name(upload.name), media_type_of(upload.data, bare_name(upload.name)), upload.data
        )
        for upload in uploads
    ]
    return _attach(contact, files, by, at)


@transaction.atomic
def file_attachments(
    contact: Contact, *, files: Sequence[Attached], by: Actor | None, at: datetime
) -> list[Attachment]:
    """Keep the `files` that came with a mail and put them to `contact`.

    None is refused: what a customer sent is not sent a second time. Beyond a number that no person
    attaches they are left in the mail itself, which is kept whole.
    """
    return _attach(contact, _kept(files), by, at)


@transaction.atomic
def file_all_attachments(
    mails: Sequence[tuple[Contact, Sequence[Attached]]], *, at: datetime
) -> None:
    """Put the files of mails just recorded to their contacts, as `file_attachments` does each."""
    rows = [row for contact, files in mails for row in _rows(contact, _kept(files), first=0)]
    Attachment.objects.bulk_create(rows)
    numbers = Counter(row.contact_id for row in rows)
    attached = [(contact, numbers[contact.pk]) for contact, _files in mails]
    record_each(
        [
            (FilesAttached(contact_id=contact.pk, files=number), contact.person)
            for contact, number in attached
            if number
        ],
        at=at,
    )


def _kept(files: Sequence[Attached]) -> list[_Kept]:
    kept = files[:MOST_FROM_MAIL]
    return [_Kept(bare_name(file.file_name), file.type, file.data) for file in kept]


def _attach(
    contact: Contact, files: Sequence[_Kept], by: Actor | None, at: datetime
) -> list[Attachment]:
    first = contact.attachments.count()
    attachments = Attachment.objects.bulk_create(_rows(contact, files, first=first))
    if attachments:
        record(FilesAttached(contact_id=contact.pk, files=len(attachments)), by=by, at=at)
    return attachments


def _rows(contact: Contact, files: Sequence[_Kept], *, first: int) -> list[Attachment]:
    return [
        Attachment(
            contact=contact,
            position=first + place,
            name=file.name,
            media_type=file.media_type[:100],
            size_bytes=len(file.data),
            sha256=keep(file.data),
        )
        for place, file in enumerate(files)
    ]
