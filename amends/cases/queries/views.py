"""Views of cases: which there are, and what one shows, found by key and counted by estimate."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from amends.cases.models.case import Case, CaseContact, CaseQuerySet, Issue
from amends.cases.models.fields import CustomChoice, CustomField, CustomValue
from amends.cases.models.views import PinnedView, SavedView
from amends.cases.queries.blind import customers_kept_from
from amends.cases.queries.clocks import terms_running
from amends.cases.queries.fields import Label
from amends.cases.queries.inbox import Row
from amends.cases.queries.matching import Reader, handled_by, matching
from amends.cases.rules.fields import FieldType, Filled, Seer
from amends.cases.rules.lists import PAGE, Place, read_place, written
from amends.cases.rules.views import Column, Look, Order, about, field_in
from amends.staff.models import Staff
from amends.staff.rules.permissions import Act

# Up to so many are counted one by one, if the planner thinks that this is cheap.
FEW = 500
DEAR = 4_000.0
_MOMENT = {
    Order.DUE_FIRST: "next_due_at",
    Order.NEWEST_FIRST: "received_at",
    Order.OLDEST_FIRST: "received_at",
    Order.ENDED_LAST: "closed_at",
}
_DOWN = frozenset({Order.NEWEST_FIRST, Order.ENDED_LAST})
_OF_ROW = (
    "pk", "reference", "gist", "kind", "state", "person__name", "owner__name", "next_due",
    "next_due_at", "received_at", "closed_at", "failed_recoveries", "tags", "snoozed_until",
    "priority_reason",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Held:
    """What a field of our own holds on one case, and what was chosen in it."""

    kind: FieldType
    filled: Filled
    chosen: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One case of a view. more: what its columns show besides; own: of our own fields.

    keeps: whether how it ended is kept from the reader for now.
    """

    row: Row
    more: dict[str, Any]
    own: dict[int, Held]
    keeps: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """Some cases of a view. after: where the next page begins, if there is one."""

    lines: tuple[Line, ...]
    after: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How many cases a view has; `is_exact` is False for the planner's estimate."""

    count: int
    is_exact: bool


def views_for(staff: Staff) -> QuerySet[SavedView]:
    """Return the views that `staff` keeps, or that are shared with them, by name."""
    views = SavedView.objects.visible_to(staff).select_related("owner", "team")
    return views.order_by("name", "pk") if staff.may(Act.SEE_CASES) else views.none()


def view_for(staff: Staff, pk: int) -> SavedView:
    """Return one view that `staff` keeps or that is shared with them.

    Raises SavedView.DoesNotExist.
    """
    return views_for(staff).get(pk=pk)


def pins_of(staff: Staff) -> Sequence[PinnedView]:
    """Return what `staff` has at hand, in order; a view that is shared no more is left out."""
    seen = Q(view=None) | Q(view__in=SavedView.objects.visible_to(staff))
    pins = staff.pinned_views.filter(seen).select_related("view")
    return list(pins.order_by("position", "pk"))


def cases_of(look: Look, *, staff: Staff, at: datetime) -> CaseQuerySet:
    """Return the cases that a view shows to `staff`; `at` is in the zone of the reader.

    What is due first, and what ended last, are lists of what is due, and of what has ended.
    """
    if not staff.may(Act.SEE_CASES):
        return Case.objects.none()
    cases = Case.objects.not_about(staff.pk)
    moment = _MOMENT[look.order]
    if moment != "received_at":
        cases = cases.filter(**{f"{moment}__isnull": False})
    keys = [each.field for each in look.filters if each.field is not None]
    reader = Reader(staff, at, CustomField.objects.in_bulk(keys) if keys else {})
    for asked in look.filters:
        cases = cases.filter(matching(asked, reader))
    return cases


def page_of(look: Look, *, staff: Staff, at: datetime, after: str = "", most: int = PAGE) -> Found:
    """Return one page of a view for `staff`, from the place `after` on."""
    moment, place = _MOMENT[look.order], read_place(after)
    cases = cases_of(look, staff=staff, at=at)
    if place:
        cases = cases.filter(_beyond(look.order, place))
    more = _more(look.columns)
    ordered = cases.order_by(*_ordered(look.order))
    rows = list(ordered.annotate(**more).values_list(*_OF_ROW, *more)[: most + 1])
    shown = rows[:most]
    own = _own([row[0] for row in shown], look.columns, staff)
    keeping = _keeping(shown, look.columns, staff)
    lines = tuple(
        Line(
            Row(*row[: len(_OF_ROW)]),
            dict(zip(more, row[len(_OF_ROW) :], strict=True)),
            own.get(row[0], {}),
            keeps=row[0] in keeping,
        )
        for row in shown
    )
    if len(rows) <= most:
        return Found(lines, "")
    last = lines[-1].row
    return Found(lines, written(Place(getattr(last, moment), last.pk)))


def tally_of(look: Look, *, staff: Staff, at: datetime) -> Tally:
    """Return how many cases a view shows: counted where they are few, else estimated."""
    cases = cases_of(look, staff=staff, at=at).order_by()
    rows, cost = _planned(cases)
    if rows > FEW or cost > DEAR:
        return Tally(about(rows), is_exact=False)
    counted = len(cases.values_list("pk")[: FEW + 1])
    return (
        Tally(counted, is_exact=True) if counted <= FEW else Tally(about(counted), is_exact=False)
    )


def fields_in_lists(staff: Staff) -> Sequence[CustomField]:
    """Return the fields of our own that a list may filter by and show, in order."""
    fields = CustomField.objects.order_by("position", "pk")
    return list(fields) if staff.may(Act.SEE_CASES) else []


def _planned(cases: CaseQuerySet) -> tuple[int, float]:
    """Return how many rows the planner expects of `cases`, and what it would cost to read all."""
    plan = json.loads(cases.values_list("pk").explain(format="json"))[0]["Plan"]
    return int(plan["Plan Rows"]), float(plan["Total Cost"])


def _ordered(order: Order) -> tuple[str, str]:
    moment = _MOMENT[order]
    return (f"-{moment}", "-pk") if order in _DOWN else (moment, "pk")


def _beyond(order: Order, place: Place) -> Q:
    """Return what follows `place`, said so that an index is entered where it stands."""
    moment, side = _MOMENT[order], "lt" if order in _DOWN else "gt"
    further = Q(**{f"{moment}__{side}": place.at}) | Q(**{f"pk__{side}": place.pk})
    return Q(**{f"{moment}__{side}e": place.at}) & further


def _more(columns: Collection[str]) -> dict[str, Any]:
    """Return what the columns of a view need besides what every row has."""
    contacts = CaseContact.objects.filter(case=OuterRef("pk"), contact__automatic=False)
    issues = Issue.objects.filter(case=OuterRef("pk")).order_by("pk")
    law = terms_running().filter(case=OuterRef("pk"))
    known: dict[str, Any] = {
        Column.LAW: Subquery(law.order_by("due_at").values("due_at")[:1]),
        Column.TEAM: F("team__name"),
        Column.SEVERITY: F("severity"),
        Column.OUTCOME: F("outcome"),
        Column.CHANNEL: F("channel"),
        Column.LANGUAGE: F("language"),
        Column.LAST_CONTACT: Subquery(contacts.order_by("-at", "-pk").values("at")[:1]),
        Column.PRODUCT: Subquery(issues.values("product")[:1]),
        Column.TOPIC: Subquery(issues.values("topic")[:1]),
    }
    return {f"{name.replace('-', '_')}_": known[name] for name in columns if name in known}


def _keeping(
    rows: Sequence[Sequence[Any]], columns: Collection[str], staff: Staff
) -> frozenset[int]:
    """Return which of the cases do not tell `staff` for now how they ended, if a column would."""
    kept = customers_kept_from(staff) if Column.OUTCOME in columns and rows else frozenset()
    ended = Case.objects.filter(pk__in=[row[0] for row in rows], closed_at__isnull=False)
    return frozenset(ended.filter(person__in=kept).values_list("pk", flat=True)) if kept else kept


def _own(cases: Sequence[int], columns: Collection[str], staff: Staff) -> dict[int, Any]:
    """Return what the fields of our own among `columns` hold, by case and field."""
    fields = [key for key in map(field_in, columns) if key is not None]
    if not (fields and cases):
        return {}
    may_see = Q(case__in=cases, field__in=fields)
    if not staff.may(Act.WORK_ON_ANY_CASE):
        may_see &= ~Q(field__seen_by=Seer.HANDLERS) | Q(case__in=handled_by(staff))
    values = CustomValue.objects.filter(may_see).select_related("field", "choice")
    found: dict[int, dict[int, Held]] = {}
    for value in values.order_by("choice__position", "pk"):
        held = found.setdefault(value.case_id, {})
        held[value.field_id] = _held(value, held.get(value.field_id))
    return found


def _held(value: CustomValue, before: Held | None) -> Held:
    chosen = (*(before.chosen if before else ()), *([value.choice.label] if value.choice else ()))
    filled = Filled(
        text=value.text,
        number=value.number,
        currency=value.currency,
        day=value.falls_on,
        truth=value.truth,
    )
    return Held(FieldType(value.field.type), filled, chosen)


def choices_in_lists(field: int) -> Sequence[tuple[int, Label]]:
    """Return what may be looked for in a field of our own, also what is offered no more."""
    choices = CustomChoice.objects.filter(field=field).order_by("position", "pk")
    return list(choices.values_list("pk", "label"))
