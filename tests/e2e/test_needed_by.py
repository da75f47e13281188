"""The day of a customer's own, offered while their words are written, in a real browser."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from amends.contacts.models.drafting import Draft
from tests import make
from tests.e2e.axe import barriers
from tests.e2e.waiting import until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def agent(sign_in):
    make.organisation()
    inga = make.staff("Inga Ramanauskaitė")
    make.team(members=(inga,))
    sign_in(inga)


@pytest.mark.requirement("S1-17")
def test_their_own_day_is_taken_over_with_one_click(page: Page, agent):
    page.goto("/contact/new/")
    page.fill("#id_story", "The water is cold. Please mend it by tomorrow.")
    offer = page.get_by_role("button", name="Take it as needed by then")
    expect(offer).to_be_visible()
    assert barriers(page) == []
    offer.click()
    expect(page.locator("#id_need_by")).not_to_have_value("")
    expect(page.locator("#id_need_reason")).to_have_value("by tomorrow")
    expect(offer).to_have_count(0)
    until(page, lambda: any(draft.fields.get("need_by") for draft in Draft.objects.all()))


def test_their_own_day_is_the_first_by_which_it_may_be_promised(page: Page, agent):
    # A Wednesday, two weeks ahead and more: no other day that is offered.
    ahead = timezone.localtime() + timedelta(days=14)
    day = f"{ahead + timedelta(days=(2 - ahead.weekday()) % 7):%Y-%m-%d}"
    page.goto("/contact/new/")
    page.fill("#id_story", f"The water is cold. Please mend it by {day}.")
    page.click("[data-needed]")
    expect(page.locator("#id_need_by")).to_be_focused()
    expect(page.locator("input[name=when]").first).to_have_value(re.compile(f"^{day}T16:00"))
