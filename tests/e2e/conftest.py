"""What a journey in a real browser stands on: Chromium, a server, somebody signed in."""

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    expect,
)

from amends.staff.models import Staff

PATIENCE_MS = 15_000
LOOKS, LOOK_MS = 300, 50
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture
def context(browser: Browser, live_server, socket_enabled) -> Iterator[BrowserContext]:
    """A browser window of its own, whose addresses begin at the server of the test."""
    opened = browser.new_context(
        base_url=live_server.url, locale="en", viewport={"width": 1440, "height": 900}
    )
    opened.set_default_timeout(PATIENCE_MS)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page on which nothing may go wrong unnoticed: what its console says fails the test."""
    said: list[str] = []
    opened = context.new_page()
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.on("console", partial(_note_error, said))
    opened.said = said  # type: ignore[attr-defined] # a test that expects an error empties it
    asked: set[Request] = set()
    opened.on("request", partial(_note_asked, asked))
    opened.on("requestfinished", partial(_note_answered, asked))
    opened.on("requestfailed", partial(_note_answered, asked))
    yield opened
    _hear_out(opened, asked)
    assert said == []


def _hear_out(opened: Page, asked: set[Request]) -> None:
    """Wait for what the page still asks: the tables are emptied next, and must not be in use."""
    for _look in range(LOOKS):
        if opened.is_closed() or all(one.resource_type == "eventsource" for one in asked):
            return
        opened.wait_for_timeout(LOOK_MS)


def _note_asked(asked: set[Request], request: Request) -> None:
    asked.add(request)


def _note_answered(asked: set[Request], request: Request) -> None:
    asked.discard(request)


def _note_error(said: list[str], message: ConsoleMessage) -> None:
    if message.type == "error":
        said.append(message.text)


@pytest.fixture
def sign_in(context: BrowserContext, live_server) -> Callable[[Staff], None]:
    """Sign somebody in without the form, which has a journey of its own."""

    def as_staff(staff: Staff) -> None:
        client = Client()
        client.force_login(staff)
        name = settings.SESSION_COOKIE_NAME
        context.add_cookies(
            [{"name": name, "value": client.cookies[name].value, "url": live_server.url}]
        )

    return as_staff
