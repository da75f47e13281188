"""What is printed: the slip on paper of its own size, the case without what only a screen needs."""

import re

import pytest
from playwright.sync_api import Page, expect

from amends.cases.queries.links import token_of
from amends.staff.rules.permissions import Role
from tests import make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
A6 = b"[0 0 298"


@pytest.fixture
def promise(sign_in):
    make.organisation()
    inga = make.staff("Inga Ramanauskaitė")
    make.team(duty_owner=make.staff(role=Role.SENIOR), members=(inga,))
    sign_in(inga)
    return make.promise(make.case(make.contact(person=make.person()), owner=inga))


def test_a_promise_slip_is_one_page_of_a6(page: Page, promise):
    token = token_of(promise.case)
    for path in (f"/slips/{promise.pk}/", f"/c/en/{token}/promise/{promise.pk}/"):
        page.goto(path)
        sizes = re.findall(rb"/MediaBox (\[[^\]]+\])", page.pdf(prefer_css_page_size=True))
        assert [size.startswith(A6) for size in sizes] == [True]


def test_a_case_is_printed_without_what_only_a_screen_needs(page: Page, promise):
    page.goto(f"/cases/{promise.case.reference}/")
    page.emulate_media(media="print")
    expect(page.locator(".words").first).to_be_visible()
    expect(page.locator(".slip").first).to_be_visible()
    for gone in (".rail", ".top", "#composer", "#next .button"):
        expect(page.locator(gone).first).to_be_hidden()
