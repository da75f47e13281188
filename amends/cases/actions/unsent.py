"""Keeping what somebody tells us on the public pages, until they send it or a week has passed.

None of it is journalled: it is nobody's business but its author's.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from amends.base.files import media_type_of
from amends.cases.models.unsent import Unsent, UnsentFile
from amends.cases.rules.public_files import MOST_FILES
from amends.contacts.actions.attachments import (
    TooManyFiles,
    Upload,
    attach_files,
    check_uploads,
)
from amends.contacts.models import Contact
from amends.contacts.rules.uploads import bare_name
from amends.journal.actions import Actor


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed on one page: the key that names it all, and the fields of that page."""

    key: str
    language: str
    fields: Mapping[str, str]


@transaction.atomic
def keep_unsent(typed: Typed, *, at: datetime) -> Unsent:
    """Keep `typed` beside what was typed on the other pages, and return it all.

    What was forgotten meanwhile begins anew, so that nothing that is typed is ever refused. What
    was sent already stays as it is.
    """
    unsent, begun = Unsent.objects.select_for_update(of=("self",)).get_or_create(
        key=typed.key,
        defaults={
            "language": typed.language,
            "fields": dict(typed.fields),
            "begun_at": at,
            "saved_at": at,
        },
    )
    if begun or unsent.case_id:
        return unsent
    unsent.fields = {**unsent.fields, **typed.fields}
    unsent.language, unsent.saved_at = typed.language, at
    unsent.save(update_fields=["fields", "language", "saved_at"])
    return unsent


@transaction.atomic
def put_files(unsent: Unsent, *, uploads: Sequence[Upload], at: datetime) -> None:
    """Keep `uploads` with what is typed. The same file twice is one; all are taken, or none.

    Raises TooManyFiles, FileTooLarge, FileEmpty, KindNotAccepted.
    """
    check_uploads(uploads)
    unsent = Unsent.objects.select_for_update(of=("self",)).get(pk=unsent.pk)
    if unsent.case_id:
        return
    for upload in uploads:
        name = bare_name(upload.name)
        UnsentFile.objects.get_or_create(
            unsent=unsent,
            sha256=hashlib.sha256(upload.data).hexdigest(),
            defaults={
                "name": name,
                "media_type": media_type_of(upload.data, name)[:100],
                "size_bytes": len(upload.data),
                "data": upload.data,
                "at": at,
            },
        )
    if unsent.files.count() > MOST_FILES:
        raise TooManyFiles(most=MOST_FILES)


@transaction.atomic
def take_file_away(unsent: Unsent, *, pk: int, at: datetime) -> None:
    """Forget one of the files put with what is typed; another time changes nothing."""
    UnsentFile.objects.filter(unsent=unsent, pk=pk, at__lte=at).delete()


@transaction.atomic
def attach_unsent(unsent: Unsent, *, contact: Contact, by: Actor, at: datetime) -> None:
    """Put the files of `unsent` to the contact that it became."""
    uploads = [Upload(file.name, bytes(file.data)) for file in unsent.files.order_by("pk")]
    attach_files(contact, uploads=uploads, by=by, at=at)
    unsent.files.all().delete()


@transaction.atomic
def forget_unsent(unsent: Unsent, *, at: datetime) -> None:
    """Forget what was never sent, or sent long before `at`; the case, if any, stays."""
    Unsent.objects.filter(pk=unsent.pk, saved_at__lte=at).delete()
