"""Files that go with a reply, and what was set aside when it left."""

from datetime import timedelta

import pytest

from amends.contacts.actions import draft_files
from amends.contacts.actions.attachments import TooManyFiles, Upload
from amends.contacts.actions.draft_files import TooMuchForAMail, put_files
from amends.contacts.actions.drafts import Typing, forget_sent, keep_draft, take_up_again
from amends.contacts.models.drafting import Draft
from amends.contacts.rules.kinds import DraftKind
from amends.contacts.rules.uploads import MOST_FILES
from tests import make

pytestmark = pytest.mark.django_db


def files(number, *, of=b"Dig here."):
    return [Upload(f"plan-{n}.txt", of + str(n).encode()) for n in range(number)]


def test_more_files_than_a_mail_holds_are_refused():
    by = make.staff()
    put_files("a", uploads=files(MOST_FILES), by=by, at=make.NOW)
    with pytest.raises(TooManyFiles):
        put_files("a", uploads=[Upload("one-more.txt", b"More.")], by=by, at=make.NOW)


def test_files_too_large_for_one_mail_are_refused(monkeypatch):
    monkeypatch.setattr(draft_files, "MOST_BYTES_OF_A_MAIL", 20)
    with pytest.raises(TooMuchForAMail):
        put_files("a", uploads=files(3), by=make.staff(), at=make.NOW)


def test_what_is_typed_meanwhile_stays_and_so_does_what_was_set_aside():
    by = make.staff()
    for kind, key in ((DraftKind.SENT, "7"), (DraftKind.COMPOSER, "a")):
        keep_draft(Typing(kind, key, {"reply-text": key}, 0), by=by, at=make.NOW)
    take_up_again("7", key="a", by=by, at=make.NOW)
    assert Draft.objects.get(kind=DraftKind.COMPOSER).fields == {"reply-text": "a"}
    forget_sent(Draft.objects.get(kind=DraftKind.SENT), at=make.NOW + timedelta(days=1))
    assert not Draft.objects.filter(kind=DraftKind.SENT).exists()
