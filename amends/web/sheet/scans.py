"""The pages that come with a letter, kept through a form that does not hold yet."""

from collections.abc import Sequence

from django.core import signing

from amends.base.files import keep, open_kept
from amends.contacts.actions.attachments import Upload, check_uploads
from amends.web.http import StaffRequest

SALT = "sheet-pages"


def uploads_of(request: StaffRequest) -> list[Upload]:
    """Return the pages chosen now, after those that were chosen before.

    Raises TooManyFiles, FileTooLarge, FileEmpty, KindNotAccepted.
    """
    chosen = [
        Upload(file.name or "", file.read()) for file in request.FILES.getlist("scans") if file
    ]
    uploads = [*_kept(request.POST.get("pages", "")), *chosen]
    check_uploads(uploads)
    return uploads


def ticket_for(uploads: Sequence[Upload]) -> str:
    """Keep `uploads` on the disk and return the signed ticket by which they are found again."""
    kept = [(keep(upload.data), upload.name) for upload in uploads]
    return signing.dumps(kept, salt=SALT) if kept else ""


def names_behind(ticket: str) -> list[str]:
    """Return the names of the pages that were chosen before."""
    return [name for _digest, name in _read(ticket)]


def _kept(ticket: str) -> list[Upload]:
    found = []
    for digest, name in _read(ticket):
        with open_kept(digest) as file:
            found.append(Upload(name, file.read()))
    return found


def _read(ticket: str) -> list[tuple[str, str]]:
    try:
        return [(digest, name) for digest, name in signing.loads(ticket, salt=SALT)]
    except signing.BadSignature:
        return []
