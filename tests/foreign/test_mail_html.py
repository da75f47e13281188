"""HTML that means harm, in a real browser: nothing runs and nothing leaves.

The sanitiser is tried without the policy, and the policy without the sanitiser. Without both, the
same pages run and fetch a lot, which shows that the test would see it.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Route

from amends.contacts.channels.email.safe_html import safe_html
from amends.web.original.views import POLICY

SITE = "http://mail.example"
MOST_SECONDS = 20
TELL_TALE = """
for (const name of ["alert", "confirm", "prompt", "print", "xss", "eval"])
  window[name] = () => console.log("ran");
"""


@pytest.fixture(scope="module")
def vectors(testdata) -> list[str]:
    lines = (testdata / "xss-html" / "vectors.jsonl").read_text().split("\n")
    found = [json.loads(line)["html"] for line in lines if line]
    assert found
    return found


@dataclass
class Trial:
    """Pages served to a browser in frames of one page, and what became of that."""

    vectors: list[str]
    treat: Callable[[str], str]
    policy: str = ""
    expected: bool = False
    ran: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    served: set[str] = field(default_factory=set)

    def has_shown(self) -> bool:
        """Return whether enough was seen: of what is expected to run, that it did."""
        return not self.expected or bool(self.ran and self.left)

    def serve(self, route: Route) -> None:
        name = route.request.url.removeprefix(f"{SITE}/")
        if name == "":
            frames = (f"<iframe src=/{number}></iframe>" for number in range(len(self.vectors)))
            route.fulfill(body="".join(frames), content_type="text/html")
        elif name.isdigit():
            headers = {"Content-Type": "text/html; charset=utf-8"}
            headers |= {"Content-Security-Policy": self.policy} if self.policy else {}
            route.fulfill(body=self.treat(self.vectors[int(name)]), headers=headers)
            self.served.add(name)
        else:
            self.left.append(route.request.url)
            route.abort()

    def hear(self, said: ConsoleMessage) -> None:
        if said.text == "ran":
            self.ran.append(said.text)

    def dismiss(self, dialog: Dialog) -> None:
        self.ran.append(dialog.message)
        dialog.dismiss()


def tried(browser: Browser, trial: Trial) -> Trial:
    """Load each page of the trial in a frame, and give what is in them the time to act."""
    context = browser.new_context()
    context.add_init_script(TELL_TALE)
    context.route("**/*", trial.serve)
    page = context.new_page()
    page.on("console", trial.hear)
    page.on("dialog", trial.dismiss)
    page.goto(f"{SITE}/", wait_until="commit")
    for _second in range(MOST_SECONDS):
        page.wait_for_timeout(1000)
        if len(trial.served) == len(trial.vectors) and trial.has_shown():
            break
    page.wait_for_timeout(1000)
    context.close()
    assert len(trial.served) == len(trial.vectors)
    return trial


def cleaned(html: str) -> str:
    return safe_html(html, pictures={}).html


@pytest.mark.browser
def test_the_sanitiser_alone_lets_nothing_run_and_nothing_leave(browser, vectors):
    trial = tried(browser, Trial(vectors, cleaned))
    assert (trial.ran, trial.left) == ([], [])


@pytest.mark.browser
def test_the_policy_alone_lets_nothing_run_and_nothing_leave(browser, vectors):
    trial = tried(browser, Trial(vectors, str, POLICY))
    assert (trial.ran, trial.left) == ([], [])


@pytest.mark.browser
def test_without_both_much_runs_and_leaves(browser, vectors):
    trial = tried(browser, Trial(vectors, str, expected=True))
    assert trial.ran
    assert trial.left
