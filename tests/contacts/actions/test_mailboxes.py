"""Our mailboxes: who may name them, and what changes with them."""

from datetime import date

import pytest

from amends.base.locked import unlock
from amends.contacts.actions.fetching import note_trouble
from amends.contacts.actions.mailboxes import (
    MailboxAddressTaken,
    MailboxNameTaken,
    Naming,
    add_mailbox,
    change_mailbox,
    lock_secrets_anew,
    pause_mailbox,
    resume_mailbox,
)
from amends.contacts.models.mailboxes import Consent, Fetching, LeftThere
from amends.contacts.queries.mailboxes import (
    mailboxes_for,
    mailboxes_silent,
    mailboxes_to_fetch,
    mailboxes_unwell,
    trouble_of,
)
from amends.contacts.rules.fetching import CannotFetch
from amends.contacts.rules.mailboxes import Trouble, WayIn
from amends.journal.models import Entry
from amends.staff.actions.authorise import NotAllowed
from amends.staff.rules.permissions import Role
from tests import make
from tests.make import NOW

pytestmark = pytest.mark.django_db
CARE = Naming(
    name="care",
    address="care@water.example",
    way_in=WayIn.IMAP,
    host="imap.water.example",
    user="care",
    password="sesame",
)
BILLS = Naming(name="bills", address="bills@water.example")


@pytest.fixture
def administrator():
    return make.staff(role=Role.ADMINISTRATOR)


@pytest.fixture
def care(administrator):
    return add_mailbox(CARE, by=administrator, at=NOW)


def test_a_mailbox_is_added_with_its_password_locked(care, administrator):
    assert "sesame" not in care.secret
    assert unlock(care.secret) == "sesame"
    assert mailboxes_to_fetch() == {care.pk: NOW}
    add_mailbox(BILLS, by=administrator, at=NOW)
    assert [each.name for each in mailboxes_for(administrator)] == ["bills", "care"]
    assert set(mailboxes_to_fetch()) == {care.pk}
    assert Entry.objects.filter(kind="MailboxAdded").count() == 2


def test_only_who_looks_after_the_house_sees_and_names_mailboxes(care):
    agent = make.staff(role=Role.AGENT)
    assert not mailboxes_for(agent)
    for act in (
        lambda: add_mailbox(BILLS, by=agent, at=NOW),
        lambda: change_mailbox(care, naming=BILLS, by=agent, at=NOW),
        lambda: pause_mailbox(care, by=agent, at=NOW),
        lambda: resume_mailbox(care, by=agent, at=NOW),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_two_mailboxes_have_neither_name_nor_address_in_common(care, administrator):
    with pytest.raises(MailboxNameTaken):
        add_mailbox(Naming(name="CARE", address="x@water.example"), by=administrator, at=NOW)
    with pytest.raises(MailboxAddressTaken):
        add_mailbox(Naming(name="x", address="Care@water.example"), by=administrator, at=NOW)
    bills = add_mailbox(BILLS, by=administrator, at=NOW)
    with pytest.raises(MailboxNameTaken):
        change_mailbox(bills, naming=CARE, by=administrator, at=NOW)


def test_an_empty_password_leaves_the_one_we_have_and_another_day_means_another_look(
    care, administrator
):
    Fetching.objects.create(mailbox=care, uid_validity=7)
    same = Naming(name="care", address="care@water.example", way_in=WayIn.IMAP, host="other")
    changed = change_mailbox(care, naming=same, by=administrator, at=NOW)
    assert (unlock(changed.secret), changed.host) == ("sesame", "other")
    assert Fetching.objects.get().uid_validity == 7
    since = Naming(
        name="care",
        address="care@water.example",
        way_in=WayIn.IMAP,
        host="h",
        since_on=date(2026, 1, 1),
    )
    change_mailbox(care, naming=since, by=administrator, at=NOW)
    assert Fetching.objects.get().uid_validity is None


def test_a_paused_mailbox_is_not_fetched_and_a_resumed_one_begins_with_a_clean_slate(
    care, administrator
):
    note_trouble(care, problem=CannotFetch(Trouble.SIGN_IN, "no\0"), at=NOW)
    assert Fetching.objects.get().detail == "no?"
    paused = pause_mailbox(care, by=administrator, at=NOW)
    assert not paused.is_active
    assert not mailboxes_to_fetch()
    assert Fetching.objects.get().trouble == ""
    LeftThere.objects.create(
        mailbox=care, key="1", trouble="answer", tries=12, first_at=NOW, tried_at=NOW
    )
    resume_mailbox(paused, by=administrator, at=NOW)
    assert set(mailboxes_to_fetch()) == {care.pk}
    assert LeftThere.objects.get().tries == 0


def test_who_looks_after_a_mailbox_hears_when_nobody_could_look_into_it(care, administrator):
    assert not mailboxes_silent(administrator, NOW)
    later = make.NOW.replace(hour=23)
    assert mailboxes_silent(administrator, later) == [care]
    Fetching.objects.create(mailbox=care, looked_at=later)
    assert not mailboxes_silent(administrator, later)
    assert not mailboxes_silent(make.staff(role=Role.AGENT), later)


def test_secrets_are_locked_with_the_new_key_as_long_as_the_old_one_is_known(care, settings):
    Consent.objects.create(mailbox=care, issuer="google")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key, of forty characters or more"
    assert lock_secrets_anew(at=NOW) == 0
    care.refresh_from_db()
    settings.SECRET_KEY_FALLBACKS = []
    assert unlock(care.secret) == "sesame"
    settings.SECRET_KEY = "a third key, which nobody was told in time"
    assert lock_secrets_anew(at=NOW) == 1


def test_the_doctor_hears_of_what_fails_and_of_what_nobody_looks_into(care):
    assert not mailboxes_unwell(NOW)
    note_trouble(care, problem=CannotFetch(Trouble.FOLDER), at=NOW)
    assert [trouble_of(each) for each in mailboxes_unwell(NOW)] == ["folder"]
    Fetching.objects.all().delete()
    assert mailboxes_unwell(NOW.replace(hour=23)) == [care]
