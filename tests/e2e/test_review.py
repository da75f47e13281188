"""A decision is looked at again by another person, and changes: a new letter in place of the first.

And by nobody of us: what an outside body decides is answered in a letter, too.
"""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from amends.cases.models.case import Case
from amends.cases.models.deciding import FinalResponse, Remedy
from amends.cases.models.turns import InternalReview
from amends.cases.queries.links import token_of
from amends.cases.rules.lifecycle import State
from amends.contacts.models import OutgoingMail
from amends.staff.models import Staff
from amends.staff.rules.permissions import Role
from tests import make
from tests.cases import hard
from tests.e2e.axe import barriers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
WHY = "Nobody asked my neighbour, who saw it."
NEW = "The neighbour saw the same; we pay all of it back."


@pytest.fixture
def inga(sign_in) -> Staff:
    make.organisation()
    staff = make.staff("Inga Ramanauskaitė")
    make.team(duty_owner=make.staff("Jonas Kairys", role=Role.SENIOR), members=(staff,))
    hard.may_give_anything(Role.SENIOR)
    sign_in(staff)
    return staff


@pytest.fixture
def decided(inga: Staff) -> Case:
    case = hard.decided(inga).decision.case
    Remedy.objects.exclude(due_at=None).update(due_at=timezone.now() + timedelta(days=3))
    return case


@pytest.mark.requirement("S4-40")
def test_another_person_looks_and_the_customer_gets_a_new_letter(
    page: Page, browser: Browser, live_server, sign_in, decided: Case
):
    asked_by_the_customer(browser, live_server.url, decided)
    review = InternalReview.objects.select_related("reviewer").get()
    assert review.reviewer.name == "Jonas Kairys"
    page.goto(f"/cases/{decided.reference}/")
    expect(page.locator("#ways")).to_contain_text("who did not decide it, looks at it")
    assert barriers(page) == []

    sign_in(review.reviewer)
    page.goto(f"/cases/{decided.reference}/review/done/")
    expect(page.get_by_role("main")).to_contain_text("write the new one first")
    assert barriers(page) == []
    page.get_by_role("main").get_by_role("link", name="Write the new decision").click()
    expect(page.locator("#next")).to_contain_text("the decision is not written")
    written_anew(page)
    said(page)
    decided.refresh_from_db()
    first, second = FinalResponse.objects.order_by("version")
    assert (decided.state, second.version) == (State.DECIDED, 2)
    assert NEW in second.text
    assert NEW not in first.text
    assert OutgoingMail.objects.latest("pk").text == second.text


def asked_by_the_customer(browser: Browser, base: str, case: Case) -> None:
    """Ask on the customer's own page that another person looks."""
    theirs = browser.new_context(base_url=base, locale="en", viewport={"width": 390, "height": 844})
    window = theirs.new_page()
    window.goto(reverse("customer-another-look", args=["en", token_of(case)]))
    window.locator("textarea").fill(WHY)
    assert barriers(window) == []
    window.get_by_role("button", name="Ask another person").click()
    expect(window.get_by_role("main")).to_contain_text("Jonas Kairys")
    assert barriers(window) == []
    theirs.close()


def written_anew(page: Page) -> None:
    page.locator("#next").get_by_role("link", name="Write the new decision").click()
    act = page.locator("#act")
    act.locator("[name=apology]").fill("We are sorry that nobody asked.")
    act.locator("[name=reasons]").fill(NEW)
    assert barriers(page) == []
    act.locator("button.primary").click()
    expect(page.locator("#next")).to_contain_text("it does not say what we change")
    page.locator("#next").get_by_role("link", name="Write the new decision").click()
    act.locator("[name=changes]").fill("We ask whoever saw it.")
    act.locator("button.primary").click()
    expect(page.locator("#decision .letter")).to_contain_text("stands in the place of the first")
    expect(page.locator("#next")).to_contain_text("Nothing is missing.")
    assert barriers(page) == []


def said(page: Page) -> None:
    page.locator("#next").get_by_role("link", name="Say what you came to").click()
    act = page.locator("#act")
    act.locator("[name=result][value=changes]").check(force=True)
    act.locator("button.primary").click()
    expect(page.locator("#decision")).to_contain_text("Final response, version 2")
    assert barriers(page) == []
