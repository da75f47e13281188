"""Whether a page can be used by everybody, as far as a machine can tell."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def barriers(page: Page, within: str = "html") -> list[str]:
    """Return what axe finds wrong on the page as it stands, one line an element.

    within: the part of the page that is looked at, a selector.
    """
    page.wait_for_load_state()  # half a page has barriers that the whole of it has not
    page.evaluate("scrollTo(0, 0)")  # where what stays in sight covers half of nothing
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(Axe().axe_script)
    found = page.evaluate(
        "([part, tags]) => axe.run(part, {runOnly: tags, resultTypes: ['violations']})",
        [within, TAGS],
    )
    return [
        f"{rule['id']}: {node['html'][:160]} ({node['failureSummary'][:200]})"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
