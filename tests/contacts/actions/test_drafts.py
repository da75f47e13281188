from dataclasses import replace
from datetime import timedelta

import pytest

from amends.contacts.actions.attachments import Upload
from amends.contacts.actions.draft_files import put_files
from amends.contacts.actions.drafts import (
    ChangedElsewhere,
    EnoughParked,
    Typing,
    drop_draft,
    drop_empty_sheets,
    keep_draft,
    park_draft,
)
from amends.contacts.actions.mail import Letter, NoAddress, NobodySigns, queue_mail
from amends.contacts.models import OutgoingMail
from amends.contacts.models.drafting import Draft
from amends.contacts.rules.kinds import DraftKind, MailKind
from amends.journal.models import Entry
from tests import make

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def by():
    return make.staff()


def typed(by, text="It went", *, version=0, key="a", at=make.NOW):
    typing = Typing(DraftKind.SHEET, key, {"story": text}, version)
    return keep_draft(typing, by=by, at=at)


class TestKeepDraft:
    def test_files_put_with_it_before_a_word_was_kept_stand_in_nobodys_way(self, by):
        plan = Upload("plan.txt", b"Dig here.")
        put_files("a", uploads=[plan], by=by, at=make.NOW)
        told = Typing(DraftKind.COMPOSER, "a", {"reply-text": "See the plan."}, 0)
        assert keep_draft(told, by=by, at=make.NOW + SECOND).fields == told.fields
        with pytest.raises(ChangedElsewhere):
            keep_draft(replace(told, fields={"reply-text": "No."}), by=by, at=make.NOW + SECOND)

    def test_what_is_typed_is_kept_with_a_version(self, by):
        first = typed(by)
        second = typed(by, "It went cold", version=first.version, at=make.NOW + SECOND)
        assert (first.version, second.version) == (1, 2)
        assert Draft.objects.get().fields == {"story": "It went cold"}
        assert (second.begun_at, second.saved_at) == (make.NOW, make.NOW + SECOND)
        assert not Entry.objects.exists()

    def test_two_windows_undo_nothing(self, by):
        first = typed(by)
        typed(by, "It went cold", version=first.version)
        with pytest.raises(ChangedElsewhere) as refused:
            typed(by, "It went warm", version=first.version)
        assert refused.value.draft.fields == {"story": "It went cold"}
        assert Draft.objects.get().fields == {"story": "It went cold"}

    def test_the_same_text_from_another_window_is_no_conflict(self, by):
        typed(by)
        typed(by, "It went cold", version=1)
        assert typed(by, "It went cold", version=1).version == 2

    def test_what_is_kept_once_more_unchanged_is_no_newer_text_for_another_window(self, by):
        shown = typed(by)
        again = typed(by, version=shown.version, at=make.NOW + SECOND)
        assert (again.version, again.saved_at) == (shown.version, make.NOW + SECOND)
        assert typed(by, "It went warm", version=shown.version).version == 2

    def test_everybody_has_their_own(self, by):
        typed(by)
        assert typed(make.staff()).version == 1
        assert Draft.objects.count() == 2


class TestParkDraft:
    def test_three_sheets_can_be_parked(self, by):
        for key in "abc":
            assert park_draft(typed(by, key=key), by=by, at=make.NOW).parked_at == make.NOW
        with pytest.raises(EnoughParked):
            park_draft(typed(by, key="d"), by=by, at=make.NOW)
        again = Draft.objects.get(key="a")
        assert park_draft(again, by=by, at=make.NOW + SECOND).parked_at == make.NOW + SECOND

    def test_one_on_which_nothing_was_said_takes_no_place_and_is_forgotten(self, by):
        for key in "abc":
            park_draft(typed(by, "" if key == "a" else "Cold", key=key), by=by, at=make.NOW)
        assert park_draft(typed(by, key="d"), by=by, at=make.NOW).parked_at == make.NOW
        drop_empty_sheets(by=by, at=make.NOW)
        assert sorted(Draft.objects.values_list("key", flat=True)) == ["b", "c", "d"]

    def test_nobody_parks_what_another_types(self, by):
        with pytest.raises(Draft.DoesNotExist):
            park_draft(typed(by), by=make.staff(), at=make.NOW)


class TestDropDraft:
    def test_what_became_something_is_forgotten(self, by):
        drop_draft(typed(by), by=by, at=make.NOW)
        assert not Draft.objects.exists()

    def test_nobody_drops_what_another_types(self, by):
        drop_draft(typed(by), by=make.staff(), at=make.NOW)
        assert Draft.objects.exists()


def letter(**facts):
    told = {
        "kind": MailKind.REPLY,
        "to_address": "ruta@home.example",
        "subject": "Today",
        "text": "He comes at 16:00.",
        "language": "lt",
        **facts,
    }
    return Letter(**told)


class TestQueueMail:
    def test_a_mail_is_committed_before_it_is_sent(self, by):
        make.organisation()
        mail = queue_mail(
            letter(author=by, references=("a@x", "b@x"), held_for=10 * SECOND),
            by=by,
            at=make.NOW,
        )
        found = OutgoingMail.objects.get()
        assert found == mail
        assert (found.state, found.send_at) == ("waiting", make.NOW + 10 * SECOND)
        assert (found.references, found.language) == ("a@x b@x", "lt")
        assert found.message_id.endswith("@water.example")
        entry = Entry.objects.get(kind="MailQueued")
        assert (entry.by, entry.facts) == (by.actor, {"mail_id": mail.pk, "kind": "reply"})

    def test_it_goes_somewhere(self, by):
        with pytest.raises(NoAddress):
            queue_mail(letter(to_address=""), by=by, at=make.NOW)

    @pytest.mark.requirement("S0-15")
    def test_a_customer_is_written_to_by_somebody_with_a_name(self, by):
        with pytest.raises(NobodySigns):
            queue_mail(letter(contact=make.contact()), by=by, at=make.NOW)

    def test_before_set_up_a_mail_still_has_an_id_of_ours(self, by):
        assert queue_mail(letter(), by=by, at=make.NOW).message_id.endswith("@amends.invalid")
