"""Mail that is too large for memory: mapped, and its files taken out piece by piece."""

import base64
import mmap
import quopri
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.base.files import keep, open_kept
from amends.contacts.channels.email import arrived, attached, bodies
from amends.contacts.channels.email.arrived import mail_of
from amends.contacts.channels.email.bodies import content_in_pieces, content_of
from amends.contacts.channels.email.parse import read_large_mail, read_mail
from amends.contacts.channels.email.structure import parts_of
from amends.contacts.models import Arrival
from amends.contacts.rules.messages import Problem
from tests.contacts.channels.email.messages import mail, part, parts

FILE = b"PK" + bytes(range(256)) * 20
RAW = parts(
    part("text/plain", "It is cold."),
    part(
        "application/zip",
        base64.encodebytes(FILE).decode(),
        Content_Transfer_Encoding="base64",
        Content_Disposition="attachment; filename=a.zip",
    ),
)


@pytest.fixture
def _small(monkeypatch):
    """Take everything for large."""
    monkeypatch.setattr(attached, "LARGEST_IN_MEMORY", 500)
    monkeypatch.setattr(bodies, "PIECE_BYTES", 100)


def mapped(path: Path, raw: bytes) -> mmap.mmap:
    path.write_bytes(raw)
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


@pytest.mark.usefixtures("_small")
def test_a_mapped_mail_is_read_as_one_in_memory(tmp_path):
    read = read_large_mail(mapped(tmp_path / "1", RAW))
    assert read.text.strip() == "It is cold."
    assert read.sender == read_mail(RAW).sender
    [file] = read.attachments
    assert isinstance(file.data, mmap.mmap)
    assert (file.file_name, file.data[:], file.size_bytes) == ("a.zip", FILE, len(FILE))
    assert file.sha256 == read_mail(RAW).attachments[0].sha256
    with open_kept(keep(file.data)) as kept:
        assert kept.read() == FILE


def test_a_mapped_file_that_is_no_mail_is_told(tmp_path):
    assert Problem.NOT_A_MESSAGE in read_large_mail(mapped(tmp_path / "1", b"\0" * 99)).problems


@pytest.mark.usefixtures("_small")
def test_a_large_file_in_a_mail_in_memory_is_mapped_too():
    [file] = read_mail(RAW).attachments
    assert file.data[:] == FILE


@pytest.mark.usefixtures("_small")
def test_a_large_file_of_nothing_is_kept_as_next_to_nothing():
    raw = RAW.replace(base64.encodebytes(FILE), b"#" * 600)
    assert read_mail(raw).attachments[0].size_bytes == 1


@given(st.binary(max_size=400), st.sampled_from(["base64", "quoted-printable", "8bit"]), st.data())
def test_a_file_is_the_same_in_pieces(data, encoding, draw):
    body = {
        "base64": base64.encodebytes(data),
        "quoted-printable": quopri.encodestring(data),
        "8bit": data,
    }[encoding]
    raw = mail(Content_Transfer_Encoding=encoding, Content_Type="application/zip")
    only, _problems = parts_of(raw.removesuffix(b"It is cold again.") + body)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bodies, "PIECE_BYTES", draw.draw(st.integers(80, 300)))
        assert b"".join(content_in_pieces(only)) == content_of(only)[0]


@pytest.mark.django_db
@pytest.mark.usefixtures("_small")
def test_a_large_arrival_is_read_from_where_it_is_kept(monkeypatch):
    arrival = Arrival(sha256=keep(RAW), size_bytes=len(RAW))
    monkeypatch.setattr(arrived, "LARGEST_BYTES", 10)
    assert mail_of(arrival).attachments[0].data[:] == FILE
    monkeypatch.setattr(arrived, "LARGEST_MAPPED", 20)
    assert mail_of(arrival).problems[0] is Problem.TOO_LARGE
