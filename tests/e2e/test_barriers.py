"""Nobody is shut out of any page: wide and narrow, light and dark, with keys alone."""

from typing import Literal

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests.e2e.axe import barriers
from tests.e2e.every_page import READERS, Place, furnish, places, window_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
Looks = tuple[tuple[ViewportSize, Literal["light", "dark"]], ...]
OPENED: ViewportSize = {"width": 1280, "height": 720}
WIDE: ViewportSize = {"width": 1440, "height": 900}
NARROW: ViewportSize = {"width": 390, "height": 844}
MAGNIFIED = 320  # what is left of 1280 when a page is magnified four times
# What pages are made of stands on many of them: one page is tried in one look, the next in another.
LOOKS: tuple[Looks, ...] = (
    ((WIDE, "light"),),
    ((NARROW, "dark"),),
    ((WIDE, "dark"),),
    ((NARROW, "light"),),
)
SHARES = 3  # so that no worker is left alone with all of them
# Lists that another tab shows, and cases that stand otherwise than the one that is opened first.
MORE: tuple[Place, ...] = (
    Place("inbox", "/inbox/?which=team", "grace"),
    Place("inbox", "/inbox/?which=ended", "milda"),
    Place("inbox", "/inbox/?which=snoozed", "milda"),
    Place("bulk-choose", "/bulk/?which=mine&all=1&act=snooze", "milda"),
    Place("promises", "/promises/?which=team", "grace"),
    Place("find", "/find/?q=an", "milda"),
)


@pytest.mark.long
@pytest.mark.parametrize("share", range(SHARES))
def test_no_page_there_is_has_a_barrier(browser: Browser, live_server, socket_enabled, share: int):
    furnish()
    found = []
    windows = {reader: _window(browser, live_server.url, reader) for reader in (*READERS, "")}
    pages = {reader: window.new_page() for reader, window in windows.items()}
    part = slice(share, None, SHARES)
    for number, place in enumerate((*places(part), *MORE[part])):
        found += _barriers_of(pages[place.reader], place, LOOKS[number % len(LOOKS)])
    for window in windows.values():
        window.close()
    assert not found, "\n".join(found)


def _window(browser: Browser, url: str, reader: str) -> BrowserContext:
    window = browser.new_context(base_url=url, locale="en", reduced_motion="reduce")
    cookie = window_of(reader).cookies.get(settings.SESSION_COOKIE_NAME)
    if cookie:
        window.add_cookies([{"name": cookie.key, "value": cookie.value, "url": url}])
    return window


def _barriers_of(page: Page, place: Place, looks: Looks) -> list[str]:
    found = []
    page.set_viewport_size(OPENED)
    page.goto(place.path)
    if page.url.partition("//")[2].partition("/")[2] != place.path[1:]:
        found.append(f"leads to {page.url}")
    for size, scheme in looks:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        found += barriers(page)
    for width in (WIDE["width"], NARROW["width"], MAGNIFIED):
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"is wider than {width}")
    return [f"{place.name} {place.path}: {problem}" for problem in found]
