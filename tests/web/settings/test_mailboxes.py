from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from amends.base.locked import lock, unlock
from amends.contacts.models.mailboxes import Fetching, LeftThere, Mailbox
from amends.contacts.rules.mailboxes import Trouble
from amends.staff.rules.permissions import Role
from amends.web.settings.mailbox_words import TROUBLES
from tests import make
from tests.config.installation import free_port

pytestmark = pytest.mark.django_db
MAILBOXES = "/settings/mailboxes/"
WRITTEN = {
    "name": "care",
    "address": "care@water.example",
    "way_in": "imap",
    "host": "imap.water.example",
    "port": "993",
    "protection": "tls",
    "user": "care@water.example",
    "password": "sesame",
    "folder": "INBOX",
    "afterwards": "leave",
    "languages": ["lt", "en"],
    "signature_en": "Water works",
}


@pytest.fixture
def administrator(client):
    make.organisation()
    make.team()
    made = make.staff(role=Role.ADMINISTRATOR)
    client.force_login(made)
    return made


def existing(name="care", **facts) -> Mailbox:
    now = timezone.now()
    of_all = {"way_in": "imap", "host": "localhost", "secret": lock("sesame"), "user": "care"}
    return Mailbox.objects.create(
        name=name, address=f"{name}@water.example", added_at=now, changed_at=now, **of_all | facts
    )


@pytest.mark.usefixtures("administrator")
def test_an_empty_list_says_how_to_begin(client):
    assert "No mailbox yet" in client.get(MAILBOXES).text


def test_others_do_not_come_here(client):
    client.force_login(make.staff(role=Role.AGENT))
    assert client.get(MAILBOXES).status_code == 403


@pytest.mark.usefixtures("administrator")
@pytest.mark.parametrize(
    ("address", "host"),
    [("us@gmail.com", "imap.gmail.com"), ("care@water.example", "imap.water.example")],
)
def test_an_address_tells_where_its_mail_is_likely_fetched(client, address, host):
    assert "To which address" in client.get(f"{MAILBOXES}new/").text
    assert client.get(f"{MAILBOXES}new/?address=nobody").status_code == 422
    assert f'value="{host}"' in client.get(f"{MAILBOXES}new/", {"address": address}).text


@pytest.mark.usefixtures("administrator")
def test_a_mailbox_is_added_and_its_password_never_shown(client):
    answer = client.post(f"{MAILBOXES}new/", WRITTEN)
    kept = Mailbox.objects.get()
    page = reverse("settings-mailbox", args=[kept.pk])
    assert answer["Location"] == page
    assert (kept.signature, kept.languages) == ({"en": "Water works"}, ["lt", "en"])
    shown = client.get(page).text
    assert "Water works" in shown
    assert "sesame" not in shown
    assert "About to be looked into" in shown
    client.post(page, WRITTEN | {"password": "", "from_name": "Water"})
    kept.refresh_from_db()
    assert (unlock(kept.secret), kept.from_name) == ("sesame", "Water")


@pytest.mark.usefixtures("administrator")
@pytest.mark.parametrize(
    "wrong",
    [
        {"host": ""}, {"user": "a\r\nb"}, {"user": ""}, {"name": "a b"}, {"port": "0"},
        {"afterwards": "move"}, {"team": "77"}, {"afterwards": "delete"},
        {"way_in": "pop3", "afterwards": "flag"}, {"way_in": "pop3", "since_on": "2026-01-01"},
    ],
)  # fmt: skip
def test_what_is_missing_is_said_beside_it(client, wrong):
    assert client.post(f"{MAILBOXES}new/", WRITTEN | wrong).status_code == 422
    assert not Mailbox.objects.exists()


@pytest.mark.usefixtures("administrator")
def test_a_name_that_is_taken_is_refused_in_words(client):
    existing("care")
    other = existing("bills")
    for place in ("new/", f"{other.pk}/"):
        refused = client.post(f"{MAILBOXES}{place}", WRITTEN)
        assert refused.status_code == 422
        assert "There is already a mailbox called care." in refused.text


@pytest.mark.usefixtures("administrator")
def test_what_is_wrong_is_said_with_what_to_do(client):
    kept = existing()
    now = timezone.now()
    Fetching.objects.create(
        mailbox=kept, looked_at=now, failing_since=now, trouble="tls", detail="self-signed"
    )
    LeftThere.objects.create(
        mailbox=kept, key="1/2", trouble="too-large", size_bytes=2**28, first_at=now, tried_at=now
    )
    page = client.get(reverse("settings-mailbox", args=[kept.pk])).text
    assert "The server could not prove who it is" in page
    assert "self-signed" in page
    assert "256" in page
    assert "Needs you" in client.get(MAILBOXES).text


@pytest.mark.usefixtures("administrator")
def test_how_far_it_is_and_a_mailbox_that_is_silent_are_shown(client):
    kept = existing()
    Fetching.objects.create(mailbox=kept, looked_at=timezone.now(), waiting=2, total=10)
    assert "Behind by 2 mails" in client.get(MAILBOXES).text
    assert 'value="8"' in client.get(reverse("settings-mailbox", args=[kept.pk])).text
    Fetching.objects.update(waiting=0, listens=True)
    assert "All is fetched" in client.get(MAILBOXES).text
    Fetching.objects.update(looked_at=timezone.now() - timedelta(hours=1))
    Mailbox.objects.update(changed_at=timezone.now() - timedelta(hours=1))
    assert "Nobody has looked into it for long" in client.get(MAILBOXES).text


@pytest.mark.usefixtures("administrator")
def test_one_is_paused_and_fetched_again(client):
    kept = existing()
    turn = reverse("settings-mailbox-turn", args=[kept.pk])
    client.post(turn)
    assert "Paused" in client.get(MAILBOXES).text
    client.post(turn)
    assert "Paused" not in client.get(MAILBOXES).text


@pytest.mark.enable_socket
@pytest.mark.usefixtures("administrator")
def test_a_test_tells_step_by_step_and_once(client):
    kept = existing(host="127.0.0.1", port=free_port())
    page = reverse("settings-mailbox", args=[kept.pk])
    assert client.post(f"{page}test/")["Location"] == page
    told = client.get(page).text
    assert "The server is found by its name" in told
    assert "The server does not answer." in told
    assert "Step by step" not in client.get(page).text


@pytest.mark.usefixtures("administrator")
def test_what_is_not_fetched_has_nothing_to_test(client):
    kept = existing(way_in="none")
    page = reverse("settings-mailbox", args=[kept.pk])
    client.post(f"{page}test/")
    assert "Step by step" not in client.get(page).text
    assert "Not fetched" in client.get(MAILBOXES).text


@pytest.mark.usefixtures("administrator")
def test_the_list_costs_the_same_however_many_there_are(client):
    existing("one")
    client.get(MAILBOXES)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(MAILBOXES)
    for number in range(5):
        existing(f"more{number}")
    with CaptureQueriesContext(connection) as many:
        client.get(MAILBOXES)
    assert len(many) == len(few)


def test_every_trouble_has_its_words():
    assert set(TROUBLES) == set(Trouble)
