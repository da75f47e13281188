import pytest
from django.urls import reverse
from django.utils import timezone

from amends.base.files import path_of
from amends.cases.actions.arrivals import take_in
from amends.cases.models.case import Case
from amends.contacts.actions.arrivals import Incoming, store_arrival
from amends.contacts.actions.pictures import keep_pictures
from amends.contacts.channels.email import outside
from amends.contacts.models import Arrival, Contact
from amends.journal.models import Entry
from amends.staff.models import Organisation
from amends.web.original.views import POLICY
from tests import make
from tests.contacts.channels.email.messages import mail, part, parts

pytestmark = pytest.mark.django_db

PNG = b"\x89PNG\r\n\x1a\n" + bytes(32)
SEEN = "https://evil.example/seen.png"
TEXT = part("text/plain", "It is cold.")
HTML = part(
    "text/html",
    '<p style="color:red">It is <b>cold</b>.</p><script>alert(1)</script>'
    '<img src="https://evil.example/seen.png">',
)


def arrived(raw: bytes) -> Contact:
    arrival, _new = store_arrival(Incoming(source="file", key="1", raw=raw), at=timezone.now())
    take_in([arrival], at=timezone.now())
    return Contact.objects.get(arrival=arrival)


@pytest.fixture(autouse=True)
def milda(client):
    make.organisation()
    agent = make.staff("Milda Jankauskaitė")
    make.team(members=(agent,))
    client.force_login(agent)
    return agent


def test_a_mail_is_shown_as_it_was_sent_in_a_frame_of_its_own(client):
    contact = arrived(parts(TEXT, HTML, kind="alternative"))
    case = client.get(reverse("case", args=[Case.objects.get().reference])).text
    assert reverse("original", args=[contact.pk]) in case
    assert "message.html" not in case

    page = client.get(reverse("original", args=[contact.pk])).text
    assert "ruta@example.lt" in page
    assert "One picture lies on another server" in page
    assert f'src="{reverse("original-body", args=[contact.pk])}"' in page
    assert "alert(1)" not in page


def test_what_is_in_the_frame_is_clean_and_under_a_policy_of_its_own(client):
    contact = arrived(parts(TEXT, HTML, kind="alternative"))
    body = client.get(reverse("original-body", args=[contact.pk]))
    assert '<p style="color:red">It is <b>cold</b>.</p><img>' in body.text
    assert body["Content-Security-Policy"] == POLICY
    assert "default-src 'none'" in POLICY
    assert "allow-scripts" not in POLICY
    assert "allow-same-origin" not in POLICY
    assert body["X-Frame-Options"] == "SAMEORIGIN"
    assert body["Referrer-Policy"] == "no-referrer"


@pytest.mark.enable_socket
@pytest.mark.allow_hosts(["127.0.0.1"])
def test_pictures_from_outside_are_asked_for_and_none_inside_our_walls_is_fetched(client):
    inside = part("text/html", '<p>Cold.<img src="http://127.0.0.1/seen.png">')
    contact = arrived(parts(TEXT, inside, kind="alternative"))
    page = client.get(reverse("original", args=[contact.pk])).text
    assert "Show pictures from outside" in page
    asked = client.post(reverse("original-pictures", args=[contact.pk]), follow=True)
    assert "None of the pictures could be fetched." in asked.text
    entry = Entry.objects.get(kind="PicturesAskedFor")
    assert entry.facts == {"contact_id": contact.pk, "pictures": 1}


def test_pictures_that_were_fetched_are_shown_in_the_mail(client):
    contact = arrived(parts(TEXT, HTML, kind="alternative"))
    keep_pictures(contact, pictures={SEEN: PNG}, at=timezone.now())
    body = client.get(reverse("original-body", args=[contact.pk]))
    assert '<img src="data:image/png;base64,iVBOR' in body.text
    assert "evil.example" not in body.text
    page = client.get(reverse("original", args=[contact.pk])).text
    assert "Show pictures from outside" not in page
    asked = client.post(reverse("original-pictures", args=[contact.pk]), follow=True)
    assert "None of the pictures could be fetched." in asked.text


def test_pictures_stay_outside_where_the_organisation_says_so(client):
    Organisation.objects.update(fetches_pictures=False)
    contact = arrived(parts(TEXT, HTML, kind="alternative"))
    assert "Show pictures" not in client.get(reverse("original", args=[contact.pk])).text
    asked = client.post(reverse("original-pictures", args=[contact.pk]), follow=True)
    assert "Your administrator decides that." in asked.text
    assert not Entry.objects.filter(kind="PicturesAskedFor").exists()


def test_while_others_have_pictures_fetched_one_is_asked_to_wait(client):
    contact = arrived(parts(TEXT, HTML, kind="alternative"))
    seats = [outside._seats.acquire(blocking=False) for _each in range(outside.AT_ONCE)]
    try:
        asked = client.post(reverse("original-pictures", args=[contact.pk]), follow=True)
    finally:
        for _each in seats:
            outside._seats.release()
    assert "Try again in a moment." in asked.text


def test_a_mail_without_a_layout_is_shown_as_text(client):
    contact = arrived(mail())
    page = client.get(reverse("original", args=[contact.pk])).text
    assert "It is cold again." in page
    assert "<iframe" not in page
    assert client.get(reverse("original-body", args=[contact.pk])).status_code == 404
    case = client.get(reverse("case", args=[Case.objects.get().reference])).text
    assert "Show as it was sent" not in case


def test_a_mail_that_is_gone_from_the_disk_is_not_found(client):
    contact = arrived(mail())
    Arrival.objects.update(raw=None, sha256="0" * 64)
    assert not path_of("0" * 64).exists()
    assert client.get(reverse("original", args=[contact.pk])).status_code == 404


def test_what_did_not_arrive_as_a_mail_is_not_found(client):
    told = make.contact(person=make.person())
    make.case(told)
    assert client.get(reverse("original", args=[told.pk])).status_code == 404


def test_a_stranger_is_asked_to_sign_in(client):
    client.logout()
    assert client.get(reverse("original", args=[1])).status_code == 302
