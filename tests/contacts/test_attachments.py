import pytest

from amends.contacts.actions.attachments import (
    FileEmpty,
    FileTooLarge,
    KindNotAccepted,
    TooManyFiles,
    Upload,
    attach_files,
)
from amends.contacts.rules.uploads import MOST_BYTES
from amends.journal.models import Entry
from tests import make

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


def attach(contact, *uploads):
    return attach_files(contact, uploads=uploads, by=None, at=make.NOW)


def test_files_are_kept_in_order_with_what_their_content_is():
    contact = make.contact()
    attach(contact, Upload("../page 1.exe", PDF), Upload("words.txt", b"It went cold."))
    attach(contact, Upload("later.txt", b"again"))
    assert list(
        contact.attachments.order_by("position").values_list("position", "name", "media_type")
    ) == [
        (0, "page 1.exe", "application/pdf"),
        (1, "words.txt", "text/plain"),
        (2, "later.txt", "text/plain"),
    ]
    assert Entry.objects.filter(kind="FilesAttached").count() == 2


def test_no_file_is_no_event():
    contact = make.contact()
    assert attach(contact) == []
    assert not Entry.objects.filter(kind="FilesAttached").exists()


@pytest.mark.parametrize(
    ("uploads", "refusal"),
    [
        ([Upload("a.txt", b"a")] * 11, TooManyFiles),
        ([Upload("a.txt", b"a" * (MOST_BYTES + 1))], FileTooLarge),
        ([Upload("a.txt", b"")], FileEmpty),
        ([Upload("a.txt", b"a"), Upload("run.pdf", b"<script>alert(1)</script>")], KindNotAccepted),
    ],
)
def test_what_cannot_be_taken_is_refused_whole(uploads, refusal):
    contact = make.contact()
    with pytest.raises(refusal):
        attach(contact, *uploads)
    assert not contact.attachments.exists()
