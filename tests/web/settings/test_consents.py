"""Being let into a mailbox without a password: from the page to a Dovecot that asks the issuer."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from amends.base.locked import lock
from amends.contacts.actions.consent import end_consent
from amends.contacts.channels.email.attending import access_of
from amends.contacts.channels.email.examining import examine
from amends.contacts.channels.email.imap import ImapFolder
from amends.contacts.channels.email.issuing import access_for
from amends.contacts.models.mailboxes import Consent, Mailbox
from amends.contacts.rules.fetching import CannotFetch
from amends.contacts.rules.mailboxes import Trouble
from amends.journal.models import Entry
from amends.staff.rules.permissions import Role
from tests import make
from tests.conftest import CI
from tests.dovecot import USER, Dovecot, find_dovecot
from tests.issuer import CLIENT_ID, CLIENT_SECRET, Issuer

pytestmark = [pytest.mark.django_db, pytest.mark.enable_socket]
OAUTH2 = """
auth_mechanisms = plain xoauth2 oauthbearer
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {path}
}}
"""


@pytest.fixture
def administrator(client):
    make.organisation()
    made = make.staff(role=Role.ADMINISTRATOR)
    client.force_login(made)
    return made


@pytest.fixture
def issuer():
    with Issuer(USER) as started:
        yield started


@pytest.fixture
def mailbox():
    now = timezone.now()
    return Mailbox.objects.create(
        name="care", address="care@water.example", way_in="imap", host="localhost", user=USER,
        added_at=now, changed_at=now,
    )  # fmt: skip


def named(issuer: Issuer) -> dict[str, str]:
    return {
        "issuer": "other", "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET,
        "authorise_at": f"{issuer.address}/authorise", "token_at": f"{issuer.address}/token",
        "scope": "mail",
    }  # fmt: skip


def page_of(name: str, mailbox: Mailbox) -> str:
    return reverse(f"settings-mailbox-{name}", args=[mailbox.pk])


@pytest.fixture
def allowed(client, administrator, issuer, mailbox):
    """The mailbox, once its owner has allowed it."""
    client.post(page_of("consent", mailbox), named(issuer))
    way = client.get(page_of("ask", mailbox))["Location"]
    back = urlsplit(issuer.allow(way))
    answer = client.get(f"{back.path}?{back.query}")
    assert answer["Location"] == reverse("settings-mailbox", args=[mailbox.pk])
    mailbox.refresh_from_db()
    return mailbox


def test_a_mailbox_is_opened_with_what_its_owner_allowed(client, allowed, issuer, tmp_path):
    if find_dovecot() is None:
        missing = "no Dovecot found: signing in by OAuth 2 is not tested (see bin/dovecot)"
        if CI:
            pytest.fail(missing)
        pytest.skip(missing)
    server = Dovecot()
    path = server.home / "oauth2.conf"
    path.write_text(
        f"tokeninfo_url = {issuer.address}/tokeninfo?access_token=\nusername_attribute = email\n"
    )
    server.more = OAUTH2.format(path=path)
    with server:
        allowed.port, allowed.authority = server.ports["imaps"], server.authority
        with ImapFolder(access_of(allowed, at=timezone.now())) as folder:
            folder.open()
        issuer.ended = True
        assert examine(allowed, at=timezone.now())[-1].trouble == Trouble.CONSENT
    assert "Allowed" in client.get(page_of("consent", allowed)).text
    assert Entry.objects.filter(kind="MailboxAllowed").exists()


def test_what_has_ended_is_renewed_and_only_then(allowed, issuer):
    first = access_for(allowed, at=timezone.now())
    assert access_for(allowed, at=timezone.now()) == first
    Consent.objects.update(access_until=timezone.now() + timedelta(seconds=30))
    assert access_for(allowed, at=timezone.now()) != first


def test_a_consent_that_was_taken_back_is_told_once_and_asked_for_again(client, allowed, issuer):
    issuer.ended = True
    Consent.objects.update(access_until=timezone.now())
    for _time in range(2):
        with pytest.raises(CannotFetch) as told:
            access_for(allowed, at=timezone.now())
        assert told.value.trouble is Trouble.CONSENT
    end_consent(allowed, at=timezone.now())
    assert Entry.objects.filter(kind="ConsentEnded").count() == 1
    page = client.get(page_of("consent", allowed)).text
    assert "The permission to read this mailbox has ended." in page
    assert CLIENT_SECRET not in page


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        ((500, b"{}"), Trouble.ANSWER),
        ((200, b"<html>"), Trouble.ANSWER),
        ((200, b"[]"), Trouble.ANSWER),
    ],
)
def test_an_issuer_that_makes_no_sense_ends_no_consent(allowed, issuer, answer, trouble):
    issuer.answer = answer
    Consent.objects.update(access_until=timezone.now())
    with pytest.raises(CannotFetch) as told:
        access_for(allowed, at=timezone.now())
    assert told.value.trouble is trouble
    assert Consent.objects.get().ended_at is None


def test_an_issuer_that_is_away_or_a_key_that_is_lost_ends_no_consent(allowed, issuer, settings):
    Consent.objects.update(token_at="http://127.0.0.1:9/", access_until=timezone.now())
    with pytest.raises(CannotFetch) as told:
        access_for(allowed, at=timezone.now())
    assert told.value.trouble is Trouble.CONNECTION
    Consent.objects.update(token_at="http://elsewhere.example/")
    with pytest.raises(CannotFetch) as told:
        access_for(allowed, at=timezone.now())
    assert told.value.trouble is Trouble.TLS
    settings.SECRET_KEY = "another key, of forty characters or more"
    with pytest.raises(CannotFetch) as told:
        access_for(allowed, at=timezone.now())
    assert told.value.trouble is Trouble.SECRET


@pytest.mark.usefixtures("administrator")
def test_who_was_not_sent_by_us_is_not_heard(client, issuer, mailbox):
    back = reverse("settings-mailbox-allowed")
    assert client.get(back, {"code": "1", "state": "2"}).status_code == 403
    assert client.get(page_of("ask", mailbox)).status_code == 404
    client.post(page_of("consent", mailbox), named(issuer))
    client.get(page_of("ask", mailbox))
    assert client.get(back, {"code": "1", "state": "ü"}).status_code == 403


@pytest.mark.usefixtures("administrator")
def test_a_no_and_a_code_of_somebody_else_and_a_yes_for_once_are_told(client, issuer, mailbox):
    client.post(page_of("consent", mailbox), named(issuer))

    def back(change):
        to = urlsplit(issuer.allow(client.get(page_of("ask", mailbox))["Location"]))
        client.get(f"{to.path}?{change(to.query)}")
        return client.get(page_of("consent", mailbox)).text

    assert "It was not allowed. access_denied" in back(
        lambda query: query.replace("code=", "error=access_denied&none=")
    )
    assert "invalid_grant" in back(lambda query: query.replace("code=", "code=x"))
    issuer.for_once = True
    assert "for once only" in back(lambda query: query)
    with pytest.raises(CannotFetch):
        access_for(mailbox, at=timezone.now())


@pytest.mark.usefixtures("administrator")
@pytest.mark.parametrize(
    "wrong",
    [{"client_id": ""}, {"token_at": ""}, {"scope": ""}, {"token_at": "http://far.example/"}],
)
def test_what_is_missing_or_not_safe_is_refused(client, issuer, mailbox, wrong):
    refused = client.post(page_of("consent", mailbox), named(issuer) | wrong)
    assert refused.status_code == 422
    assert not Consent.objects.exists()


def test_the_password_counts_again_when_that_is_chosen(client, allowed):
    Mailbox.objects.update(secret=lock("sesame"))
    client.post(page_of("password", allowed))
    allowed.refresh_from_db()
    assert allowed.sign_in == "password"
    assert access_of(allowed, at=timezone.now()).password == "sesame"
    assert not Consent.objects.exists()


@pytest.mark.usefixtures("administrator")
def test_a_new_mailbox_without_a_password_leads_here(client):
    told = {
        "name": "us", "address": "us@gmail.com", "way_in": "imap", "host": "imap.gmail.com",
        "port": "993", "protection": "tls", "user": "us@gmail.com", "folder": "INBOX",
        "afterwards": "leave",
    }  # fmt: skip
    to = client.post("/settings/mailboxes/new/", told)["Location"]
    mailbox = Mailbox.objects.get()
    assert to == page_of("consent", mailbox)
    google = {"issuer": "google", "client_id": "us"}
    client.post(to, google)
    way = client.get(page_of("ask", mailbox))["Location"]
    assert way.startswith("https://accounts.google.com/o/oauth2/v2/auth?")
    assert "login_hint=us%40gmail.com" in way
    with pytest.raises(CannotFetch):
        access_of(mailbox, at=timezone.now())
