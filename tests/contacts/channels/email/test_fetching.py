"""Mail fetched from a real Dovecot over TLS."""

from datetime import date, timedelta
from threading import Event

import pytest
from django.conf import settings
from django.utils import timezone

from amends.base.files import path_of
from amends.contacts.actions.fetching import leave_there
from amends.contacts.channels.email.attending import access_of
from amends.contacts.channels.email.fetching import Look, Lost
from amends.contacts.channels.email.imap import ImapFolder
from amends.contacts.models import Arrival, Recognised
from amends.contacts.models.mailboxes import Fetching, LeftThere
from amends.contacts.queries.arrivals import raw_of
from amends.contacts.rules.fetching import CannotFetch, Waiting, place_of
from amends.contacts.rules.mailboxes import Trouble
from amends.journal.models import Entry
from tests.contacts.channels.email.messages import mail
from tests.dovecot import Dovecot
from tests.make import NOW

pytestmark = pytest.mark.django_db


def look(mailbox, *, stopping: Event | None = None, lost: Lost | None = None) -> Look:
    """Look once into `mailbox`, as it is done again and again."""
    access = access_of(mailbox, at=timezone.now())
    with ImapFolder(access) as folder:
        one = Look(
            mailbox=mailbox,
            place=place_of(access),
            folder=folder,
            files=settings.MEDIA_ROOT,
            clock=timezone.now,
            lost=lost or Lost(),
        )
        one.run(stopping or Event())
    return one


def stored() -> list[bytes]:
    return [raw_of(arrival) for arrival in Arrival.objects.order_by("pk")]


def numbered(count: int) -> list[bytes]:
    return [mail(f"number {number}") for number in range(count)]


def test_what_is_new_is_stored_byte_for_byte_whatever_was_read(dovecot, mailbox):
    dovecot.receive(mail("one"), mail("two"))
    with dovecot.client() as client:
        client.store("1", "+FLAGS", r"(\Seen)")
    look(mailbox)
    look(mailbox)
    assert stored() == [mail("one"), mail("two")]
    dovecot.receive(mail("three"))
    look(mailbox)
    assert stored()[2:] == [mail("three")]
    assert dovecot.flags() == [r"\Seen", "", ""]
    assert Entry.objects.filter(kind="ArrivalStored").count() == 3


@pytest.mark.parametrize("size", [1_000_001, 3_000_000])
def test_a_large_mail_comes_in_pieces_and_lies_in_file_storage(dovecot, mailbox, size):
    large = mail("x" * 70 + "\r\n") + b"0123456789" * (size // 10)
    dovecot.receive(mail("before"), large, mail("after"))
    look(mailbox)
    assert stored() == [mail("before"), large, mail("after")]
    arrival = Arrival.objects.get(raw=None)
    assert path_of(arrival.sha256).stat().st_size == arrival.size_bytes == len(large)


def test_a_thousand_mails_of_an_outage_come_in_batches_and_the_rest_is_counted(dovecot, mailbox):
    dovecot.receive_many(numbered(1000))
    stopping = Event()
    first, fetch = [], Look._take

    class Cut(Look):
        def _take(self, group):
            fetch(self, group)
            first.append(len(group))
            if len(first) == 3:
                stopping.set()

    access = access_of(mailbox, at=timezone.now())
    with ImapFolder(access) as folder:
        Cut(
            mailbox=mailbox, place=place_of(access), folder=folder, lost=Lost(),
            files=settings.MEDIA_ROOT, clock=timezone.now,
        ).run(stopping)  # fmt: skip
    fetching = Fetching.objects.get()
    assert (fetching.total, fetching.waiting) == (1000, 850)
    look(mailbox)
    assert sorted(stored()) == sorted(numbered(1000))
    assert Fetching.objects.get().waiting == 0


def test_a_folder_numbered_anew_is_looked_at_again_and_nothing_missed_or_doubled(dovecot, mailbox):
    dovecot.receive(*numbered(5))
    look(mailbox)
    first = Fetching.objects.get().uid_validity
    with dovecot.client() as client:
        client.store("2", "+FLAGS", r"(\Deleted)")
        client.expunge()
    dovecot.receive(mail("while nobody looked"))
    dovecot.number_anew()
    look(mailbox)
    dovecot.receive(mail("afterwards"))
    look(mailbox)
    assert Fetching.objects.get().uid_validity != first
    expected = [*numbered(5), mail("while nobody looked"), mail("afterwards")]
    assert sorted(stored()) == sorted(expected)
    assert Recognised.objects.count() == 4
    assert Entry.objects.filter(kind="FolderRenumbered").count() == 1


def test_two_mails_with_one_message_id_are_two_and_a_copy_of_one_is_none(dovecot, mailbox):
    one, other = (
        mail("one", message_id="<same@example.org>"),
        mail("other", message_id="<same@example.org>"),
    )
    dovecot.receive(one, other, one)
    look(mailbox)
    assert stored() == [one, other]


def test_another_folder_with_the_same_numbers_is_another_place(dovecot, mailbox):
    dovecot.make_folder("Archive")
    dovecot.receive(mail("inbox"))
    dovecot.receive(mail("archive"), folder="Archive")
    look(mailbox)
    Fetching.objects.update(settled_uid=0)
    mailbox.folder = "Archive"
    look(mailbox)
    assert stored() == [mail("inbox"), mail("archive")]
    assert (
        len({key.partition("/")[0] for key in Arrival.objects.values_list("key", flat=True)}) == 2
    )


def test_mail_from_before_the_day_stays_and_what_comes_later_counts_whatever_its_date(
    dovecot, mailbox
):
    mailbox.since_on = date(2026, 3, 20)
    with dovecot.client() as client:
        client.append("INBOX", "", '"19-Mar-2026 10:00:00 +0000"', mail("old"))
        client.append("INBOX", "", '"20-Mar-2026 10:00:00 +0000"', mail("young"))
        client.append("INBOX", "", '"02-Jan-2026 10:00:00 +0000"', mail("older"))
    look(mailbox)
    assert stored() == [mail("young")]
    with dovecot.client() as client:
        client.append("INBOX", "", '"01-Jan-2026 10:00:00 +0000"', mail("moved here by hand"))
    look(mailbox)
    assert stored() == [mail("young"), mail("moved here by hand")]


def test_what_is_stored_is_marked_or_moved_and_nothing_else_is_touched(dovecot, mailbox):
    dovecot.make_folder("Done ąž")
    dovecot.receive(mail("one"))
    mailbox.afterwards = "flag"
    look(mailbox)
    assert dovecot.flags() == [r"\Flagged"]
    dovecot.receive(mail("two"), mail("deleted by its owner"))
    with dovecot.client() as client:
        client.store("3", "+FLAGS", r"(\Deleted)")
        client.close = client.unselect
    look(mailbox)
    assert dovecot.uids() == [1, 2, 3]
    mailbox.afterwards, mailbox.move_to = "move", "Done ąž"
    dovecot.receive(mail("four"))
    look(mailbox)
    assert dovecot.uids() == [1, 2, 3]
    assert dovecot.uids("Done ąž") == [1]


def test_what_a_kill_left_unmoved_is_moved_by_the_next_look(dovecot, mailbox):
    dovecot.make_folder("Done")
    dovecot.receive(*numbered(3))
    look(mailbox)
    Fetching.objects.update(settled_uid=1)
    mailbox.afterwards, mailbox.move_to = "move", "Done"
    look(mailbox)
    assert dovecot.uids() == [1]
    assert len(dovecot.uids("Done")) == 2
    assert len(stored()) == 3


def test_a_folder_to_move_to_that_is_missing_holds_up_no_mail(dovecot, mailbox):
    mailbox.afterwards, mailbox.move_to = "move", "Nowhere"
    dovecot.receive(*numbered(2))
    unsettled = look(mailbox).unsettled
    assert unsettled is not None
    assert unsettled.trouble is Trouble.RIGHTS
    assert len(stored()) == 2
    dovecot.make_folder("Nowhere")
    assert look(mailbox).unsettled is None
    assert dovecot.uids() == []


def test_a_mail_that_is_too_large_stays_there_and_the_others_come(dovecot, mailbox, monkeypatch):
    monkeypatch.setattr("amends.contacts.channels.email.fetching.LARGEST_DELIVERED", 5000)
    dovecot.receive(mail("one"), mail("x" * 6000), mail("two"))
    look(mailbox)
    look(mailbox)
    assert stored() == [mail("one"), mail("two")]
    left = LeftThere.objects.get()
    assert (left.trouble, left.tries) == (Trouble.TOO_LARGE, 1)
    assert left.size_bytes > 6000


def test_what_was_left_there_is_tried_again_after_a_while(dovecot, mailbox):
    dovecot.receive(mail("one"), mail("two"))
    look(mailbox)
    key = Arrival.objects.latest("pk").key
    Arrival.objects.latest("pk").delete()
    problem = CannotFetch(Trouble.ANSWER, "no")
    leave_there(mailbox, mails=[Waiting(2, key, 0)], problem=problem, at=NOW)
    leave_there(mailbox, mails=[Waiting(9, f"{key}9", 0)], problem=problem, at=NOW)
    LeftThere.objects.update(tried_at=NOW - timedelta(days=400))
    look(mailbox)
    assert stored() == [mail("one"), mail("two")]
    assert not LeftThere.objects.exists()


def test_a_server_that_can_only_copy_is_moved_on_without_expunging_what_is_not_ours(mailbox):
    with Dovecot(capability="IMAP4rev1 UIDPLUS") as old:
        mailbox.port, mailbox.authority = old.ports["imaps"], old.authority
        old.make_folder("Done")
        old.receive(*numbered(2))
        mailbox.afterwards, mailbox.move_to = "move", "Done"
        look(mailbox)
        assert old.uids() == []
        assert len(old.uids("Done")) == 2
        with ImapFolder(access_of(mailbox, at=timezone.now())) as folder:
            assert not folder.can_listen


def test_a_server_put_back_to_an_old_state_hides_nothing(dovecot, mailbox):
    dovecot.receive(mail("one"), mail("two"))
    look(mailbox)
    key = Arrival.objects.latest("pk").key
    Arrival.objects.filter(key=key).update(sha256="0" * 64)
    Fetching.objects.update(fetched_uid=99)
    look(mailbox)
    keys = list(Arrival.objects.order_by("pk").values_list("key", flat=True))
    assert len(keys) == 3
    assert keys[2].startswith(f"{key}/")
    dovecot.receive(mail("three"))
    look(mailbox)
    assert stored()[3:] == [mail("three")]
