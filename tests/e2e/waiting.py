"""Waiting for what no page shows: for the server to have something, and for a page to be drawn."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.e2e.conftest import PATIENCE_MS

STEP_MS = 50


def until(page: Page, holds: Callable[[], bool]) -> None:
    """Wait until something holds, with the patience that is set for all."""
    for _step in range(PATIENCE_MS // STEP_MS):
        if holds():
            return
        page.wait_for_timeout(STEP_MS)
    raise AssertionError("it did not come to hold")


def drawn(page: Page) -> None:
    """Wait until what changed last is drawn."""
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
