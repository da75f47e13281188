"""What the server runs: live streams by themselves, every other page by Django in kept threads."""

import os
from typing import Any

import django
from a2wsgi import WSGIMiddleware

from config import environment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402 - Django must be set up first

from amends.web.live.passes import LIVE  # noqa: E402 - Django must be set up first
from amends.web.live.stream import Live, Message, Receive, Scope, Send  # noqa: E402 - as above

_django = get_wsgi_application()


def _pages(environ: Any, start_response: Any) -> Any:  # noqa: ANN401 - of WSGI
    """Answer as Django does; its pages know by the mark that they can be followed here."""
    return _django({**environ, LIVE: "yes"}, start_response)


def _whole(receive: Receive) -> Receive:
    """Let nobody take what came before a line broke for the whole of what was sent."""

    async def take() -> Message:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ConnectionResetError
        return message

    return take


class Application:
    """Both kinds of pages behind one address. A thread holds a connection, so threads are kept."""

    def __init__(self) -> None:
        self.live = Live()
        self.pages = WSGIMiddleware(_pages, workers=environment.read().web_threads)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http" and scope["path"].startswith("/live/"):
            await self.live(scope, receive, send)
        else:
            await self.pages(scope, _whole(receive), send)  # type: ignore[arg-type] # its own names for these

    async def _live(self, receive: Receive, send: Send) -> None:
        """Begin and end with the server; it is answered here, since Django knows nothing of it."""
        await receive()
        self.live.begin()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self.live.end()
        await send({"type": "lifespan.shutdown.complete"})


application = Application()
