"""Two records found to be one customer, and parted again when that was a mistake.

Whatever points at the merged record is moved to the one that is kept, in one transaction, and the
ids of what was moved are written down. Django knows every foreign key to a person, of packages
above this one too, so none can be forgotten; a reading that resolves `merged_into` instead would
have to be remembered in every query for ever. A row that a constraint does not let move (both were
parties of one case) stays where it is.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.journal.actions import record
from amends.people.actions.within import renew_search
from amends.people.events import PeopleMerged, PeopleUnmerged
from amends.people.models import Merge, Person
from amends.people.rules.kinds import Honorific
from amends.staff.actions.authorise import require
from amends.staff.models import Staff
from amends.staff.rules.permissions import Act

_FILLED = (
    "given_name",
    "patronymic",
    "family_name",
    "honorific",
    "number",
    "language",
    "prefers",
    "staff_id",
)
_EMPTY = ("", None, Honorific.UNKNOWN.value)
_HISTORY = (Merge,)


class SamePerson(Refused):
    text = _("This is one record already.")


class MergedAlready(Refused):
    text = _("%(name)s was already merged into another record.")


class TwoColleagues(Refused):
    text = _("Two colleagues cannot be one person.")


class PersonAndOrganisation(Refused):
    text = _("A person and an organisation are no one record. Correct what one of them is first.")


class NotMerged(Refused):
    text = _("This merge was already undone.")


class MergedOnward(Refused):
    text = _("%(name)s was merged into another record since. Part those two first.")


@transaction.atomic
def merge_people(kept: Person, *, merged: Person, by: Staff, at: datetime) -> Merge:
    """Make `merged` one with `kept`, and return what can undo it.

    Raises NotAllowed, SamePerson, MergedAlready, TwoColleagues, PersonAndOrganisation.
    """
    require(by, Act.MERGE_CUSTOMERS)
    if kept == merged:
        raise SamePerson
    kept, merged = _lock(kept, merged)
    for person in (kept, merged):
        if person.merged_into_id:
            raise MergedAlready(name=person.name)
    if kept.staff_id and merged.staff_id:
        raise TwoColleagues
    if kept.kind != merged.kind:
        raise PersonAndOrganisation
    moved = {_name(pointer): _move(pointer, merged, kept) for pointer in _pointers()}
    merge = Merge.objects.create(
        kept=kept,
        merged=merged,
        moved={name: ids for name, ids in moved.items() if ids},
        filled=_fill(kept, merged),
        at=at,
        by=by,
    )
    renew_search(kept)
    record(PeopleMerged(person_id=kept.pk, merged_id=merged.pk, merge_id=merge.pk), by=by, at=at)
    return merge


@transaction.atomic
def unmerge_people(merge: Merge, *, by: Staff, at: datetime) -> Person:
    """Part what `merge` had made one, and return the record that stands alone again.

    What came in since then stays with the record that was kept.

    Raises NotAllowed, NotMerged, MergedOnward.
    """
    require(by, Act.MERGE_CUSTOMERS)
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    if merge.undone_at:
        raise NotMerged
    kept, merged = _lock(merge.kept, merge.merged)
    if kept.merged_into_id:
        raise MergedOnward(name=kept.name)
    for pointer in _pointers():
        ids = merge.moved.get(_name(pointer), [])
        rows = _rows(pointer).filter(pk__in=ids, **{pointer.name: kept})
        rows.update(**{pointer.name: merged})
    _empty(kept, merged, merge.filled)
    merge.undone_at = at
    merge.save(update_fields=["undone_at"])
    for person in (kept, merged):
        renew_search(person)
    record(PeopleUnmerged(person_id=kept.pk, merged_id=merged.pk, merge_id=merge.pk), by=by, at=at)
    return merged


def _lock(one: Person, other: Person) -> tuple[Person, Person]:
    """Return both as they stand now, locked in the order of their keys."""
    both = Person.objects.select_for_update().filter(pk__in=[one.pk, other.pk]).order_by("pk")
    now = {person.pk: person for person in both}
    return now[one.pk], now[other.pk]


def _pointers() -> Iterable[models.Field[object, object]]:
    """Return every foreign key to a person, of whatever package."""
    for relation in Person._meta.get_fields(include_hidden=True):  # noqa: SLF001 public, in spite of its name
        if relation.auto_created and not relation.concrete and relation.related_model:
            pointer = relation.field  # type: ignore[union-attr] # made by a key
            if isinstance(pointer, models.ForeignKey) and pointer.model not in _HISTORY:
                yield pointer


def _rows(pointer: models.Field[object, object]) -> models.QuerySet[models.Model]:
    return pointer.model._base_manager.all()  # noqa: SLF001 public, in spite of its name


def _name(pointer: models.Field[object, object]) -> str:
    return f"{pointer.model._meta.label_lower}.{pointer.name}"  # noqa: SLF001 public in Django's documentation


def _move(pointer: models.Field[object, object], source: Person, target: Person) -> list[object]:
    """Move what points at `source` to `target`, and return the ids of what was let move."""
    ids = list(_rows(pointer).filter(**{pointer.name: source}).values_list("pk", flat=True))
    if not ids or _moved(pointer, ids, target):
        return ids
    return [pk for pk in ids if _moved(pointer, [pk], target)]


def _moved(pointer: models.Field[object, object], ids: list[object], target: Person) -> bool:
    try:
        with transaction.atomic():
            _rows(pointer).filter(pk__in=ids).update(**{pointer.name: target})
    except IntegrityError:
        return False
    return True


def _fill(kept: Person, merged: Person) -> dict[str, object]:
    """Take from `merged` what `kept` lacks, and return what stood there before."""
    lacking = [
        column
        for column in _FILLED
        if getattr(kept, column) in _EMPTY and getattr(merged, column) not in _EMPTY
    ]
    before = {column: getattr(kept, column) for column in lacking}
    taken = {column: getattr(merged, column) for column in lacking}
    merged.merged_into = kept
    if "staff_id" in taken:
        merged.staff_id = None
    merged.save(update_fields=["merged_into", "staff"])
    for column, value in taken.items():
        setattr(kept, column, value)
    kept.save()
    return before


def _empty(kept: Person, merged: Person, filled: dict[str, object]) -> None:
    """Give back what `_fill` took, unless it was corrected since."""
    staff_id = kept.staff_id if "staff_id" in filled else merged.staff_id
    for column, before in filled.items():
        if column == "staff_id" or getattr(kept, column) == getattr(merged, column):
            setattr(kept, column, before)
    kept.save()
    merged.merged_into, merged.staff_id = None, staff_id
    merged.save(update_fields=["merged_into", "staff"])
