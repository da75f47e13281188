import hashlib
from datetime import timedelta

import pytest

from amends.base.files import path_of
from amends.contacts.actions.arrivals import (
    Fate,
    Incoming,
    ReadAlready,
    note_fate,
    read_again,
    release_spam,
    store_arrival,
    store_arrivals,
)
from amends.contacts.channels.email.arrived import mail_of
from amends.contacts.models import Arrival
from amends.contacts.queries.arrivals import arrivals_for, arrivals_left_behind, raw_of
from amends.contacts.rules.arriving import LARGEST_IN_DATABASE
from amends.contacts.rules.kinds import ArrivalState
from amends.journal.models import Entry
from amends.staff.actions.authorise import NotAllowed
from amends.staff.rules.permissions import Role
from tests import make
from tests.contacts.channels.email.messages import mail
from tests.make import NOW

pytestmark = pytest.mark.django_db
RAW = b"Subject: cold\r\n\r\nIt is cold.\x00\xff"


def arrive(raw=RAW, key="1", **more) -> Arrival:
    arrival, _new = store_arrival(Incoming(source="file", key=key, raw=raw, **more), at=NOW)
    return arrival


def note(arrival, state, reason=""):
    return note_fate(arrival, fate=Fate(state=state, reason=reason), at=NOW)


def test_what_arrives_is_kept_byte_for_byte():
    arrival = arrive(name="one.eml", as_history=True)
    stands = Arrival.objects.get()
    assert raw_of(stands) == RAW
    assert raw_of(stands, most_bytes=7) == b"Subject"
    assert (stands.sha256, stands.size_bytes) == (hashlib.sha256(RAW).hexdigest(), len(RAW))
    assert (stands.name, stands.as_history, stands.state) == ("one.eml", True, "waiting")
    entry = Entry.objects.get(kind="ArrivalStored")
    assert entry.facts == {"arrival_id": arrival.pk, "size_bytes": len(RAW)}


def test_what_is_large_lies_in_file_storage():
    raw = b"x" * (LARGEST_IN_DATABASE + 1)
    arrival = arrive(memoryview(raw))
    assert arrival.raw is None
    assert path_of(arrival.sha256).read_bytes() == raw
    assert raw_of(arrival) == raw
    assert raw_of(arrival, most_bytes=3) == b"xxx"


def test_the_same_place_and_name_is_the_same_arrival():
    first = arrive()
    again, new = store_arrival(Incoming(source="file", key="1", raw=RAW), at=NOW)
    assert (again, new) == (first, False)
    _other, new = store_arrival(Incoming(source="mailbox", key="1", raw=RAW), at=NOW)
    assert new
    assert Entry.objects.filter(kind="ArrivalStored").count() == 2


def test_what_became_of_it_is_noted():
    fate = Fate(state=ArrivalState.HELD, reason="no-sender", sender="x" * 400, subject="y" * 400)
    arrival = note_fate(arrive(), fate=fate, at=NOW)
    assert (arrival.state, arrival.reason, arrival.read_at) == ("held", "no-sender", NOW)
    assert (len(arrival.sender), len(arrival.subject)) == (300, 300)
    facts = Entry.objects.get(kind="ArrivalRead").facts
    assert facts == {"arrival_id": arrival.pk, "state": "held"}


def test_what_was_not_filed_can_be_read_again():
    arrival = note(arrive(), ArrivalState.FAILED, "KeyError")
    with pytest.raises(NotAllowed):
        read_again(arrival, by=make.staff(role=Role.AUDITOR), at=NOW)

    agent = make.staff()
    arrival = read_again(arrival, by=agent, at=NOW)

    assert (arrival.state, arrival.reason) == ("waiting", "")
    assert Entry.objects.get(kind="ReadAgainAsked").by == agent.actor
    with pytest.raises(ReadAlready):
        read_again(arrival, by=agent, at=NOW)


def test_only_what_was_left_behind_waits_for_the_sweeper():
    arrive()
    later = arrive(key="2")
    note(later, ArrivalState.FILED)
    assert not arrivals_left_behind(NOW).exists()
    behind = arrivals_left_behind(NOW + timedelta(minutes=3))
    assert [arrival.key for arrival in behind] == ["1"]


def test_colleagues_see_what_arrived_if_they_see_cases():
    held = note(arrive(), ArrivalState.HELD, "empty")
    note(arrive(key="2"), ArrivalState.FILED)
    states = [ArrivalState.HELD, ArrivalState.FAILED]
    assert list(arrivals_for(make.staff(), states)) == [held]
    assert not arrivals_for(make.staff(role=Role.EMPLOYEE), states).exists()


class TestReleaseSpam:
    def held(self, key, reason="spam"):
        incoming = Incoming(source="file", key=key, raw=mail(X_Spam_Flag="YES"))
        arrival, _new = store_arrival(incoming, at=NOW)
        return note_fate(arrival, fate=Fate(state=ArrivalState.HELD, reason=reason), at=NOW)

    def test_lets_what_is_held_as_spam_be_read_again(self):
        spam, other = self.held("1"), self.held("2", "from-us")
        assert release_spam([spam.pk, other.pk, 0], by=make.staff(), at=NOW) == 1
        spam.refresh_from_db()
        other.refresh_from_db()
        assert (spam.state, spam.reason, spam.wanted_at) == ("waiting", "", NOW)
        assert (other.state, other.wanted_at) == ("held", None)
        assert mail_of(spam).spam is None
        assert Entry.objects.filter(kind="ArrivalReleased").count() == 1

    def test_is_for_those_who_record_contacts(self):
        with pytest.raises(NotAllowed):
            release_spam([1], by=make.staff(role=Role.AUDITOR), at=NOW)


class TestStoreArrivals:
    def test_keeps_many_each_once_and_says_what_was_new(self):
        one, two = (Incoming(source="file", key=key, raw=RAW) for key in "12")
        known, _new = store_arrival(one, at=NOW)
        told = store_arrivals([one, two, two], at=NOW)
        assert [new for _arrival, new in told] == [False, True, False]
        assert told[0][0] == known
        assert told[1][0] == told[2][0]
        assert Entry.objects.filter(kind="ArrivalStored").count() == 2

    def test_of_nothing_keeps_nothing(self):
        assert store_arrivals([], at=NOW) == []

    def test_goes_on_one_by_one_where_somebody_else_was_faster(self, monkeypatch):
        one = Incoming(source="file", key="1", raw=RAW)
        known, _new = store_arrival(one, at=NOW)
        monkeypatch.setattr("amends.contacts.actions.arrivals._known", lambda _incoming: {})
        assert store_arrivals([one], at=NOW) == [(known, False)]
