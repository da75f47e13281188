"""A stranger opens an empty installation, and knows five minutes later what it is about."""

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Page, expect

from amends.staff.models import Organisation, Staff
from amends.web.entry.links import first_link
from tests import make
from tests.e2e.axe import barriers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def heading(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


def test_a_stranger_s_first_five_minutes(page: Page):
    page.goto("/sign-in/")
    assert heading(page) == "Amends is not set up yet"
    assert barriers(page) == []
    page.goto(first_link(at=timezone.now()).removeprefix(settings.BASE_ADDRESS))
    assert heading(page) == "Three questions, and we begin"
    assert barriers(page) == []
    answer(page)

    expect(page.get_by_role("heading", level=1)).to_have_text("Your first five minutes")
    assert barriers(page) == []
    expect(page.locator(".first-step--done")).to_have_count(0)
    house, owner = Organisation.objects.get(), Staff.objects.get()
    assert (house.language, house.currency) == ("lt", "EUR")
    assert set(house.channels) == {"telephone", "email", "desk"}

    make.promise(make.case(owner=owner, team_=owner.duties.get()), by=owner)
    page.reload()
    expect(page.locator(".first-step--done")).to_have_count(1)
    page.get_by_role("button", name="See what they see").click()
    expect(page.get_by_text("An engineer finds out why").first).to_be_visible()
    page.goto("/first-five-minutes/")
    expect(page.locator(".first-step--done")).to_have_count(2)


def answer(page: Page) -> None:
    """Answer the three questions, and say who one is."""
    page.get_by_role("spinbutton", name="How many are you?").fill("3")
    page.get_by_role("combobox", name="Country").select_option(label="Lithuania")
    page.get_by_role("radio", name="a shop").check()
    page.get_by_role("checkbox", name="at the desk").check()
    page.get_by_role("textbox", name="Your organisation").fill("Batų namai")
    page.get_by_role("textbox", name="Your name").fill("Asta Asienė")
    page.get_by_label("Your mail address").fill("asta@batai.example")
    page.get_by_label("A password").fill(make.PASSWORD)
    page.get_by_role("button", name="Begin").click()


def test_a_question_left_open_is_named_where_one_looks(page: Page):
    page.goto(first_link(at=timezone.now()).removeprefix(settings.BASE_ADDRESS))
    page.get_by_role("button", name="Begin").click()
    expect(page.locator(".error-summary")).to_be_focused()
    assert barriers(page) == []
    page.said.clear()  # type: ignore[attr-defined] # the browser notes the 422


def test_a_password_that_is_wrong_then_right(page: Page):
    make.organisation()
    staff = make.staff("Asta", password=make.PASSWORD)
    page.goto("/profile/")
    page.get_by_label("Your mail address").fill(staff.email)
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator(".error-summary")).to_contain_text("do not belong together")
    assert barriers(page) == []
    page.said.clear()  # type: ignore[attr-defined] # the browser notes the 422
    page.get_by_label("Password").fill(make.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My profile")
    assert barriers(page) == []

    page.get_by_label("Language").select_option("lt")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("html")).to_have_attribute("lang", "lt")
