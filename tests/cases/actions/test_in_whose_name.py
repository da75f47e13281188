"""In whose name a reply leaves, and what stands below it."""

import pytest

from amends.cases.actions.correspondence import reply_by_mail
from amends.cases.actions.letters import Reply
from amends.cases.queries.letters import mailbox_of_case
from amends.contacts.models import Arrival
from amends.contacts.models.mailboxes import Mailbox
from tests import make
from tests.make import NOW

pytestmark = pytest.mark.django_db


def mailbox(name, **more):
    return Mailbox.objects.create(
        name=name, address=f"{name}@heat.example", added_at=NOW, changed_at=NOW, **more
    )


@pytest.fixture
def case():
    make.organisation()
    return make.case(
        make.contact(person=make.person(email="ruta@post.example")), owner=make.staff()
    )


def test_a_reply_leaves_in_the_name_of_the_teams_mailbox_with_its_signature(case):
    bills = mailbox("bills", team=case.team, signature={"en": "Heat of Vilnius, floor 2"})
    mail = reply_by_mail(case, reply=Reply(text="Here it is."), by=case.owner, at=NOW)
    assert mail.mailbox == bills
    assert mail.text.rstrip().endswith("Heat of Vilnius, floor 2")


def test_a_case_is_answered_by_the_mailbox_that_it_came_through(case):
    mailbox("bills", team=case.team)
    leaks = mailbox("leaks")
    contact = case.case_contacts.get().contact
    contact.arrival = Arrival.objects.create(
        source=f"mailbox:{leaks.pk}", key="1", received_at=NOW, sha256="0" * 64, size_bytes=1
    )
    contact.save()
    assert mailbox_of_case(case) == leaks
    leaks.is_active = False
    leaks.save()
    assert str(mailbox_of_case(case)) == "bills"


def test_without_mailboxes_it_leaves_in_the_name_of_the_house(case):
    assert mailbox_of_case(case) is None
