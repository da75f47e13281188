"""What colleagues are typing, and have put aside."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from amends.base.files import open_kept
from amends.base.questions import Question
from amends.contacts.models.drafting import Draft, DraftFile
from amends.contacts.rules.gist import gist_of
from amends.contacts.rules.kinds import DraftKind
from amends.contacts.rules.sheets import says_something
from amends.staff.models import Staff

KEPT_AFTER = timedelta(days=1)
_SHOWN = 60
_MOST = 8


@dataclass(frozen=True, slots=True)
class Kept:
    """A sheet that was begun and not finished: how it began, and since when it is put aside."""

    key: str
    channel: str
    gist: str
    begun_at: datetime
    parked_at: datetime | None

    @property
    def parked(self) -> bool:
        return self.parked_at is not None


def draft_of(staff: Staff, kind: DraftKind, key: str) -> Draft | None:
    """Return what `staff` typed in one place, or None."""
    return Draft.objects.filter(staff=staff, kind=kind, key=key).first()


def sent_to_forget(at: datetime) -> QuerySet[Draft]:
    """Return what was typed for mails that have left a day before `at`."""
    sent = Draft.objects.filter(kind=DraftKind.SENT, saved_at__lte=at - KEPT_AFTER)
    return sent.order_by("saved_at", "pk")


def files_with(staff: Staff, key: str) -> QuerySet[DraftFile]:
    """Return the files that `staff` put with what is typed under `key`, in the order they came."""
    kept = DraftFile.objects.filter(
        draft__staff=staff, draft__kind=DraftKind.COMPOSER, draft__key=key
    )
    return kept.defer("data").order_by("pk")


def bytes_of(file: DraftFile) -> bytes:
    """Return what a file put with what is typed holds."""
    if file.data is not None:
        return bytes(file.data)
    with open_kept(file.sha256) as kept:
        return kept.read()


def sheets_of(staff: Staff) -> list[Kept]:
    """Return the sheets that `staff` began and has not finished, the oldest first.

    Whoever only opened one began nothing.
    """
    rows = [(key, json.loads(typed), *at) for key, typed, *at in _SHEETS.answer(staff=staff.pk)]
    return [_sheet(*row) for row in rows if says_something(row[1])][:_MOST]


def _sheet(
    key: str, fields: Mapping[str, str], begun_at: datetime, parked_at: datetime | None
) -> Kept:
    return Kept(
        key=key,
        channel=fields.get("channel", ""),
        gist=_gist(fields),
        begun_at=begun_at,
        parked_at=parked_at,
    )


def _sheets(staff: int) -> QuerySet[Draft, Any]:
    drafts = Draft.objects.filter(staff=staff, kind=DraftKind.SHEET).order_by("begun_at", "pk")
    return drafts.values_list("key", "fields", "begun_at", "parked_at")[: 2 * _MOST]


_SHEETS = Question(_sheets, staff=-7_000_001)


def _gist(fields: Mapping[str, str]) -> str:
    typed = fields.get("who", "") or fields.get("story", "") or fields.get("notes", "")
    gist = gist_of(typed)
    return gist if len(gist) <= _SHOWN else f"{gist[:_SHOWN].rstrip()}…"
