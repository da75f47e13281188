"""A real SMTP server on loopback that behaves as it is told: refuses, defers, cuts the line."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from socketserver import StreamRequestHandler, ThreadingTCPServer


@dataclass
class Manners:
    """What the server answers; an empty answer cuts the line instead."""

    greeting: str = "220 mx.example.lt at your service"
    ehlo: str = "250-mx.example.lt\r\n250-SIZE 1000000\r\n250 8BITMIME"
    sign_in: str = "235 welcome"
    mail: str = "250 ok"
    rcpt: str = "250 ok"
    to: dict[str, str] = field(default_factory=dict)  # {part of an address: answer}
    data: str = "354 go ahead"
    taken: str = "250 queued as 7"
    cut_within: bool = False
    tls: ssl.SSLContext | None = None
    tls_at_once: bool = False

    def answer(self, verb: str, line: str = "") -> str:
        if verb == "RCPT" and (told := [said for who, said in self.to.items() if who in line]):
            return told[0]
        return {
            "EHLO": self.ehlo, "AUTH": self.sign_in, "MAIL": self.mail, "RCPT": self.rcpt,
            "DATA": self.data, "QUIT": "221 bye", "STARTTLS": "220 go ahead",
        }.get(verb, "500 what")  # fmt: skip


@dataclass
class Post:
    """A running server: where it listens, what it was told and what it took."""

    port: int = 0
    said: list[str] = field(default_factory=list)
    took: list[bytes] = field(default_factory=list)


class Smtp(ThreadingTCPServer):
    def __init__(self, manners: Manners, post: Post) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.manners, self.post = manners, post
        post.port = self.server_address[1]


class Talk(StreamRequestHandler):
    server: Smtp

    def handle(self) -> None:
        with suppress(OSError):
            if self.server.manners.tls_at_once:
                self.protect()
            self.talk()

    def finish(self) -> None:
        with suppress(OSError):
            super().finish()
        self.request.close()

    def talk(self) -> None:
        manners, going = self.server.manners, self.say(self.server.manners.greeting)
        while going and (line := self.rfile.readline().decode().strip()):
            self.server.post.said.append(line)
            verb = line.split()[0].upper()
            going = self.say(manners.answer(verb, line))
            if verb == "STARTTLS":
                self.protect()
            elif verb == "DATA" and manners.data.startswith("354"):
                going = self.take() and self.say(manners.taken)

    def say(self, words: str) -> bool:
        self.wfile.write(f"{words}\r\n".encode() if words else b"")
        return bool(words)

    def take(self) -> bool:
        took = b""
        while not self.server.manners.cut_within and not took.endswith(b"\r\n.\r\n"):
            took += self.rfile.readline()
        if took:
            self.server.post.took.append(took)
        return bool(took)

    def protect(self) -> None:
        assert self.server.manners.tls
        self.request = self.server.manners.tls.wrap_socket(self.request, server_side=True)
        self.setup()


@contextmanager
def serving(manners: Manners) -> Iterator[Post]:
    """Run a server with these manners on a free port of loopback."""
    with Smtp(manners, Post()) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield server.post
        finally:
            server.shutdown()
            thread.join()
