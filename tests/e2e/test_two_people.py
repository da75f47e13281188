"""Two people on one case: they see each other, and neither undoes what the other did."""

from collections.abc import Iterator
from functools import partial

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, ViewportSize, expect

from amends.cases.actions.clarifying import note_wish
from amends.cases.actions.correspondence import add_note
from amends.cases.models.case import Case, CaseNote
from amends.staff.models import Staff
from tests import make
from tests.e2e.axe import barriers
from tests.e2e.waiting import drawn
from tests.served import Served, cookie_of, served

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
    pytest.mark.enable_socket,
]
PATIENCE_MS = 15_000
BEGUN = "Dear Ms Petrauskienė, I have found out"


@pytest.fixture
def running(tmp_path) -> Iterator[Served]:
    with served(tmp_path) as server:
        yield server


@pytest.fixture
def window(browser: Browser, running: Served):
    """Open windows of colleagues on the real server; what goes wrong in one fails the test."""
    said: list[str] = []
    opened = []

    def of(staff: Staff, width: int = 1440) -> Page:
        size = ViewportSize(width=width, height=844)
        context = browser.new_context(base_url=running.url, locale="en", viewport=size)
        opened.append(context)
        name, _, value = cookie_of(staff).partition("=")
        context.add_cookies([{"name": name, "value": value, "url": running.url}])
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("console", partial(_note, said))
        return page

    yield of
    for context in opened:
        context.close()
    assert [line for line in said if "422" not in line] == []


def _note(said, message):
    if message.type == "error":
        said.append(message.text)


@pytest.fixture
def ground() -> tuple[Case, Staff, Staff]:
    make.organisation()
    milda, jonas = make.staff("Milda Jankauskaitė"), make.staff("Jonas Petraitis")
    make.team(members=(milda, jonas))
    customer = make.person("Rūta Petrauskienė", email="ruta@post.example")
    return make.case(make.contact(person=customer), owner=milda), milda, jonas


def test_each_sees_who_is_here_and_who_writes(ground, window):
    case, milda, jonas = ground
    hers, his = window(milda), window(jonas)
    for page in (hers, his):
        page.goto(f"/cases/{case.reference}/")
    expect(hers.locator("#company")).to_have_text("Jonas Petraitis is here too")
    expect(his.locator("#company")).to_have_text("Milda Jankauskaitė is here too")
    assert barriers(hers) == []
    hers.locator("#reply textarea").fill(BEGUN)
    expect(his.locator("#company")).to_have_text("Milda Jankauskaitė is writing a reply")
    assert barriers(his) == []
    his.close()
    expect(hers.locator("#company")).to_be_empty()


def test_a_note_comes_in_and_moves_nothing_of_what_is_being_typed(ground, window):
    case, milda, jonas = ground
    hers = window(milda)
    hers.goto(f"/cases/{case.reference}/")
    reply = hers.locator("#reply textarea")
    reply.fill(BEGUN)
    reply.evaluate("field => { field.focus(); field.setSelectionRange(5, 5); }")
    top = reply.evaluate("field => field.getBoundingClientRect().top")

    add_note(case, text="The valve is ordered for Tuesday.", by=jonas, at=timezone.now())
    expect(hers.locator("#timeline")).to_contain_text("The valve is ordered")
    expect(hers.locator("#live-said")).to_have_text("Jonas Petraitis added a note.")
    expect(reply).to_have_value(BEGUN)
    expect(reply).to_be_focused()
    assert reply.evaluate("field => field.selectionStart") == 5
    drawn(hers)
    assert abs(reply.evaluate("field => field.getBoundingClientRect().top") - top) <= 2
    assert barriers(hers) == []


def test_two_replies_are_put_side_by_side_before_the_second_is_sent(ground, window):
    case, milda, jonas = ground
    hers = window(milda)
    hers.goto(f"/cases/{case.reference}/")
    hers.locator("#reply textarea").fill(BEGUN)
    expect(hers.locator("#reply [data-keep-state]")).to_contain_text("Saved")
    his = window(jonas)
    his.goto(f"/cases/{case.reference}/reply/")
    his.locator("textarea").first.fill("Dear Ms Petrauskienė, we come on Tuesday.")
    his.get_by_role("button", name="Send", exact=True).click()
    expect(hers.locator("#timeline")).to_contain_text("we come on Tuesday")

    hers.get_by_role("button", name="Send", exact=True).click()

    both = hers.get_by_role("region", name="What is new, and what you wrote")
    expect(both).to_contain_text("we come on Tuesday")
    expect(both).to_contain_text(BEGUN)
    expect(hers.locator("form textarea").first).to_have_value(BEGUN)
    assert barriers(hers) == []
    hers.get_by_role("button", name="Send", exact=True).click()
    expect(hers.locator("#timeline")).to_contain_text(BEGUN)


def test_a_reply_is_shared_read_along_and_taken_over(ground, window):
    case, milda, jonas = ground
    his = window(jonas)
    his.goto(f"/cases/{case.reference}/")
    hers = window(milda)
    hers.goto(f"/cases/{case.reference}/")
    hers.locator("#reply textarea").fill(BEGUN)
    hers.locator("#reply").get_by_role("button", name="Share with a colleague").click()
    hers.get_by_label("To whom").select_option(str(jonas.pk))
    hers.get_by_role("button", name="Share it").click()
    expect(hers.locator("#shared-replies")).to_contain_text("Jonas Petraitis reads along")
    expect(hers.locator("#reply textarea")).to_have_value(BEGUN)

    shared = his.get_by_role("region", name="that Milda Jankauskaitė shares with you")
    expect(shared).to_contain_text(BEGUN)
    assert barriers(his) == []
    shared.get_by_role("button", name="Take it over").click()
    expect(his.locator("#reply textarea")).to_have_value(BEGUN)

    hers.get_by_role("button", name="Stop sharing").click()
    expect(hers.locator("#shared-replies")).not_to_contain_text("reads along")
    expect(shared).to_have_count(0)


def test_an_act_on_what_somebody_else_changed_shows_theirs_and_mine(ground, window):
    case, milda, jonas = ground
    hers = window(milda, 390)
    hers.goto(f"/cases/{case.reference}/wish/")
    hers.locator("[name=wish]").fill("A new valve")
    note_wish(case, wish="Half of the bill", not_said=False, by=jonas, at=timezone.now())
    hers.get_by_role("button", name="Write it down").click()

    both = hers.get_by_role("region", name="What is new, and what you wrote")
    expect(both).to_contain_text("Half of the bill")
    expect(both).to_contain_text("A new valve")
    expect(hers.locator("[name=wish]")).to_have_value("A new valve")
    assert barriers(hers) == []
    hers.get_by_role("button", name="Write it down").click()
    expect(hers.locator("#case")).to_be_visible()
    case.refresh_from_db()
    assert case.requested_remedy == "A new valve"


def test_a_note_of_somebody_else_stands_in_nobodys_way(ground, window):
    case, milda, jonas = ground
    hers = window(milda)
    hers.goto(f"/cases/{case.reference}/wish/")
    hers.locator("[name=wish]").fill("A new valve")
    add_note(case, text="She rang at noon.", by=jonas, at=timezone.now())
    hers.get_by_role("button", name="Write it down").click()
    expect(hers.locator("#timeline")).to_contain_text("She rang at noon.")
    assert CaseNote.objects.filter(case=case).count() == 1


def test_a_list_says_what_is_new_and_moves_no_row(ground, window):
    _case, milda, _jonas = ground
    hers = window(milda)
    hers.goto("/inbox/")
    expect(hers.locator("[data-rows] tbody tr")).to_have_count(1)
    make.case(make.contact("It is cold again."), owner=milda)
    line = hers.get_by_role("button", name="1 new thing: show")
    expect(line).to_be_visible()
    expect(hers.locator("[data-rows] tbody tr")).to_have_count(1)
    assert barriers(hers) == []
    line.click()
    expect(hers.locator("[data-rows] tbody tr")).to_have_count(2)
    expect(line).to_have_count(0)
