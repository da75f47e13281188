"""Which filters and columns are offered, and the form in which a view is put together."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from amends.cases.queries.rights import headings
from amends.cases.queries.tags import tags_in
from amends.cases.queries.views import choices_in_lists, fields_in_lists
from amends.cases.rules.fields import FieldType
from amends.cases.rules.findings import Shelf
from amends.cases.rules.kinds import CaseKind, Next, Outcome, Severity
from amends.cases.rules.lifecycle import State
from amends.cases.rules.views import (
    AMONG,
    DAYS,
    LONGEST_NAME,
    LONGEST_TEXT,
    MATCHES,
    ME,
    MINE,
    MOST_COLUMNS,
    MOST_DAYS,
    MOST_FILTERS,
    NOBODY,
    ON_A_DAY,
    SAID_ALREADY,
    YES,
    By,
    Column,
    Filter,
    Look,
    Match,
    Order,
    field_name,
    filter_of,
    is_whole,
    matches_of,
)
from amends.cases.rules.weighing import Ahead
from amends.contacts.rules.kinds import Channel, Mood
from amends.staff.queries import colleagues_for, teams_for
from amends.web.field_values import named
from amends.web.http import StaffRequest
from amends.web.words import choices, word

MANY = 12
Choices = list[tuple[object, object]]
_ENUMS: Mapping[By, type[Enum]] = {
    By.STATE: State,
    By.KIND: CaseKind,
    By.NEXT: Next,
    By.OUTCOME: Outcome,
    By.SEVERITY: Severity,
    By.AHEAD: Ahead,
    By.CHANNEL: Channel,
    By.MOOD: Mood,
}


class Offer:
    """What a view may be made of, for one reader; each list is asked for only where it is shown."""

    def __init__(self, request: StaffRequest) -> None:
        self.staff = request.user
        self.fields = {each.pk: each for each in fields_in_lists(request.user)}

    @property
    def filters(self) -> Choices:
        """Every filter, by its key, in groups of what it looks at."""
        own = [
            (field_name(pk), match) for pk, each in self.fields.items()
            for match in matches_of(FieldType(each.type)) if not each.retired_at
        ]  # fmt: skip
        every = [*((by.value, match) for by in By for match in MATCHES[by]), *own]
        return [(Filter(by, match).key, self.label(Filter(by, match))) for by, match in every]

    @property
    def columns(self) -> Choices:
        own = [(field_name(pk), named(each.label)) for pk, each in self.fields.items()]
        return [*choices(Column), *own]

    def label(self, asked: Filter) -> str:
        """Return what a filter asks, in words: what it looks at, and how."""
        key = asked.field
        if key is None:
            looks_at = word(By(asked.by))
        else:
            looks_at = named(self.fields[key].label) if key in self.fields else _("a field")
        if asked.match is Match.IS and self._is_yes_no(asked):
            return _("%(what)s: yes or no") % {"what": looks_at}
        return _("%(what)s: %(how)s") % {"what": looks_at, "how": word(asked.match)}

    def control(self, asked: Filter) -> forms.Field | None:
        """Return the form field in which the values of a filter are said; None if it has none."""
        label = self.label(asked)
        if asked.match in SAID_ALREADY | AMONG:
            return None if asked.match in SAID_ALREADY else self._among(asked, label)
        if asked.match in DAYS:
            return forms.IntegerField(label=label, min_value=0, max_value=MOST_DAYS)
        if asked.match in ON_A_DAY:
            widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            return forms.DateField(label=label, widget=widget)
        return forms.CharField(label=label, max_length=LONGEST_TEXT)

    def _among(self, asked: Filter, label: str) -> forms.Field:
        if self._is_yes_no(asked):
            yes_no = [(YES, _("yes")), ("no", _("no"))]
            return forms.ChoiceField(label=label, choices=yes_no, widget=forms.RadioSelect)
        offered = [(str(value), said) for value, said in self._choices(asked)]
        known = {value for value, _said in offered}
        offered += [(value, value) for value in asked.values if value not in known]
        widget = forms.SelectMultiple if len(offered) > MANY else forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(label=label, choices=offered, widget=widget)

    def _is_yes_no(self, asked: Filter) -> bool:
        known = self.fields.get(asked.field or 0)
        own = known is not None and known.type == FieldType.YES_NO
        return own or asked.by in {By.OPEN, By.SNOOZED}

    def _choices(self, asked: Filter) -> Choices:
        key = asked.field
        if key is not None:
            return [(pk, named(label)) for pk, label in choices_in_lists(key)]
        by = By(asked.by)
        return list(choices(_ENUMS[by])) if by in _ENUMS else self._of_ours(by)

    def _of_ours(self, by: By) -> Choices:
        """Return the choices that the organisation made itself."""
        ours: Mapping[By, Callable[[], Choices]] = {
            By.OWNER: self._people,
            By.TEAM: self._teams,
            By.TAG: lambda: list(tags_in(get_language() or "").choices()),
            By.LANGUAGE: lambda: list(settings.LANGUAGES),
            By.PRODUCT: lambda: _listed(Shelf.PRODUCT),
            By.TOPIC: lambda: _listed(Shelf.TOPIC),
        }
        offered: Choices = ours[by]()
        return offered

    def _people(self) -> Choices:
        people = [(each.pk, each.name) for each in colleagues_for(self.staff)]
        return [(ME, _("me")), (NOBODY, _("nobody yet")), *people]

    def _teams(self) -> Choices:
        return [(MINE, _("my teams")), *((each.pk, each.name) for each in teams_for(self.staff))]


def _listed(shelf: Shelf) -> Choices:
    names = dict.fromkeys(each.name for each in headings(shelf) if each.under_id is None)
    return [(name, name) for name in names]


@dataclass(frozen=True, slots=True)
class Typed:
    """A view as it is being put together: filters that may not be whole yet."""

    name: str = ""
    filters: tuple[Filter, ...] = ()
    columns: tuple[str, ...] = ()
    order: str = Order.DUE_FIRST.value

    def without(self, place: int) -> "Typed":
        kept = tuple(each for number, each in enumerate(self.filters) if number != place)
        return Typed(self.name, kept, self.columns, self.order)

    def with_one_more(self, key: str) -> "Typed":
        more = filter_of(key)
        filters = (*self.filters, *([more] if more else []))[:MOST_FILTERS]
        return Typed(self.name, filters, self.columns, self.order)


def typed_of(look: Look, name: str = "") -> Typed:
    """Return a view as its form begins."""
    return Typed(name, look.filters, look.columns, look.order.value)


def typed_in(posted: QueryDict) -> Typed:
    """Return what was posted, as far as it names filters that we know."""
    filters = []
    for place, key in enumerate(posted.getlist("filter")[:MOST_FILTERS]):
        read = filter_of(key, (value.strip() for value in posted.getlist(f"value_{place}")))
        if read and read.match in SAID_ALREADY:
            read = filter_of(key)
        filters += [read] if read else []
    return Typed(
        posted.get("name", ""),
        tuple(filters),
        tuple(posted.getlist("columns")),
        posted.get("order", ""),
    )


class Build(forms.Form):
    """A view: its name, its filters one a row, its columns and its order."""

    name = forms.CharField(
        label=pgettext_lazy("of a view", "Name"),
        max_length=LONGEST_NAME,
        error_messages={"required": gettext_lazy("Give the view a name.")},
    )
    columns = forms.MultipleChoiceField(
        label=gettext_lazy("Columns"), widget=forms.CheckboxSelectMultiple
    )
    order = forms.ChoiceField(label=gettext_lazy("On top"), choices=choices(Order))
    more = forms.ChoiceField(label=gettext_lazy("One more filter"), required=False)

    def __init__(self, typed: Typed, offer: Offer, *, is_said: bool, is_kept: bool = True) -> None:
        """Show `typed`; `is_said` when it is meant as it stands, and what is wrong is told.

        is_kept: whether it is to be kept, and so needs a name.
        """
        self.typed, self.offer = typed, offer
        values = _values(typed)
        super().__init__(values if is_said else None, initial=values)
        self._offer_choices()
        self.fields["name"].required = is_kept
        for place, asked in enumerate(typed.filters):
            control = offer.control(asked)
            if control:
                self.fields[f"value_{place}"] = control

    def rows(self) -> list[dict[str, object]]:
        """Return the filters, one a row: what each asks, and the field in which that is said."""
        return [
            {
                "place": place,
                "key": asked.key,
                "label": self.offer.label(asked),
                "bound": self[f"value_{place}"] if f"value_{place}" in self.fields else None,
            }
            for place, asked in enumerate(self.typed.filters)
        ]

    def clean_columns(self) -> list[str]:
        columns: list[str] = self.cleaned_data["columns"]
        if len(columns) > MOST_COLUMNS:
            said = _("At most %(most)s columns: more of them nobody reads.") % {
                "most": MOST_COLUMNS
            }
            raise forms.ValidationError(said)
        return columns

    def clean(self) -> dict[str, Any]:
        for place, asked in enumerate(self.typed.filters):
            name = f"value_{place}"
            if name not in self.errors and not is_whole(asked):
                self.add_error(name if name in self.fields else None, _("Say what it looks for."))
        return super().clean() or self.cleaned_data

    def look(self) -> Look:
        """Return what was put together, once it holds."""
        said = self.cleaned_data
        return Look(self.typed.filters, tuple(said["columns"]), Order(said["order"]))

    def _offer_choices(self) -> None:
        add = [("", _("choose what it looks at")), *self.offer.filters]
        for name, offered in (("columns", self.offer.columns), ("more", add)):
            self.fields[name].choices = offered  # type: ignore[attr-defined] # of a choice


def _values(typed: Typed) -> dict[str, Any]:
    """Return what the fields of the form hold."""
    values: dict[str, Any] = {
        "name": typed.name,
        "columns": list(typed.columns),
        "order": typed.order,
    }
    for place, asked in enumerate(typed.filters):
        many = asked.match in AMONG and asked.by not in {By.OPEN, By.SNOOZED}
        first = asked.values[0] if asked.values else ""
        values[f"value_{place}"] = list(asked.values) if many else first
    return values
