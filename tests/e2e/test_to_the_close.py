"""A promise kept is asked after, and what is put right is counted and closed."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from amends.cases.models.case import Case
from amends.cases.rules.lifecycle import State
from amends.contacts.models import OutgoingMail
from amends.contacts.rules.kinds import MailKind
from amends.jobs.sweeper import sweep
from amends.staff.models import Staff
from amends.staff.rules.permissions import Role
from tests import make
from tests.e2e.axe import barriers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
EVIDENCE = "The pump was replaced, and every radiator is warm."


@pytest.fixture
def inga(sign_in) -> Staff:
    make.organisation()
    staff = make.staff("Inga Ramanauskaitė")
    make.team(duty_owner=make.staff(role=Role.SENIOR), members=(staff,))
    sign_in(staff)
    return staff


@pytest.fixture
def promised(inga: Staff) -> Case:
    """A case on which something is promised for tomorrow, and they said yes."""
    ruta = make.person("Rūta Petrauskienė", email="ruta@home.example")
    case = make.case(make.contact(person=ruta), owner=inga)
    tomorrow = make.offer("An engineer comes", due_at=timezone.now() + timedelta(days=1))
    make.promise(case, tomorrow, accepted=True)
    return case


@pytest.fixture
def customer(browser: Browser, live_server, settings, page: Page) -> Iterator[Page]:
    """The customer's own telephone, where nobody is signed in."""
    settings.BASE_ADDRESS = live_server.url
    theirs = browser.new_context(
        base_url=live_server.url, locale="en", viewport={"width": 390, "height": 844}
    )
    yield theirs.new_page()
    theirs.close()


@pytest.mark.requirement("S4-02")
def test_a_promise_is_kept_asked_after_counted_and_closed(
    page: Page, customer: Page, promised: Case
):
    kept_with_evidence(page, promised)
    sweep(timezone.now() + timedelta(days=1, hours=3))
    said_yes_at_home(customer)

    promised.refresh_from_db()
    assert (promised.verdict, promised.state) == ("yes", State.FOLLOW_UP)
    refused_until_counted(page, promised)
    closed(page, promised)


def kept_with_evidence(page: Page, case: Case) -> None:
    """Say from the case page what was done."""
    page.goto(f"/cases/{case.reference}/")
    page.locator("#next").get_by_role("link", name="It is done").click()
    page.locator("[name=evidence]").fill(EVIDENCE)
    assert barriers(page) == []
    page.get_by_role("button", name="It is done").click()
    expect(page.locator("[data-message]")).to_contain_text("Kept.")
    expect(page.locator("#case")).to_contain_text("every radiator is warm")
    assert barriers(page) == []


def said_yes_at_home(customer: Page) -> None:
    """Open the link in the mail that asks, and answer yes; opening it alone answers nothing."""
    mail = OutgoingMail.objects.get(kind=MailKind.PUT_RIGHT)
    customer.goto(next(word for word in mail.text.split() if word.startswith("http")))
    expect(customer.get_by_role("main")).to_contain_text("every radiator is warm")
    assert barriers(customer) == []
    customer.locator('a[href$="/put-right/yes/"]').click()
    customer.wait_for_url("**/put-right/yes/")
    assert barriers(customer) == []
    customer.locator("button[value=yes]").click()
    expect(customer.locator(".state--saved")).to_be_visible()
    assert barriers(customer) == []


def refused_until_counted(page: Page, case: Case) -> None:
    """Try to close it at once: what is missing stands there, with the way to it."""
    page.goto(f"/cases/{case.reference}/close/")
    missing = page.locator(".act .steps li")
    expect(missing).to_have_count(1)
    assert barriers(page) == []
    missing.get_by_role("link").click()
    page.locator("[name=mechanism][value=defect]").check(force=True)
    page.locator("[name=pillar][value=system]").check(force=True)
    assert barriers(page) == []
    page.get_by_role("button", name="Count it").click()
    expect(page.locator("[data-message]")).to_contain_text("Counted.")


def closed(page: Page, case: Case) -> None:
    page.goto(f"/cases/{case.reference}/")
    assert barriers(page) == []
    page.locator("#next").get_by_role("link", name="Close with thanks").click()
    expect(page.locator(".act .steps")).to_have_count(0)
    page.get_by_role("button", name="Close it").click()
    expect(page.locator("[data-message]")).to_contain_text("Closed.")
    assert barriers(page) == []
    case.refresh_from_db()
    assert case.state == State.CLOSED
