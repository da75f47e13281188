import base64
import hashlib
import re
from email import message_from_bytes, policy

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_public_key,
)

from amends.base.key_pairs import new_key_pair
from amends.contacts.channels.email.compose import compose
from amends.contacts.channels.email.dkim import Signer, signed
from tests.contacts.channels.email.test_compose import AT, letter

PAIR = new_key_pair()
SIGNER = Signer(domain="water.example", selector="amends1", key=PAIR.private)


def mail(**changes):
    return compose(letter(**changes), at=AT)


def verify(raw):
    """Check a signature as who gets the mail does, by the words of RFC 6376."""
    head, body = raw.split(b"\r\n\r\n", 1)
    lines = re.sub(rb"\r\n(?=[ \t])", b"", head).split(b"\r\n")
    own = next(line for line in lines if line.lower().startswith(b"dkim-signature:"))
    value = own.split(b":", 1)[1].decode()
    tags = dict(re.sub(r"\s", "", part).split("=", 1) for part in value.split(";"))
    plain = re.sub(rb"[ \t]+(?=\r\n)", b"", re.sub(rb"[ \t]+", b" ", body)).rstrip(b"\r\n")
    digest = hashlib.sha256(plain + b"\r\n").digest()
    assert tags["bh"] == base64.b64encode(digest).decode()
    left: dict[str, list[bytes]] = {}
    for line in lines:
        left.setdefault(line.split(b":")[0].lower().decode(), []).append(line)
    told = [relaxed(left[name].pop()) for name in tags["h"].split(":") if left.get(name)]
    bare = relaxed(re.sub(rb"b=[A-Za-z0-9+/= ]*$", b"b=", own))
    text = b"\r\n".join([*told, bare])
    key = load_der_public_key(base64.b64decode(PAIR.public))
    assert isinstance(key, RSAPublicKey)
    key.verify(base64.b64decode(tags["b"]), text, padding.PKCS1v15(), SHA256())
    return tags


def relaxed(line):
    name, value = line.split(b":", 1)
    return name.strip().lower() + b":" + re.sub(rb"[ \t]+", b" ", value).strip()


def test_who_gets_it_can_tell_that_it_is_ours():
    tags = verify(signed(mail(references=("0@example.ru",)), SIGNER))
    assert (tags["d"], tags["s"], tags["a"]) == ("water.example", "amends1", "rsa-sha256")
    assert {"from", "to", "subject", "references"} <= set(tags["h"].split(":"))


def test_the_mail_itself_is_left_as_it_was():
    raw = mail()
    assert signed(raw, SIGNER).endswith(raw)
    assert message_from_bytes(signed(raw, SIGNER), policy=policy.default)["dkim-signature"]
    assert max(map(len, signed(raw, SIGNER).split(b"\r\n"))) < 998


def test_what_servers_on_the_way_change_breaks_nothing():
    raw = signed(mail(), SIGNER)
    verify(raw.replace(b"Subject: ", b"Subject:   ") + b"\r\n\r\n")


@pytest.mark.parametrize("change", [(b"care@water", b"fake@water"), (b"Date: Fri", b"Date: Sat")])
def test_what_somebody_else_changes_shows(change):
    with pytest.raises(InvalidSignature):
        verify(signed(mail(), SIGNER).replace(*change))


def test_a_key_of_another_kind_signs_nothing():
    pem = Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    with pytest.raises(TypeError):
        signed(mail(), Signer(domain="a.example", selector="s", key=pem.decode()))
