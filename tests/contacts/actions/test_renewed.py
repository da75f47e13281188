"""What an issuer gives for an hour, and what waits in a mailbox and cannot be fetched."""

from datetime import timedelta

import pytest

from amends.base.locked import lock, unlock
from amends.contacts.actions.consent import Tokens, forget_access, note_renewed
from amends.contacts.actions.fetching import leave_there
from amends.contacts.actions.mailboxes import Naming, add_mailbox
from amends.contacts.models.mailboxes import Consent, LeftThere
from amends.contacts.rules.fetching import CannotFetch, Waiting
from amends.contacts.rules.mailboxes import Trouble
from amends.staff.rules.permissions import Role
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def mailbox():
    by = make.staff("Lukas Petraitis", role=Role.ADMINISTRATOR)
    return add_mailbox(Naming(name="care", address="care@a.example"), by=by, at=make.NOW)


def test_a_permission_goes_on_where_the_issuer_sends_no_new_one(mailbox):
    Consent.objects.create(mailbox=mailbox, issuer="google", refresh=lock("long"))
    hour = timedelta(hours=1)
    note_renewed(mailbox, tokens=Tokens(access="short", lasts=hour), at=make.NOW)
    kept = Consent.objects.get()
    assert (unlock(kept.access), unlock(kept.refresh)) == ("short", "long")
    forget_access(mailbox, at=make.NOW)
    assert (Consent.objects.get().access, Consent.objects.get().access_until) == ("", make.NOW)


def test_a_mail_that_cannot_be_fetched_again_counts_its_tries(mailbox):
    for times in (1, 2):
        problem = CannotFetch(Trouble.ANSWER, f"no {times}")
        leave_there(mailbox, mails=[Waiting(2, "k", 0)], problem=problem, at=make.NOW)
    left = LeftThere.objects.get()
    assert left.detail == "no 2"
    assert left.tries > LeftThere._meta.get_field("tries").get_default()
