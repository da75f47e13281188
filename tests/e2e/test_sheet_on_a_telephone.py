"""The sheet where there is little room, in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests import make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def test_on_a_telephone_their_words_have_a_third_of_the_screen(page: Page, sign_in):
    make.organisation()
    inga = make.staff("Inga Ramanauskaitė")
    make.team(members=(inga,))
    sign_in(inga)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/contact/new/")
    page.fill("#id_story", "It went cold again.")
    expect(page.locator("[data-keep-state]")).to_contain_text("Saved")
    page.click("[data-park]")
    expect(page.locator(".kept .chip")).to_have_count(1)
    page.goto("/contact/new/")
    expect(page.locator("#turn")).to_be_visible()
    above, below = page.locator(".story").bounding_box(), page.locator(".bar").bounding_box()
    assert above
    assert below
    assert min(above["y"] + above["height"], below["y"]) - above["y"] >= 844 / 3
    header = page.locator(".top a[data-key=F3]")
    assert header.evaluate("link => link.scrollWidth <= link.clientWidth")
    expect(header).to_have_accessible_name(re.compile("New contact"))
    page.click(".kept .chip")
    expect(page.locator(".story:focus")).to_have_value("It went cold again.")
    page.keyboard.type(" Twice.")
    expect(page.locator(".story")).to_have_value("It went cold again. Twice.")
