import pytest
from django.db import DatabaseError, connection

from amends.journal.actions import record
from amends.journal.events import Event
from amends.journal.models import Block, Entry
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _an_entry():
    record(Event(), by=None, at=make.NOW)


def test_an_entry_is_never_changed():
    with pytest.raises(DatabaseError, match="append-only"):
        Entry.objects.update(kind="Forged")


def test_an_entry_is_never_deleted():
    with pytest.raises(DatabaseError, match="append-only"):
        Entry.objects.all().delete()


def test_the_journal_is_never_emptied():
    with pytest.raises(DatabaseError, match="append-only"), connection.cursor() as cursor:
        cursor.execute("TRUNCATE journal_entry")


def test_a_seal_is_never_changed():
    Block.objects.create(first_id=1, last_id=2, sealed_at=make.NOW, digest="0" * 64)
    with pytest.raises(DatabaseError, match="append-only"):
        Block.objects.update(digest="f" * 64)
