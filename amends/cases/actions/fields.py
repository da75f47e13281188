"""Deciding what is asked of cases besides, and filling it in."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.base.text import said_in
from amends.cases.actions.within import locked_for
from amends.cases.events.fields import (
    ChoiceKept,
    ChoiceRetired,
    FieldBroughtBack,
    FieldDefined,
    FieldRetired,
    FieldsFilledIn,
    PersonalFieldsForgotten,
)
from amends.cases.models.case import Case
from amends.cases.models.fields import CustomChoice, CustomField, CustomValue
from amends.cases.queries.fields import FieldLine, lines_of_case, offered_in, type_of
from amends.cases.rules.fields import (
    CHOSEN,
    FieldType,
    Filled,
    Problem,
    Seer,
    Stage,
    problem_of,
    stages_passed,
)
from amends.cases.rules.kinds import CaseKind
from amends.cases.rules.lifecycle import State
from amends.journal.actions import Actor, record
from amends.people.models import Person
from amends.staff.actions.authorise import require
from amends.staff.models import Staff
from amends.staff.rules.permissions import Act

WHY = {
    Problem.NOT_OF_ITS_TYPE: _("%(field)s: this is not what the field holds."),
    Problem.TOO_LONG: _("%(field)s: this is too long."),
    Problem.NOT_WHOLE: _("%(field)s: write a whole number, or an amount with two decimals."),
    Problem.TOO_LARGE: _("%(field)s: this number is too large."),
    Problem.NO_CURRENCY: _("%(field)s: say in which currency, as EUR."),
    Problem.NOT_OFFERED: _("%(field)s: choose from what is offered."),
}


class FieldLabelNeeded(Refused):
    text = _("Say what the field is called, in at least one language.")


class FieldKindNeeded(Refused):
    text = _("Say which kinds of case have it.")


class ChoiceLabelNeeded(Refused):
    text = _("Say what the choice is called, in at least one language.")


class ChoosesNothing(Refused):
    text = _("In this field nothing is chosen from a list.")


class NoSuchField(Refused):
    text = _("%(reference)s has no such field. Look at it again.")


class StillAsked(Refused):
    text = _("%(field)s was asked for at a step that is done. Correct it, but leave it there.")


class CannotHold(Refused):
    """A field cannot hold what was filled in: `problem` says why, `field_id` which one."""

    text = _("%(field)s cannot hold this.")

    def __init__(self, *, label: Mapping[str, str], field_id: int, problem: Problem) -> None:
        super().__init__(field_id=field_id, problem=problem.value)
        self.label, self.field_id, self.problem = label, field_id, problem

    def __str__(self) -> str:
        return str(WHY[self.problem]) % {"field": said_in(get_language() or "", self.label)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """What a field is. label, help: {language: text}. required_at: None for never."""

    label: Mapping[str, str]
    kinds: frozenset[CaseKind]
    help: Mapping[str, str] = field(default_factory=dict)
    required_at: Stage | None = None
    seen_by: Seer = Seer.ALL
    personal: bool = False
    position: int | None = None


@transaction.atomic
def define_field(
    kind: FieldType, *, definition: Definition, by: Staff, at: datetime
) -> CustomField:
    """Ask one more thing of cases, of this type, and return it. What it holds never changes type.

    Raises NotAllowed, FieldLabelNeeded, FieldKindNeeded.
    """
    require(by, Act.EDIT_PROCEDURES)
    made = CustomField(type=kind, added_at=at)
    last = CustomField.objects.aggregate(last=Max("position"))["last"] or 0
    made.position = last + 1
    return _written(made, definition, by, at)


@transaction.atomic
def correct_field(
    defined: CustomField, *, definition: Definition, by: Staff, at: datetime
) -> CustomField:
    """Say anew what a field is, but for its type, and return it.

    Cases that passed a stage before it asked for this are not asked again.

    Raises NotAllowed, FieldLabelNeeded, FieldKindNeeded.
    """
    require(by, Act.EDIT_PROCEDURES)
    kept = CustomField.objects.select_for_update().get(pk=defined.pk)
    return _written(kept, definition, by, at)


@transaction.atomic
def retire_field(defined: CustomField, *, by: Staff, at: datetime) -> CustomField:
    """Ask for a field no more; cases that have it keep what it holds.

    Raises NotAllowed.
    """
    require(by, Act.EDIT_PROCEDURES)
    defined.retired_at = defined.retired_at or at
    defined.save(update_fields=["retired_at"])
    record(FieldRetired(field_id=defined.pk), by=by, at=at)
    return defined


@transaction.atomic
def bring_field_back(defined: CustomField, *, by: Staff, at: datetime) -> CustomField:
    """Ask for a retired field again, from now on.

    Raises NotAllowed.
    """
    require(by, Act.EDIT_PROCEDURES)
    defined.retired_at = None
    defined.required_since = at if defined.required_at else None
    defined.save(update_fields=["retired_at", "required_since"])
    record(FieldBroughtBack(field_id=defined.pk), by=by, at=at)
    return defined


@transaction.atomic
def keep_choice(
    defined: CustomField,
    *,
    label: Mapping[str, str],
    by: Staff,
    at: datetime,
    choice: CustomChoice | None = None,
) -> CustomChoice:
    """Offer one more choice in a field, or call one anew, and return it; a retired one is back.

    Raises NotAllowed, ChoosesNothing, ChoiceLabelNeeded.
    """
    require(by, Act.EDIT_PROCEDURES)
    if type_of(defined) not in CHOSEN:
        raise ChoosesNothing
    if not _told(label):
        raise ChoiceLabelNeeded
    kept = choice or CustomChoice(field=defined, position=defined.choices.count() + 1)
    kept.label, kept.retired_at = _told(label), None
    kept.save()
    record(ChoiceKept(field_id=defined.pk, choice_id=kept.pk), by=by, at=at)
    return kept


@transaction.atomic
def retire_choice(choice: CustomChoice, *, by: Staff, at: datetime) -> CustomChoice:
    """Offer a choice no more; cases that have it keep it.

    Raises NotAllowed.
    """
    require(by, Act.EDIT_PROCEDURES)
    choice.retired_at = choice.retired_at or at
    choice.save(update_fields=["retired_at"])
    record(ChoiceRetired(field_id=choice.field_id, choice_id=choice.pk), by=by, at=at)
    return choice


@transaction.atomic
def fill_in(case: Case, *, values: Mapping[int, Filled], by: Staff, at: datetime) -> Case:
    """Write into the fields of `case`, by their keys, what `values` say, and return the case.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, NoSuchField, StillAsked, CannotHold.
    """
    case = locked_for(case, by=by)
    lines = {line.pk: line for line in lines_of_case(case)}
    if not set(values) <= set(lines):
        raise NoSuchField(reference=case.reference)
    changed = [pk for pk, filled in values.items() if filled != lines[pk].filled]
    offered = offered_in(changed)
    for pk in changed:
        _check(case, lines[pk], values[pk], {choice for choice, _label in offered.get(pk, ())})
        _write(case, pk, values[pk], by, at)
    if changed:
        record(FieldsFilledIn(case_id=case.pk, field_ids=tuple(changed)), by=by, at=at)
    return case


@transaction.atomic
def forget_personal_fields(person: Person, *, by: Actor | None, at: datetime) -> int:
    """Forget what the personal fields of a customer's cases hold; return how much that was."""
    values, _each = CustomValue.objects.personal_of(person).delete()
    if values:
        record(PersonalFieldsForgotten(person_id=person.pk, values=values), by=by, at=at)
    return values


def _written(kept: CustomField, definition: Definition, by: Staff, at: datetime) -> CustomField:
    if not _told(definition.label):
        raise FieldLabelNeeded
    if not definition.kinds:
        raise FieldKindNeeded
    asked = definition.required_at.value if definition.required_at else ""
    if asked != kept.required_at:
        kept.required_at, kept.required_since = asked, at if asked else None
    kept.label, kept.help = _told(definition.label), _told(definition.help)
    kept.kinds = sorted(kind.value for kind in definition.kinds)
    kept.seen_by, kept.personal = definition.seen_by, definition.personal
    if definition.position is not None:
        kept.position = definition.position
    kept.save()
    record(FieldDefined(field_id=kept.pk, kinds=tuple(kept.kinds), required_at=asked), by=by, at=at)
    return kept


def _told(text: Mapping[str, str]) -> dict[str, str]:
    return {language: said.strip() for language, said in text.items() if said.strip()}


def _check(case: Case, line: FieldLine, filled: Filled, offered: Collection[int]) -> None:
    """Let a field of `case` hold `filled`; what it holds already may stay though offered no more.

    Raises StillAsked, CannotHold.
    """
    passed = stages_passed(State(case.state))
    if filled.is_empty and line.asked.required_at in passed:
        raise StillAsked(field=said_in(get_language() or "", line.label))
    may_be = {*offered, *line.filled.choices}
    if problem := problem_of(FieldType(line.type), filled, offered=may_be):
        raise CannotHold(label=line.label, field_id=line.pk, problem=problem)


def _write(case: Case, pk: int, filled: Filled, by: Staff, at: datetime) -> None:
    CustomValue.objects.filter(case=case, field=pk).delete()
    rows: Iterable[int | None] = sorted(filled.choices) or ([] if filled.is_empty else [None])
    CustomValue.objects.bulk_create(
        CustomValue(
            case=case,
            field_id=pk,
            text=filled.text.strip(),
            number=filled.number,
            currency=filled.currency if filled.number is not None else "",
            falls_on=filled.day,
            truth=filled.truth,
            choice_id=choice,
            by=by,
            at=at,
        )
        for choice in rows
    )
