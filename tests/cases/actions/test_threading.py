"""Which case an answer belongs to where only one mark tells: an id of ours, and who writes."""

from itertools import islice, permutations

import pytest

from amends.cases.actions.arrivals import take_in
from amends.cases.actions.letters import acknowledge_by_mail
from amends.cases.models.case import Case, CaseLink
from amends.contacts.actions.arrivals import Incoming, store_arrival
from amends.contacts.models import Arrival, Contact, OutgoingMail
from amends.staff.rules.permissions import Role
from tests import make
from tests.belonging import in_two_organisations
from tests.contacts.channels.email.messages import mail
from tests.make import NOW

pytestmark = pytest.mark.django_db
THREADS = 50


@pytest.fixture(autouse=True)
def _house(db):
    make.organisation()
    make.team()


def store(raw: bytes) -> Arrival:
    incoming = Incoming(source="file", key=str(Arrival.objects.count()), raw=raw)
    arrival, _new = store_arrival(incoming, at=NOW)
    return arrival


def case_of(arrival: Arrival) -> Case:
    return Contact.objects.get(arrival=arrival).case_contacts.get().case


@pytest.fixture
def ours():
    """Return a mail of ours to a customer who has colleagues in two organisations."""
    ruta = make.person("Rūta Kazlauskienė", email="ruta@example.lt", language="lt")
    case = make.case(make.contact(person=ruta))
    in_two_organisations(ruta, by=make.staff(role=Role.MANAGER))
    acknowledge_by_mail(case, at=NOW)
    return OutgoingMail.objects.get(contact__case_contacts__case=case)


def test_a_colleague_in_an_organisation_of_the_customer_writes_on_their_case(ours):
    head = {"From": "Jonas <jonas@mail.rye.example>", "In_Reply_To": f"<{ours.message_id}>"}
    arrival = store(mail("I answer for her this week.", **head))
    take_in([arrival], at=NOW)
    assert case_of(arrival) == Case.objects.get()


def test_a_stranger_does_not_whose_domain_only_looks_like_theirs(ours):
    before = Case.objects.get()
    head = {"From": "Eve <eve@rye.example.org>", "In_Reply_To": f"<{ours.message_id}>"}
    arrival = store(mail("I answer for her this week.", **head))
    take_in([arrival], at=NOW)
    assert CaseLink.objects.get().other == before
    assert case_of(arrival) != before


def test_fifty_threads_are_told_apart_by_references_alone():
    first = [
        store(
            mail(
                f"It is cold in {''.join(word)}.",  # in words of their own, as people write
                From=f"Person <person-{number}@example.lt>",
                Message_ID=f"<{number}@a.lt>",
            )
        )
        for number, word in enumerate(islice(permutations("kitchen", 7), THREADS))
    ]
    take_in(first, at=NOW)
    cases = [case_of(arrival) for arrival in first]
    assert len(set(cases)) == THREADS
    sent = {posted.to_address: posted.message_id for posted in OutgoingMail.objects.all()}
    answers = [
        store(
            mail(
                From=f"Person <person-{number}@example.lt>",
                Message_ID=f"<{number}@b.lt>",
                Subject="No mark of ours",
                References=f"<nobody-{number}@b.lt> <{sent[f'person-{number}@example.lt']}>",
            )
        )
        for number in range(THREADS)
    ]
    take_in(answers[::-1], at=NOW)
    assert [case_of(answer) for answer in answers] == cases
    assert Case.objects.count() == THREADS
