"""Customers are found while one types, and two records of one are made one and parted again."""

import pytest
from playwright.sync_api import Page, expect

from amends.staff.rules.permissions import Role
from tests import make
from tests.e2e.axe import barriers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture(autouse=True)
def senior(sign_in):
    make.organisation()
    staff = make.staff("Asta", role=Role.SENIOR)
    sign_in(staff)
    return staff


def test_a_customer_is_found_while_one_types(page: Page):
    make.person("Rūta Petrauskienė")
    make.person("Jonas Kazlauskas")
    page.goto("/customers/")
    assert barriers(page) == []
    box = page.get_by_role("main").get_by_role("searchbox")
    box.press_sequentially("рут")
    expect(page.get_by_role("link", name="Jonas Kazlauskas")).to_have_count(0)
    expect(page.get_by_role("link", name="Rūta Petrauskienė")).to_be_visible()
    expect(box).to_be_focused()
    box.press_sequentially("xx")
    expect(page.get_by_text("Nobody is found by")).to_be_visible()
    assert barriers(page) == []


def test_a_customer_is_written_down_corrected_merged_and_parted(page: Page):
    make.person("Ruta Petrauskiene", email="ruta@post.example")
    page.goto("/customers/new/")
    assert barriers(page) == []
    page.get_by_label("Name, as they write it").fill("Rūta Petrauskienė")
    page.get_by_role("radio", name="Ms").check()
    page.get_by_label("E-mail").fill("ruta@post.example")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Rūta Petrauskienė")
    expect(page.get_by_text("Gerbiama ponia Petrauskiene,")).to_be_visible()
    assert barriers(page) == []
    page.get_by_role("link", name="Compare").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Two records, one customer?")
    assert barriers(page) == []
    page.get_by_role("button", name="They are one").click()
    expect(page.get_by_role("status")).to_contain_text("is now part of this record")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Perhaps the same customer")).to_be_visible()


def test_a_need_is_kept_and_forgotten(page: Page):
    person = make.person("Ona Petrauskienė")
    page.goto(f"/customers/{person.pk}/")
    page.get_by_role("link", name="Something they need").click()
    assert barriers(page) == []
    page.get_by_label("What they need").fill("Reads lips")
    page.get_by_label("How they agreed").fill("said so at the desk")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Reads lips").first).to_be_visible()
    page.get_by_role("button", name="They want it forgotten").click()
    expect(page.get_by_text("Nothing that we should know.")).to_be_visible()
