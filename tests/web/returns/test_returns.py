"""Returns for regulators: the numbers of a period, and each complaint in a line."""

import csv
from datetime import UTC, datetime
from decimal import Decimal
from io import StringIO

import pytest
import time_machine

from amends.cases.models.case import Case, Issue
from amends.cases.models.clocks import CaseClock
from amends.cases.models.deciding import Remedy
from amends.cases.models.promises import Promise
from amends.cases.queries import returns
from amends.cases.rules.kinds import CaseKind
from amends.staff.rules.authority import RemedyKind
from amends.staff.rules.permissions import Role
from amends.standards.actions import ship_profiles
from amends.standards.models import ClockProfile
from tests import make
from tests.cases import hard
from tests.cases.actions.seen import bar
from tests.cases.clocked import a_manager, an_agent_beside

pytestmark = pytest.mark.django_db
URL = "/returns/"
QUARTER = {"since": "2026-01-01", "until": "2026-03-31"}
KEPT = "Shown once everything in their open case is found on"


@pytest.fixture
def manager(client):
    made = a_manager()
    client.force_login(made)
    return made


@pytest.fixture
def milda(manager):
    return an_agent_beside(manager)


def on(month, day, hour=12):
    return datetime(2026, month, day, hour, tzinfo=UTC)


def changed(case, **facts):
    Case.objects.filter(pk=case.pk).update(**facts)
    case.refresh_from_db()
    return case


def complaint(milda, came, ended=None, **facts):
    case = make.case(owner=milda)
    if ended:
        over = {"state": "closed", "verdict": "yes", "next_due": "", "next_due_at": None}
        facts = {**over, "closed_at": ended, **facts}
    return changed(case, received_at=came, **facts)


def clock(case, whose, **facts):
    return CaseClock.objects.create(case=case, whose=whose, started_at=case.received_at, **facts)


def read(client, name, **days):
    answer = client.get(f"{URL}{name}.csv", {**QUARTER, **days})
    assert answer.status_code == 200
    content = b"".join(answer) if answer.streaming else answer.content
    return list(csv.reader(StringIO(content.decode("utf-8-sig"))))


def numbers(client, **days):
    return dict(read(client, "return", **days))


def lines(client, **days):
    head, *rows = read(client, "complaints", **days)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_the_numbers_of_a_period_are_counted(client, milda):
    complaint(milda, on(1, 2), on(1, 5), outcome="upheld")
    complaint(milda, on(1, 2), on(1, 20), outcome="partly-upheld")
    complaint(milda, on(1, 2), on(2, 20), outcome="not-upheld")
    complaint(milda, datetime(2025, 12, 1, tzinfo=UTC), on(3, 1))
    complaint(milda, datetime(2025, 12, 1, tzinfo=UTC), datetime(2025, 12, 31, tzinfo=UTC))
    complaint(milda, on(3, 1), on(4, 1))
    complaint(milda, on(3, 2))
    complaint(milda, on(4, 2))
    told = numbers(client)
    assert told == {
        "What": "How many",
        "First day": "2026-01-01",
        "Last day": "2026-03-31",
        "Open at the beginning": "1",
        "Received": "5",
        "Ended within three working days": "1",
        "Ended after that, within four weeks": "1",
        "Ended after that, within eight weeks": "1",
        "Ended later": "1",
        "Upheld, wholly or in part": "2",
        "Open at the end": "2",
    }
    page = client.get(URL, QUARTER).text
    for shown in ("Open at the beginning", "Ended later", "return.csv?since=2026-01-01&amp;until="):
        assert shown in page


def test_only_complaints_count_and_joined_ones_once(client, milda):
    complaint(milda, on(2, 1), kind=CaseKind.REQUEST)
    one = complaint(milda, on(2, 1))
    over = {"state": "merged", "merged_into": one, "next_due": "", "next_due_at": None}
    complaint(milda, on(2, 1), **over, closed_at=on(2, 2))
    assert numbers(client)["Received"] == "1"
    assert [line["complaint_id"] for line in lines(client)] == [one.reference]


def test_days_are_those_of_the_house(client, milda):
    complaint(milda, datetime(2025, 12, 31, 22, 30, tzinfo=UTC))
    complaint(milda, on(3, 31, hour=21))
    assert numbers(client)["Received"] == "1"
    assert lines(client)[0]["date_received"] == "2026-01-01"


def test_erased_and_barred_complaints_are_counted_and_have_no_line(client, manager, milda):
    complaint(milda, on(2, 1), on(2, 2), erased_at=on(3, 1))
    bar(complaint(milda, on(2, 1)), manager)
    assert numbers(client)["Received"] == "2"
    assert lines(client) == []


def test_money_is_summed_by_currency_once_however_it_was_given(client, milda):
    refund = {"remedy": RemedyKind.REFUND_PART, "amount": Decimal("60.10"), "currency": "EUR"}
    for facts in (refund, {**refund, "amount": Decimal("0.20")}, {**refund, "currency": "PLN"}):
        made = make.promise(make.case(owner=milda))
        done = {"kept_at": on(3, 30), "kept_evidence": "Paid"}
        Promise.objects.filter(pk=made.pk).update(**facts, **done)
    late = {"broken_at": on(3, 30), "done_late_at": on(4, 30), "kept_evidence": "Paid"}
    made = make.promise(make.case(owner=milda))
    Promise.objects.filter(pk=made.pk).update(**refund, **late)
    case = hard.written(milda)
    given = Remedy.objects.get(option__case=case, kind=RemedyKind.REFUND_PART)
    paid = {"done_at": on(3, 30), "evidence": "Paid", "promise": None}
    Remedy.objects.filter(pk=given.pk).update(**paid, amount=Decimal("100.00"))
    told = numbers(client)
    assert told["Paid in EUR"] == "160.30"
    assert told["Paid in PLN"] == "60.10"
    assert "160.30" in client.get(URL, QUARTER).text
    assert numbers(client, since="2026-04-01", until="2026-04-30")["Paid in EUR"] == "60.10"


def test_each_complaint_has_a_line_in_the_words_of_the_schema(client, milda):
    case = complaint(
        milda,
        on(2, 3),
        on(2, 9),
        relief="monetary",
        channel="letter",
        publication_consent="given",
        publication_how="letter",
        publication_at=on(2, 9),
    )
    about = {"product": "Heating", "sub_product": "Radiators", "topic": "Cold", "sub_topic": "Long"}
    case.issues.update(**about)
    Issue.objects.create(case=case, statement="And loud.", product="Water")
    promise = make.promise(make.case(owner=milda))
    clock(case, "promise", promise=promise, due_at=on(2, 6), met_at=on(2, 5), ended_at=on(2, 5))
    assert lines(client)[0] == {
        "complaint_id": case.reference,
        "date_received": "2026-02-03",
        "product": "Heating",
        "sub_product": "Radiators",
        "issue": "Cold",
        "sub_issue": "Long",
        "consumer_consent_provided": "Consent provided",
        "submitted_via": "Postal mail",
        "company_response": "Closed with monetary relief",
        "timely": "Yes",
    }


def test_the_law_tells_whether_it_was_in_time_and_an_acknowledgement_does_not(client, milda):
    ship_profiles(at=make.NOW)
    profile = ClockProfile.objects.earliest("pk")
    case = complaint(milda, on(2, 3))
    CaseClock.objects.filter(case=case).delete()
    promise = make.promise(make.case(owner=milda))
    clock(case, "promise", promise=promise, due_at=on(2, 6), met_at=on(2, 5), ended_at=on(2, 5))
    clock(case, "law", what="acknowledge", profile=profile, due_at=on(2, 4))
    assert lines(client)[0]["timely"] == "Yes"
    clock(case, "law", what="answer", profile=profile, due_at=on(2, 9))
    assert lines(client)[0]["timely"] == "No"


def test_an_open_complaint_nobody_sorted_is_in_progress(client, milda):
    complaint(milda, on(2, 3))
    line = lines(client)[0]
    assert line["product"] == line["sub_issue"] == line["timely"] == ""
    assert line["consumer_consent_provided"] == "N/A"
    assert line["submitted_via"] == "Phone"
    assert line["company_response"] == "In progress"


def test_who_decides_blind_is_not_told_how_earlier_complaints_ended(client, manager, milda):
    person = make.person("Rūta")
    earlier = complaint(milda, on(2, 3), on(2, 9), relief="monetary", person=person)
    changed(make.case(owner=manager), person=person, severity=4, received_at=on(4, 1))
    assert lines(client)[0]["company_response"] == KEPT
    changed(earlier, person=None)
    assert lines(client)[0]["company_response"] == "Closed with monetary relief"


def test_no_cell_is_run_as_a_formula(client, milda):
    complaint(milda, on(2, 3)).issues.update(product="=1+1")
    assert lines(client)[0]["product"] == "'=1+1"


def test_many_are_read_so_many_at_once_and_each_has_one_line(
    client, milda, monkeypatch, django_assert_max_num_queries
):
    made = [complaint(milda, on(2, 1 + number // 2)).reference for number in range(5)]
    monkeypatch.setattr(returns, "AT_ONCE", 2)
    with django_assert_max_num_queries(20):
        assert [line["complaint_id"] for line in lines(client)] == made


def test_the_page_asks_as_much_with_many_complaints(client, milda, django_assert_max_num_queries):
    for number in range(6):
        complaint(milda, on(2, 1), on(2, 2 + number))
    with django_assert_max_num_queries(18):
        client.get(URL, QUARTER)


@pytest.mark.usefixtures("manager")
def test_without_days_it_is_the_last_half_year(client):
    with time_machine.travel(make.NOW):
        page = client.get(URL).text
    assert 'value="2025-07-01"' in page
    assert 'value="2025-12-31"' in page


@pytest.mark.usefixtures("manager")
@pytest.mark.parametrize("name", ["", "return.csv", "complaints.csv"])
@pytest.mark.parametrize(
    "days",
    [
        {"since": "2026-04-01"},
        {"since": "0001-01-01"},
        {"until": "9999-12-31"},
        {"since": "a\x00b", "until": "٣" * 40},
        {"since": "", "until": "9" * 5000},
        {"since": "2026-02-30"},
    ],
)
def test_days_that_are_none_are_asked_for_again(client, name, days):
    answer = client.get(URL + name, {**QUARTER, **days})
    assert answer.status_code == 422
    assert "How many" not in answer.text


@pytest.mark.parametrize(
    ("role", "of_numbers", "of_lines"),
    [
        (Role.AGENT, 403, 403),
        (Role.SENIOR, 403, 403),
        (Role.MANAGER, 200, 200),
        (Role.AUDITOR, 200, 200),
        (Role.ADMINISTRATOR, 200, 403),
    ],
)
def test_who_may_read_the_journal_is_told_and_lines_only_to_who_sees_cases(
    client, role, of_numbers, of_lines
):
    make.organisation()
    client.force_login(make.staff(role=role))
    assert client.get(URL).status_code == of_numbers
    assert client.get(f"{URL}return.csv").status_code == of_numbers
    assert client.get(f"{URL}complaints.csv").status_code == of_lines
    assert ("complaints.csv" in client.get(URL).text) == (of_lines == 200)
