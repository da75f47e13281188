"""Whose mail it is that comes through one of our mailboxes."""

import pytest

from amends.cases.actions.arrivals import take_in
from amends.cases.models.case import Case
from amends.contacts.actions.arrivals import Incoming, store_arrival
from amends.contacts.models.mailboxes import Mailbox
from amends.contacts.rules.arriving import mailbox_in, source_of, source_of_fetched
from tests import make
from tests.contacts.channels.email.messages import mail
from tests.make import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def billing():
    make.organisation()
    make.team()
    return make.team(name="Billing")


@pytest.fixture
def mailbox(billing):
    return Mailbox.objects.create(
        name="bills",
        address="bills@water.example",
        team=billing,
        languages=["pl", "en"],
        added_at=NOW,
        changed_at=NOW,
    )


def case_from(source: str) -> Case:
    arrival, _new = store_arrival(Incoming(source=source, key="1", raw=mail("1 2 3")), at=NOW)
    take_in([arrival], at=NOW)
    return Case.objects.get()


@pytest.mark.parametrize("fetched", [True, False])
def test_what_comes_through_a_mailbox_goes_to_its_team_in_its_usual_language(mailbox, fetched):
    case = case_from(source_of_fetched(mailbox.pk) if fetched else source_of("Bills"))
    assert case.team == mailbox.team
    assert case.language == "pl"


def test_a_team_that_is_closed_gets_nothing_any_more(mailbox, billing):
    billing.closed_at = NOW
    billing.save()
    assert case_from(source_of_fetched(mailbox.pk)).team != billing


def test_a_mailbox_that_we_do_not_know_changes_nothing(billing):
    assert case_from(source_of_fetched(77)).team != billing


def test_a_source_tells_which_mailbox_it_means():
    assert mailbox_in(source_of_fetched(12)) == (12, "")
    assert mailbox_in(source_of("care")) == (None, "care")
    assert mailbox_in(source_of("")) == (None, "")
    assert mailbox_in("file") == (None, "")
    assert mailbox_in("mailbox:x") == (None, "")
