"""The week of the opening hours is painted: with the mouse, with the keyboard, past midnight."""

import re

import pytest
from playwright.sync_api import Page, expect

from amends.staff.rules.permissions import Role
from amends.standards.queries import hours_of
from amends.standards.rules.hours import write_openings
from tests import make
from tests.e2e.axe import barriers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture(autouse=True)
def _manager(sign_in, page: Page):
    make.organisation()
    sign_in(make.staff("Asta", role=Role.MANAGER))
    page.goto("/settings/hours/")


def quarter(page: Page, day: str, at: str):
    return page.get_by_role("listbox", name=day).get_by_role("option", name=at, exact=True)


def field(page: Page, day: str):
    return page.locator(f"[data-day={day}]")


def drag(page: Page, begin, end):
    begin.scroll_into_view_if_needed()
    end.scroll_into_view_if_needed()
    from_box, to_box = begin.bounding_box(), end.bounding_box()
    assert from_box
    assert to_box
    page.mouse.move(from_box["x"] + 2, from_box["y"] + 10)
    page.mouse.down()
    page.mouse.move(to_box["x"] + 2, to_box["y"] + 10, steps=4)
    page.mouse.up()


def test_the_week_is_painted_with_the_mouse_over_several_days(page: Page):
    drag(page, quarter(page, "Saturday", "10:00"), quarter(page, "Sunday", "13:45"))
    for day in ("Saturday", "Sunday"):
        expect(field(page, day)).to_have_value("10:00-14:00")
    drag(page, quarter(page, "Monday", "12:00"), quarter(page, "Monday", "12:45"))
    expect(field(page, "Monday")).to_have_value("9:00-12:00, 13:00-17:00")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved", exact=True).first).to_be_visible()
    hours = hours_of(None)
    assert hours
    assert [write_openings(day) for day in (hours.week[0], hours.week[6])] == [
        "9:00-12:00, 13:00-17:00",
        "10:00-14:00",
    ]


def test_the_week_is_painted_with_the_keyboard_and_past_midnight(page: Page):
    quarter(page, "Friday", "9:00").focus()
    page.keyboard.press("End")
    page.keyboard.press("Space")
    page.keyboard.press("Shift+ArrowLeft")
    expect(field(page, "Friday")).to_have_value("9:00-17:00, 23:30-24:00")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Home")
    page.keyboard.press("Space")
    expect(field(page, "Friday")).to_have_value("9:00-17:00, 23:30-0:15")
    expect(quarter(page, "Saturday", "0:00")).to_have_attribute("aria-selected", "true")
    expect(field(page, "Saturday")).to_have_value("")
    page.keyboard.press("Space")
    expect(field(page, "Friday")).to_have_value("9:00-17:00, 23:30-24:00")


def test_a_day_is_copied_to_others_and_what_is_written_is_painted(page: Page):
    field(page, "Tuesday").fill("8:00-11:00, 22:00-2:00")
    expect(quarter(page, "Wednesday", "1:45")).to_have_attribute("aria-selected", "true")
    copy = page.locator("[data-copy]")
    copy.get_by_label("Copy", exact=True).select_option("Tuesday")
    copy.get_by_label("Sunday").check()
    copy.get_by_role("button", name="Copy the day").click()
    expect(field(page, "Sunday")).to_have_value("8:00-11:00, 22:00-2:00")
    expect(quarter(page, "Monday", "1:45")).to_have_attribute("aria-selected", "true")


def test_what_cannot_be_read_is_left_as_it_is_written(page: Page):
    field(page, "Tuesday").fill("at nine")
    drag(page, quarter(page, "Wednesday", "18:00"), quarter(page, "Wednesday", "18:45"))
    expect(field(page, "Tuesday")).to_have_value("at nine")
    expect(field(page, "Wednesday")).to_have_value("9:00-17:00, 18:00-19:00")


@pytest.mark.parametrize("width", [1440, 390])
def test_week_and_year_have_no_barriers_and_fit(page: Page, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.reload()
    assert barriers(page) == []
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved", exact=True).first).to_be_visible()
    page.get_by_role("link", name=re.compile("The year")).click()
    page.get_by_role("link", name=re.compile("^24 December")).click()
    expect(page.get_by_role("link", name=re.compile("^24 December"))).to_have_attribute(
        "aria-current", "date"
    )
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
