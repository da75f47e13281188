"""By when the customer asks for it, read in their words, is taken over with one click."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from amends.coach.actions import read_contact
from amends.contacts.models import AskedBy
from tests import make

pytestmark = pytest.mark.django_db
LETTER = "I have no hot water since Monday. Please repair it within 5 days."


@pytest.fixture
def milda(client):
    staff = make.staff("Milda")
    client.force_login(staff)
    return staff


@pytest.fixture
def case(milda):
    wrote = make.contact(LETTER, person=make.person(), ended_at=timezone.now())
    case = make.case(wrote, owner=milda)
    read_contact(wrote, case=case, at=timezone.now())
    return case


def address(case, name="case"):
    return reverse(name, args=[case.reference])


def test_what_they_ask_for_is_offered_with_their_words(client, case):
    page = client.get(address(case)).text
    assert "They ask for it by" in page
    assert "within 5 days" in page


def test_one_click_takes_it_over_and_one_takes_it_back(client, case):
    answer = client.post(address(case, "case-needed-by"), follow=True)
    case.refresh_from_db()
    five_days = timezone.localdate() + timedelta(days=5)
    assert timezone.localtime(case.need_by).date() == five_days
    assert case.need_reason == "within 5 days"
    assert "Take it as needed by then" not in answer.text
    assert address(case, "case-needed-by-undo") in answer.text

    answer = client.post(address(case, "case-needed-by-undo"), follow=True)
    case.refresh_from_db()
    assert case.need_by is None
    assert "Take it as needed by then" in answer.text


def test_what_is_over_is_offered_no_more(client, case):
    AskedBy.objects.update(until=timezone.now() - timedelta(hours=1))
    assert "They ask for it by" not in client.get(address(case)).text
    answer = client.post(address(case, "case-needed-by"), follow=True)
    assert "They ask for no day any more" in answer.text


def test_who_may_not_work_on_the_case_takes_nothing_over(client, case):
    client.force_login(make.staff("Olga"))
    assert "Take it as needed by then" not in client.get(address(case)).text
    client.post(address(case, "case-needed-by"))
    case.refresh_from_db()
    assert case.need_by is None


def test_words_that_mean_no_day_are_offered_as_none(milda):
    wrote = make.contact("Please repair it before my wedding.", person=make.person())
    case = make.case(wrote, owner=milda)
    read_contact(wrote, case=case, at=timezone.now())
    assert not AskedBy.objects.exists()


def test_read_again_it_is_kept_once_and_forgotten_with_the_words(case):
    contact = AskedBy.objects.get().contact
    read_contact(contact, case=case, at=timezone.now())
    assert str(AskedBy.objects.get()) == f"#{contact.pk}"
