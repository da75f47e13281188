from html import unescape

import pytest
from django.urls import reverse

from amends.contacts.models.mailboxes import Mailbox
from amends.contacts.models.sending import SendingIdentity
from amends.contacts.rules.published import Published, record_of
from amends.staff.rules.permissions import Role
from amends.web.settings.sending import PUBLISHED
from tests import make
from tests.dns_server import telling

pytestmark = pytest.mark.django_db
SENDING = "/settings/sending/"
TOLD = {"host": "smtp.heat.example", "port": "465", "security": "tls", "user": "bills"}


@pytest.fixture
def box(client):
    make.organisation()
    client.force_login(make.staff(role=Role.ADMINISTRATOR))
    return Mailbox.objects.create(
        name="Bills", address="bills@heat.example", added_at=make.NOW, changed_at=make.NOW
    )


def at(box, name="", pk=None):
    return reverse(f"settings-way-out{name}", args=[box.pk if pk is None else pk])


def test_each_mailbox_and_the_house_has_its_way(client, box):
    page = client.get(SENDING).text
    assert at(box) in page
    assert at(box, pk=0) in page
    assert "that of the installation" in page


def test_a_server_and_a_pace_are_written_down_and_the_password_is_never_shown(client, box):
    client.post(at(box), {**TOLD, "password": make.PASSWORD, "per_minute": "20"})
    kept = SendingIdentity.objects.get()
    assert (kept.mailbox, kept.host, kept.per_minute) == (box, "smtp.heat.example", 20)
    assert "20 a minute" in client.get(SENDING).text
    page = client.get(at(box)).text
    assert make.PASSWORD not in page
    assert kept.secret not in page


@pytest.mark.parametrize("wrong", [{"host": ""}, {"port": "0"}, {"security": "x"}, {"port": ""}])
def test_what_cannot_be_is_refused(client, box, wrong):
    assert client.post(at(box), {**TOLD, **wrong}).status_code == 422


def test_a_key_is_made_published_and_signed_with(client, box):
    assert "link-to-give" not in client.get(at(box, pk=0)).text
    client.post(at(box, "-sign", 0))
    assert not SendingIdentity.objects.filter(signs=True).exists()
    client.post(at(box, "-key", 0))
    kept = SendingIdentity.objects.get()
    page = unescape(client.get(at(box, pk=0)).text)
    assert f"v=DKIM1; k=rsa; p={kept.public_key}" in page.replace("&#x3D;", "=").replace(
        "&#43;", "+"
    )
    assert f"{kept.selector}._domainkey." in page
    assert kept.private_key not in page
    client.post(at(box, "-sign", 0))
    assert "Mail is signed." in client.get(at(box, pk=0)).text
    client.post(at(box, "-sign", 0), {"stop": "1"})
    assert not SendingIdentity.objects.get().signs


@pytest.mark.parametrize("path", ["", "0/"])
def test_only_who_keeps_the_organisation_sees_it(client, path):
    client.force_login(make.staff())
    assert client.get(SENDING + path).status_code == 403


@pytest.mark.enable_socket
@pytest.mark.allow_hosts(["127.0.0.1"])
def test_the_page_says_whether_the_key_is_published(client, box):
    assert "Make a key first" in client.post(at(box, "-look"), follow=True).text
    client.post(at(box, "-key"))
    kept = SendingIdentity.objects.get()
    name = f"{kept.selector}._domainkey.heat.example"
    with telling({}):
        missing = client.post(at(box, "-look"), follow=True).text
        assert f"There is no record at {name} yet." in missing
    with telling({name: [record_of(kept.public_key)]}):
        told = client.post(at(box, "-look"), follow=True).text
    assert "The record is published as it must be." in told


def test_all_that_can_stand_in_the_dns_has_its_words():
    assert set(PUBLISHED) == set(Published)
