"""A reply is composed with the keys: a ready answer, a pasted picture, a copy, taken back."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from amends.contacts.models.templates import AnswerTemplate
from tests import make
from tests.e2e.axe import barriers
from tests.e2e.waiting import until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
PICTURE = """(field) => {
  const given = new DataTransfer();
  const png = Uint8Array.from([137, 80, 78, 71, 13, 10, 26, 10, 0, 1, 2]);
  given.items.add(new File([png], "image.png", { type: "image/png" }));
  const event = { clipboardData: given, bubbles: true, cancelable: true };
  field.dispatchEvent(new ClipboardEvent("paste", event));
}"""
BEGINS = "Dear Ms Petrauskienė,\n\n"
PASTE = """(field) => {
  const given = new DataTransfer();
  given.items.add(new File(["%PDF-1.4"], "flat.pdf", { type: "application/pdf" }));
  const event = { clipboardData: given, bubbles: true, cancelable: true };
  field.dispatchEvent(new ClipboardEvent("paste", event));
}"""


@pytest.fixture
def field(page: Page, sign_in):
    make.organisation()
    milda = make.staff("Milda Jankauskaitė")
    make.team(members=(milda,))
    case = make.case(make.contact(person=make.person(email="ruta@post.example")), owner=milda)
    for name, text in {"A visit": "We come, {promise_by}.", "Refund": "Paid."}.items():
        AnswerTemplate.objects.create(name=name, texts={"en": text}, position=1)
    sign_in(milda)
    page.goto(f"/cases/{case.reference}/reply/")
    return page.locator("textarea.composer-text")


def test_a_ready_answer_is_found_by_typing_and_put_in_at_the_cursor(page: Page, field):
    field.press("Control+End")
    page.get_by_role("button", name="Ready answers").press("Enter")
    find = page.get_by_role("searchbox", name="Find a ready answer")
    expect(find).to_be_focused()
    find.press_sequentially("visit")
    expect(page.get_by_role("button", name="Refund")).to_be_hidden()
    assert barriers(page) == []
    find.press("Enter")
    expect(field).to_have_value(f"{BEGINS}We come, {{promise_by}}.")
    page.keyboard.type("on Monday")
    expect(field).to_have_value(f"{BEGINS}We come, on Monday.")


def test_a_ready_answer_comes_after_the_greeting_where_nobody_was_in_the_text(page: Page, field):
    page.get_by_role("button", name="Ready answers").press("Enter")
    page.get_by_role("button", name="Refund").click()
    expect(field).to_have_value(f"{BEGINS}Paid.")


def test_a_pasted_picture_gets_a_name_and_is_shown_where_it_stands(page: Page, field):
    field.press("Control+End")
    page.keyboard.type("See the valve:")
    field.evaluate(PICTURE)
    shown = re.compile(r"See the valve:\n\[picture-\d{6}-1\.png\]\n$")
    expect(field).to_have_value(shown)
    expect(page.locator("[data-files-place]")).to_contain_text(re.compile(r"picture-\d{6}-1\.png"))


def test_a_picture_taken_out_takes_its_line_along_and_undo_brings_back_both(page: Page, field):
    field.press("Control+End")
    page.keyboard.type("See the valve:")
    field.evaluate(PICTURE)
    place, shown = page.locator("[data-files-place]"), re.compile(r"\[picture-\d{6}-1\.png\]\n$")
    expect(field).to_have_value(shown)
    place.get_by_role("button", name=re.compile("^Take out picture-")).click()
    expect(field).to_have_value(f"{BEGINS}See the valve:\n")
    expect(place).not_to_contain_text("picture-")
    field.press("Control+z")
    expect(field).to_have_value(shown)
    expect(place).to_contain_text(re.compile(r"picture-\d{6}-1\.png"))


def test_a_picture_pasted_before_the_script_has_come_waits_for_it(page: Page, field):
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/later/writing*", hold)
    page.reload()
    field.press("Control+End")
    field.evaluate(PICTURE)
    until(page, lambda: bool(held))
    held[0].continue_()
    expect(page.locator("[data-files-place]")).to_contain_text(re.compile(r"picture-\d{6}-1\.png"))


def test_files_and_copies_go_with_it_and_come_back_when_it_is_taken_back(page: Page, field):
    field.press("Control+End")
    page.keyboard.type("See the plan.")
    field.evaluate(PASTE)
    expect(page.locator("[data-files-place]")).to_contain_text("flat.pdf")
    page.get_by_text("Copies, and sending later").click()
    page.get_by_role("button", name="ruta@post.example").click()
    expect(page.get_by_label("Copy to")).to_have_value("ruta@post.example")
    assert barriers(page) == []
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#reply textarea")).to_have_value(f"{BEGINS}See the plan.")
    expect(page.locator("#reply [data-files-place]")).to_contain_text("flat.pdf")
