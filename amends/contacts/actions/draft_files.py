"""Files put with what is typed: kept with the draft, until it leaves or is thrown away."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from amends.base.files import media_type_of
from amends.base.refusal import Refused
from amends.contacts.actions.attachments import TooManyFiles, Upload, check_uploads
from amends.contacts.models import Attachment
from amends.contacts.models.drafting import Draft, DraftFile
from amends.contacts.rules.kinds import DraftKind
from amends.contacts.rules.uploads import (
    MOST_BYTES_OF_A_MAIL,
    MOST_FILES,
    MOST_MEGABYTES_OF_A_MAIL,
    bare_name,
)
from amends.staff.models import Staff


class TooMuchForAMail(Refused):
    text = _(
        "All files of a mail together may have %(most)s MB: more, many servers do not take. "
        "Take one out, or send it with another mail."
    )


@transaction.atomic
def put_files(key: str, *, uploads: Sequence[Upload], by: Staff, at: datetime) -> Draft:
    """Keep `uploads` with what `by` is typing in the composer under `key`, and return that draft.

    The same file twice is one; all are taken, or none.

    Raises TooManyFiles, FileTooLarge, FileEmpty, KindNotAccepted, TooMuchForAMail.
    """
    check_uploads(uploads)
    draft = _draft(key, by, at)
    for upload in uploads:
        name = bare_name(upload.name)
        DraftFile.objects.get_or_create(
            draft=draft,
            sha256=hashlib.sha256(upload.data).hexdigest(),
            defaults={
                "name": name,
                "media_type": media_type_of(upload.data, name)[:100],
                "size_bytes": len(upload.data),
                "data": upload.data,
                "at": at,
            },
        )
    return _fits(draft)


@transaction.atomic
def put_kept_file(key: str, *, file: Attachment, by: Staff, at: datetime) -> Draft:
    """Put a file that a contact has with what `by` is typing under `key`, and return that draft.

    Raises TooManyFiles, TooMuchForAMail.
    """
    draft = _draft(key, by, at)
    DraftFile.objects.get_or_create(
        draft=draft,
        sha256=file.sha256,
        defaults={
            "name": file.name,
            "media_type": file.media_type,
            "size_bytes": file.size_bytes,
            "at": at,
        },
    )
    return _fits(draft)


@transaction.atomic
def take_file_out(draft: Draft, *, pk: int, by: Staff, at: datetime) -> str:
    """Forget one of the files that `by` put with what is typed, and return its name.

    Another time changes nothing; the name is empty then.
    """
    file = DraftFile.objects.filter(draft=draft, draft__staff=by, pk=pk, at__lte=at).first()
    if file is None:
        return ""
    file.delete()
    return file.name


def _draft(key: str, by: Staff, at: datetime) -> Draft:
    draft, _begun = Draft.objects.select_for_update().get_or_create(
        staff=by,
        kind=DraftKind.COMPOSER,
        key=key,
        defaults={"begun_at": at, "saved_at": at},
    )
    return draft


def _fits(draft: Draft) -> Draft:
    files = draft.files.all()
    if files.count() > MOST_FILES:
        raise TooManyFiles(most=MOST_FILES)
    if (files.aggregate(sum=Sum("size_bytes"))["sum"] or 0) > MOST_BYTES_OF_A_MAIL:
        raise TooMuchForAMail(most=MOST_MEGABYTES_OF_A_MAIL)
    return draft
