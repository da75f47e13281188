"""Hand a mail to a server by SMTP, and tell honestly what became of it. Nothing here raises."""

import smtplib
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace

from amends.contacts.rules.sending import Outcome, Result, Security

LONGEST_REASON = 500
_END = b"\r\n.\r\n"
_GO_AHEAD = 354
_REFUSED_FROM = 500
_TAKEN = range(200, 300)
_NO = range(400, 600)


@dataclass(frozen=True, slots=True)
class Server:
    """The server that takes our mail. hello: the name by which we introduce ourselves."""

    host: str
    port: int
    security: Security = Security.STARTTLS
    user: str = ""
    password: str = ""
    hello: str = "localhost"
    patience_seconds: float = 30.0
    trust: ssl.SSLContext | None = None


class _Said(Exception):
    """The server said something else than yes; `for_good` if another try would not help."""

    def __init__(self, code: int, words: bytes, *, for_good: bool) -> None:
        super().__init__(f"{code} {words.decode('utf-8', 'replace')}")
        self.for_good = for_good


def send(raw: bytes, *, sender: str, to: str, server: Server, copies: Sequence[str] = ()) -> Result:
    """Hand the mail `raw` from the address `sender` for the address `to` to `server`.

    copies: who else gets it. One that the server does not take holds up nobody else; the result
    of a mail that was sent names it.
    A mail is perhaps sent when the line broke after its last dot: the server may have taken it.
    Only an answer about the receiver or the mail itself is for good.
    """
    try:
        with _connected(server) as smtp:
            missed = _offer(smtp, raw, sender, (to, *copies))
            return _hand_over(smtp, missed)
    except _Said as said:
        return _result(Outcome.REFUSED if said.for_good else Outcome.TRY_AGAIN, said)
    except (smtplib.SMTPException, OSError, ValueError) as problem:
        return _result(Outcome.TRY_AGAIN, problem)


@contextmanager
def _connected(server: Server) -> Iterator[smtplib.SMTP]:
    """Connect, protect the way and sign in; let go of the line whatever happens."""
    trust = server.trust or ssl.create_default_context()
    if server.security is Security.TLS:
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host,
            server.port,
            server.hello,
            timeout=server.patience_seconds,
            context=trust,
        )
    else:
        smtp = smtplib.SMTP(server.host, server.port, server.hello, server.patience_seconds)
    try:
        smtp.ehlo_or_helo_if_needed()
        if server.security is Security.STARTTLS:
            smtp.starttls(context=trust)
            smtp.ehlo_or_helo_if_needed()
        if server.user:
            smtp.login(server.user, server.password)
        yield smtp
    finally:
        smtp.close()


def _offer(smtp: smtplib.SMTP, raw: bytes, sender: str, to: Sequence[str]) -> str:
    """Give the envelope and the mail, all but its last dot; return which copies are not taken."""
    size = [f"size={len(raw)}"] if smtp.has_extn("size") else []
    _expect(smtp.mail(sender, size), for_good=False)
    _expect(smtp.rcpt(to[0]), for_good=True)
    missed = [
        f"{each}: {code} {words.decode('utf-8', 'replace')}"
        for each in to[1:]
        for code, words in [smtp.rcpt(each)]
        if code not in _TAKEN
    ]
    code, words = smtp.docmd("DATA")
    if code != _GO_AHEAD:
        raise _Said(code, words, for_good=code >= _REFUSED_FROM)
    smtp.send(_stuffed(raw))
    return "; ".join(missed)


def _hand_over(smtp: smtplib.SMTP, missed: str) -> Result:
    """Give the last dot and hear what the server says to it; anything but an answer is doubt."""
    smtp.send(_END)
    try:
        code, words = smtp.getreply()
    except (smtplib.SMTPException, OSError) as problem:
        return _result(Outcome.PERHAPS_SENT, problem)
    if code in _NO:
        raise _Said(code, words, for_good=code >= _REFUSED_FROM)
    if code not in _TAKEN:
        return _result(Outcome.PERHAPS_SENT, words.decode("utf-8", "replace"))
    with suppress(smtplib.SMTPException, OSError):
        smtp.quit()
    sent = _result(Outcome.SENT, words.decode("utf-8", "replace"))
    return replace(sent, missed=" ".join(missed.split())[:LONGEST_REASON])


def _expect(answer: tuple[int, bytes], *, for_good: bool) -> None:
    code, words = answer
    if code not in _TAKEN:
        raise _Said(code, words, for_good=for_good and code >= _REFUSED_FROM)


def _stuffed(raw: bytes) -> bytes:
    """Return `raw` as it goes over the wire, without its last line end: leading dots doubled."""
    lines = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n").removesuffix(b"\n").split(b"\n")
    return b"\r\n".join(b"." + line if line.startswith(b".") else line for line in lines)


def _result(outcome: Outcome, said: object) -> Result:
    return Result(outcome, " ".join(str(said).split())[:LONGEST_REASON])
