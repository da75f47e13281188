"""The composer: a reply that can be taken back, a note, a call, and what is kept of them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from amends.cases.actions.closing import apologise
from amends.cases.models.case import CaseNote
from amends.contacts.models import Attachment, Contact, OutgoingMail
from amends.contacts.models.drafting import Draft
from amends.contacts.rules.kinds import MailState
from amends.journal.queries import last_entry_of
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def milda(client):
    agent = make.staff("Milda Jankauskaitė")
    make.team(members=(agent,))
    client.force_login(agent)
    return agent


@pytest.fixture
def case(milda):
    ruta = make.person(email="ruta@post.example")
    return make.case(make.contact(person=ruta), owner=milda)


def at(case, name):
    return reverse(f"case-{name}", args=[case.reference])


def test_a_reply_is_written_and_can_be_taken_back(client, case):
    sent = client.post(at(case, "reply"), {"reply-text": "He comes at four."}, follow=True)
    mail = OutgoingMail.objects.get()
    assert "He comes at four." in mail.text
    undo = reverse("case-undo-reply", args=[case.reference, mail.pk])
    assert undo in sent.text
    client.post(undo)
    mail.refresh_from_db()
    assert mail.state == MailState.WITHDRAWN


def test_a_reply_begins_with_how_they_are_addressed(client, case):
    assert "Dear Ms Petrauskienė," in client.get(at(case, "reply")).text


def test_files_leave_with_a_reply(client, case):
    pdf = SimpleUploadedFile("plan.pdf", b"%PDF-1.4\n%%EOF\n")
    client.post(at(case, "reply"), {"reply-text": "See the plan.", "reply-attached": [pdf]})
    assert Attachment.objects.get().name == "plan.pdf"


def test_a_reply_can_go_on_to_a_promise(client, case):
    response = client.post(at(case, "reply"), {"reply-text": "Yes.", "then": "promise"})
    assert response["Location"] == at(case, "promise")


def test_a_note_is_for_colleagues(client, case, milda):
    assert client.post(at(case, "note"), {"note-text": "Pump P2 again."}).status_code == 302
    assert CaseNote.objects.get().text == "Pump P2 again."
    assert "Pump P2 again." in client.get(reverse("case", args=[case.reference])).text


def test_a_call_is_written_down_with_its_moods(client, case):
    told = {
        "call-direction": "out",
        "call-channel": "telephone",
        "call-text": "It is warm now.",
        "call-minutes": "4",
        "call-mood_start": "2",
        "call-mood_end": "0",
    }
    assert client.post(at(case, "call"), told).status_code == 302
    contact = Contact.objects.latest("pk")
    assert (contact.mood_start, contact.mood_end, contact.effect) == (2, 0, "good")


@pytest.mark.parametrize("name", ["reply", "note", "call"])
def test_nothing_written_is_refused_in_one_sentence(client, case, name):
    told = {"call-direction": "in", "call-channel": "desk", "call-minutes": "1"}
    response = client.post(at(case, name), told)
    assert response.status_code == 422
    assert 'role="alert"' in response.text


def test_what_is_typed_is_kept_and_comes_back(client, case):
    keep = reverse("case-keep", args=[case.reference, "note"])
    kept = client.post(keep, {"note-text": "Half a note", "version": ""}).json()
    assert kept["version"] == 1
    assert "Half a note" in client.get(reverse("case", args=[case.reference])).text


def test_another_window_does_not_overwrite_what_was_kept(client, case):
    keep = reverse("case-keep", args=[case.reference, "note"])
    client.post(keep, {"note-text": "One", "version": ""})
    client.post(keep, {"note-text": "One, two", "version": "1"})
    stale = client.post(keep, {"note-text": "Something else", "version": "1"})
    assert stale.status_code == 409
    assert stale.json()["fields"] == {"note-text": "One, two"}


def test_what_was_sent_is_no_draft_any_more(client, case):
    client.post(reverse("case-keep", args=[case.reference, "note"]), {"note-text": "So"})
    client.post(at(case, "note"), {"note-text": "So"})
    assert not Draft.objects.exists()


def test_what_changed_meanwhile_is_said_before_anything_is_sent(client, case):
    seen = last_entry_of(f"case:{case.pk}")
    apologise(case, by=case.team.duty_owner, at=make.NOW)
    response = client.post(at(case, "reply"), {"reply-text": "Yes.", "seen": seen})
    assert response.status_code == 422
    assert "was changed while you had it open" in response.text
    assert not OutgoingMail.objects.exists()
