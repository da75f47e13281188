"""The anger strip in a real browser: a dialogue goes through its phases, or is sent back.

And what is done when anger turns into insults: one click, and the words to say.
"""

import pytest
from playwright.sync_api import Page, expect

from amends.cases.models.safety import SeniorCall
from amends.staff.rules.permissions import Role
from tests import make
from tests.e2e.axe import barriers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
CORRECTION_MS = 5100


@pytest.fixture
def agent(sign_in):
    make.organisation()
    staff = make.staff("Inga Ramanauskaitė")
    senior = make.staff("Grace Okafor", role=Role.SENIOR)
    make.team(members=(staff, senior), duty_owner=senior)
    sign_in(staff)
    return staff


def mood(page: Page, key: str) -> None:
    """Note a mood, and let the time pass in which it could be corrected."""
    page.keyboard.press(f"Alt+Digit{key}")
    page.clock.fast_forward(CORRECTION_MS)


@pytest.mark.requirement("S3-60", "S3-32")
def test_a_dialogue_goes_through_the_phases_and_a_provocation_sends_it_back(page: Page, agent):
    page.clock.install()
    page.goto("/contact/new/")
    expect(page.locator("#id_story")).to_be_focused()
    page.keyboard.type("You never call back.")
    said = [("5", "outburst"), ("4", "slowing"), ("3", "listening"), ("4", "outburst")]
    for key, phase in said:
        mood(page, key)
        expect(page.locator(f"[data-phase={phase}]")).to_be_visible()
    for key, phase in (("2", "cooling"), ("1", "solving")):
        mood(page, key)
        expect(page.locator(f"[data-phase={phase}]")).to_be_visible()
    strip = page.locator("[data-phase=solving] > summary")
    strip.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-phase=solving] .hand-card")).to_be_visible()
    assert barriers(page) == []


@pytest.mark.requirement("S4-33", "S2-15")
def test_one_click_calls_a_senior_and_gives_the_words_to_say(page: Page, agent):
    page.goto("/contact/new/")
    page.locator("#id_story").fill("You idiots.")
    button = page.get_by_role("button", name="call a senior")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Grace Okafor is called")).to_be_visible()
    expect(page.locator("#id_story")).to_have_value("You idiots.")
    assert barriers(page) == []
    page.get_by_role("button", name="I end it now").click()
    expect(page.get_by_text("You ended the contact by rule")).to_be_visible()
    assert SeniorCall.objects.get().ended_at


@pytest.mark.requirement("S3-52")
def test_a_manner_brings_its_card_at_once(page: Page, agent):
    page.goto("/contact/new/")
    page.locator(".sheet-more > summary").click()
    card = page.locator("[data-card=talker]")
    expect(card).to_be_hidden()
    page.locator("label.chip", has_text="talk").first.click()
    expect(card).to_be_visible()
