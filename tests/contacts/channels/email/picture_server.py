"""A server of pictures, real and on loopback, with the manners that a test needs."""

import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


@dataclass(frozen=True)
class Page:
    """What is answered at one path. drips: a byte now and then, for ever."""

    body: bytes = PNG
    status: int = 200
    location: str = ""
    drips: bool = False


@dataclass
class Pictures:
    """The server, and what it was asked: the path and the headers of each request."""

    port: int
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @property
    def paths(self) -> list[str]:
        return sorted(path for path, _headers in self.asked)


@contextmanager
def serving(pages: Mapping[str, Page], tls: ssl.SSLContext | None = None) -> Iterator[Pictures]:
    pictures, over = Pictures(0), threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            pictures.asked.append((self.path, dict(self.headers)))
            page = pages.get(self.path, Page(b"", 404))
            self.send_response(page.status)
            self.send_header("Set-Cookie", "seen=1")
            self.send_header("Content-Type", "text/html")
            if page.location:
                self.send_header("Location", page.location)
            self.end_headers()
            try:
                while page.drips and not over.wait(0.05):
                    self.wfile.write(page.body[:1])
                self.wfile.write(page.body)
            except OSError:
                return

        def log_message(self, *_said: object) -> None:
            """Say nothing on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    pictures.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield pictures
    finally:
        over.set()
        server.shutdown()
        server.server_close()
        thread.join()
