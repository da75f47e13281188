"""What a customer does from home: telling it, asking for another day, saying whether it is right.

The pages are read by the names of their fields, for they are in the language of the customer.
"""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from amends.cases.models.case import Case
from amends.cases.models.promises import FollowUp, Promise
from amends.cases.queries.links import link_of
from amends.cases.rules.kinds import Verdict
from amends.cases.rules.lifecycle import State
from amends.contacts.models import OutgoingMail
from amends.contacts.rules.kinds import MailKind
from amends.jobs.sweeper import sweep
from amends.staff.models import Staff
from amends.staff.rules.permissions import Role
from tests import make
from tests.e2e.axe import barriers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
STORY = "Vėl nėra karšto vandens.\nTrečią kartą šį mėnesį."
NEXT, BACK, SEND, YES = (f"button[value={go}]" for go in ("next", "back", "send", "yes"))


@pytest.fixture(autouse=True)
def owner() -> Staff:
    make.organisation(language="lt")
    inga = make.staff("Inga Ramanauskaitė", role=Role.SENIOR)
    make.team(duty_owner=inga)
    return inga


@pytest.fixture
def customer(browser: Browser, context: BrowserContext, live_server, settings, page: Page):
    """The customer's own browser, where nobody is signed in; its window is a telephone's."""
    settings.BASE_ADDRESS = live_server.url
    theirs = browser.new_context(
        base_url=live_server.url, locale="lt-LT", viewport={"width": 390, "height": 844}
    )
    yield theirs.new_page()
    theirs.close()


def opened_by_mail(customer: Page, kind: MailKind) -> OutgoingMail:
    """Open the link that stands in the last mail of `kind`, as its reader does."""
    mail = OutgoingMail.objects.filter(kind=kind).latest("pk")
    link = next(word for word in mail.text.split() if word.startswith("http"))
    customer.goto(link)
    return mail


def promised(page: Page, case: Case, what: str, *, anew: Promise | None = None) -> Promise:
    """Promise the customer of `case` something for tomorrow, and send the slip."""
    place = f"promises/{anew.pk}/anew" if anew else "promise"
    page.goto(f"/cases/{case.reference}/{place}/")
    page.locator("[name=what]").fill(what)
    page.locator("[name=when]").last.check(force=True)
    due_at = timezone.localtime() + timedelta(days=1)
    page.locator("[name=due_at]").fill(due_at.strftime("%Y-%m-%dT%H:%M"))
    page.locator("main .button.primary").click()
    expect(page.locator("#case")).to_be_visible()
    return Promise.objects.filter(case=case).latest("pk")


def told_in_lithuanian(customer: Page) -> Case:
    """Tell us what happened, losing nothing by an error, a reload and going back; send it once."""
    customer.goto("/tell-us/lt/")
    expect(customer.locator("html")).to_have_attribute("lang", "lt")
    answered(customer, wrong=True)
    customer.locator("[name=story]").fill(STORY)
    expect(customer.locator("[data-keep-state]")).to_have_attribute("data-state", "saved")
    customer.reload()
    expect(customer.locator("[name=story]")).to_have_value(STORY)
    answered(customer)
    answered(customer, wish="Noriu žinoti, kada bus šilta.", go=BACK)
    expect(customer.locator("[name=story]")).to_have_value(STORY)
    answered(customer)
    expect(customer.locator("[name=wish]")).to_have_value("Noriu žinoti, kada bus šilta.")
    answered(customer)
    answered(customer)
    answered(customer, name="Rūta Petrauskienė", email="ruta@home.example")
    assert barriers(customer) == []
    customer.locator(SEND).dblclick()
    customer.wait_for_url("**/sent/")
    return Case.objects.get()


def answered(customer: Page, *, go: str = NEXT, wrong: bool = False, **typed: str) -> None:
    """Type into the fields of a page that has no barriers, and go on."""
    assert barriers(customer) == []
    for name, text in typed.items():
        customer.locator(f"[name={name}]").fill(text)
    # The page that is left has no error either, and its fields and buttons have the same names.
    with customer.expect_navigation():
        customer.locator(go).click()
    expect(customer.locator(".error-summary")).to_have_count(int(wrong))


def test_a_complaint_in_lithuanian_and_another_day_asked_for_and_given(
    page: Page, customer: Page, sign_in, owner
):
    case = told_in_lithuanian(customer)
    expect(customer.locator("main")).to_contain_text(case.reference)
    assert barriers(customer) == []

    sign_in(owner)
    first = promised(page, case, "Meistras ateina ir bus šilta")
    opened_by_mail(customer, MailKind.PROMISE_SLIP)
    expect(customer.locator(".slip-say")).to_contain_text("Meistras ateina ir bus šilta")
    customer.locator('a[href$="/day/"]').click()
    customer.locator("[name=wished_on]").fill("2031-02-03")
    answered(customer, go=YES, wished_at="12:30", words="Tą dieną dirbu.")

    page.goto(f"/cases/{case.reference}/")
    expect(page.locator("#case")).to_contain_text("Tą dieną dirbu.")
    second = promised(page, case, "Meistras ateina vasarį", anew=first)
    customer.goto(link_of(case))
    customer.locator('a[href$="/yes/"]').click()
    answered(customer, go=YES)
    expect(customer.locator(".state--saved")).to_be_visible()
    second.refresh_from_db()
    assert second.state == "agreed"


def test_no_it_is_not_put_right_brings_a_person_back_at_once(
    page: Page, customer: Page, sign_in, owner
):
    ruta = make.person("Rūta Petrauskienė", email="ruta@home.example")
    question = make.kept(make.case(make.contact(person=ruta), owner=owner))
    sweep(timezone.now())
    opened_by_mail(customer, MailKind.PUT_RIGHT)
    assert barriers(customer) == []
    question.refresh_from_db()
    assert question.answered_at is None
    customer.locator('a[href$="/put-right/no/"]').click()
    answered(customer, go=YES, words="Vėl šalta.")
    expect(customer.locator(".state--saved")).to_be_visible()
    assert barriers(customer) == []

    asked = FollowUp.objects.select_related("case").get(pk=question.pk)
    assert asked.verdict == Verdict.NO
    assert asked.case.state == State.INVESTIGATING
    sign_in(owner)
    page.goto("/inbox/")
    expect(page.get_by_role("main")).to_contain_text("Call back at once")
    page.goto(f"/cases/{asked.case.reference}/")
    expect(page.locator("#case")).to_contain_text("Vėl šalta.")


def test_a_promise_that_broke_is_said_first_and_promised_anew(
    page: Page, customer: Page, sign_in, owner
):
    ruta = make.person("Rūta Petrauskienė", email="ruta@home.example")
    case = make.case(make.contact(person=ruta), owner=owner)
    broken = make.promise(case, accepted=True)
    sweep(timezone.now())
    customer.goto(link_of(case))
    expect(customer.locator(".slip--late")).to_be_visible()
    assert barriers(customer) == []

    sign_in(owner)
    page.goto(f"/cases/{case.reference}/")
    expect(page.locator("#case")).to_contain_text("say sorry first", ignore_case=True)
    page.goto(f"/cases/{case.reference}/promises/{broken.pk}/sorry/")
    assert barriers(page) == []
    page.locator("[name=said][value=send]").check(force=True)
    page.locator("main .button.primary").click()
    expect(page.locator("#case")).to_be_visible()
    opened_by_mail(customer, MailKind.PROMISE_BROKEN)

    promised(page, case, "I come myself", anew=broken)
    mail = opened_by_mail(customer, MailKind.PROMISE_SLIP)
    assert "I come myself" in mail.text
    expect(customer.locator(".slip-say")).to_contain_text("I come myself")
    customer.locator('a[href$="/yes/"]').click()
    customer.locator(YES).click()
    expect(customer.locator(".trace")).to_contain_text("I come myself")
    assert barriers(customer) == []


def test_a_customer_without_scripts_or_cookies_is_served_as_well(
    browser: Browser, live_server, socket_enabled
):
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, viewport={"width": 390, "height": 844}
    )
    plain = context.new_page()
    plain.goto("/tell-us/ru/")
    plain.locator("[name=story]").fill("Снова холодно.")
    for _ in range(3):
        context.clear_cookies()
        plain.locator(NEXT).click()
    plain.locator("[name=unreachable]").check()
    plain.locator(NEXT).click()
    plain.locator(SEND).click()
    case = Case.objects.get()
    expect(plain.locator("main")).to_contain_text(case.reference)
    assert case.person is None
    context.close()
