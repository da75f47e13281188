"""A colleague is named in a note with the keys alone, and follows the case."""

import pytest
from playwright.sync_api import Page, expect

from amends.cases.actions.correspondence import add_note
from amends.cases.actions.parties import name_party
from amends.cases.models.attention import Mention
from amends.cases.rules.kinds import Part
from tests import make
from tests.e2e.axe import barriers
from tests.told import told

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def a_case_about_jonas(milda, vida):
    jonas = make.staff("Jonas Vaitkus")
    make.team(members=(milda, vida, jonas))
    case = make.case(owner=milda)
    name_party(case, part=Part.COMPLAINED_ABOUT, who=jonas, by=milda, at=make.NOW)
    return case


def test_a_colleague_is_named_in_a_note_with_the_keys_alone(page: Page, sign_in):
    make.organisation()
    milda, vida = make.staff("Milda Jankauskaitė"), make.staff("Vida Vaitkienė")
    case = a_case_about_jonas(milda, vida)
    sign_in(milda)
    page.goto(f"/cases/{case.reference}/note/")
    note = page.locator("textarea[data-mention]")
    note.press_sequentially("Please look, @va")
    offered = page.get_by_role("listbox", name="Colleagues")
    expect(offered.get_by_role("option")).to_have_count(1)
    expect(page.locator(".mention")).to_contain_text("Jonas Vaitkus may not read this case.")
    expect(page.get_by_role("status").filter(has_text="1 colleague.")).to_have_count(1)
    assert barriers(page) == []

    page.keyboard.press("Escape")
    expect(offered).to_have_count(0)
    page.keyboard.type("i")
    expect(offered.get_by_role("option", selected=True)).to_contain_text("Vida Vaitkienė")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(note).to_have_value("Please look, @vida.vaitkiene ")
    expect(offered).to_have_count(0)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[data-message]")).to_contain_text("Noted.")
    assert [mention.staff for mention in Mention.objects.all()] == [vida]


def test_whoever_is_named_gets_there_by_the_bell_with_the_keys_alone(page: Page, sign_in):
    make.organisation()
    milda, vida = make.staff("Milda Jankauskaitė"), make.staff("Vida Vaitkienė")
    case = a_case_about_jonas(milda, vida)
    add_note(case, text="Please look, @vida.vaitkiene", by=milda, at=make.NOW)
    told()

    sign_in(vida)
    page.goto("/")
    reach(page, "1 thing you have not seen")
    expect(page.get_by_role("heading", level=1)).to_have_text("What you were told")
    assert barriers(page) == []
    reach(page, "New: Milda Jankauskaitė named you in a note")
    expect(page.locator("#case")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Please look, @vida.vaitkiene")
    expect(page.locator("#bell")).to_have_text("What you were told")
    assert barriers(page, "#bell") == []


def reach(page: Page, name: str) -> None:
    """Go to a link with the keys alone, and follow it."""
    link = page.get_by_role("link", name=name)
    for _tab in range(60):
        page.keyboard.press("Tab")
        if link.evaluate("element => element === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.wait_for_load_state()
