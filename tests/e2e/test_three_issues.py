"""Three things complained of in one case: each found on, and one letter that answers all three."""

import re

import pytest
from playwright.sync_api import Page, expect

from amends.cases.models.case import Case
from amends.cases.models.deciding import FinalResponse
from amends.cases.rules.lifecycle import State
from amends.staff.models import Organisation, Staff
from amends.staff.rules.permissions import Role
from tests import make
from tests.cases import hard
from tests.e2e.axe import barriers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
COLD = "It was cold for two days."
CALLS = "Nobody called back."
BILL = "The bill was too high."
FOUND = {
    COLD: ("The pump stood still for two days.", "upheld", "Our own log shows it."),
    CALLS: ("Two of three calls were answered.", "partly-upheld", "The third call was lost."),
    BILL: ("The meter was read rightly.", "not-upheld", "Both readings are the same."),
}


@pytest.fixture
def inga(sign_in) -> Staff:
    make.organisation()
    Organisation.objects.update(
        outside_body={"en": "State consumer office, Vilniaus 25, Vilnius, within a year"}
    )
    staff = make.staff("Inga Ramanauskaitė")
    make.team(duty_owner=make.staff(role=Role.SENIOR), members=(staff,))
    hard.may_give_anything()
    sign_in(staff)
    return staff


@pytest.fixture
def case(inga: Staff) -> Case:
    """A grave case that is looked into, with the first of the three things complained of."""
    looked_into = hard.investigated(inga)
    looked_into.issues.update(statement=COLD)
    hard.evidence(looked_into)
    return looked_into


@pytest.mark.requirement("S4-40", "S0-15")
def test_three_things_are_found_on_and_answered_in_one_letter(page: Page, case: Case):
    page.goto(f"/cases/{case.reference}/investigation/")
    expect(page.locator("#next")).to_contain_text("has no finding")
    assert barriers(page) == []
    for statement in (CALLS, BILL):
        write_down(page, statement)
    for number, statement in enumerate(FOUND):
        find_on(page, number, statement)
    expect(page.locator("#issues .card")).to_have_count(3)
    two_ways(page)
    proposed_and_heard(page)
    decided(page)
    case.refresh_from_db()
    assert case.state == State.DECIDED
    letter = FinalResponse.objects.get(decision__case=case).text
    heads = [letter.index(each.upper()) for each in FOUND]
    assert heads == sorted(heads)
    for happened, _validity, why in FOUND.values():
        assert happened in letter
        assert why in letter
    for found in ("You are right.", "You are right in part.", "We see it differently"):
        assert found in letter


def write_down(page: Page, statement: str) -> None:
    """Add one more thing complained of."""
    page.locator("#issues").get_by_role("link", name="One more thing").click()
    page.locator("#act [name=statement]").fill(statement)
    keep(page)
    expect(page.locator("#issues")).to_contain_text(statement)


def find_on(page: Page, number: int, statement: str) -> None:
    """Write down what was found on one of them, which expectation it broke, and why."""
    happened, validity, why = FOUND[statement]
    card = page.locator("#issues .card").nth(number)
    expect(card).to_contain_text(statement)
    card.get_by_role("link", name="What was found").click()
    act = page.locator("#act")
    expect(act).to_contain_text(statement)
    act.locator("[name=what_happened]").fill(happened)
    act.locator("[name=should_have_happened]").fill("It is warm, we call, and the bill is right.")
    act.locator("[name=validity]").select_option(validity)
    act.locator("[name=reasons]").fill(why)
    act.locator("[name=broken][value=care]").check(force=True)
    if not number:
        assert barriers(page) == []
    keep(page)
    expect(page.locator("#issues .card").nth(number)).to_contain_text(why)


def two_ways(page: Page) -> None:
    """Weigh two ways beside each other; the first gives something."""
    for what, cost in (("We mend the pump", "60"), ("We only explain", "0")):
        page.locator("#options").get_by_role("link", name="One more way").click()
        page.locator("#act [name=what]").fill(what)
        page.locator("#act [name=cost]").fill(cost)
        keep(page)
        expect(page.locator("#options")).to_contain_text(what)
    first = page.locator("#options article").first
    first.get_by_role("link", name="What it gives").click()
    act = page.locator("#act")
    act.locator("[name=kind]").select_option("apology")
    act.locator("[name=what]").fill("A written apology")
    keep(page)
    expect(first).to_contain_text("A written apology")
    assert barriers(page) == []


def proposed_and_heard(page: Page) -> None:
    first = page.locator("#options article").first
    first.get_by_role("link", name="Put it to the customer").click()
    keep(page)
    expect(page.locator("#decision")).to_contain_text("They were not heard on it yet.")
    page.locator("#next").get_by_role("link", name="What they say to it").click()
    page.locator("#act [name=words]").fill("Good, if the pump holds.")
    page.locator("#act [name=how][value=telephone]").check(force=True)
    keep(page)
    expect(page.locator("#decision")).to_contain_text("Good, if the pump holds.")


def decided(page: Page) -> None:
    """Write what only a person can write, read the letter, and send it."""
    page.locator("#next").get_by_role("link", name="Write the decision").click()
    act = page.locator("#act")
    act.locator("[name=apology]").fill("We are sorry that you were cold.")
    act.locator("[name=reasons]").fill("Two of three things were for us to see to.")
    act.locator("[name=changes]").fill("The engineer on duty calls back within the hour.")
    keep(page)
    expect(page.locator("#decision .letter")).to_contain_text("You are right in part.")
    assert barriers(page) == []
    page.locator("#next").get_by_role("link", name="Decide, and tell them").click()
    expect(page.locator("#act")).not_to_contain_text("Not yet")
    keep(page)
    expect(page.locator("#decision")).to_contain_text(re.compile("Final response, version 1"))
    assert barriers(page) == []


def keep(page: Page) -> None:
    page.locator("#act button.primary").click()
    expect(page.locator("#act form")).to_have_count(0)
