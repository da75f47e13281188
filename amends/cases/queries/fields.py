"""The fields of an organisation: which there are, which a case has, and what they hold."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Cast, JSONObject

from amends.base.questions import Question
from amends.cases.models.case import Case
from amends.cases.models.fields import CustomChoice, CustomField, CustomValue
from amends.cases.queries.lines import lines_of, read_lines
from amends.cases.rules.fields import (
    Asked,
    FieldType,
    Filled,
    Seer,
    Stage,
    missing,
    stages_to_closing,
)
from amends.cases.rules.lifecycle import State
from amends.staff.models import Staff
from amends.staff.rules.permissions import Act

Label = Mapping[str, str]
_OFFERED_FIRST = F("retired_at").asc(nulls_first=True)


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field of a case and what it holds. values: as JSON gives them; see `filled`."""

    pk: int
    label: Label
    help: Label
    type: str
    kinds: list[str]
    required_at: str
    required_since: datetime | None
    seen_by: str
    retired_at: datetime | None
    values: list[dict[str, Any]]

    @property
    def filled(self) -> Filled:
        if not self.values:
            return Filled()
        first = self.values[0]
        return Filled(
            text=first["text"],
            number=Decimal(first["number"]) if first["number"] is not None else None,
            currency=first["currency"],
            day=date.fromisoformat(first["day"]) if first["day"] else None,
            truth=first["truth"],
            choices=frozenset(each["choice"] for each in self.values if each["choice"]),
        )

    @property
    def chosen(self) -> list[Label]:
        """The labels of what was chosen."""
        return [each["label"] for each in self.values if each["label"]]

    @property
    def asked(self) -> Asked:
        stage = Stage(self.required_at) if self.required_at and not self.retired_at else None
        return Asked(self.label, stage, self.required_since, bool(self.values))


def lines_in() -> ArraySubquery:
    """Return the fields of a case with what they hold, as one subquery of the case's row."""
    values = CustomValue.objects.filter(case=OuterRef(OuterRef("pk")), field=OuterRef("pk"))
    held = values.order_by("choice__position", "pk").values(
        json=JSONObject(
            text="text",
            number=Cast("number", CharField()),
            currency="currency",
            day="falls_on",
            truth="truth",
            choice="choice_id",
            label="choice__label",
        )
    )
    of_kind = Q(kinds__contains=[OuterRef("kind")], retired_at__isnull=True)
    fields = CustomField.objects.filter(of_kind | Exists(values)).order_by("position", "pk")
    return lines_of(fields.annotate(held_=ArraySubquery(held)), FieldLine, values="held_")


def lines_of_case(case: Case) -> tuple[FieldLine, ...]:
    """Return the fields of `case` with what they hold, in order."""
    ((lines,),) = _LINES.answer(case=case.pk)
    return read_lines(FieldLine, lines)


_LINES = Question(
    lambda case: Case.objects.filter(pk=case).annotate(fields_=lines_in()).values_list("fields_"),
    case=-7_000_001,
)


def missing_at(case: Case, stages: Iterable[Stage]) -> tuple[Asked, ...]:
    """Return what `case` lacks of what `stages` ask for; nothing of what was history elsewhere."""
    stages = frozenset(stages)
    if case.as_history or not stages or not _asks(stages):
        return ()
    return missing_in(lines_of_case(case), case, stages)


def missing_in(
    lines: Sequence[FieldLine], case: Case, stages: Iterable[Stage]
) -> tuple[Asked, ...]:
    """Return what of `lines`, the fields of `case`, `stages` ask for and is not there."""
    if case.as_history:
        return ()
    asked = [line.asked for line in lines if case.kind in line.kinds]
    return missing(asked, frozenset(stages), registered_at=case.registered_at)


def missing_to_closing(lines: Sequence[FieldLine], case: Case) -> tuple[Asked, ...]:
    """Return what of `lines` is missing for `case` to be closed from where it stands."""
    return missing_in(lines, case, stages_to_closing(State(case.state)))


def _asks(stages: frozenset[Stage]) -> bool:
    """Return whether any field is required at one of `stages`: most houses have none."""
    asked = CustomField.objects.filter(required_at__in=stages, retired_at=None)
    return asked.exists()


def fields_for(staff: Staff) -> QuerySet[CustomField]:
    """Return all fields, for those who decide which there are; the retired ones last."""
    fields = CustomField.objects.order_by(_OFFERED_FIRST, "position", "pk")
    return fields if staff.may(Act.EDIT_PROCEDURES) else fields.none()


def field_for(staff: Staff, pk: int) -> CustomField:
    """Return one field, for those who decide which there are.

    Raises CustomField.DoesNotExist.
    """
    return fields_for(staff).get(pk=pk)


def choices_of(field: CustomField) -> QuerySet[CustomChoice]:
    """Return what may be chosen in `field`, in order; what is offered no more last."""
    return field.choices.order_by(_OFFERED_FIRST, "position", "pk")


def choice_for(staff: Staff, pk: int) -> CustomChoice:
    """Return one choice of a field, for those who decide which there are.

    Raises CustomChoice.DoesNotExist.
    """
    if not staff.may(Act.EDIT_PROCEDURES):
        raise CustomChoice.DoesNotExist
    return CustomChoice.objects.select_related("field").get(pk=pk)


def offered_in(fields: Iterable[int]) -> Mapping[int, list[tuple[int, Label]]]:
    """Return what may be chosen in each of `fields`, by the field's key, in order."""
    choices = CustomChoice.objects.filter(field__in=fields, retired_at=None)
    found: dict[int, list[tuple[int, Label]]] = {}
    for field, pk, label in choices.order_by("position", "pk").values_list("field", "pk", "label"):
        found.setdefault(field, []).append((pk, label))
    return found


def asked_on_a_sheet() -> Sequence[FieldLine]:
    """Return the fields that must be there before a promise is made, and so stand on the sheet."""
    early = CustomField.objects.filter(
        required_at__in=[Stage.RECEIPT, Stage.ASSESSMENT], retired_at=None
    )
    return [
        FieldLine(
            pk=each.pk,
            label=each.label,
            help=each.help,
            type=each.type,
            kinds=each.kinds,
            required_at=each.required_at,
            required_since=each.required_since,
            seen_by=each.seen_by,
            retired_at=None,
            values=[],
        )
        for each in early.order_by("position", "pk")
    ]


def seen_in(lines: Sequence[FieldLine], *, handles: bool) -> Sequence[FieldLine]:
    """Return those of `lines` that a reader sees, who handles the case or does not."""
    return [line for line in lines if handles or line.seen_by != Seer.HANDLERS]


def type_of(field: CustomField) -> FieldType:
    """Return what `field` holds."""
    return FieldType(field.type)
