"""Sign a mail by DKIM (RFC 6376), so that whoever gets it can tell that it is ours. Pure.

Headers and body are canonicalised in the relaxed way: what servers on the way usually change breaks
nothing.
"""

import base64
import hashlib
import re
from dataclasses import dataclass

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

SIGNED = (
    "from", "to", "cc", "reply-to", "subject", "date", "message-id", "in-reply-to", "references",
    "mime-version", "content-type", "auto-submitted", "content-language",
)  # fmt: skip
_BLANKS = re.compile(rb"[ \t]+")
_FOLD = re.compile(rb"\r\n(?=[ \t])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """By what a mail is signed. key: the private one, as PEM."""

    domain: str
    selector: str
    key: str


def signed(raw: bytes, signer: Signer) -> bytes:
    """Return the mail `raw` (lines end in CRLF) with its signature before it."""
    head, _gap, body = raw.partition(b"\r\n\r\n")
    headers = _FOLD.sub(b"", head).split(b"\r\n")
    named = {line.partition(b":")[0].strip().lower(): line for line in headers}
    over = [name for name in SIGNED if name.encode() in named]
    digest = base64.b64encode(hashlib.sha256(_relaxed_body(body)).digest()).decode()
    # From is named twice, so that none can be added on the way.
    unsigned = (
        f"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d={signer.domain}; "
        f"s={signer.selector}; h={':'.join([*over, 'from'])}; bh={digest}; b="
    )
    told = [_relaxed(named[name.encode()]) for name in over]
    text = b"".join(line + b"\r\n" for line in told) + _relaxed(unsigned.encode())
    signature = base64.b64encode(_key(signer).sign(text, padding.PKCS1v15(), SHA256())).decode()
    return _folded(unsigned, signature) + raw


def _key(signer: Signer) -> rsa.RSAPrivateKey:
    key = serialization.load_pem_private_key(signer.key.encode(), None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError("a key of another kind")
    return key


def _relaxed(line: bytes) -> bytes:
    name, _colon, value = line.partition(b":")
    return name.strip().lower() + b":" + _BLANKS.sub(b" ", value).strip()


def _relaxed_body(body: bytes) -> bytes:
    lines = [_BLANKS.sub(b" ", line).rstrip(b" ") for line in body.split(b"\r\n")]
    while lines and not lines[-1]:
        lines.pop()
    return b"".join(line + b"\r\n" for line in lines)


def _folded(unsigned: str, signature: str) -> bytes:
    """Return the header, no line of it longer than servers take."""
    parts = [f"{part};" for part in unsigned.removesuffix(" b=").rstrip(";").split("; ")]
    parts.append("b=")
    chunks = [signature[at : at + 72] for at in range(0, len(signature), 72)]
    return ("\r\n ".join([" ".join(parts[:1]), *parts[1:], *chunks]) + "\r\n").encode()
