"""Putting files to a contact."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.files import keep, media_type_of
from amends.base.refusal import Refused
from amends.contacts.events import FilesAttached
from amends.contacts.models import Attachment, Contact
from amends.contacts.rules.uploads import (
    MOST_BYTES,
    MOST_FILES,
    MOST_MEGABYTES,
    bare_name,
    is_accepted,
)
from amends.journal.actions import Actor, record


class TooManyFiles(Refused):
    text = _("At most %(most)s files at a time. Leave some out, or send them afterwards.")


class FileTooLarge(Refused):
    text = _("%(name)s is too large. A file may have %(most)s MB; make it smaller or split it.")


class FileEmpty(Refused):
    text = _("%(name)s is empty. Choose the file again.")


class KindNotAccepted(Refused):
    text = _("%(name)s is of a kind that is not accepted. Send a picture, a PDF or a document.")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that somebody chose on a form."""

    name: str
    data: bytes


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
    first = contact.attachments.count()
    attachments = Attachment.objects.bulk_create(
        Attachment(
            contact=contact,
            position=first + place,
            name=bare_name(upload.name),
            media_type=media_type_of(upload.data, bare_name(upload.name))[:100],
            size_bytes=len(upload.data),
            sha256=keep(upload.data),
        )
        for place, upload in enumerate(uploads)
    )
    if attachments:
        record(FilesAttached(contact_id=contact.pk, files=len(attachments)), by=by, at=at)
    return attachments
