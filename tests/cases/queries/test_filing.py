import pytest

from amends.cases.actions.arrivals import take_in
from amends.cases.models.case import Case
from amends.cases.queries.filing import filing_of, references_of
from amends.contacts.actions.arrivals import Incoming, store_arrival
from amends.contacts.channels.email.parse import read_mail
from amends.contacts.models import Contact
from amends.contacts.rules.kinds import ArrivalState
from tests import make
from tests.contacts.channels.email.messages import mail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def house():
    make.organisation()
    make.team()


def take(raw: bytes):
    arrival, _new = store_arrival(Incoming(source="file", key="1", raw=raw), at=make.NOW)
    return take_in([arrival], at=make.NOW)[0]


def test_what_a_filter_takes_for_spam_is_held_to_be_looked_at():
    raw = mail(X_Spam_Flag="YES")
    filing = filing_of(read_mail(raw), at=make.NOW)
    assert (filing.state, filing.reason) == (ArrivalState.HELD, "spam")
    taken = take(raw)
    assert (taken.state, taken.reason) == ("held", "spam")
    assert not Contact.objects.exists()


def test_an_answer_to_us_is_no_spam_whatever_a_filter_thinks():
    take(mail())
    case = Case.objects.get()
    answer = mail(X_Spam_Flag="YES", Message_ID="<2@example.lt>", In_Reply_To="<1@example.lt>")
    filing = filing_of(read_mail(answer), at=make.NOW)
    assert (filing.state, filing.belonging.joins) == (ArrivalState.FILED, case.pk)
    assert references_of([case.pk]) == {case.pk: case.reference}
