"""Saying that somebody is away and who stands in, and that they are back."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.base.time_words import date_words
from amends.journal.actions import record
from amends.staff.actions.authorise import require
from amends.staff.events import AbsenceEnded, AbsenceWritten
from amends.staff.models import Absence, Staff
from amends.staff.queries import may_stand_in_for, zone_for
from amends.staff.rules.absence import Days, in_instants, is_away_throughout, is_too_long
from amends.staff.rules.permissions import Act


class EndsBeforeItBegins(Refused):
    text = _("The last day is before the first.")


class OverAlready(Refused):
    text = _("These days are over already.")


class TooLongAway(Refused):
    text = _("That is more than a year. End their access instead, and give it again later.")


class AwayAlready(Refused):
    text = _("%(name)s is away from %(first)s to %(last)s already. End that first.")


class NobodyStandsIn(Refused):
    text = _("Say who stands in. What falls due must not wait for the way back.")


class CannotStandIn(Refused):
    text = _("%(name)s cannot stand in: choose somebody of the same team, or a senior.")


class DeputyIsAway(Refused):
    text = _("%(name)s is away on all of these days, too. Choose somebody else besides.")


@transaction.atomic
def write_absence(
    colleague: Staff, *, days: Days, deputies: Sequence[Staff], by: Staff, at: datetime
) -> Absence:
    """Write down that `colleague` is away on `days` and who stands in, and return the absence.

    Everybody may for themselves, and whoever looks after teams for others. Where nobody could
    stand in, nobody need.

    Raises NotAllowed, EndsBeforeItBegins, OverAlready, TooLongAway, AwayAlready, NobodyStandsIn,
    CannotStandIn, DeputyIsAway.
    """
    _may_say(colleague, by)
    colleague = Staff.objects.select_for_update().get(pk=colleague.pk)
    if days.last_on < days.first_on:
        raise EndsBeforeItBegins
    if is_too_long(days):
        raise TooLongAway
    begins_at, ends_at = in_instants(days, zone_for(colleague))
    if ends_at <= at:
        raise OverAlready
    _must_be_free(colleague, days, at)
    _must_be_there(colleague, days, deputies, at)
    absence = Absence.objects.create(
        staff=colleague,
        first_on=days.first_on,
        last_on=days.last_on,
        begins_at=begins_at,
        ends_at=ends_at,
        written_by=by,
        written_at=at,
    )
    absence.deputies.set(deputies)
    record(
        AbsenceWritten(
            absence_id=absence.pk,
            staff_id=colleague.pk,
            first_on=days.first_on.isoformat(),
            last_on=days.last_on.isoformat(),
            deputies=tuple(sorted(each.pk for each in deputies)),
        ),
        by=by,
        at=at,
    )
    return absence


@transaction.atomic
def end_absence(absence: Absence, *, by: Staff, at: datetime) -> Absence:
    """Write down that somebody is back, or does not go, and return the absence. Once is enough.

    Raises NotAllowed.
    """
    _may_say(absence.staff, by)
    absence = Absence.objects.select_for_update(of=("self",)).get(pk=absence.pk)
    if absence.ended_at or absence.ends_at <= at:
        return absence
    absence.ended_at = at
    absence.save(update_fields=["ended_at"])
    record(AbsenceEnded(absence_id=absence.pk, staff_id=absence.staff_id), by=by, at=at)
    return absence


def _may_say(colleague: Staff, by: Staff) -> None:
    if by.pk != colleague.pk:
        require(by, Act.EDIT_TEAMS)


def _must_be_free(colleague: Staff, days: Days, at: datetime) -> None:
    for one in _days_away(colleague, at):
        if one.overlaps(days):
            first, last = date_words(one.first_on), date_words(one.last_on)
            raise AwayAlready(name=colleague.name, first=first, last=last)


def _must_be_there(colleague: Staff, days: Days, deputies: Collection[Staff], at: datetime) -> None:
    able = set(may_stand_in_for(colleague).values_list("pk", flat=True))
    if able and not deputies:
        raise NobodyStandsIn
    for each in deputies:
        if each.pk not in able:
            raise CannotStandIn(name=each.name)
        if is_away_throughout(days, _days_away(each, at)):
            raise DeputyIsAway(name=each.name)


def _days_away(colleague: Staff, at: datetime) -> list[Days]:
    rows = Absence.objects.standing().filter(staff=colleague, ends_at__gt=at)
    return [Days(first, last) for first, last in rows.values_list("first_on", "last_on")]
