"""Keeping the checklists that are put on cases."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.events.todos import ChecklistKept, ChecklistRetired
from amends.cases.models.todos import Checklist, ChecklistLine
from amends.cases.rules.todos import MOST_DAYS, MOST_LINES, Line, can_be_kept
from amends.journal.actions import record
from amends.staff.actions.authorise import require
from amends.staff.models import Organisation, Staff
from amends.staff.rules.permissions import Act


class ChecklistNameNeeded(Refused):
    text = _("Give it a name.")


class ChecklistKnown(Refused):
    text = _("There is a checklist “%(name)s” already.")


class ChecklistLinesNeeded(Refused):
    text = _("Write down 1 to %(most)s lines, each to be done within 1 to %(days)s working days.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A checklist as it is written down. kind: empty for cases of every kind."""

    name: str
    kind: str
    lines: tuple[Line, ...]


@transaction.atomic
def keep_checklist(
    checklist: Checklist | None, *, draft: Draft, by: Staff, at: datetime
) -> Checklist:
    """Write down a checklist, or write one anew, and return it; cases that have it keep what is.

    Raises NotAllowed, ChecklistNameNeeded, ChecklistLinesNeeded, ChecklistKnown.
    """
    require(by, Act.EDIT_PROCEDURES)
    Organisation.objects.select_for_update().get()  # two who write at once come one after another
    name = " ".join(draft.name.split())
    if not name:
        raise ChecklistNameNeeded
    if not can_be_kept(draft.lines):
        raise ChecklistLinesNeeded(most=MOST_LINES, days=MOST_DAYS)
    same = Checklist.objects.filter(name__iexact=name).first()
    if same and same != checklist:
        raise ChecklistKnown(name=same.name)
    kept = checklist or Checklist()
    kept.name, kept.kind = name, draft.kind
    kept.save()
    kept.lines.all().delete()
    ChecklistLine.objects.bulk_create(
        ChecklistLine(checklist=kept, place=place, what=line.what, within_days=line.within_days)
        for place, line in enumerate(draft.lines, 1)
    )
    record(ChecklistKept(checklist_id=kept.pk), by=by, at=at)
    return kept


@transaction.atomic
def retire_checklist(checklist: Checklist, *, by: Staff, at: datetime) -> Checklist:
    """Offer a checklist no more, or again if it was not offered; return it.

    Raises NotAllowed.
    """
    require(by, Act.EDIT_PROCEDURES)
    checklist.retired_at = None if checklist.retired_at else at
    checklist.save(update_fields=["retired_at"])
    offered = checklist.retired_at is None
    record(ChecklistRetired(checklist_id=checklist.pk, offered=offered), by=by, at=at)
    return checklist
