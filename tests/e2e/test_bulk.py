"""Cases are ticked by keys, looked at, given away and taken back; a tag is found by typing."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from amends.cases.actions.tags import keep_tag
from amends.cases.models.case import Case
from amends.staff.models import Staff
from amends.staff.rules.permissions import Role
from tests import make
from tests.cases.actions.seen import bar
from tests.e2e.axe import barriers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def test_the_same_is_done_to_many_cases_and_undone(page: Page, sign_in):
    make.organisation()
    aldona, jonas = (make.staff(name, role=Role.SENIOR) for name in ("Aldona Ozola", "Jonas Gil"))
    make.team(duty_owner=aldona, members=(jonas,))
    now = timezone.now()
    cases = [
        make.case(make.contact(f"Matter {n}.", started_at=now, ended_at=now), owner=aldona)
        for n in range(3)
    ]
    bar(cases[1], jonas)

    sign_in(aldona)
    ticked_by_keys(page)
    looked_at(page, jonas)
    assert owners(cases) == [aldona] * 3

    page.get_by_role("button", name="Do it to 2 cases").click()
    expect(page.get_by_role("main")).to_contain_text("Done to 2 cases.")
    assert barriers(page) == []
    assert owners(cases) == [jonas, aldona, jonas]

    page.get_by_role("button", name="Undo it").click()
    expect(page.get_by_role("main")).to_contain_text("Undone on 2 cases.")
    assert barriers(page) == []
    assert owners(cases) == [aldona] * 3


def ticked_by_keys(page: Page) -> None:
    """Go down the list and tick its first row, then all down to the third."""
    page.goto("/inbox/")
    expect(page.get_by_role("button", name="Go on")).to_be_hidden()
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator("[data-chosen]")).to_have_text("1")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Shift+X")
    expect(page.locator("[data-chosen]")).to_have_text("3")
    assert barriers(page) == []
    page.get_by_label("What is to be done").select_option("assign")
    page.get_by_role("button", name="Go on").click()


def looked_at(page: Page, taker: Staff) -> None:
    """Say to whom, and read what would happen: one of the three is about them."""
    expect(page.get_by_role("main")).to_contain_text("3 cases are chosen.")
    assert barriers(page) == []
    page.get_by_label("To whom").select_option(str(taker.pk))
    page.get_by_role("button", name="See what would happen").click()
    expect(page.get_by_role("region", name="Refused")).to_contain_text(
        "Jonas Gil cannot look after this case."
    )
    expect(page.get_by_role("main")).to_contain_text("Nothing has been changed yet.")
    assert barriers(page) == []


def owners(cases: list[Case]) -> list[Staff]:
    """Return who owns each of the cases now."""
    found = {case.pk: case.owner for case in Case.objects.select_related("owner")}
    return [owner for case in cases if (owner := found[case.pk])]


def test_a_tag_is_found_by_typing(page: Page, sign_in):
    make.organisation()
    manager = make.staff("Ona Vadovė", role=Role.MANAGER)
    make.team(duty_owner=manager)
    case = make.case(owner=manager)
    for name in ("Billing", "Winter 2026", "Press asks"):
        keep_tag(None, names={"en": name}, by=manager, at=timezone.now())

    sign_in(manager)
    page.goto(f"/cases/{case.reference}/")
    page.get_by_role("link", name="Set tags").click()
    page.get_by_label("Find a tag").fill("wint")
    expect(page.get_by_label("Billing")).to_be_hidden()
    page.get_by_label("Find a tag").press("Enter")
    expect(page.get_by_label("Winter 2026")).to_be_checked()
    assert barriers(page) == []
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".tag")).to_have_text("Winter 2026")
    assert barriers(page) == []
