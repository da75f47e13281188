from datetime import timedelta
from threading import Thread

import psycopg
import pytest
from django.db import OperationalError, connection, transaction

from amends.journal import sealing
from amends.journal.actions import record
from amends.journal.events import Event
from amends.journal.models import Block, Entry
from amends.journal.sealing import seal, verify
from tests import make

pytestmark = pytest.mark.django_db


def write(count):
    for minute in range(count):
        record(Event(), by=None, at=make.NOW + timedelta(minutes=minute))


def forge(statement, *values):
    """Change the journal behind its triggers' backs, as who owns the database can."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement, values)
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


def test_an_empty_journal_is_whole():
    assert seal(at=make.NOW) == 0
    verdict = verify()
    assert (verdict.broken, verdict.entries, verdict.last) == (None, 0, "")


def test_each_seal_takes_up_where_the_last_one_ended():
    write(3)
    assert seal(at=make.NOW) == 1
    write(2)
    assert seal(at=make.NOW) == 1
    write(1)

    first, second = Block.objects.order_by("pk")
    assert second.first_id == first.last_id + 1
    verdict = verify()
    assert (verdict.broken, verdict.blocks, verdict.entries, verdict.unsealed) == (None, 2, 5, 1)
    assert verdict.last == second.digest


def test_what_is_sealed_is_not_sealed_again():
    write(2)
    seal(at=make.NOW)
    assert seal(at=make.NOW) == 0


def test_a_long_run_is_sealed_in_several_blocks(monkeypatch):
    monkeypatch.setattr(sealing, "MOST_ENTRIES", 2)
    write(5)
    assert seal(at=make.NOW) == 3
    assert verify().entries == 5


class TestTampering:
    @pytest.fixture(autouse=True)
    def _sealed(self):
        for _ in range(3):
            write(3)
            seal(at=make.NOW)

    @pytest.mark.parametrize(
        "change",
        [
            "kind = 'Forged'",
            "at = at + interval '1 microsecond'",
            "by = 'staff:7'",
            "subject = 'case:7'",
            "facts = '{\"case_id\": 7}'",
        ],
    )
    def test_an_entry_that_was_changed_shows(self, change):
        ids = list(Entry.objects.order_by("pk").values_list("pk", flat=True))
        forge(f"UPDATE journal_entry SET {change} WHERE id = %s", ids[4])  # noqa: S608 - from above
        verdict = verify()
        assert verdict.broken == Block.objects.order_by("pk")[1]
        assert (verdict.blocks, verdict.entries) == (1, 3)

    def test_an_entry_that_was_taken_out_shows(self):
        last = Entry.objects.order_by("-pk")[0]
        forge("DELETE FROM journal_entry WHERE id = %s", last.pk)
        assert verify().broken == Block.objects.order_by("pk")[2]

    def test_an_entry_that_was_put_in_shows(self):
        # The number of an entry that was rolled back is free for a forger.
        first = Entry.objects.order_by("pk")[0]
        forge("DELETE FROM journal_entry WHERE id = %s", first.pk)
        forge(
            "INSERT INTO journal_entry (id, kind, at, by, subject, facts)"
            " VALUES (%s, 'Forged', now(), 'clock', '', '{}')",
            first.pk,
        )
        assert verify().broken == Block.objects.order_by("pk")[0]

    def test_a_seal_that_was_taken_out_shows(self):
        middle = Block.objects.order_by("pk")[1]
        forge("DELETE FROM journal_block WHERE id = %s", middle.pk)
        assert verify().broken == Block.objects.order_by("pk")[1]

    def test_a_seal_made_anew_over_a_forgery_breaks_the_next(self):
        middle = Block.objects.order_by("pk")[1]
        forge("UPDATE journal_entry SET kind = 'Forged' WHERE id = %s", middle.first_id)
        forge("UPDATE journal_block SET digest = repeat('0', 64) WHERE id = %s", middle.pk)
        assert verify().broken == middle


@pytest.mark.django_db(transaction=True)
class TestWhileOthersWrite:
    def test_a_number_still_under_way_is_waited_for(self):
        write(1)
        with psycopg.connect(url()) as writer:
            writer.execute(
                "INSERT INTO journal_entry (kind, at, by, subject, facts)"
                " VALUES ('Slow', now(), 'clock', '', '{}')"
            )
            write(1)
            sealer = Thread(target=sealed_elsewhere)
            sealer.start()
            writer.commit()
        sealer.join(20)
        block = Block.objects.get()
        assert Entry.objects.filter(id__range=(block.first_id, block.last_id)).count() == 3
        assert verify().broken is None

    def test_a_writer_who_takes_too_long_is_left_for_the_next_time(self):
        write(1)
        with psycopg.connect(url()) as writer:
            writer.execute("LOCK TABLE journal_entry IN ROW EXCLUSIVE MODE")
            with pytest.raises(OperationalError, match="lock timeout"):
                seal(at=make.NOW)
        assert seal(at=make.NOW) == 1


def sealed_elsewhere():
    seal(at=make.NOW)
    connection.close()


def url():
    database = connection.settings_dict
    return f"postgresql://{database['USER']}@/{database['NAME']}?host={database['HOST']}"
