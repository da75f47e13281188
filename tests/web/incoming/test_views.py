from datetime import timedelta

import pytest
from django.utils import timezone

from amends.contacts.actions.arrivals import Fate, Incoming, note_fate, store_arrival
from amends.contacts.models import Arrival
from amends.contacts.queries.arrivals import arrivals_by_day
from amends.contacts.rules.kinds import ArrivalState
from amends.contacts.rules.messages import Automatic, Problem
from amends.staff.rules.permissions import Role
from amends.web.incoming.reasons import REASONS
from amends.web.incoming.views import PAGE
from tests import make

pytestmark = pytest.mark.django_db
URL = "/incoming-mail/"


@pytest.fixture
def agent(client):
    make.organisation()
    made = make.staff("Grace")
    client.force_login(made)
    return made


def held(number=1, state=ArrivalState.HELD, reason="no-sender") -> Arrival:
    incoming = Incoming(source="file", key=str(number), raw=b"x", name=f"{number}.eml")
    arrival, _new = store_arrival(incoming, at=make.NOW)
    return note_fate(arrival, fate=Fate(state=state, reason=reason, subject="Cold"), at=make.NOW)


def test_what_was_not_filed_is_shown_with_its_reason(client, agent):
    held()
    held(2, ArrivalState.FAILED, "KeyError")
    held(3, ArrivalState.FILED, "")
    page = client.get(URL).content.decode()
    assert "It names no sender whom one could answer." in page
    assert "KeyError" in page
    assert "3.eml" not in page


def test_an_empty_page_says_what_would_be_here(client, agent):
    assert "Everything that arrived is filed" in client.get(URL).content.decode()


def test_the_list_goes_on(client, agent):
    for number in range(PAGE + 1):
        held(number)
    first = client.get(URL)
    assert len(first.context["rows"]) == PAGE
    second = client.get(first.context["further"])
    assert [row.name for row in second.context["rows"]] == ["0.eml"]


def test_the_figures_of_a_day_add_up(client, agent):
    today = timezone.now()
    for key, days_ago in enumerate((0, 0, 0, 0, 1, 8)):
        incoming = Incoming(source="file", key=str(key), raw=b"x")
        store_arrival(incoming, at=today - timedelta(days=days_ago))
    for key, state in enumerate((ArrivalState.FILED, ArrivalState.HELD, ArrivalState.FAILED)):
        fate = Fate(state=state, reason="why")
        note_fate(Arrival.objects.get(key=str(key)), fate=fate, at=today)
    days = client.get(URL).context["days"]
    assert [(day.arrived, day.became) for day in days] == [
        (4, [1, 0, 0, 1, 1, 1]),
        (1, [0, 0, 0, 0, 0, 1]),
    ]
    assert all(day.arrived == sum(day.became) for day in days)
    assert arrivals_by_day(make.staff(role=Role.EMPLOYEE), make.NOW) == {}


def test_it_can_be_read_again(client, agent):
    arrival = held()
    assert client.post(f"{URL}{arrival.pk}/again/").status_code == 302
    arrival.refresh_from_db()
    assert arrival.state == ArrivalState.WAITING
    assert client.post(f"{URL}999/again/").status_code == 404


def test_who_sees_no_cases_does_not_see_it(client, agent):
    client.force_login(make.staff(role=Role.EMPLOYEE))
    assert client.get(URL).status_code in {403, 404}


def test_every_reason_has_its_words():
    spoken = {
        *Automatic,
        Problem.NOT_A_MESSAGE,
        Problem.EMPTY,
        Problem.TOO_LARGE,
        Problem.NO_SENDER,
    }
    ours = {"from-us", "spam", "by-colleague", "passed-on"}
    assert {str(each) for each in spoken} | ours == set(REASONS)


def test_spam_is_filed_by_one_click_or_together(client, agent):
    one, two, other = held(1, reason="spam"), held(2, reason="spam"), held(3)
    page = client.get(URL).text
    assert page.count('form="wanted"') == 4
    answer = client.post(f"{URL}wanted/", {"pk": [one.pk, two.pk, other.pk]}, follow=True)
    assert "2 mails are filed within minutes." in answer.text
    states = Arrival.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["waiting", "waiting", "held"]
    assert 'form="wanted"' not in client.get(URL).text


def test_nothing_ticked_files_nothing(client, agent):
    held(1, reason="spam")
    answer = client.post(f"{URL}wanted/", {"pk": ["x"]}, follow=True)
    assert "Tick what is wanted first." in answer.text


def test_a_reader_files_nothing(client, agent):
    client.force_login(make.staff(role=Role.AUDITOR))
    assert client.post(f"{URL}wanted/", {"pk": ["1"]}).status_code == 403
