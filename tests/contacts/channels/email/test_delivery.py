"""What a mail server hands over stands as the action would store it, once, or not at all."""

import hashlib

import psycopg
import pytest
from django.db import connection

from amends.base.files import path_of
from amends.base.spool import TooMuch
from amends.cases.models.case import Case
from amends.contacts.actions.arrivals import Incoming, store_arrival
from amends.contacts.channels.email.arrived import mail_of
from amends.contacts.channels.email.delivery import Delivery, Envelope, connect
from amends.contacts.events import ArrivalStored
from amends.contacts.models import Arrival
from amends.contacts.rules.arriving import LARGEST_DELIVERED, LARGEST_IN_DATABASE
from amends.contacts.rules.messages import Automatic
from amends.jobs.sweeper import sweep
from amends.journal.events import reactions_to
from amends.journal.models import Entry
from tests import make
from tests.contacts.channels.email.messages import mail

pytestmark = pytest.mark.django_db(transaction=True)
TO_US = Envelope(sender="ruta@example.lt", recipients=("care@water.example",))


@pytest.fixture
def ours():
    with connect(
        psycopg.conninfo.make_conninfo(**connection.get_connection_params() | NOTHING)
    ) as c:
        yield c


NOTHING = {"cursor_factory": None, "context": None, "prepare_threshold": None}


@pytest.fixture
def hand_over(ours, settings):
    def handed(raw: bytes, envelope: Envelope = TO_US) -> bool:
        with Delivery(settings.MEDIA_ROOT) as delivery:
            for start in range(0, len(raw), 200_000):
                delivery.take(raw[start : start + 200_000])
            return delivery.store(ours, envelope)

    return handed


def columns(arrival: Arrival) -> dict[str, object]:
    """Return what stands in the row, but for what says which one it is."""
    differs = {"id", "_state", "source", "key", "received_at"}
    differs |= {"envelope_sender", "envelope_recipients"}
    return {name: value for name, value in vars(arrival).items() if name not in differs}


@pytest.mark.parametrize("raw", [mail(), b"\x00\xff", b"x" * (LARGEST_IN_DATABASE + 7)])
def test_it_stands_as_the_action_would_store_it(hand_over, settings, raw):
    assert hand_over(raw)
    ours = Arrival.objects.get()
    if ours.raw is None:
        assert path_of(ours.sha256).read_bytes() == raw
    store_arrival(Incoming(source="file", key="1", raw=raw), at=make.NOW)
    theirs = Arrival.objects.get(source="file")
    assert columns(ours) == columns(theirs)
    assert ours.sha256 == hashlib.sha256(raw).hexdigest()
    first, second = Entry.objects.order_by("id")
    assert (first.kind, first.by, first.subject) == (second.kind, second.by, second.subject)
    assert first.facts == {"arrival_id": ours.pk, "size_bytes": len(raw)}
    # Nothing reacts to it: a statement without Django could not queue it.
    assert not list(reactions_to(ArrivalStored))


def test_what_is_handed_over_twice_stands_once(hand_over):
    assert hand_over(mail())
    assert not hand_over(mail())
    assert not hand_over(b"From ruta Fri Mar 27 15:00:00 2026\n" + mail())
    assert Arrival.objects.count() == Entry.objects.count() == 1


def test_two_mails_with_one_message_id_are_two(hand_over):
    assert hand_over(mail("one"))
    assert hand_over(mail("two"))
    assert hand_over(mail("one"), Envelope(sender="other@example.lt"))
    assert hand_over(mail("one"), Envelope(mailbox="billing", sender="ruta@example.lt"))
    assert Arrival.objects.count() == 4


def test_what_the_envelope_says_is_read_too(hand_over):
    hand_over(mail(), Envelope(sender="<>", recipients=("care+1@water.example", "b\0\udcff@c")))
    read = mail_of(Arrival.objects.get())
    assert read.automatic is Automatic.NULL_SENDER
    assert [box.address for box in read.delivered_to] == ["care+1@water.example", "b??@c"]


def test_too_much_is_refused_and_leaves_nothing_behind(settings):
    with Delivery(settings.MEDIA_ROOT) as delivery:
        delivery.take(b"x" * LARGEST_IN_DATABASE * 2)
        with pytest.raises(TooMuch):
            delivery.take(bytes(LARGEST_DELIVERED))
    assert not list(settings.MEDIA_ROOT.iterdir())


def test_it_is_read_at_once_and_what_cannot_be_read_says_why(hand_over, settings):
    make.organisation()
    make.team()
    hand_over(mail())
    hand_over(mail("x" * (LARGEST_IN_DATABASE + 1)))
    lost = Arrival.objects.get(raw=None)
    path_of(lost.sha256).unlink()

    sweep(max(Arrival.objects.values_list("received_at", flat=True)))

    lost.refresh_from_db()
    assert (lost.state, lost.reason) == ("failed", "FileNotFoundError")
    assert Case.objects.count() == 1
