"""What is typed while the answer to the text before it still comes in."""

import pytest
from playwright.sync_api import Page, expect

from tests import make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
# An answer whose head is here and whose body is long in coming: longer than one waits to send.
SLOW_BODIES = """
  const read = Response.prototype.json;
  Response.prototype.json = async function () {
    await new Promise((go) => setTimeout(go, 1500));
    return read.call(this);
  };
"""


def test_what_is_typed_while_an_answer_comes_in_is_kept_after_it_and_not_against_it(
    page: Page, sign_in
):
    make.organisation()
    staff = make.staff("Inga Ramanauskaitė")
    make.team(members=(staff,), duty_owner=staff)
    sign_in(staff)
    page.add_init_script(SLOW_BODIES)
    page.goto("/contact/new/")
    with page.expect_response("**/keep/"):
        page.locator("#id_story").fill("The heating is cold.")
    with page.expect_response("**/keep/") as kept:
        page.locator("#id_story").fill("It has been cold for two days.")
    assert kept.value.status == 200
    expect(page.locator("[data-keep-state]")).to_contain_text("Saved")
