"""Erasing a record: no word of it is left anywhere, what was counted stays, and nothing reopens."""

import os
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import Error, connection, models, transaction

from amends.base.files import keep, path_of
from amends.base.made import made_path
from amends.cases.actions.arrivals import take_in
from amends.cases.actions.closing import reopen_case, withdraw_case
from amends.cases.actions.erasing import erase_record, forget_file
from amends.cases.actions.merging import merge_case
from amends.cases.actions.within import Barred
from amends.cases.models.bundles import Bundle
from amends.cases.models.case import Case, CaseContact
from amends.cases.models.erasing import FileToForget
from amends.cases.models.promises import Promise
from amends.cases.queries.erasing import is_needed, preview_of
from amends.cases.queries.links import case_behind, replaced_link, token_of
from amends.cases.queries.reading import case_for
from amends.cases.rules.erasing import (
    ERASED,
    WORDS_OF_CASES,
    WORDS_OF_CONTACTS,
    keyed_hash,
)
from amends.cases.rules.replay import replay
from amends.contacts.actions.arrivals import Incoming, store_arrival
from amends.contacts.models import Arrival, Attachment, Contact, Words
from amends.contacts.models.drafting import Draft
from amends.contacts.rules.kinds import DraftKind
from amends.jobs.sweeper import sweep
from amends.journal.models import Entry
from amends.journal.sealing import seal, verify
from amends.people.models import ContactPoint
from amends.people.queries import is_forgotten, people_for
from amends.staff.rules.permissions import Role
from tests import make
from tests.cases import hard
from tests.cases.past import WORD, ended, past
from tests.contacts.channels.email.messages import part, parts

pytestmark = pytest.mark.django_db
PICTURE = b"\x89PNG\r\n\x1a\n" + WORD.encode()
LATER = make.NOW + timedelta(days=9)


@pytest.fixture
def manager(db):
    make.organisation()
    return make.staff("Marta", role=Role.MANAGER)


@pytest.fixture
def ruta(manager):
    return make.person(f"Ruta {WORD}", email="ruta@quixwort.example", language="en")


def found(word):
    """Return in which tables a word stands, in text or in bytes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        hexed = word.encode().hex()
        told = set()
        for table in tables:
            query = f'SELECT count(*) FROM "{table}" AS t WHERE t::text ~* %s'  # noqa: S608  names of our own tables
            cursor.execute(query, [f"{word}|{hexed}"])
            if cursor.fetchone()[0]:
                told.add(table)
    return told


def columns_of(words):
    for label, of in words.items():
        table = apps.get_model(label)
        for name in of.columns:
            yield table, table._meta.get_field(name)


def write_everywhere():
    """Write the word into every column that is to be erased, of all rows that there are."""
    for table, column in [*columns_of(WORDS_OF_CASES), *columns_of(WORDS_OF_CONTACTS)]:
        text = WORD[: getattr(column, "max_length", None)]
        if isinstance(column, models.JSONField):
            table._default_manager.update(**{column.name: {"said": WORD}})
        elif isinstance(column, ArrayField):
            table._default_manager.update(**{column.name: [WORD]})
        elif isinstance(column, models.BinaryField):
            table._default_manager.update(**{column.name: PICTURE})
        else:
            table._default_manager.update(**{column.name: text})


def wrote(person):
    """Return the contact of a mail with a picture that came in from somebody."""
    shown = part(
        "image/png",
        PICTURE.decode("latin-1"),
        Content_Disposition=f'attachment; filename="{WORD}.png"',
    )
    raw = parts(part("text/plain", f"It is {WORD}."), shown)
    raw = raw.replace(b"ruta@example.lt", person.points.get().value.encode())
    incoming = Incoming(source="file", key="1", raw=raw, as_history=False)
    arrival, _new = store_arrival(incoming, at=make.NOW)
    take_in([arrival], at=make.NOW)
    return Contact.objects.get(arrival=arrival)


def journal_of(case):
    entries = Entry.objects.filter(subject=f"case:{case.pk}").order_by("pk")
    return replay(entries.values_list("kind", "facts"))


def test_no_word_is_left_in_any_table_or_file_and_the_journal_tells_the_same(manager, ruta):
    case = hard.decided(make.staff("Olga"), person=ruta).decision.case
    joined = Case.objects.get(case_contacts__contact=wrote(ruta))
    merge_case(joined, into=case, reason=f"The same {WORD}.", by=manager, at=LATER)
    Draft.objects.create(
        staff=manager,
        kind=DraftKind.COMPOSER,
        key=f"{case.reference}:reply",
        fields={"text": WORD},
        begun_at=LATER,
        saved_at=LATER,
    )
    case.refresh_from_db()
    withdraw_case(case, statement=f"Never {WORD}.", by=manager, at=LATER)
    files = set(Attachment.objects.values_list("sha256", flat=True))
    write_everywhere()
    at = past(case, joined)
    assert {"contacts_words", "contacts_arrival", "cases_decision"} <= found(WORD)
    before = journal_of(case)
    seal(at=at)

    erasure = erase_record(case, by=manager, at=at)
    for path in map(path_of, files):
        os.utime(path, (0, 0))
    sweep(at)

    assert found(WORD) == set()
    assert not any(path_of(each).exists() for each in files)
    assert not FileToForget.objects.exists()
    assert (erasure.files, erasure.people) == (len(files), 1)
    assert journal_of(case) == before
    seal(at=at)
    assert verify().broken is None
    assert Entry.objects.filter(kind="RecordErased").count() == 2
    assert Promise.objects.filter(case=case).exists()
    assert str(erasure) == f"case {case.pk} at {at:%Y-%m-%d}"


def test_words_that_were_erased_leave_a_tombstone_with_a_keyed_hash(manager, settings):
    case = ended(manager)
    words = Words.objects.get()
    text = words.text
    erase_record(case, by=manager, at=past(case))
    words.refresh_from_db()
    assert words.text == ERASED
    assert words.sha256 == keyed_hash(text, settings.SECRET_KEY)
    assert words.contact.tombstone.digest == words.sha256
    assert str(words.contact.tombstone) == f"#{words.pk}"


@pytest.mark.parametrize("change", [{"text": ERASED}, {"text": "Fine."}, {"source": "written"}])
def test_words_turn_into_nothing_else_and_only_with_a_tombstone(manager, change):
    ended(manager)
    with pytest.raises(Error, match="never changed"), transaction.atomic():
        Words.objects.update(**change)


def test_what_was_erased_is_never_changed_again_nor_opened(manager):
    case = ended(manager)
    token = token_of(case)
    at = past(case)
    erase_record(case, by=manager, at=at)
    case.refresh_from_db()
    for change in ({"erased_at": None}, {"closed_at": None}):
        with pytest.raises(Error, match="was erased"), transaction.atomic():
            Case.objects.update(**change)
    with pytest.raises(Error, match="never changed"), transaction.atomic():
        Words.objects.update(text="Fine.")
    with pytest.raises(Barred):
        reopen_case(case, reason="It is cold.", by=manager, at=at)
    with pytest.raises(Case.DoesNotExist):
        case_for(manager, case.reference)
    with pytest.raises(Case.DoesNotExist):
        case_behind(token)
    assert replaced_link(token) is None


def test_people_of_whom_we_have_something_else_stay_as_they_are(manager, ruta):
    case, other = ended(manager, ruta), ended(manager, ruta)
    at = past(case, other)
    assert preview_of(case).known == [ruta.name]
    erase_record(case, by=manager, at=at)
    assert ruta in people_for(manager)
    assert preview_of(other).people == [ruta.name]
    erase_record(other, by=manager, at=at)
    ruta.refresh_from_db()
    assert (ruta.name, ruta.search, ruta.erased_at) == (ERASED, "", at)
    assert is_forgotten(ruta.pk)
    assert not people_for(manager)
    assert not ContactPoint.objects.exists()
    assert not any("quixwort" in each for each in found("quixwort"))


def test_a_contact_that_another_case_has_too_stays(manager):
    case = ended(manager)
    other = make.case(make.contact(), owner=manager)
    contact = Contact.objects.get(words__text__contains=WORD)
    CaseContact.objects.create(case=other, contact=contact, at=make.NOW)
    at = past(case)
    assert (preview_of(case).shared, preview_of(case).contacts) == (1, 0)
    erase_record(case, by=manager, at=at)
    assert WORD in Words.objects.get(contact=contact).text
    assert not hasattr(contact, "tombstone")


def bundle_of(case, by):
    path = made_path("b" * 64)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"all of it")
    Bundle.objects.create(
        case=case,
        to="The ombudsman",
        language="en",
        begun_by=by,
        begun_at=make.NOW,
        asked_at=make.NOW,
        made_at=make.NOW,
        expires_at=make.NOW + timedelta(days=99999),
        name="a.zip",
        size_bytes=9,
        sha256="b" * 64,
    )
    return path


class TestFiles:
    def test_one_that_something_else_needs_stays(self, manager):
        case, other = ended(manager), ended(manager)
        sha256 = keep(b"a picture")
        os.utime(path_of(sha256), (0, 0))
        for each in (case, other):
            contact = Contact.objects.get(case_contacts__case=each)
            contact.attachments.create(
                position=0, name="a.png", media_type="image/png", size_bytes=9, sha256=sha256
            )
        at = past(case, other)
        erase_record(case, by=manager, at=at)
        sweep(at)
        assert is_needed(sha256)
        assert path_of(sha256).exists()
        erase_record(other, by=manager, at=at)
        sweep(at)
        assert not path_of(sha256).exists()

    def test_one_that_was_wanted_lately_is_looked_at_later(self, manager):
        sha256 = keep(b"a picture")
        row = FileToForget.objects.create(sha256=sha256, due_at=make.NOW)
        assert str(row) == f"#{row.pk}"
        os.utime(path_of(sha256), (make.NOW.timestamp(),) * 2)
        forget_file(row, at=make.NOW)
        assert path_of(sha256).exists()
        assert row.due_at == make.NOW + timedelta(hours=1)
        forget_file(row, at=row.due_at)
        assert not path_of(sha256).exists()
        keep(b"a picture")
        keep(b"a picture")
        assert path_of(sha256).stat().st_mtime > make.NOW.timestamp()

    def test_one_that_was_taken_off_before_a_crash_is_forgotten_after_it(self, manager):
        sha256 = keep(b"a picture")
        FileToForget.objects.create(sha256=sha256, due_at=make.NOW)
        path_of(sha256).unlink()
        sweep(make.NOW)
        assert not FileToForget.objects.exists()
        assert Entry.objects.filter(kind="FileForgotten").count() == 1

    def test_what_we_made_of_it_goes_at_once(self, manager):
        case = ended(manager)
        made = bundle_of(case, manager)
        at = past(case)
        made.parent.mkdir(exist_ok=True)
        made.write_bytes(b"all of it")
        Bundle.objects.update(gone_at=None)
        erase_record(case, by=manager, at=at)
        sweep(at)
        assert not made.exists()
        assert Bundle.objects.get().sha256 != "b" * 64

    def test_a_mail_too_large_for_the_database_goes_too(self, manager, ruta):
        case = ended(manager, ruta)
        sha256 = keep(b"From: all of it")
        os.utime(path_of(sha256), (0, 0))
        arrival = Arrival.objects.create(
            source="file", key="9", received_at=make.NOW, sha256=sha256, size_bytes=9
        )
        Contact.objects.filter(case_contacts__case=case).update(arrival=arrival)
        assert is_needed(sha256)
        at = past(case)
        erase_record(case, by=manager, at=at)
        sweep(at)
        assert not path_of(sha256).exists()
