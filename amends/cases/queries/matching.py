"""What each filter of a view asks of a case, said so that an index can answer it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.db.models.lookups import In

from amends.cases.models.case import Case, CaseContact, CaseQuerySet, Issue
from amends.cases.models.fields import CustomField, CustomValue
from amends.cases.queries.blind import customers_kept_from
from amends.cases.queries.tags import joined_tags
from amends.cases.queries.words import saying
from amends.cases.rules.fields import CHOSEN, NUMBERS, TEXTS, FieldType, Seer
from amends.cases.rules.tags import found_by
from amends.cases.rules.views import (
    ME,
    MINE,
    NOBODY,
    YES,
    By,
    Filter,
    Match,
    day_in,
    matches_of,
    number_in,
)
from amends.people.queries import people_meant
from amends.staff.models import Staff
from amends.staff.rules.permissions import Act

_DAY = timedelta(days=1)
_NONE = Q(pk__in=())


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks at a view, and when, in their own zone. fields: those of our own it asks about."""

    staff: Staff
    at: datetime
    fields: Mapping[int, CustomField] = field(default_factory=dict)

    def midnight_after(self, days: int) -> datetime:
        """Return the end of the day that is so many days from now."""
        return self.start_of((self.at + (days + 1) * _DAY).date().isoformat())

    def start_of(self, day: str) -> datetime:
        return datetime.combine(day_in(day) or self.at.date(), time(), tzinfo=self.at.tzinfo)


def matching(asked: Filter, reader: Reader) -> Q:
    """Return what `asked` means for `reader`."""
    if asked.field is not None:
        return _of_field(asked.field, asked, reader)
    found = _ASKS[By(asked.by)](asked, reader)
    return ~found if asked.match is Match.IS_NOT else found


def handled_by(staff: Staff) -> CaseQuerySet:
    """Return the cases that `staff` may work on: theirs, their teams', and what nobody took."""
    theirs = Q(owner=staff) | Q(owner=None) | Q(team__in=staff.teams.values("pk"))
    return Case.objects.filter(theirs) if staff.may(Act.WORK_ON_CASE) else Case.objects.none()


def _column(name: str) -> Callable[[Filter, Reader], Q]:
    return lambda asked, _reader: Q(**{f"{name}__in": asked.values})


_LONGEST_KEY = 18


def _keys(values: Sequence[str]) -> list[int]:
    """Return the keys among `values`; what is none, or longer than any, finds nothing."""
    digits = (value for value in values if value.isascii() and value.isdigit())
    return [int(value) for value in digits if len(value) <= _LONGEST_KEY]


def _open(asked: Filter, _reader: Reader) -> Q:
    return Q(closed_at__isnull=asked.values == (YES,))


def _snoozed(asked: Filter, reader: Reader) -> Q:
    away = Q(snoozed_until__gt=reader.at)
    return away if asked.values == (YES,) else Q(snoozed_until=None) | ~away


def _owner(asked: Filter, reader: Reader) -> Q:
    keys = [*_keys(asked.values), *([reader.staff.pk] if ME in asked.values else [])]
    found = Q(owner__in=keys) if keys else _NONE
    return found | Q(owner=None) if NOBODY in asked.values else found


def _team(asked: Filter, reader: Reader) -> Q:
    keys = _keys(asked.values)
    if MINE in asked.values:
        keys += reader.staff.teams.values_list("pk", flat=True)
    return Q(team__in=keys)


def _severity(asked: Filter, _reader: Reader) -> Q:
    return Q(severity__in=_keys(asked.values))


def _ahead(asked: Filter, _reader: Reader) -> Q:
    """Ask why it comes first; that something is said at all lets a short index answer."""
    return Q(priority_reason__in=asked.values) & ~Q(priority_reason="")


def _due(asked: Filter, reader: Reader) -> Q:
    if asked.match is Match.OVER:
        return Q(next_due_at__lt=reader.at)
    if asked.match is Match.WITHIN:
        return Q(next_due_at__lt=reader.midnight_after(int(asked.values[0])))
    return _on_days("next_due_at", asked, reader)


def _past(moment: str) -> Callable[[Filter, Reader], Q]:
    def ask(asked: Filter, reader: Reader) -> Q:
        if asked.match in {Match.FROM, Match.UNTIL}:
            return _on_days(moment, asked, reader)
        since = reader.at - int(asked.values[0]) * _DAY
        is_late = asked.match is Match.IN_LAST
        return Q(**{f"{moment}__{'gte' if is_late else 'lt'}": since})

    return ask


def _on_days(moment: str, asked: Filter, reader: Reader) -> Q:
    start = reader.start_of(asked.values[0])
    if asked.match is Match.FROM:
        return Q(**{f"{moment}__gte": start})
    return Q(**{f"{moment}__lt": start + _DAY})


def _outcome(asked: Filter, reader: Reader) -> Q:
    """Ask how it ended; what is kept from the reader for now is not among what they look for."""
    found = Q(outcome__in=asked.values)
    kept = customers_kept_from(reader.staff)
    return found & (Q(person=None) | ~Q(person__in=kept) | Q(closed_at=None)) if kept else found


def _last_contact(asked: Filter, reader: Reader) -> Q:
    since = reader.at - int(asked.values[0]) * _DAY
    lately = CaseContact.objects.filter(
        case=OuterRef("pk"), at__gte=since, contact__automatic=False
    )
    return Q(Exists(lately)) if asked.match is Match.IN_LAST else ~Q(Exists(lately))


def _mood(asked: Filter, _reader: Reader) -> Q:
    """Ask how the customer was when we last met them and somebody noted it."""
    noted = CaseContact.objects.filter(case=OuterRef("pk"), contact__mood_start__isnull=False)
    last = noted.order_by("-at", "-pk").values(
        mood=Coalesce("contact__mood_end", "contact__mood_start")
    )
    moods = _keys(asked.values)
    return Q(In(Subquery(last[:1]), moods)) if moods else _NONE


def _customer(asked: Filter, _reader: Reader) -> Q:
    return Q(person__in=people_meant(asked.values[0]).values("pk"))


def _listed(name: str) -> Callable[[Filter, Reader], Q]:
    def ask(asked: Filter, _reader: Reader) -> Q:
        among = Issue.objects.filter(case=OuterRef("pk"), **{f"{name}__in": asked.values})
        return Q(Exists(among))

    return ask


def _tag(asked: Filter, _reader: Reader) -> Q:
    joined = joined_tags()
    keys = {key for tag in _keys(asked.values) for key in found_by(tag, joined)}
    return Q(tags__overlap=sorted(keys))


def _text(asked: Filter, reader: Reader) -> Q:
    return saying(asked.values[0], reader.staff)


_ASKS: Mapping[By, Callable[[Filter, Reader], Q]] = {
    By.STATE: _column("state"),
    By.OPEN: _open,
    By.KIND: _column("kind"),
    By.NEXT: _column("next_due"),
    By.DUE: _due,
    By.OWNER: _owner,
    By.TEAM: _team,
    By.SEVERITY: _severity,
    By.AHEAD: _ahead,
    By.OUTCOME: _outcome,
    By.RECEIVED: _past("received_at"),
    By.ENDED: _past("closed_at"),
    By.LAST_CONTACT: _last_contact,
    By.MOOD: _mood,
    By.CHANNEL: _column("channel"),
    By.LANGUAGE: _column("language"),
    By.CUSTOMER: _customer,
    By.PRODUCT: _listed("product"),
    By.TOPIC: _listed("topic"),
    By.TAG: _tag,
    By.SNOOZED: _snoozed,
    By.TEXT: _text,
}


def _of_field(key: int, asked: Filter, reader: Reader) -> Q:
    """Return what `asked` asks of a field of our own; what only handlers see, only of theirs."""
    known = reader.fields.get(key)
    if known is None:
        return _NONE
    held = CustomValue.objects.filter(_held(FieldType(known.type), asked), field=key)
    there = Q(Exists(held.filter(case=OuterRef("pk"))))
    found = ~there if asked.match in {Match.IS_NOT, Match.MISSING} else there
    if known.seen_by == Seer.HANDLERS and not reader.staff.may(Act.WORK_ON_ANY_CASE):
        return found & Q(pk__in=handled_by(reader.staff).values("pk"))
    return found


def _held(kind: FieldType, asked: Filter) -> Q:
    """Return what a row of the field's values must hold; nothing in particular to be there."""
    if asked.match in {Match.THERE, Match.MISSING}:
        return Q()
    value = asked.values[0]
    if asked.match not in matches_of(kind):
        return _NONE
    if kind in CHOSEN:
        return Q(choice__in=_keys(asked.values))
    return _said(kind, asked.match, value)


def _said(kind: FieldType, match: Match, value: str) -> Q:
    if kind in TEXTS:
        return Q(text__icontains=value.strip())
    if kind in NUMBERS:
        return Q(**{f"number__{'gte' if match is Match.AT_LEAST else 'lte'}": number_in(value)})
    if kind is FieldType.YES_NO:
        return Q(truth=value == YES)
    return Q(**{f"falls_on__{'gte' if match is Match.FROM else 'lte'}": day_in(value)})
