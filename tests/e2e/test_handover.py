"""A case goes from one colleague to another, and what was promised on it goes along."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from amends.cases.models.case import Case
from amends.staff.models import Staff
from amends.staff.rules.permissions import Role
from tests import make
from tests.e2e.axe import barriers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
SUMMARY = "The radiators stay cold on Saturdays. She wants a name and an hour."
MOOD = "Tired, and friendly once she is heard."


def test_a_case_is_offered_read_and_accepted_with_its_promise(page: Page, sign_in):
    make.organisation()
    inga, tomas = make.staff("Inga Ramanauskaitė"), make.staff("Tomas Kalnius")
    make.team(duty_owner=make.staff(role=Role.SENIOR), members=(inga, tomas))
    case = make.case(owner=inga)
    tomorrow = make.offer("An engineer comes", due_at=timezone.now() + timedelta(days=1))
    promise = make.promise(case, tomorrow, accepted=True)

    sign_in(inga)
    offered_to(page, case, tomas)
    case.refresh_from_db()
    assert case.owner == inga

    sign_in(tomas)
    read_and_accepted(page)
    case.refresh_from_db()
    promise.refresh_from_db()
    assert (case.owner, promise.owner) == (tomas, tomas)
    page.goto("/")
    expect(page.get_by_role("main")).to_contain_text("An engineer comes")
    expect(page.get_by_role("link", name="hands over:")).to_have_count(0)
    assert barriers(page) == []


def offered_to(page: Page, case: Case, taker: Staff) -> None:
    """Offer the case with what matters; it stays with its owner meanwhile."""
    page.goto(f"/cases/{case.reference}/hand-over/")
    assert barriers(page) == []
    page.get_by_label("To whom").select_option(str(taker.pk))
    page.locator("[name=summary]").fill(SUMMARY)
    page.locator("[name=emotion_note]").fill(MOOD)
    page.get_by_role("button", name="Offer it").click()
    expect(page.locator("[data-message]")).to_contain_text("It stays yours until they accept.")
    assert barriers(page) == []


def read_and_accepted(page: Page) -> None:
    """See the handover on My day, read it on its case, and accept it."""
    page.goto("/")
    offered = page.get_by_role("region", name="Waits for me")
    expect(offered).to_contain_text(SUMMARY)
    assert barriers(page) == []
    expect(offered).to_contain_text("Read and accept")
    offered.get_by_role("link", name="hands over:").click()
    expect(page.locator("#case")).to_be_visible()
    assert barriers(page) == []
    page.locator("#case").get_by_role("link", name="Read and accept").click()
    read = page.get_by_role("region", name="A handover")
    for said in (SUMMARY, MOOD, "An engineer comes"):
        expect(read).to_contain_text(said)
    assert barriers(page) == []
    page.get_by_role("button", name="I accept it").click()
    expect(page.locator("[data-message]")).to_contain_text("Yours now, with what was promised.")
    assert barriers(page) == []
