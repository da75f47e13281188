"""What the columns of a view show of each case, worked out so that the template only prints it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from amends.cases.queries.tags import NO_TAGS, Tags, tags_in
from amends.cases.queries.views import Line, fields_in_lists
from amends.cases.rules.kinds import CaseKind, Next, Outcome, Severity
from amends.cases.rules.lifecycle import State
from amends.cases.rules.views import Column, field_in
from amends.cases.rules.weighing import Ahead
from amends.contacts.rules.kinds import Channel
from amends.web.field_values import named, value_words
from amends.web.http import StaffRequest
from amends.web.templatetags.amends import ago_html, due_html
from amends.web.words import word

_DUE = frozenset({Column.DUE, Column.LAW})
_AGO = frozenset({Column.RECEIVED, Column.ENDED, Column.LAST_CONTACT})


@dataclass(frozen=True, slots=True)
class Cell:
    """What one column says of one case."""

    heading: str
    said: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One case as it is printed."""

    reference: str
    url: str
    customer: str
    gist: str
    cells: Sequence[Cell]


class Sheet:
    """The columns of a view, for one reader."""

    def __init__(self, request: StaffRequest, columns: Sequence[str]) -> None:
        own = any(field_in(name) is not None for name in columns)
        fields = fields_in_lists(request.user) if own else []
        self._fields = {each.pk: each for each in fields}
        self.columns = [name for name in columns if self._is_known(name)]
        tagged = Column.TAGS in self.columns
        self._tags: Tags = tags_in(get_language() or "") if tagged else NO_TAGS

    @property
    def headings(self) -> list[str]:
        return [self._heading(name) for name in self.columns]

    def rows(self, lines: Sequence[Line], now: datetime, *, view: str = "") -> list[Shown]:
        """Return `lines` as they are printed, for a reader whose time is `now`.

        view: what names the view, so that a case leads back to it.
        """
        page = reverse("case", args=["-"])
        page += f"?{urlencode({'view': view})}" if view else ""
        headings = self.headings
        return [
            Shown(
                reference=line.row.reference,
                url=page.replace("-", line.row.reference, 1),
                customer=line.row.customer or _("Nobody known yet"),
                gist=line.row.gist,
                cells=[
                    Cell(heading, self._shown(name, line, now))
                    for name, heading in zip(self.columns, headings, strict=True)
                ],
            )
            for line in lines
        ]

    def plain(self, line: Line) -> list[str]:
        """Return what a file says of one case: who it is, what it is about, and the columns."""
        told = (self.text(name, line) for name in self.columns)
        return [line.row.reference, line.row.customer or "", line.row.gist, *told]

    def text(self, name: str, line: Line) -> str:
        """Return what one column says of one case, as plain text."""
        key = field_in(name)
        if key is not None:
            held = line.own.get(key)
            return value_words(held.kind, held.filled, held.chosen) if held else ""
        if name == Column.TAGS:
            return ", ".join(self._tags.of(line.row.tags))
        moment = _moment(name, line)
        if moment is not None:
            return date_format(timezone.localtime(moment), "Y-m-d H:i")
        return _TEXTS[Column(name)](line) if Column(name) in _TEXTS else ""

    def _shown(self, name: str, line: Line, now: datetime) -> str:
        if name in _DUE:
            return due_html(_moment(name, line), now)
        if name in _AGO:
            return ago_html(_moment(name, line), now)
        return self.text(name, line)

    def _heading(self, name: str) -> str:
        key = field_in(name)
        return word(Column(name)) if key is None else named(self._fields[key].label)

    def _is_known(self, name: str) -> bool:
        key = field_in(name)
        return name in {each.value for each in Column} if key is None else key in self._fields


def _moment(name: str, line: Line) -> datetime | None:
    moments: Mapping[str, datetime | None] = {
        Column.DUE: line.row.next_due_at,
        Column.LAW: line.more.get("law_"),
        Column.RECEIVED: line.row.received_at,
        Column.ENDED: line.row.closed_at,
        Column.LAST_CONTACT: line.more.get("last_contact_"),
    }
    return moments.get(name)


def _word_of(kind: Callable[[Any], Any], name: str) -> Callable[[Line], str]:
    return lambda line: word(kind(line.more[name])) if line.more[name] else ""


def _ahead(line: Line) -> str:
    return word(Ahead(line.row.priority_reason)) if line.row.priority_reason else ""


def _outcome(line: Line) -> str:
    if line.keeps:
        return _("Shown once everything in their open case is found on")
    return _word_of(Outcome, "outcome_")(line)


_TEXTS: Mapping[Column, Callable[[Line], str]] = {
    Column.REFERENCE: lambda line: line.row.reference,
    Column.NEXT: lambda line: word(Next(line.row.next_due)) if line.row.next_due else "",
    Column.KIND: lambda line: word(CaseKind(line.row.kind)),
    Column.STATE: lambda line: word(State(line.row.state)),
    Column.OWNER: lambda line: line.row.owner or _("nobody yet"),
    Column.TEAM: lambda line: str(line.more["team_"]),
    Column.SEVERITY: _word_of(Severity, "severity_"),
    Column.AHEAD: _ahead,
    Column.OUTCOME: _outcome,
    Column.CHANNEL: _word_of(Channel, "channel_"),
    Column.LANGUAGE: lambda line: str(dict(settings.LANGUAGES).get(line.more["language_"], "")),
    Column.PRODUCT: lambda line: line.more["product_"] or "",
    Column.TOPIC: lambda line: line.more["topic_"] or "",
}
