"""The remarks on a reply: shown at a pause, fixed or left with a key, and never in the way."""

import pytest
from playwright.sync_api import Page, expect

from amends.contacts.models import OutgoingMail
from amends.staff.models import Staff
from amends.staff.rules.permissions import Role
from tests import make
from tests.e2e.axe import barriers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
RUDE = "Dear Ms Petrauskienė,\n\nyou are an idiot. We come on Tuesday."


# Sending waits two seconds for advice. Here it waits as long as a busy machine takes to give it.
PATIENT = "AbortSignal.timeout = () => new AbortController().signal"


@pytest.fixture
def case(page: Page, sign_in):
    page.add_init_script(PATIENT)
    make.organisation()
    milda = make.staff("Milda Jankauskaitė")
    grace = make.staff("Grace Okafor", role=Role.SENIOR)
    make.team(duty_owner=grace, members=(milda,))
    ruta = make.person("Rūta Petrauskienė", email="ruta@post.example")
    sign_in(milda)
    return make.case(make.contact(person=ruta), owner=milda)


def test_a_remark_is_read_fixed_and_left(page: Page, case):
    page.goto(f"/cases/{case.reference}/reply/")
    text = page.get_by_label("Reply", exact=True)
    text.fill("Dear Ms Petrauskienė,\n\nIt is your own fault. An engineer comes on Tuesday.")
    remarks = page.get_by_role("list", name="Remarks on your text")
    expect(remarks).to_contain_text("This blames them")
    assert barriers(page) == []
    blame = remarks.get_by_role("listitem").filter(has_text="This blames them")
    blame.get_by_role("button", name="Fix").press("Enter")
    expect(remarks).not_to_contain_text("This blames them")
    assert "own fault" not in text.input_value()
    assert "An engineer comes on Tuesday." in text.input_value()
    thanks = remarks.get_by_role("listitem").first
    code = thanks.get_attribute("data-remark")
    thanks.get_by_role("button", name="Leave it").press("Enter")
    expect(page.locator(f"[data-remark={code}]")).to_have_count(0)
    expect(text).to_be_focused()
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("[data-message]")).to_contain_text("Sent.")


def test_grave_words_stop_the_sending_once(page: Page, case):
    page.goto(f"/cases/{case.reference}/reply/")
    page.get_by_label("Reply", exact=True).fill("Calm down, please. We come on Tuesday.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("[data-message]")).to_contain_text("Not sent yet")
    assert not OutgoingMail.objects.filter(text__contains="Calm down").exists()
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("[data-message]")).to_contain_text("Sent.")
    assert OutgoingMail.objects.filter(text__contains="Calm down").exists()


def test_words_that_hurt_wait_for_a_senior(page: Page, case, sign_in):
    page.goto(f"/cases/{case.reference}/reply/")
    page.get_by_label("Reply", exact=True).fill(RUDE)
    page.get_by_role("button", name="Ask a senior").click()
    expect(page.locator("[data-message]")).to_contain_text("A senior is asked")
    expect(page.get_by_label("Reply", exact=True)).to_have_value(RUDE)
    sign_in(Staff.objects.get(name="Grace Okafor"))
    page.goto("/help/")
    page.get_by_role("link", name="Read the reply").click()
    assert barriers(page) == []
    page.get_by_label("is to be said otherwise").check()
    page.get_by_label("Your word to the colleague").fill("Say what we do on Tuesday.")
    page.get_by_role("button", name="Say so").click()
    expect(page.locator("[data-message]")).to_contain_text("Your colleague is told.")
