"""What a customer answers from home: another remedy, another person, somebody outside, a rating.

Each page on the way is looked at on a small telephone and on a wide screen.
"""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from amends.cases.actions.follow_up import Answer, answer_put_right
from amends.cases.models.case import Case
from amends.cases.models.deciding import Proposal
from amends.cases.models.read_back import Rating
from amends.cases.models.turns import InternalReview
from amends.cases.queries.links import holder_of, link_of
from amends.cases.queries.own_cases import own_cases_link
from amends.cases.rules.kinds import How, Verdict
from amends.cases.rules.lifecycle import State
from amends.contacts.models import OutgoingMail
from amends.staff.models import Staff
from amends.staff.rules.permissions import Role
from tests import make
from tests.cases import hard
from tests.e2e.axe import barriers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
YES = "button[value=yes]"


@pytest.fixture(autouse=True)
def owner() -> Staff:
    make.organisation()
    inga = make.staff("Inga Ramanauskaitė")
    make.team(duty_owner=make.staff("Asta Duty", role=Role.SENIOR), members=(inga,))
    return inga


@pytest.fixture
def customer(browser: Browser, context: BrowserContext, live_server, settings, page: Page):
    """The customer's own browser, where nobody is signed in."""
    settings.BASE_ADDRESS = live_server.url
    theirs = browser.new_context(base_url=live_server.url, locale="en-GB")
    yield theirs.new_page()
    theirs.close()


def fits(customer: Page) -> None:
    """See that a page has no barriers and no part beyond its edge, narrow and wide."""
    for width in (320, 1024):
        customer.set_viewport_size({"width": width, "height": 800})
        assert barriers(customer) == []
        beyond = customer.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert beyond <= 0


def opened(customer: Page, case: Case, act: str) -> None:
    """Open the page of `case`, and from it the page of an act."""
    customer.goto(link_of(case))
    fits(customer)
    customer.locator(f'main a[href$="/{act}/"]').first.click()
    customer.wait_for_url(f"**/{act}/")
    fits(customer)


def answered(customer: Page, **typed: str) -> None:
    for name, text in typed.items():
        customer.locator(f"[name={name}]").fill(text)
    customer.locator(YES).click()
    expect(customer.locator(".state--saved")).to_be_visible()
    fits(customer)


def case_of(owner: Staff) -> Case:
    ruta = make.person("Rūta Petrauskienė", email="ruta@home.example")
    return make.case(make.contact(person=ruta), owner=owner)


def test_something_else_would_put_it_right(page: Page, customer: Page, sign_in, owner):
    proposal = hard.proposed(owner)
    opened(customer, proposal.case, "proposal/instead")
    answered(customer, words="A new pump, and nobody calls me at work.")
    assert Proposal.objects.get(pk=proposal.pk).value_confirmed is False
    sign_in(owner)
    page.goto(f"/cases/{proposal.case.reference}/")
    expect(page.locator("#case")).to_contain_text("A new pump, and nobody calls me at work.")

    page.locator('a[href*="/as-customer/"]').click()
    expect(page.locator(".onlooker")).to_contain_text("This is what")
    expect(page.locator("#proposal-title")).to_be_visible()
    assert barriers(page) == []
    before = page.url
    page.locator("main a[aria-disabled]").first.click(force=True)
    assert page.url == before


def test_the_letter_is_read_and_another_person_looks_at_it(customer: Page, owner):
    case = hard.decided(owner).decision.case
    opened(customer, case, "letter")
    expect(customer.locator(".letter-page")).to_contain_text(hard.SAID.reasons)
    opened(customer, case, "another-look")
    answered(customer, words="Nobody asked my neighbour.")
    reviewer = InternalReview.objects.get().reviewer
    assert reviewer != owner
    expect(customer.locator(".standing")).to_contain_text(reviewer.name)


def test_somebody_outside_looks_at_it(customer: Page, owner):
    case = hard.decided(owner).decision.case
    customer.goto(link_of(case))
    customer.locator("details.more > summary").click()
    fits(customer)
    customer.locator('main a[href$="/outside/"]').click()
    customer.wait_for_url("**/outside/")
    fits(customer)
    answered(customer, name="The consumer office", reference="7/26", words="I asked them.")
    expect(customer.locator(".standing")).to_contain_text("The consumer office")
    assert Case.objects.get(pk=case.pk).state == State.EXTERNAL


def test_it_is_taken_back_by_the_keyboard_alone(customer: Page, owner):
    case = case_of(owner)
    customer.goto(link_of(case))
    for _ in range(40):
        customer.keyboard.press("Tab")
        if customer.evaluate("document.activeElement.href ?? ''").endswith("/take-back/"):
            break
    customer.keyboard.press("Enter")
    customer.wait_for_url("**/take-back/")
    fits(customer)
    for _ in range(40):
        customer.keyboard.press("Tab")
        if customer.evaluate("document.activeElement.name ?? ''") == "words":
            break
    customer.keyboard.type("It was my own tap.")
    customer.keyboard.press("Tab")
    customer.keyboard.press("Enter")
    expect(customer.locator(".state--saved")).to_be_visible()
    assert Case.objects.get(pk=case.pk).state == State.WITHDRAWN


def test_how_it_was_dealt_with_is_said_and_said_anew(customer: Page, owner):
    question = make.kept(case_of(owner))
    answer = Answer(verdict=Verdict.PARTLY, how=How.TELEPHONE)
    at = timezone.now() - timedelta(hours=1)
    answer_put_right(question, answer=answer, by=holder_of(question.case), at=at)
    opened(customer, question.case, "rating")
    customer.locator("[value=partly]").check(force=True)
    answered(customer, words="Kind, but slow.")
    expect(customer.locator("main")).to_contain_text("Kind, but slow.")
    opened(customer, question.case, "rating")
    expect(customer.locator("[value=partly]")).to_be_checked()
    customer.locator("[value=satisfied]").check(force=True)
    answered(customer)
    assert Rating.objects.get().satisfaction == "satisfied"


def test_all_their_cases_stand_behind_a_link_of_their_own(customer: Page, owner):
    case = case_of(owner)
    make.withdrawn(make.case(make.contact(person=case.person), owner=owner))
    opened(customer, case, "all")
    answered(customer)
    assert case.person
    link = own_cases_link(case.person, at=timezone.now())
    assert link in OutgoingMail.objects.latest("pk").text
    customer.goto(link)
    fits(customer)
    expect(customer.locator(".own-case")).to_have_count(2)
    customer.locator(".own-case a").first.click()
    expect(customer.locator("main")).to_contain_text(case.reference)
