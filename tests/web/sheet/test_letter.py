import pytest
from django.utils import timezone

from amends.cases.models.case import Case
from amends.cases.models.promises import Promise
from amends.contacts.models import Contact, Words
from amends.contacts.rules.kinds import Channel, Source
from tests.web.sheet.filling import (
    URL,
    filled,
    value_of,
)

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


def letter(**fields):
    return filled(channel="letter", **fields)


def test_a_letter_is_dated_as_it_says_and_needs_no_yes(client, agent):
    client.post(URL, letter(written_on="2026-01-05", arrived_on="2026-01-08"))
    contact = Contact.objects.get()
    assert (contact.channel, Words.objects.get().source) == (Channel.LETTER, Source.WRITTEN)
    assert (str(contact.sent_on), str(contact.arrived_on)) == ("2026-01-05", "2026-01-08")
    assert Case.objects.get().received_at == contact.started_at
    assert contact.started_at.date().isoformat() == "2026-01-08"
    assert Promise.objects.get().yes_at is None


def test_what_is_said_aloud_is_not_said_in_a_letter(client, agent):
    client.post(URL, letter(apologised="on", read_back="on", mood="4", thanked="on"))
    case, contact = Case.objects.get(), Contact.objects.get()
    assert case.apology_at is case.thanked_at is None
    assert (contact.mood_start, contact.words.read_back_at) == (None, None)


def test_a_letter_without_a_day_arrived_today(client, agent):
    client.post(URL, letter())
    assert Contact.objects.get().arrived_on == timezone.localdate()


def test_scanned_pages_are_attached(client, agent, tmp_path):
    scan = tmp_path / "page 1.pdf"
    scan.write_bytes(PDF)
    with scan.open("rb") as file:
        client.post(URL, {**letter(), "scans": file})
    attachment = Contact.objects.get().attachments.get()
    assert (attachment.name, attachment.media_type) == ("page 1.pdf", "application/pdf")


def test_pages_outlive_a_form_that_does_not_hold(client, agent, tmp_path):
    scan = tmp_path / "page 1.pdf"
    scan.write_bytes(PDF)
    with scan.open("rb") as file:
        page = client.post(URL, {**letter(what=""), "scans": file})
    assert "page 1.pdf" in page.text
    ticket = value_of(page, "pages")
    client.post(URL, letter(pages=ticket))
    assert Contact.objects.get().attachments.get().name == "page 1.pdf"


def test_a_kind_that_is_not_accepted_is_refused(client, agent, tmp_path):
    scan = tmp_path / "page.pdf"
    scan.write_bytes(b"<script>alert(1)</script>")
    with scan.open("rb") as file:
        page = client.post(URL, {**letter(), "scans": file})
    assert page.status_code == 422
    assert "page.pdf is of a kind that is not accepted." in page.text
    assert not Contact.objects.exists()


def test_a_forged_ticket_brings_no_pages(client, agent):
    client.post(URL, letter(pages="W1siLi4vLi4iLCJ4Il1d:forged:ticket"))
    assert not Contact.objects.get().attachments.exists()
