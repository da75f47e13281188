from hashlib import sha256

from amends.contacts.rules.messages import Attached, Mailbox


def test_a_mailbox_is_written_as_people_write_it():
    assert str(Mailbox("Rūta", "ruta@example.lt")) == "Rūta <ruta@example.lt>"
    assert str(Mailbox("", "ruta@example.lt")) == "ruta@example.lt"


def test_a_file_knows_its_size_and_hash():
    file = Attached("a.txt", "text/plain", "text/plain", b"abc")
    assert (file.size_bytes, file.sha256) == (3, sha256(b"abc").hexdigest())
