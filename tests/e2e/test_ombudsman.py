"""An ombudsman asks for the whole case: chosen, a passage blackened, made, taken, and checked."""

import hashlib
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from amends.cases.models.bundles import Bundle
from amends.cases.models.findings import Disclosure
from amends.web.reactions import make_asked_bundle
from tests.e2e.axe import barriers
from tests.web.bundles import scene
from tests.web.bundles.scene import BODY, SECRET

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.mark.requirement("S4-08")
def test_the_whole_case_goes_to_the_ombudsman_without_what_must_not_be_read(
    page: Page, sign_in, tmp_path
):
    inga = scene.senior()
    case = scene.full(inga)
    scene.write(case)
    sign_in(inga)
    went_outside(page, case.reference)
    blackened(page)
    chosen_and_asked_for(page)
    bundle = Bundle.objects.get()
    make_asked_bundle(bundle_id=bundle.pk)
    archive = taken(page, tmp_path)
    checked(archive, Bundle.objects.get().sha256, tmp_path / "unpacked")
    assert set(Disclosure.objects.values_list("to", flat=True)) == {BODY}


def went_outside(page: Page, reference: str) -> None:
    """Write down that a body looks at it, and find its file begun."""
    page.goto(f"/cases/{reference}/outside/")
    page.get_by_label("Which body").fill(BODY)
    page.locator("[name=reference]").fill("7/2026")
    page.get_by_role("button", name="Write it down").click()
    expect(page.locator("#case")).to_be_visible()
    page.goto(f"/cases/{reference}/bundles/")
    assert barriers(page) == []
    page.get_by_role("link", name=BODY).click()
    expect(page.get_by_role("heading", name="What leaves")).to_be_visible()
    assert barriers(page) == []


def blackened(page: Page) -> None:
    """Mark a passage with the mouse's selection, and say why nobody outside may read it."""
    page.get_by_role("row").filter(has_text="Dear all").get_by_role(
        "link", name="Black a passage"
    ).click()
    words = page.locator("[data-gives-selection]")
    expect(words).to_be_visible()
    page.wait_for_load_state()  # the script that follows the selection
    words.evaluate(
        """(element, secret) => {
          const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const start = walker.currentNode.data.indexOf(secret);
            if (start < 0) continue;
            const range = document.createRange();
            range.setStart(walker.currentNode, start);
            range.setEnd(walker.currentNode, start + secret.length);
            document.getSelection().removeAllRanges();
            document.getSelection().addRange(range);
          }
        }""",
        SECRET,
    )
    expect(page.get_by_label("The passage")).to_have_value(SECRET)
    assert barriers(page) == []
    page.get_by_label("Why nobody outside may read it").fill("It is about her health.")
    page.get_by_role("button", name="Black it").click()
    expect(page.get_by_role("row").filter(has_text="Dear all").first).to_contain_text(
        "1 black passage"
    )


def chosen_and_asked_for(page: Page) -> None:
    """Let a note go, look again at what leaves, and have it made."""
    note = page.get_by_role("row").filter(has_text="Between us")
    expect(note).to_contain_text("for colleagues only")
    note.get_by_role("checkbox").check()
    page.get_by_role("button", name="Save and look again").click()
    expect(note).not_to_contain_text("for colleagues only")
    expect(page.get_by_role("row").filter(has_text="byte for byte")).to_contain_text(
        "it holds a passage that is black"
    )
    assert barriers(page) == []
    page.get_by_role("button", name="Make it so").click()
    expect(page.locator("#bundle-state")).to_contain_text("about to be made")
    assert barriers(page) == []


def taken(page: Page, folder: Path) -> Path:
    """Wait until it is there, without a click, and take it."""
    button = page.get_by_role("button", name="Take the file")
    expect(button).to_be_visible()
    assert barriers(page) == []
    with page.expect_download() as download:
        button.click()
    archive = folder / "case.zip"
    download.value.save_as(archive)
    page.reload()
    expect(page.locator("#bundle-state")).to_contain_text("It was handed out")
    return archive


def checked(archive: Path, digest: str, folder: Path) -> None:
    """Check it as whoever got it would, and look for what must not be read."""
    assert hashlib.sha256(archive.read_bytes()).hexdigest() == digest
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(folder)
    checker = shutil.which("sha256sum")
    assert checker
    done = subprocess.run(
        [checker, "--check", "--strict", "manifest.sha256"], cwd=folder, check=False
    )
    assert done.returncode == 0
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert not any(b"diabetes" in path.read_bytes() for path in files)
    [paper] = folder.glob("*.pdf")
    assert "diabetes" not in scene.text_of(paper.read_bytes())
