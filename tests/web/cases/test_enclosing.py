"""Files and copies that go with a reply."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from amends.cases.actions.parties import name_party
from amends.cases.rules.kinds import Part
from amends.contacts.actions.attachments import Upload, attach_files
from amends.contacts.models import Attachment, OutgoingMail
from amends.contacts.models.drafting import DraftFile
from tests import make

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n\x00\x01\x02"
PDF = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture
def case(client):
    make.organisation()
    milda = make.staff("Milda")
    make.team(members=(milda,))
    client.force_login(milda)
    return make.case(make.contact(person=make.person(email="ruta@post.example")), owner=milda)


def at(case, name):
    return reverse(f"case-{name}", args=[case.reference])


def chosen(name="plan.pdf", data=PDF):
    return SimpleUploadedFile(name, data)


def test_a_file_is_kept_while_the_reply_is_written_and_leaves_with_it(client, case):
    assert "plan.pdf" in client.post(at(case, "files"), {"reply-attached": [chosen()]}).text
    assert "plan.pdf" in client.get(reverse("case", args=[case.reference])).text
    assert "plan.pdf" in client.get(at(case, "reply")).text
    client.post(at(case, "reply"), {"reply-text": "See the plan."})
    assert Attachment.objects.get().contact.mail == OutgoingMail.objects.get()
    assert "plan.pdf" not in client.get(at(case, "reply")).text


def test_one_is_taken_out_with_one_click(client, case):
    client.post(at(case, "files"), {"reply-attached": [chosen()]})
    one = DraftFile.objects.get()
    assert "plan.pdf" not in client.post(at(case, "files"), {"then": f"drop:{one.pk}"}).text
    assert not DraftFile.objects.exists()


def test_without_a_script_the_line_of_a_picture_goes_with_it(client, case):
    client.post(at(case, "files"), {"reply-attached": [chosen("valve.png", PNG)]})
    one = DraftFile.objects.get()
    told = {"reply-text": "See:\n[valve.png]\nThere.", "then": f"drop:{one.pk}"}
    page = client.post(at(case, "reply"), told).text
    assert "See:\nThere.</textarea>" in page
    again = client.post(at(case, "reply"), told).text
    assert "[valve.png]" in again


def test_what_cannot_be_sent_is_refused_with_the_reason_and_the_rest_stays(client, case):
    client.post(at(case, "files"), {"reply-attached": [chosen()]})
    refused = client.post(at(case, "files"), {"reply-attached": [chosen("a.exe", b"MZ\x00\x90")]})
    assert refused.status_code == 422
    assert "a kind that is not accepted" in refused.text
    assert "plan.pdf" in refused.text


def test_a_file_of_the_case_goes_with_it_again(client, case):
    contact = case.case_contacts.get().contact
    attach_files(contact, uploads=[Upload("bill.pdf", PDF)], by=None, at=make.NOW)
    file = Attachment.objects.get()
    assert f'value="take:{file.pk}"' in client.get(at(case, "files")).text
    client.post(at(case, "files"), {"then": f"take:{file.pk}"})
    client.post(at(case, "reply"), {"reply-text": "Your bill again."})
    assert Attachment.objects.get(contact__mail__isnull=False).sha256 == file.sha256


@pytest.mark.parametrize("key", ["", "x", "999999", "9" * 30])
def test_a_file_of_another_case_is_no_file_of_this(client, case, key):
    other = make.contact()
    attach_files(other, uploads=[Upload("bill.pdf", PDF)], by=None, at=make.NOW)
    key = key or str(Attachment.objects.get().pk)
    assert client.post(at(case, "files"), {"then": f"take:{key}"}).status_code == 404


def test_without_a_script_files_are_kept_and_what_is_typed_stays(client, case):
    told = {"reply-text": "See the plan.", "reply-attached": [chosen()], "then": "files"}
    page = client.post(at(case, "reply"), told).text
    assert "plan.pdf" in page
    assert "See the plan." in page
    bad = {"reply-text": "See it.", "reply-attached": [chosen("a.exe", b"MZ\x00\x90")]}
    refused = client.post(at(case, "reply"), bad)
    assert refused.status_code == 422
    assert "See it." in refused.text
    assert not OutgoingMail.objects.exists()


def test_what_was_taken_back_is_there_again_with_its_files(client, case):
    told = {"reply-text": "See the plan.", "reply-attached": [chosen()]}
    client.post(at(case, "reply"), told)
    undo = reverse("case-undo-reply", args=[case.reference, OutgoingMail.objects.get().pk])
    client.post(undo)
    page = client.get(at(case, "reply")).text
    assert "See the plan." in page
    assert "plan.pdf" in page


def test_who_has_a_part_in_the_case_is_proposed_and_gets_a_copy(client, case):
    jonas = make.person("Jonas Kairys", email="Jonas@post.example")
    name_party(case, part=Part.COMPLAINANT, who=jonas, by=case.owner, at=make.NOW)
    offered = client.get(at(case, "copies")).text
    assert offered.index("ruta@post.example") < offered.index("jonas@post.example")
    told = {"reply-text": "Both of you.", "reply-cc": "Jonas <JONAS@post.example>; "}
    client.post(at(case, "reply"), told)
    assert OutgoingMail.objects.get().cc == ["jonas@post.example"]
    page = client.get(reverse("case", args=[case.reference])).text
    assert "Copy to jonas@post.example" in page


def test_a_stranger_gets_a_copy_only_if_that_is_meant(client, case):
    told = {"reply-text": "To the supplier, too.", "reply-bcc": "supplier@pumps.example"}
    refused = client.post(at(case, "reply"), told)
    assert refused.status_code == 422
    assert "supplier@pumps.example has no part in this case" in refused.text
    client.post(at(case, "reply"), {**told, "reply-strangers": "on"})
    assert OutgoingMail.objects.get().bcc == ["supplier@pumps.example"]


def test_nobody_complained_about_is_proposed_or_gets_it_as_a_colleague_would(client, case):
    about = make.staff("Jonas")
    name_party(case, part=Part.COMPLAINED_ABOUT, who=about, by=case.owner, at=make.NOW)
    assert about.email not in client.get(at(case, "copies")).text
    told = {"reply-text": "Hello", "reply-cc": about.email}
    assert client.post(at(case, "reply"), told).status_code == 422
    client.post(at(case, "reply"), {**told, "reply-cc": make.staff("Vida").email})
    assert OutgoingMail.objects.exists()


@pytest.mark.parametrize(
    "typed", ["nobody", "a@b.example, x", "<>", ",".join(["a@b.example"] * 21)]
)
def test_what_is_no_address_is_told(client, case, typed):
    told = {"reply-text": "Hello", "reply-cc": typed}
    assert client.post(at(case, "reply"), told).status_code == 422


def test_the_files_of_the_case_stand_there_only_when_asked_for(client, case):
    assert "This case has no files yet." not in client.get(at(case, "reply")).text
    asked = client.post(at(case, "reply"), {"reply-text": "So.", "then": "files"})
    assert "This case has no files yet." in asked.text
