"""Keeping what somebody types."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.contacts.models.drafting import Draft
from amends.contacts.rules.kinds import DraftKind
from amends.staff.models import Staff

MOST_PARKED = 3


class ChangedElsewhere(Refused):
    text = _("This was changed in another window. Both texts are kept; choose one.")

    def __init__(self, *, draft: Draft) -> None:
        super().__init__()
        self.draft = draft


class EnoughParked(Refused):
    text = _("Three sheets are parked already. Finish one of them first.")


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
    if draft.version != typing.version and draft.fields != dict(typing.fields):
        raise ChangedElsewhere(draft=draft)
    draft.fields, draft.saved_at = dict(typing.fields), at
    draft.version += 1
    draft.save(update_fields=["fields", "saved_at", "version"])
    return draft


@transaction.atomic
def park_draft(draft: Draft, *, by: Staff, at: datetime) -> Draft:
    """Put `draft` aside, because somebody else has come in.

    Raises EnoughParked; Draft.DoesNotExist if it is somebody else's.
    """
    draft = Draft.objects.select_for_update().get(pk=draft.pk, staff=by)
    parked = Draft.objects.filter(staff=by, kind=draft.kind, parked_at__isnull=False)
    if parked.exclude(pk=draft.pk).count() >= MOST_PARKED:
        raise EnoughParked
    draft.parked_at = at
    draft.save(update_fields=["parked_at"])
    return draft


@transaction.atomic
def drop_draft(draft: Draft, *, by: Staff, at: datetime) -> None:
    """Forget what `by` typed until `at`: it became something, or was thrown away."""
    Draft.objects.filter(pk=draft.pk, staff=by, begun_at__lte=at).delete()
