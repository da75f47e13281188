"""Small mails for the tests, written out."""

HEAD = {
    "From": "Rūta Kazlauskienė <ruta@example.lt>",
    "To": "care@water.example",
    "Subject": "Cold again",
    "Date": "Fri, 27 Mar 2026 15:00:00 +0200",
    "Message-ID": "<1@example.lt>",
}


def mail(body: str = "It is cold again.", **headers: str) -> bytes:
    """Return a mail with these headers over the usual ones; an empty one is left out."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"{name}: {value}" for name, value in {**HEAD, **named}.items() if value]
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


def parts(*each: str, kind: str = "mixed", boundary: str = "edge") -> bytes:
    """Return a multipart mail of these parts, each written with its own headers."""
    body = "".join(f"--{boundary}\r\n{part}\r\n" for part in each) + f"--{boundary}--\r\n"
    return mail(body, Content_Type=f'multipart/{kind}; boundary="{boundary}"')


def part(kind: str, body: str, **headers: str) -> str:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"Content-Type: {kind}", *(f"{name}: {value}" for name, value in named.items())]
    return "\r\n".join(lines) + "\r\n\r\n" + body
