from datetime import timedelta

import pytest
from icalendar import Calendar

from amends.journal.models import Entry
from amends.staff.actions.authorise import NotAllowed
from amends.staff.actions.calendar import replace_calendar_address
from amends.staff.queries import calendar_token
from amends.staff.rules.permissions import Role
from tests import make
from tests.cases.actions.seen import bar

pytestmark = pytest.mark.django_db
PAGE = "/promises/calendar/"


@pytest.fixture
def milda(client):
    make.organisation()
    made = make.staff("Milda Jankauskaitė", language="en")
    client.force_login(made)
    return made


@pytest.fixture
def stranger(milda):
    """Return a program that nobody signed in, and the address that it was given."""
    replace_calendar_address(by=milda, at=make.NOW)
    return f"{PAGE}{calendar_token(milda)}.ics"


def a_promise(milda, what="An engineer comes; then it is warm, again"):
    case = make.case(make.contact(person=make.person("Rūta Petrauskienė")), owner=milda)
    return make.promise(case, make.offer(what, due_at=make.NOW + timedelta(days=2)))


def unfolded(answer):
    assert answer.status_code == 200
    return answer.content.decode().replace("\r\n ", "")


def test_the_address_is_made_and_replaced(client, milda, settings):
    assert "Make an address" in client.get(PAGE).text
    client.post(PAGE)
    milda.refresh_from_db()
    first = calendar_token(milda)
    assert f"/promises/calendar/{first}.ics" in client.get(PAGE).text
    client.post(PAGE)
    assert client.get(f"{PAGE}{first}.ics").status_code == 404
    assert Entry.objects.filter(kind__icontains="calendar").count() == 2


def test_a_program_reads_promises_and_what_is_due_and_no_name(client, milda, stranger):
    promise = a_promise(milda)
    client.logout()
    answer = client.get(stranger)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    text = unfolded(answer)
    assert (
        f"SUMMARY:{promise.case.reference}: An engineer comes\\; then it is warm\\, again" in text
    )
    assert "DTSTART:20260329T150000Z" in text
    assert f"URL:http://testserver/cases/{promise.case.reference}/" in text
    assert "Petrauskien" not in text
    assert f"case-{promise.case_id}@" not in text


def test_a_calendar_program_reads_each_moment_as_it_was_said(client, milda, stranger):
    what = "Ištirsime, kodėl šalta; paskambinsime: „taip“, \\ ar ne, ir tai ilga eilutė Жалоба " * 2
    first, second = a_promise(milda, what.strip()), a_promise(milda)
    read = Calendar.from_ical(client.get(stranger).content)
    assert read.errors == []
    assert (str(read["VERSION"]), str(read["METHOD"])) == ("2.0", "PUBLISH")
    events = {str(event.uid): event for event in read.events}
    assert set(events) == {f"promise-{each.pk}@testserver" for each in (first, second)}
    for promise in (first, second):
        event = events[f"promise-{promise.pk}@testserver"]
        assert event.errors == []
        assert event.start == promise.due_at
        assert str(event["SUMMARY"]) == f"{promise.case.reference}: {promise.what}"
        assert str(event["URL"]).endswith(f"/cases/{promise.case.reference}/")


def test_a_case_that_is_due_by_another_step_is_there_by_that(client, milda, stranger):
    case = make.case(owner=milda)
    text = unfolded(client.get(stranger))
    assert f"UID:case-{case.pk}@testserver" in text
    assert "\r\nSUMMARY:" in text


def test_of_others_and_of_what_they_may_not_see_nothing_is_there(client, milda, stranger):
    make.case(owner=make.staff("Ona"))
    bar(a_promise(milda).case, milda)
    assert "BEGIN:VEVENT" not in unfolded(client.get(stranger))


def test_what_is_no_address_of_ours_leads_nowhere(client, milda, stranger):
    for wrong in ("x", "1.a:b", stranger[len(PAGE) : -5], "%00", "٣"):
        assert client.get(f"{PAGE}{wrong}.ics").status_code == 404


def test_who_left_reads_nothing_more(client, milda, stranger):
    milda.is_active = False
    milda.save()
    assert client.get(stranger).status_code == 404


def test_whose_work_is_no_longer_on_cases_reads_nothing_more(client, milda, stranger):
    milda.role = Role.EMPLOYEE
    milda.save()
    assert client.get(stranger).status_code == 404
    with pytest.raises(NotAllowed):
        replace_calendar_address(by=milda, at=make.NOW)


def test_it_is_found_from_the_promises_and_the_profile(client, milda):
    assert PAGE in client.get("/promises/").text
    assert PAGE in client.get("/profile/").text
