"""Erasing a record on its page: what goes and stays is said first, and what is left afterwards."""

import pytest
from django.urls import reverse
from django.utils import timezone

from amends.cases.actions.closing import withdraw_case
from amends.cases.models.case import Case
from amends.cases.models.keeping import Keeping
from amends.contacts.models import OutgoingMail
from amends.staff.rules.permissions import Role
from tests import make

pytestmark = pytest.mark.django_db
RECORDS = "/settings/records/"


@pytest.fixture
def manager(client):
    staff = make.staff("Marta", role=Role.MANAGER)
    client.force_login(staff)
    return staff


def ended(manager, person):
    case = make.case(make.contact(person=person), owner=manager)
    withdraw_case(case, statement="Never mind.", by=manager, at=make.NOW)
    return case


@pytest.fixture
def ruta():
    return make.person("Rūta Kazlauskienė", email="ruta@post.example")


@pytest.fixture
def case(manager, ruta):
    made = ended(manager, ruta)
    Keeping.objects.update(past_at=timezone.now())
    OutgoingMail.objects.update(state="sent", sent_at=make.NOW)
    return made


def url(case):
    return reverse("settings-records-erase", args=[case.reference])


def test_what_goes_and_what_stays_is_said_before(client, case, manager, ruta):
    assert url(case) in client.get(RECORDS).text
    page = client.get(url(case)).text
    assert "Nothing brings it back." in page
    assert "because we have nothing else of them: Rūta Kazlauskienė" in page
    ended(manager, ruta)
    page = client.get(url(case)).text
    assert "Whom we know from elsewhere: Rūta Kazlauskienė" in page


@pytest.mark.parametrize("typed", ["C-222-2222", "", "a\x00b", "9" * 5000, "<b>", "\u202e😡"])
def test_what_is_not_its_reference_erases_nothing(client, case, typed):
    refused = client.post(url(case), {"reference": typed})
    assert refused.status_code == 422
    assert "This is not the reference of this case." in refused.text or typed != "C-222-2222"
    assert not Case.objects.filter(erased_at__isnull=False).exists()


def test_what_was_erased_is_gone_from_every_page_and_says_so_on_its_own(client, case, ruta):
    assert client.post(url(case), {"reference": case.reference.lower()})["Location"] == RECORDS
    assert "No record is past its time" in client.get(RECORDS).text
    gone = client.get(reverse("case", args=[case.reference]))
    assert gone.status_code == 410
    assert "was erased by Marta" in gone.text
    assert client.get(reverse("case-clocks", args=[case.reference])).status_code == 404
    gone = client.get(reverse("customer", args=[ruta.pk]))
    assert gone.status_code == 410
    assert "We knew somebody here." in gone.text
    assert client.get(reverse("customer", args=[ruta.pk + 99])).status_code == 404
    assert client.get(url(case)).status_code == 404


def test_what_stands_against_it_is_said_instead(client, case):
    Keeping.objects.update(past_at=None)
    page = client.get(url(case)).text
    assert "Its time has not passed yet." in page
    assert "Erase it for good" not in page
    refused = client.post(url(case), {"reference": case.reference})
    assert refused.status_code == 422


def test_only_who_leads_may_look(client, case):
    client.force_login(make.staff("Olga"))
    assert client.get(url(case)).status_code == 403
