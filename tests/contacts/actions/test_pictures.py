import pytest

from amends.contacts.actions.pictures import (
    PicturesStayOutside,
    ask_for_pictures,
    keep_pictures,
)
from amends.contacts.models import OutsidePicture
from amends.contacts.queries.pictures import fetched_pictures
from amends.contacts.rules.pictures import picture_key
from amends.journal.models import Entry
from amends.staff.actions.authorise import NotAllowed
from amends.staff.rules.permissions import Role
from tests import make
from tests.make import NOW

pytestmark = pytest.mark.django_db
PNG, GIF = b"\x89PNG\r\n\x1a\n", b"GIF89a"
ONE, TWO = "https://a.example/1", "https://a.example/2"


@pytest.fixture
def contact():
    make.organisation()
    return make.contact()


def test_who_asked_is_written_down_before_anything_is_fetched(contact):
    agent = make.staff()
    ask_for_pictures(contact, pictures=2, by=agent, at=NOW)
    entry = Entry.objects.get(kind="PicturesAskedFor")
    assert (entry.by, entry.facts) == (
        f"staff:{agent.pk}",
        {"contact_id": contact.pk, "pictures": 2},
    )


def test_who_only_reads_asks_for_nothing(contact):
    with pytest.raises(NotAllowed):
        ask_for_pictures(contact, pictures=1, by=make.staff(role=Role.AUDITOR), at=NOW)


def test_nothing_is_fetched_for_the_demonstration(contact, settings):
    settings.DEMO = True
    with pytest.raises(PicturesStayOutside):
        ask_for_pictures(contact, pictures=1, by=make.staff(), at=NOW)


def test_what_came_is_kept_once_and_only_what_is_a_picture(contact):
    assert keep_pictures(contact, pictures={ONE: PNG, TWO: b"<svg/>"}, at=NOW) == 1
    keep_pictures(contact, pictures={ONE: GIF, TWO: GIF}, at=NOW)
    kept = [(each.address_sha256, each.media_type) for each in fetched_pictures(contact)]
    assert kept == [(picture_key(ONE), "image/png"), (picture_key(TWO), "image/gif")]
    assert str(OutsidePicture.objects.earliest("pk")).endswith("image/png")
