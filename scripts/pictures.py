"""Picture every page of the demonstration, wide and narrow, light and dark, in three languages.

`python -m scripts.pictures` starts a demonstration of its own and fills `var/pictures`. While
building a page: `--at http://127.0.0.1:8000 --page case --width 390 --scheme dark --language lt`
looks at a server that runs already. Whatever does not fit its width, or is said on the browser's
console, is printed, and then the exit code is 1.
"""

import argparse
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from html import escape
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

import django
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from config.environment import ROOT
from scripts.pages import PAGES, STRANGER
from scripts.pages import Page as Place
from tests.chromium import find_chromium

WIDTHS = (1440, 1024, 390)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LANGUAGES = ("en", "ru", "lt")
FLAGS = ("--no-sandbox", "--disable-gpu", "--hide-scrollbars")
PATIENCE_SECONDS = 240
PATIENCE_MS = 8000


def main() -> int:
    """Take the pictures that the command line asks for."""
    asked = _arguments()
    address = contextlib.nullcontext(asked.at) if asked.at else _demonstration()
    with address as at, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        found = [
            problem
            for language in asked.language or LANGUAGES
            for problem in _in_language(browser, at, language, asked)
        ]
        browser.close()
    _index(asked.into)
    sys.stdout.write("".join(f"{problem}\n" for problem in found))
    return 1 if found else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--at", help="the address of a running server")
    parser.add_argument("--page", action="append", choices=[page.name for page in PAGES])
    parser.add_argument("--width", action="append", type=int)
    parser.add_argument("--scheme", action="append", choices=SCHEMES)
    parser.add_argument("--language", action="append")
    parser.add_argument("--into", type=Path, default=ROOT / "var" / "pictures")
    return parser.parse_args()


@contextlib.contextmanager
def _demonstration() -> Iterator[str]:
    home = ROOT / "var" / "pictures-home"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    settings = {**os.environ, "AMENDS_HOME": str(home), "AMENDS_PORT": port}
    command = [sys.executable, "-m", "config.commands.main", "demo"]
    server = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=subprocess.DEVNULL)  # noqa: S603
    try:
        _wait_for(f"http://127.0.0.1:{port}/readyz", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until and server.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(address):  # noqa: S310 - ours
            return
        time.sleep(0.5)
    raise SystemExit("the demonstration did not start")


def _in_language(
    browser: Browser, at: str, language: str, asked: argparse.Namespace
) -> Iterator[str]:
    wanted = [page for page in PAGES if not asked.page or page.name in asked.page]
    for role in dict.fromkeys(page.role for page in wanted):
        context = browser.new_context(locale=language, base_url=at)
        if role != STRANGER:
            _sign_in(context, role, language)
        for place in wanted:
            if place.role == role:
                yield from _picture(context, place, language, asked)
        context.close()


def _sign_in(context: BrowserContext, role: str, language: str) -> None:
    house = _house()
    page = context.new_page()
    page.goto("/sign-in/")
    colleague = next(one for one in house.COLLEAGUES if one.role == role)
    page.fill("[name=email], [name=username], [name=login]", colleague.email)
    page.fill("[name=password]", house.PASSWORD)
    page.click("main [type=submit]")
    page.click("[data-menu] summary")
    page.click(f"[name=language][value={language}]")
    page.close()


def _house() -> Any:  # noqa: ANN401 - a module
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    # Loaded only now, because it imports models, which need Django to stand.
    return import_module("config.demonstration.house")


def _picture(
    context: BrowserContext, place: Place, language: str, asked: argparse.Namespace
) -> Iterator[str]:
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    try:
        page.goto(place.path)
        for step in place.steps:
            step(page)
    except Error as problem:
        yield f"{place.name} {language}: {problem.message.splitlines()[0]}"
    for width in asked.width or WIDTHS:
        yield from _at_width(page, place, language, width, asked)
    yield from (f"{place.name} {language}: {text}" for text in dict.fromkeys(said))
    page.close()


def _at_width(
    page: Page, place: Place, language: str, width: int, asked: argparse.Namespace
) -> Iterator[str]:
    page.set_viewport_size({"width": width, "height": 900})
    for scheme in asked.scheme or SCHEMES:
        page.emulate_media(color_scheme=scheme)
        folder = asked.into / place.name
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=folder / f"{width}-{scheme}-{language}.png", full_page=True)
    beyond = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    if beyond > 0:
        yield f"{place.name} {language}: {beyond} px too wide at {width}"


def _index(folder: Path) -> None:
    pictures = sorted(path.relative_to(folder) for path in folder.glob("*/*.png"))
    figures = "\n".join(
        f'<figure><img loading="lazy" height="480" src="{escape(str(path))}" alt="">'
        f"<figcaption>{escape(str(path))}</figcaption></figure>"
        for path in pictures
    )
    (folder / "index.html").write_text(f"<!doctype html><title>Pictures</title>\n{figures}\n")


if __name__ == "__main__":
    sys.exit(main())
