"""A complaint settled early: done while they are there, summed up as the law asks, and closed."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from amends.cases.actions.clocks import WhoseLaw, say_whose_law
from amends.cases.models.case import Case
from amends.cases.rules.lifecycle import State
from amends.contacts.models import OutgoingMail
from amends.standards.actions import ship_profiles
from tests import make
from tests.cases.clocked import DAY
from tests.e2e.axe import barriers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
DONE = "Your fee of £12 is back on your account."


@pytest.fixture
def case(sign_in) -> Case:
    """A complaint of today, to which the British law of financial services applies."""
    make.organisation()
    now = timezone.now()
    ship_profiles(at=now - DAY)
    inga = make.staff("Inga Ramanauskaitė")
    make.team(members=(inga,))
    ruta = make.person("Rūta Petrauskienė", email="ruta@home.example")
    told = make.contact(person=ruta, started_at=now, ended_at=now)
    opened = make.case(told, owner=inga)
    whose = WhoseLaw(jurisdiction="GB", sector="financial")
    say_whose_law(opened, whose=whose, reason="A British branch.", by=inga, at=now)
    sign_in(inga)
    return opened


@pytest.mark.requirement("S4-50")
def test_it_is_settled_while_they_are_there_and_summed_up_before_it_is_closed(
    page: Page, case: Case
):
    settled(page, case)
    summed_up(page, case)
    thanked_and_counted(page)
    page.locator("#next").get_by_role("link", name="Close with thanks").click()
    page.get_by_role("button", name="Close it").click()
    expect(page.locator("[data-message]")).to_contain_text("Closed.")
    assert barriers(page) == []
    case.refresh_from_db()
    assert (case.state, case.verdict, case.track) == (State.CLOSED, "yes", "light")


def settled(page: Page, case: Case) -> None:
    """Write down what was done and their yes; closing asks for the summary now."""
    page.goto(f"/cases/{case.reference}/done/")
    page.locator("[name=done]").fill(DONE)
    page.locator("[name=yes_how][value=telephone]").check(force=True)
    assert barriers(page) == []
    page.get_by_role("button", name="It is done").click()
    expect(page.locator("[data-message]")).to_contain_text("Written down.")
    expect(page.locator("#next")).to_contain_text("not summed up, as a law asks")
    assert barriers(page) == []


def summed_up(page: Page, case: Case) -> None:
    """Send the summary from where it is asked for; it begins with what was done."""
    page.locator("#next").get_by_role("link", name="Send the summary").click()
    expect(page.locator("[name=agreed]")).to_have_value(DONE)
    assert barriers(page) == []
    page.get_by_role("button", name="Send it").click()
    expect(page.locator("[data-message]")).to_contain_text("told in short what was agreed")
    mail = OutgoingMail.objects.get()
    assert DONE in mail.text
    page.goto(f"/cases/{case.reference}/")
    expect(page.locator("#next")).not_to_contain_text("summed up")


def thanked_and_counted(page: Page) -> None:
    page.locator("#next").get_by_role("link", name="Thank them").click()
    page.get_by_role("button", name="I have thanked them").click()
    expect(page.locator("[data-message]")).to_contain_text("Thanked.")
    page.locator("#next").get_by_role("link", name="Count the cause").click()
    page.locator("[name=mechanism][value=price-charge]").check(force=True)
    page.locator("[name=pillar][value=system]").check(force=True)
    assert barriers(page) == []
    page.get_by_role("button", name="Count it").click()
    expect(page.locator("[data-message]")).to_contain_text("Counted.")
