"""A server of the chat protocol, real and on loopback, with the manners that a test needs."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from amends.machine.channels.chat import Place


@dataclass
class Manners:
    """How it answers. raw: instead of a proper answer; drips: a byte now and then, for ever."""

    text: str = "The customer is cold."
    status: int = 200
    raw: bytes | None = None
    silent_seconds: float = 0
    drips: bool = False


@dataclass
class Model:
    """The server, and what it was asked: the headers and the body of each request."""

    port: int
    asked: list[tuple[dict[str, str], dict[str, Any]]] = field(default_factory=list)

    def place(self, **more: Any) -> Place:
        return Place(f"http://127.0.0.1:{self.port}/v1", **{"patience_seconds": 60.0, **more})

    @property
    def data(self) -> str:
        return str(self.asked[-1][1]["messages"][1]["content"])


@contextmanager
def serving(manners: Manners) -> Iterator[Model]:
    model = Model(0)
    over = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            body = json.loads(self.rfile.read(length))
            model.asked.append((dict(self.headers) | {"path": self.path}, body))
            over.wait(manners.silent_seconds)
            said = manners.raw if manners.raw is not None else _proper(manners.text)
            try:
                self.send_response(manners.status)
                self.end_headers()
                if manners.drips:
                    self._drip()
                self.wfile.write(said)
            except OSError:
                return

        def _drip(self) -> None:
            while not over.is_set():
                self.wfile.write(b" ")
                time.sleep(0.05)

        def log_message(self, *_args: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    model.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield model
    finally:
        over.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _proper(text: str) -> bytes:
    choice = {"index": 0, "message": {"role": "assistant", "content": text}}
    return json.dumps({"id": "1", "choices": [choice]}).encode()
