"""The scripts in a real browser, on pages of the tests' own."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests import make
from tests.e2e import workbench
from tests.e2e.axe import barriers
from tests.e2e.waiting import until

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.e2e.workbench"),
    pytest.mark.browser,
]


@pytest.fixture(autouse=True)
def _somebody(sign_in):
    workbench.reset()
    sign_in(make.staff())


class TestKeep:
    def test_what_is_typed_is_kept_within_a_second(self, page: Page):
        page.goto("/bench/keep/")
        page.locator("#text").press_sequentially("It is cold")
        until(page, lambda: _kept() == "It is cold")
        expect(page.locator("[data-keep-state]")).to_have_text("Saved 14:03")

    def test_what_was_typed_last_survives_a_reload_before_it_was_sent(self, page: Page):
        page.goto("/bench/keep/")
        page.fill("#text", "It is cold")
        page.reload()
        expect(page.locator("#text")).to_have_value("It is cold")

    def test_a_page_made_before_the_last_words_arrived_shows_them_all_the_same(self, page: Page):
        older = page.goto("/bench/keep/")
        assert older is not None
        body = older.body()
        page.fill("#text", "It is cold")
        expect(page.locator("[data-keep-state]")).to_have_text("Saved 14:03")
        page.route(
            "**/bench/keep/", lambda route: route.fulfill(body=body, content_type="text/html")
        )
        page.reload()
        expect(page.locator("#text")).to_have_value("It is cold")
        page.locator("#text").press_sequentially(" here")
        until(page, lambda: _kept() == "It is cold here")
        expect(page.locator("[data-keep-state]")).to_have_text("Saved 14:03")
        assert all("409" in text for text in _said(page))

    def test_words_on_their_way_during_a_reload_are_no_other_window(self, page: Page):
        page.goto("/bench/keep/")
        page.route(
            "**/keep/", lambda route: route.fetch() and None
        )  # it arrives, the answer does not
        page.fill("#text", "It is cold")
        until(page, lambda: "It is cold" in str(workbench.kept["fields"]))
        page.unroute("**/keep/")
        page.fill("#text", "Warm again")
        page.reload()
        expect(page.locator("#text")).to_have_value("Warm again")
        expect(page.locator("[data-state=stale]")).to_have_count(0)

    def test_what_was_submitted_does_not_come_back_into_a_form_that_stays(self, page: Page):
        page.goto("/bench/keep/")
        page.fill("#text", "Dear Rūta, it is warm again")
        expect(page.locator("[data-keep-state]")).to_have_text("Saved 14:03")
        page.click("text=Reply")
        expect(page.locator("#text")).to_have_value("")
        page.reload()
        expect(page.locator("#text")).to_have_value("")

    def test_a_lost_line_keeps_the_text_here_and_sends_it_later(
        self, page: Page, context: BrowserContext
    ):
        page.goto("/bench/keep/")
        context.set_offline(True)
        page.fill("#text", "It is cold")
        expect(page.locator("[data-keep-state]")).to_have_text(
            "Kept on this computer. It will be sent when the line is back."
        )
        context.set_offline(False)
        expect(page.locator("[data-keep-state]")).to_have_text("Saved 14:03")
        assert all("ERR_INTERNET_DISCONNECTED" in text for text in _said(page))

    def test_an_offline_form_is_not_sent_into_nothing(self, page: Page, context: BrowserContext):
        page.goto("/bench/keep/")
        context.set_offline(True)
        page.fill("#text", "It is cold")
        expect(page.locator("[data-state=offline]")).to_be_visible()
        page.click("text=Promise")
        expect(page.locator("#text")).to_have_value("It is cold")
        context.set_offline(False)  # or it would try again, and say so, until the window closes
        expect(page.locator("[data-keep-state]")).to_have_text("Saved 14:03")
        assert workbench.posts == []
        _said(page)

    def test_a_second_window_makes_the_first_stale_and_overwrites_nothing(
        self, page: Page, context: BrowserContext
    ):
        page.goto("/bench/keep/")
        other = context.new_page()
        other.goto("/bench/keep/")
        other.fill("#text", "It is warm")
        expect(other.locator("[data-keep-state]")).to_have_text("Saved 14:03")
        page.fill("#text", "It is cold")
        expect(page.locator("[data-state=stale]")).to_contain_text("changed in another window")
        assert _kept() == "It is warm"
        page.click("text=Keep my text")
        expect(page.locator("[data-keep-state]")).to_have_text("Saved 14:03")
        assert _kept() == "It is cold"
        assert all("409" in text for text in _said(page))

    def test_a_text_that_goes_on_from_what_the_server_has_is_not_stale(self, page: Page):
        page.goto("/bench/keep/")
        workbench.kept.update(version=7, fields={"text": "It is"})
        page.fill("#text", "It is cold")
        expect(page.locator("[data-keep-state]")).to_have_text("Saved 14:03")
        assert all("409" in text for text in _said(page))

    def test_nothing_stays_in_the_browser_once_it_was_sent(self, page: Page):
        page.goto("/bench/keep/")
        page.fill("#text", "It is cold")
        page.click("text=Promise")
        page.wait_for_url("**/bench/list/")
        assert page.evaluate("Object.keys(localStorage)") == []


class TestOnce:
    def test_a_second_click_does_nothing(self, page: Page):
        page.goto("/bench/keep/")
        page.evaluate(
            "() => { const b = document.querySelector('[data-key]'); b.click(); b.click(); }"
        )
        page.wait_for_url("**/bench/list/")
        assert len(workbench.posts) == 1

    def test_a_button_shows_that_it_works_after_a_while(self, page: Page):
        page.goto("/bench/part/")
        page.route("**/bench/part/", lambda _route: None)  # an answer that does not come
        page.click("text=Here")
        expect(page.locator("[aria-busy=true]")).to_have_text("Here")
        page.unroute_all(behavior="ignoreErrors")


class TestKeys:
    def test_an_f_key_works_while_typing(self, page: Page):
        page.goto("/bench/keep/")
        page.fill("#text", "It is cold")
        page.press("#text", "F2")
        page.wait_for_url("**/bench/list/")

    def test_letters_move_along_a_list_by_their_place_on_the_keyboard(self, page: Page):
        page.goto("/bench/list/")
        for key, code in [("о", "KeyJ"), ("о", "KeyJ"), ("л", "KeyK")]:
            page.evaluate(
                "([key, code]) => document.body.dispatchEvent("
                "new KeyboardEvent('keydown', {key, code, bubbles: true, cancelable: true}))",
                [key, code],
            )
        expect(page.locator(":focus")).to_have_text("row a")

    def test_letters_are_letters_inside_a_field(self, page: Page):
        page.goto("/bench/list/")
        page.locator("#who").press_sequentially("n/?j")
        expect(page.locator("#who")).to_have_value("n/?j")

    def test_all_can_be_switched_off(self, page: Page, sign_in):
        quiet = make.staff()
        quiet.uses_shortcuts = False
        quiet.save()
        sign_in(quiet)
        page.goto("/bench/list/")
        page.keyboard.press("n")
        page.keyboard.press("Control+k")
        expect(page.locator("dialog[open]")).to_have_count(0)
        assert page.url.endswith("/bench/list/")

    def test_a_sheet_shows_them(self, page: Page):
        page.goto("/bench/list/")
        page.keyboard.press("Shift+Slash")
        expect(page.locator("#keys")).to_be_visible()
        assert barriers(page) == []

    def test_the_palette_finds_acts_and_pages(self, page: Page):
        page.goto("/bench/list/")
        page.keyboard.press("Control+k")
        options = page.locator("#palette .option")
        expect(options.first).to_contain_text("Note")
        page.keyboard.type("jon")
        expect(options).to_have_text(["Jonas"])
        assert barriers(page) == []
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**/bench/list/")


class TestFind:
    def test_a_name_is_found_and_chosen_by_the_keyboard_alone(self, page: Page):
        page.goto("/bench/list/")
        page.locator("#who").press_sequentially("r")
        expect(page.locator("#who")).to_have_attribute("aria-expanded", "true")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        assert barriers(page) == []
        page.keyboard.press("Enter")
        expect(page.locator("#who")).to_have_value("Rasa")
        expect(page.locator("#person")).to_have_value("Rasa")

    def test_typing_on_unchooses(self, page: Page):
        page.goto("/bench/list/")
        page.locator("#who").press_sequentially("jon")
        page.click(".option")
        expect(page.locator("#person")).to_have_value("Jonas")
        page.locator("#who").press_sequentially("s")
        expect(page.locator("#person")).to_have_value("")

    def test_escape_closes_the_list(self, page: Page):
        page.goto("/bench/list/")
        page.locator("#who").press_sequentially("r")
        expect(page.locator(".option").first).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator(".option").first).to_be_hidden()


class TestOthers:
    def test_tabs_are_tabs_with_a_keyboard(self, page: Page):
        page.goto("/bench/tabs/")
        expect(page.locator("#two")).to_be_hidden()
        page.focus("[role=tab] >> nth=0")
        page.keyboard.press("ArrowRight")
        expect(page.locator("#two")).to_be_visible()
        expect(page.locator("#one")).to_be_hidden()
        assert barriers(page) == []

    def test_what_cannot_be_undone_waits_for_its_name(self, page: Page):
        page.goto("/bench/tabs/")
        expect(page.locator("text=Merge them")).to_be_disabled()
        page.fill("[data-naming]", "Jonas")
        expect(page.locator("text=Merge them")).to_be_enabled()

    def test_a_part_of_a_form_is_shown_when_it_is_asked_for(self, page: Page):
        page.goto("/bench/keep/")
        expect(page.locator("#day")).to_be_hidden()
        page.check("[value=other]")
        expect(page.locator("#day")).to_be_visible()

    def test_a_part_is_swapped_and_what_was_done_is_said_with_undo(self, page: Page):
        page.goto("/bench/part/")
        page.click("text=Here")
        expect(page.locator("#part")).to_have_text("It is done.")
        expect(page.locator("#messages")).to_contain_text("Saved 14:03")
        assert barriers(page) == []
        page.click("[data-dismiss]")
        expect(page.locator("[data-message]")).to_have_count(0)

    def test_a_refusal_is_swapped_in(self, page: Page):
        page.goto("/bench/part/")
        page.click("text=Wrong")
        expect(page.locator("#part")).to_have_text("Not yet: say who.")
        _said(page)

    def test_a_post_that_ends_elsewhere_goes_there(self, page: Page):
        page.goto("/bench/part/")
        page.click("text=Away")
        page.wait_for_url("**/bench/list/")

    def test_what_breaks_is_said_and_nothing_is_swapped(self, page: Page):
        page.goto("/bench/part/")
        page.click("text=Broken")
        expect(page.locator("[role=alert]")).to_contain_text("Nothing was changed.")
        expect(page.locator("#part")).to_be_visible()
        _said(page)

    @pytest.mark.parametrize("width", [1440, 1024, 390])
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_every_state_can_be_read_by_everybody(self, page: Page, width, scheme):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        page.goto("/bench/states/")
        assert barriers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    def test_a_page_weighs_little(self, page: Page):
        came: list[str] = []
        page.on("response", lambda response: came.append(response.url))
        page.goto("/bench/states/", wait_until="networkidle")
        assert len(came) <= 15


def _kept() -> object:
    """Return the text that the server has."""
    fields = workbench.kept["fields"]
    assert isinstance(fields, dict)
    return fields.get("text")


def _said(page: Page) -> list[str]:
    """Return what the console said so far, which this test expected."""
    said: list[str] = page.said  # type: ignore[attr-defined] # put there above
    expected = list(said)
    said.clear()
    return expected
