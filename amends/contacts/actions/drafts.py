"""Keeping what somebody types."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.contacts.models.drafting import Draft, DraftFile
from amends.contacts.rules.kinds import DraftKind
from amends.contacts.rules.sheets import says_something
from amends.staff.models import Staff

MOST_PARKED = 3


class ChangedElsewhere(Refused):
    text = _("This was changed in another window. Both texts are kept; choose one.")

    def __init__(self, *, draft: Draft) -> None:
        super().__init__()
        self.draft = draft


class EnoughParked(Refused):
    text = _("Three sheets are parked already. Finish one of them first.")


class WritesThemselves(Refused):
    text = _("You have begun to write here yourself. Send that first, or empty it.")


@dataclass(frozen=True, slots=True)
class Typing:
    """What is typed in one place. `version` is the one it was last kept as; 0 for the first."""

    kind: DraftKind
    key: str
    fields: Mapping[str, str]
    version: int


@transaction.atomic
def keep_draft(typing: Typing, *, by: Staff, at: datetime) -> Draft:
    """Keep what `by` is typing and return it with its new version.

    Not journalled: a draft is nobody's business but its author's, and changes every second.

    Raises ChangedElsewhere (whose `draft` is what the other window kept).
    """
    draft, begun = Draft.objects.select_for_update().get_or_create(
        staff=by,
        kind=typing.kind,
        key=typing.key,
        defaults={"fields": dict(typing.fields), "begun_at": at, "saved_at": at},
    )
    if begun:
        return draft
    # What says the same is no newer text: another window that shows it need not ask which to take.
    if draft.fields != dict(typing.fields):
        # A draft that holds files alone has no words which another window could have written.
        if draft.version != typing.version and draft.fields:
            raise ChangedElsewhere(draft=draft)
        draft.fields = dict(typing.fields)
        draft.version += 1
    draft.saved_at = at
    draft.save(update_fields=["fields", "saved_at", "version"])
    return draft


@transaction.atomic
def park_draft(draft: Draft, *, by: Staff, at: datetime) -> Draft:
    """Put `draft` aside, because somebody else has come in.

    Raises EnoughParked; Draft.DoesNotExist if it is somebody else's.
    """
    draft = Draft.objects.select_for_update().get(pk=draft.pk, staff=by)
    parked = Draft.objects.filter(staff=by, kind=draft.kind, parked_at__isnull=False)
    others = parked.exclude(pk=draft.pk).values_list("fields", flat=True)
    if sum(says_something(fields) for fields in others) >= MOST_PARKED:
        raise EnoughParked
    draft.parked_at = at
    draft.save(update_fields=["parked_at"])
    return draft


@transaction.atomic
def set_aside(key: str, *, as_: str, fields: Mapping[str, str], by: Staff, at: datetime) -> None:
    """Keep for a while what `by` sent from the composer under `key`: its `fields` and its files."""
    draft, _begun = Draft.objects.get_or_create(
        staff=by,
        kind=DraftKind.COMPOSER,
        key=key,
        defaults={"begun_at": at, "saved_at": at},
    )
    draft.kind, draft.key, draft.fields, draft.saved_at = DraftKind.SENT, as_, dict(fields), at
    draft.save()


@transaction.atomic
def take_up_again(set_aside_as: str, *, key: str, by: Staff, at: datetime) -> None:
    """Put back into the composer under `key` what was sent and taken back.

    What `by` typed there meanwhile stays, and then so does what was set aside.
    """
    if Draft.objects.filter(staff=by, kind=DraftKind.COMPOSER, key=key).exists():
        return
    aside = Draft.objects.filter(staff=by, kind=DraftKind.SENT, key=set_aside_as)
    aside.update(kind=DraftKind.COMPOSER, key=key, saved_at=at)


@transaction.atomic
def copy_draft(draft: Draft, *, by: Staff, at: datetime) -> Draft:
    """Let `by` go on with what somebody else types: its fields and files; return the copy.

    Raises WritesThemselves if `by` types something in the same place.
    """
    mine, begun = Draft.objects.select_for_update().get_or_create(
        staff=by,
        kind=draft.kind,
        key=draft.key,
        defaults={"fields": draft.fields, "begun_at": at, "saved_at": at},
    )
    if not begun:
        if any(value.strip() for value in mine.fields.values()) or mine.files.exists():
            raise WritesThemselves
        mine.fields, mine.saved_at = draft.fields, at
        mine.version += 1
        mine.save(update_fields=["fields", "saved_at", "version"])
    for file in draft.files.order_by("pk"):
        DraftFile.objects.create(
            draft=mine,
            name=file.name,
            media_type=file.media_type,
            size_bytes=file.size_bytes,
            sha256=file.sha256,
            data=file.data,
            at=at,
        )
    return mine


@transaction.atomic
def forget_sent(draft: Draft, *, at: datetime) -> None:
    """Forget what was typed for a mail that has left long before `at`."""
    Draft.objects.filter(pk=draft.pk, kind=DraftKind.SENT, saved_at__lte=at).delete()


@transaction.atomic
def drop_empty_sheets(*, by: Staff, at: datetime) -> None:
    """Forget the sheets that `by` had opened until `at` and on which nothing was ever said."""
    opened = Draft.objects.filter(staff=by, kind=DraftKind.SHEET, begun_at__lte=at)
    for draft in opened.select_for_update():
        if not says_something(draft.fields):
            draft.delete()


@transaction.atomic
def drop_draft(draft: Draft, *, by: Staff, at: datetime) -> None:
    """Forget what `by` typed until `at`: it became something, or was thrown away."""
    Draft.objects.filter(pk=draft.pk, staff=by, begun_at__lte=at).delete()
