"""What an open page follows: server-sent events, served without Django. An ASGI application.

Only keys of rows and colleagues are told. What they stand for is asked for by ordinary pages, where
it is decided who may see it.
"""

import asyncio
import contextlib
import json
import signal
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs

from django.conf import settings

from amends.web.live.hub import Client, Hub
from amends.web.live.listening import listen
from amends.web.live.passes import read_pass

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

PATH = "/live/stream"
BEAT_SECONDS = 15.0
# What comes at once is told at once; a client is woken no oftener than this.
SETTLE_SECONDS = 0.15
# A page that stays open shows a new pass from time to time.
LONGEST_SECONDS = 10 * 60
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store, no-transform"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


class Live:
    """The streams of this process."""

    def __init__(self) -> None:
        self.hub = Hub()
        self._listening: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Listen, and end all streams when the server is about to stop (it says so by SIGUSR1)."""
        loop = asyncio.get_running_loop()
        self._listening = loop.create_task(listen(self.hub))
        loop.add_signal_handler(signal.SIGUSR1, self.hub.end_all)

    async def end(self) -> None:
        """Stop listening."""
        self.hub.end_all()
        if self._listening:
            self._listening.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._listening

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        its = read_pass(_asked(scope, "pass"), _session_of(scope))
        if scope["path"] != PATH or scope["method"] != "GET":
            await _answer(send, 404)
        elif its is None:
            await _answer(send, 403)
        else:
            await self._follow(self.hub.enter(its), receive, send)

    async def _follow(self, client: Client, receive: Receive, send: Send) -> None:
        speaking = asyncio.ensure_future(self._speak(client, send))
        listening = asyncio.ensure_future(_until_gone(receive))
        both = {speaking, listening}
        try:
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED, timeout=LONGEST_SECONDS)
        finally:
            self.hub.leave(client)
            for task in both:
                task.cancel()
            await asyncio.gather(*both, return_exceptions=True)
        if not listening.done() or listening.cancelled():
            with contextlib.suppress(Exception):
                await send({"type": "http.response.body", "body": b""})

    async def _speak(self, client: Client, send: Send) -> None:
        """Tell the client what it has yet to hear, until it is ended; a beat when there is none."""
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        await _say(send, b"retry: 3000\n\n")
        while not client.ended:
            try:
                async with asyncio.timeout(BEAT_SECONDS):
                    await client.woken.wait()
            except TimeoutError:
                await _say(send, b": \n\n")
                continue
            client.woken.clear()
            if said := b"".join(self._yet_to_hear(client)):
                await _say(send, said)
            if not client.ended:
                await asyncio.sleep(SETTLE_SECONDS)
        await _say(send, _event("end", client.ended))

    def _yet_to_hear(self, client: Client) -> Iterator[bytes]:
        if client.again:
            client.again = False
            yield _event("again", "")
        news, client.news = client.news, {}
        if news:
            yield _event("news", news)
        company = self.hub.company_of(client)
        if company != client.company:
            client.company = company
            yield _event("company", {"here": company.here, "typing": company.typing})


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _say(send: Send, body: bytes) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": True})


def _event(name: str, data: object) -> bytes:
    return f"event: {name}\ndata: {json.dumps(data, separators=(',', ':'))}\n\n".encode()


async def _answer(send: Send, status: int) -> None:
    headers = [(b"content-length", b"0"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def _asked(scope: Scope, name: str) -> str:
    query = str(scope["query_string"], "latin-1")
    return parse_qs(query, max_num_fields=10).get(name, [""])[0]


def _session_of(scope: Scope) -> str:
    given = b"; ".join(value for name, value in scope["headers"] if name == b"cookie")
    try:
        cookie = SimpleCookie(given.decode("latin-1")).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return ""
    return str(cookie.value) if cookie else ""
