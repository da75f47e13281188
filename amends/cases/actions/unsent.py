"""Keeping what somebody tells us on the public pages, until they send it or a week has passed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from amends.cases.models.unsent import Unsent


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed on one page: the key that names it all, and the fields of that page."""

    key: str
    language: str
    fields: Mapping[str, str]


@transaction.atomic
def keep_unsent(typed: Typed, *, at: datetime) -> Unsent:
    """Keep `typed` beside what was typed on the other pages, and return it all.

    What was forgotten meanwhile begins anew, so that nothing that is typed is ever refused. What
    was sent already stays as it is. Not journalled: it is nobody's business but its author's.
    """
    unsent, begun = Unsent.objects.select_for_update(of=("self",)).get_or_create(
        key=typed.key,
        defaults={
            "language": typed.language,
            "fields": dict(typed.fields),
            "begun_at": at,
            "saved_at": at,
        },
    )
    if begun or unsent.case_id:
        return unsent
    unsent.fields = {**unsent.fields, **typed.fields}
    unsent.language, unsent.saved_at = typed.language, at
    unsent.save(update_fields=["fields", "language", "saved_at"])
    return unsent


@transaction.atomic
def forget_unsent(unsent: Unsent, *, at: datetime) -> None:
    """Forget what was never sent, or sent long before `at`; the case, if any, stays."""
    Unsent.objects.filter(pk=unsent.pk, saved_at__lte=at).delete()
