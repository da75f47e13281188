"""A colleague is asked for help, sees it, and answers."""

import pytest
from playwright.sync_api import Page, expect

from amends.staff.rules.permissions import Role
from tests import make
from tests.e2e.axe import barriers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def test_help_is_asked_for_and_answered(page: Page, sign_in):
    make.organisation()
    inga, vida = make.staff("Inga Ramanauskaitė"), make.staff("Vida Vaitkienė", role=Role.SENIOR)
    make.team(duty_owner=vida, members=(inga,))

    sign_in(inga)
    page.goto("/help/")
    assert barriers(page) == []
    page.get_by_label("What do you need?").fill("May I promise a Sunday?")
    page.get_by_label("Whom do you ask?").select_option(str(vida.pk))
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator("[data-message]")).to_contain_text("is asked and sees it at once.")
    assert barriers(page) == []

    sign_in(vida)
    page.goto("/")
    asked = page.get_by_role("region", name="Waits for me")
    expect(asked).to_contain_text("May I promise a Sunday?")
    assert barriers(page) == []
    asked.get_by_role("link", name="Inga Ramanauskaitė asks for help").click()
    page.get_by_label("Your answer").fill("Yes, ours is on duty.")
    page.get_by_role("button", name="Answer", exact=True).click()
    expect(page.locator("[data-message]")).to_contain_text("Thank you for helping.")
    assert barriers(page) == []

    sign_in(inga)
    page.goto("/help/")
    expect(page.get_by_role("main")).to_contain_text("Yes, ours is on duty.")
    assert barriers(page) == []
