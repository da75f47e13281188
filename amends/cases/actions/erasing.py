"""Erasing the record of a case that need not be kept any longer: every word of it, and its files.

Rows stay with their kinds, dates, amounts and clocks, so that what was counted stays counted and
the journal, which holds no words, tells the same. Files are taken off the disk by the sweeper after
the transaction, so that a crash loses neither a file that stays nor the forgetting of one.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import Case as Where
from django.db.models import F, Value, When
from django.utils.translation import gettext_lazy as _

from amends.base.files import path_of
from amends.base.made import forget_made
from amends.base.refusal import Refused
from amends.cases.actions.within import drop_questions, locked
from amends.cases.events.erasing import FileForgotten, RecordErased
from amends.cases.models.bundles import Bundle
from amends.cases.models.case import Case
from amends.cases.models.erasing import Erasure, FileToForget, Tombstone
from amends.cases.models.findings import EvidenceFile
from amends.cases.models.lessons import Lesson
from amends.cases.models.words import CaseWords
from amends.cases.queries.erasing import Whole, against, files_in, is_needed, made_in, whole_of
from amends.cases.rules.erasing import (
    ERASED,
    GONE_WITH_CASES,
    GONE_WITH_CONTACTS,
    LEFT_EMPTY,
    WORDS_OF_CASES,
    WORDS_OF_CONTACTS,
    Against,
    Words,
    keyed_hash,
)
from amends.contacts.models import Attachment, Contact
from amends.contacts.models import Words as Verbatim
from amends.contacts.models.drafting import Draft
from amends.journal.actions import record
from amends.people.actions.forgetting import forget_people
from amends.staff.actions.authorise import require
from amends.staff.models import Staff
from amends.staff.rules.permissions import Act

WANTED_LATELY = timedelta(hours=1)
WHY = {
    Against.GONE: _("This record was erased already."),
    Against.OUTSIDE: _("An outside body looks into it, or decided what is not done yet: it stays."),
    Against.FROZEN: _("It is kept whatever the date. Let it go first, if it need not be."),
    Against.HELD: _("Something must not go on while we look: lift that first."),
    Against.OPEN: _("It is open. A record is erased after its end."),
    Against.JOINED: _("It was joined to another case, and goes with that one."),
    Against.MAIL: _("A mail of it is still to leave."),
    Against.NOT_YET: _("Its time has not passed yet."),
}


class MustStay(Refused):
    """The record is kept: `against` says why."""

    text = ""

    def __init__(self, *, against: Against) -> None:
        super().__init__(against=against)
        self.against = against

    def __str__(self) -> str:
        return str(WHY[self.against])


@transaction.atomic
def erase_record(case: Case, *, by: Staff, at: datetime) -> Erasure:
    """Erase every word of `case` and of those joined to it, for good, and return that it was done.

    With it go its contacts, unless another case has them, too, and the people of whom we then have
    nothing else.

    Raises NotAllowed, MustStay.
    """
    require(by, Act.EDIT_TEAMS)
    case = locked(case)
    whole = whole_of(case)
    cases = list(Case.objects.select_for_update().filter(pk__in=whole.cases).order_by("pk"))
    if stands := against(case, whole):
        raise MustStay(against=stands)
    files = set(files_in(whole))
    _forget(files, made_in(whole), at)
    _hide_files(whole)
    _put_tombstones(whole.contacts, at)
    _erase(WORDS_OF_CONTACTS, GONE_WITH_CONTACTS, whole.contacts)
    for each in cases:
        drop_questions(each, at=at)
        Draft.objects.filter(key__startswith=f"{each.reference}:").delete()
    _erase(WORDS_OF_CASES, GONE_WITH_CASES, whole.cases)
    Lesson.objects.filter(person__in=whole.people).delete()
    forget_people(whole.people, by=by, at=at)
    CaseWords.objects.filter(case__in=whole.cases).delete()
    Case.objects.filter(pk__in=whole.cases).update(erased_at=at, link_version=F("link_version") + 1)
    return _written_down(case, whole, len(files), by, at)


def _written_down(case: Case, whole: Whole, files: int, by: Staff, at: datetime) -> Erasure:
    counted = {"contacts": len(whole.contacts), "files": files, "people": len(whole.people)}
    for pk in whole.cases:
        told = counted if pk == case.pk else dict.fromkeys(counted, 0)
        Erasure.objects.create(case_id=pk, at=at, by=by, **told)
        record(RecordErased(case_id=pk, **told), by=by, at=at)
    return Erasure.objects.get(case=case)


def _forget(files: Iterable[str], made: Iterable[str], at: datetime) -> None:
    """Have files looked at by the sweeper, and taken off the disk if nothing else needs them."""
    both = [(sha256, False) for sha256 in files] + [(sha256, True) for sha256 in set(made)]
    FileToForget.objects.bulk_create(
        [FileToForget(sha256=sha256, made=made, due_at=at) for sha256, made in both],
        ignore_conflicts=True,
    )


def _hide_files(whole: Whole) -> None:
    """Leave of the hash of each file a keyed one, which leads to no file."""
    rows: Iterable[Any] = (
        *Attachment.objects.filter(contact__in=whole.contacts),
        *EvidenceFile.objects.filter(evidence__case__in=whole.cases),
        *Bundle.objects.filter(case__in=whole.cases).exclude(sha256=""),
    )
    for row in rows:
        row.sha256 = _keyed(row.sha256)
        row.save(update_fields=["sha256"])


def _put_tombstones(contacts: Collection[int], at: datetime) -> None:
    """Let what was said stand no more, with a keyed hash in its place."""
    said = Contact.objects.filter(pk__in=contacts).values_list("pk", "words__text")
    stones = [
        Tombstone(contact_id=pk, digest=_keyed(text or ""), erased_at=at) for pk, text in said
    ]
    Tombstone.objects.bulk_create(stones)
    for stone in stones:
        Verbatim.objects.filter(contact=stone.contact_id).update(text=ERASED, sha256=stone.digest)


def _keyed(text: str) -> str:
    return keyed_hash(text, settings.SECRET_KEY)


def _erase(words: Mapping[str, Words], gone: Mapping[str, str], keys: Collection[int]) -> None:
    """Erase the words in every table, and the rows that say nothing but words."""
    for label, path in gone.items():
        _rows(label, path, keys).delete()
    for label, of in words.items():
        columns = {name: _nothing(label, name) for name in of.columns}
        _rows(label, of.of, keys).update(**columns)


def _rows(label: str, path: str, keys: Collection[int]) -> models.QuerySet[models.Model]:
    # Packages above this one keep words of cases, too: they are named, and not imported.
    table: type[models.Model] = apps.get_model(label)
    return table._default_manager.filter(**{f"{path}__in": keys})  # noqa: SLF001  Django's own name


def _nothing(label: str, name: str) -> object:
    """Return what is left in a column: a mark where there were words, and nothing where not."""
    column = apps.get_model(label)._meta.get_field(name)  # noqa: SLF001  Django's own name
    if isinstance(column, models.JSONField):
        return column.get_default() or {}
    if isinstance(column, (ArrayField, models.BinaryField)):
        return [] if isinstance(column, ArrayField) else None
    if name in LEFT_EMPTY:
        return ""
    return Where(When(**{name: ""}, then=Value("")), default=Value(ERASED))


@transaction.atomic
def forget_file(file: FileToForget, *, at: datetime) -> None:
    """Take a file off the disk unless something needs it; the caller holds the row.

    One that was put there again lately may be about to be needed: it is looked at later. Done twice
    it is done once.
    """
    path = path_of(file.sha256)
    if not file.made and _was_wanted_lately(path, at):
        file.due_at = at + WANTED_LATELY
        file.save(update_fields=["due_at"])
        return
    if file.made:
        forget_made(file.sha256)
    elif not is_needed(file.sha256):
        path.unlink(missing_ok=True)
    record(FileForgotten(file_id=file.pk), by=None, at=at)
    file.delete()


def _was_wanted_lately(path: Path, at: datetime) -> bool:
    return path.exists() and path.stat().st_mtime > (at - WANTED_LATELY).timestamp()
