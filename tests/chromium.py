"""Find the browser for the journeys; `python -m tests.chromium` prints it or exits with 1."""

import os
import shutil
import sys
from pathlib import Path

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    # What hangs from the address bar is two pages of the browser's own, made for each window: they
    # took more of the processor than most pages of ours.
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup",
)  # fmt: skip
SYSTEM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MACOS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
PLAYWRIGHT = (
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
)


def find_chromium() -> Path | None:
    """Return the browser: what AMENDS_CHROMIUM says, the system's, or Playwright's own."""
    if named := os.environ.get("AMENDS_CHROMIUM"):
        return Path(named)
    installed = [found for name in SYSTEM if (found := shutil.which(name))]
    installed += [path for path in MACOS if Path(path).exists()]
    return Path(installed[0]) if installed else _playwrights_own()


def _playwrights_own() -> Path | None:
    places = [
        Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache/ms-playwright"),
        Path.home() / "Library/Caches/ms-playwright",
    ]
    found = [path for place in places for pattern in PLAYWRIGHT for path in place.glob(pattern)]
    return max(found, default=None)


if __name__ == "__main__":
    browser = find_chromium()
    sys.stdout.write(f"{browser}\n" if browser else "")
    sys.exit(0 if browser else 1)
