"""Everything that an organisation decides of itself can be used by everybody."""

import pytest
from playwright.sync_api import Page, expect

from amends.staff.rules.permissions import Role
from tests import make
from tests.e2e.axe import barriers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
PAGES = [
    "/more/",
    "/settings/organisation/",
    "/settings/people/",
    "/settings/people/invite/",
    "/settings/teams/",
    "/settings/teams/new/",
    "/settings/departments/new/",
    "/settings/authority/",
    "/settings/authority/agent/",
    "/settings/authority/agent/guidelines/",
    "/profile/",
    "/password/",
]


@pytest.fixture(autouse=True)
def owner(sign_in):
    make.organisation()
    staff = make.staff("Asta", role=Role.MANAGER, administers=True, password=make.PASSWORD)
    make.team(duty_owner=staff)
    sign_in(staff)
    return staff


@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_the_settings_has_no_barriers(page: Page, path):
    page.goto(path)
    assert barriers(page) == []


def test_a_colleague_is_invited_and_comes_in(page: Page, browser, live_server):
    page.goto("/settings/people/invite/")
    page.get_by_label("Name, as customers read it").fill("Jonas Kazlauskas")
    page.get_by_label("Mail address").fill("jonas@water.example")
    page.get_by_role("button", name="Invite", exact=True).click()
    link = page.locator(".link-to-give").inner_text()
    assert barriers(page) == []

    window = browser.new_context(base_url=live_server.url, locale="en")
    theirs = window.new_page()
    theirs.goto("/join/" + link.partition("/join/")[2])
    assert barriers(theirs) == []
    theirs.get_by_label("A password").fill("another walk by the sea")
    theirs.get_by_role("button", name="Come in").click()
    expect(theirs.get_by_role("heading", level=1)).to_have_text("Your first five minutes")
    window.close()

    page.reload()
    expect(page.locator(".link-to-give")).to_have_count(0)
