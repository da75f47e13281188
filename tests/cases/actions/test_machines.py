"""Machines that answer us are not answered for ever, whichever address they write from."""

import pytest

from amends.cases.actions.arrivals import take_in
from amends.cases.models.case import Case
from amends.cases.queries.machines import MOST_ACKNOWLEDGED_A_DAY, MOST_ALIKE_A_DAY
from amends.contacts.actions.arrivals import Incoming, store_arrival
from amends.contacts.models import Arrival, OutgoingMail
from tests import make
from tests.contacts.channels.email.messages import mail
from tests.make import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _house(db):
    make.organisation()
    make.team()


def take(raw) -> None:
    incoming = Incoming(source="file", key=str(Arrival.objects.count()), raw=raw)
    arrival, _new = store_arrival(incoming, at=NOW)
    take_in([arrival], at=NOW)


class TestAMachine:
    def test_that_hides_is_not_answered_for_ever(self):
        for number in range(MOST_ACKNOWLEDGED_A_DAY + 2):
            take(mail(f"Your message was received ({number})."))
        assert OutgoingMail.objects.count() == MOST_ACKNOWLEDGED_A_DAY
        assert Case.objects.count() == MOST_ACKNOWLEDGED_A_DAY + 2

    def test_that_changes_its_address_is_stopped_at_ten(self):
        for number in range(MOST_ALIKE_A_DAY + 2):
            take(
                mail(
                    f"Your message {number} was received.",
                    From=f"robot-{number}@{number}.example.lt",
                    Subject=f"Ticket {number}: received",
                )
            )
        assert OutgoingMail.objects.count() == MOST_ALIKE_A_DAY
        assert Case.objects.count() == MOST_ALIKE_A_DAY + 2

    def test_that_answers_each_of_our_answers_from_another_address_is_stopped_at_ten(self):
        take(mail("I am a robot.", From="robot@example.lt"))
        for number in range(MOST_ALIKE_A_DAY + 5):
            ours = OutgoingMail.objects.latest("pk")
            quoted = "\n".join(f"> {line}" for line in ours.text.splitlines())
            take(
                mail(
                    f"I am a robot.\n\nOn Friday, 27 March 2026 15:00 you wrote:\n{quoted}",
                    From=f"robot-{number}@example.lt",
                    Subject=f"Re: {ours.subject}",
                    In_Reply_To=f"<{ours.message_id}>",
                )
            )
        assert OutgoingMail.objects.count() == MOST_ALIKE_A_DAY + 1
