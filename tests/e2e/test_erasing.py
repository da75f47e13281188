"""A record is erased on its page, and its place says so afterwards, in a real browser."""

import pytest
from playwright.sync_api import Page, expect

from amends.cases.actions.closing import withdraw_case
from amends.cases.models.keeping import Keeping
from amends.contacts.models import OutgoingMail
from amends.staff.rules.permissions import Role
from tests import make
from tests.e2e.axe import barriers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def test_a_record_is_erased_and_its_place_says_so(page: Page, sign_in):
    make.organisation()
    marta = make.staff("Marta", role=Role.MANAGER)
    person = make.person("Rūta Kazlauskienė", email="ruta@post.example")
    case = make.case(make.contact(person=person), owner=marta)
    withdraw_case(case, statement="Never mind.", by=marta, at=make.NOW)
    Keeping.objects.update(past_at=make.NOW)
    OutgoingMail.objects.update(state="sent", sent_at=make.NOW)
    sign_in(marta)
    page.goto("/settings/records/")
    assert barriers(page) == []
    page.get_by_role("link", name="Erase it").click()
    expect(page.get_by_role("heading", name="What goes")).to_be_visible()
    assert barriers(page) == []
    page.get_by_label("Reference of the case, typed once more").fill(case.reference)
    page.get_by_role("button", name="Erase it for good").click()
    expect(page.get_by_text("No record is past its time.")).to_be_visible()
    for address in (f"/cases/{case.reference}/", f"/customers/{person.pk}/"):
        page.goto(address)
        expect(page.get_by_text("needed to be kept no longer")).to_be_visible()
        assert barriers(page) == []
        page.said.clear()  # type: ignore[attr-defined] # the browser notes the 410
