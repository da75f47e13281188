"""Saying when we are open, what we hold ourselves to, and which clocks of the law run."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.journal.actions import record
from amends.staff.actions.authorise import require
from amends.staff.models import Staff, Team
from amends.staff.rules.permissions import Act
from amends.standards.events import (
    ClockProfilesShipped,
    ClockProfileWritten,
    StandardGivenUp,
    StandardWritten,
    WarningSet,
    WarningStopped,
    WorkingHoursLeftToTheHouse,
    WorkingHoursSet,
)
from amends.standards.models import (
    ClockProfile,
    EarlyWarning,
    HoursBefore,
    Standard,
    WorkingHours,
)
from amends.standards.rules import law
from amends.standards.rules.days import Length
from amends.standards.rules.history import WaitingFor
from amends.standards.rules.hours import Hours, Openings, kept, read_kept
from amends.standards.rules.shipped import SHIPPED
from amends.standards.rules.targets import Measure
from amends.standards.rules.warnings import How, Whom, Whose

ONE_MINUTE = timedelta(minutes=1)
NOTHING = timedelta(0)


class NeverOpen(Refused):
    text = _("Say at least one day on which you are open.")


class NoHoursYet(Refused):
    text = _("Save the opening hours of the week first.")


class NoSuchStop(Refused):
    text = _("Say what stops this clock.")


class SourceAndDate(Refused):
    text = _("Say where it is written and on which day you looked, or leave both out.")


class StandardIncomplete(Refused):
    text = _("A standard needs a name, and at least one minute.")


class WarningIncomplete(Refused):
    text = _("Say how long before, and whom to tell.")


@transaction.atomic
def set_working_hours(hours: Hours, *, team: Team | None, by: Staff, at: datetime) -> WorkingHours:
    """Let `team`, or the house, be open at `hours` from now on.

    What was due before stays as it is until it is counted anew, a moment later; the time that
    passed before now was counted by the hours that held then, and stays so.

    Raises NotAllowed, NeverOpen.
    """
    require(by, Act.EDIT_TEAMS)
    if not any(hours.week):
        raise NeverOpen
    _remember_hours(team, at=at)
    row, _new = WorkingHours.objects.select_for_update().update_or_create(
        team=team, defaults={"hours": kept(hours), "changed_at": at, "recount_after": 0}
    )
    record(WorkingHoursSet(team_id=team.pk if team else None), by=by, at=at)
    return row


@transaction.atomic
def set_day(
    on: date, *, openings: Openings | None, team: Team | None, by: Staff, at: datetime
) -> WorkingHours:
    """Let `team`, or the house, be open on one date as said; None: as on any other such day.

    Raises NotAllowed, NoHoursYet.
    """
    require(by, Act.EDIT_TEAMS)
    rows = WorkingHours.objects.select_for_update()
    found = rows.filter(team=team, hours__isnull=False).values_list("hours", flat=True).first()
    if found is None:
        raise NoHoursYet
    hours = read_kept(found)
    days = {day: of_day for day, of_day in hours.days if day != on}
    if openings is not None:
        days[on] = openings
    return set_working_hours(
        replace(hours, days=tuple(sorted(days.items()))), team=team, by=by, at=at
    )


@transaction.atomic
def leave_hours_to_the_house(team: Team, *, by: Staff, at: datetime) -> None:
    """Let `team` be open when the house is.

    Raises NotAllowed.
    """
    require(by, Act.EDIT_TEAMS)
    theirs = WorkingHours.objects.select_for_update().filter(team=team, hours__isnull=False)
    if not theirs.exists():
        return
    _remember_hours(team, at=at)
    theirs.update(hours=None, changed_at=at, recount_after=0)
    record(WorkingHoursLeftToTheHouse(team_id=team.pk), by=by, at=at)


def _remember_hours(team: Team | None, *, at: datetime) -> None:
    before = WorkingHours.objects.filter(team=team).values_list("hours", flat=True).first()
    HoursBefore.objects.create(team=team, hours=before, until=at)


@transaction.atomic
def ship_profiles(*, at: datetime) -> int:
    """Put the clock profiles that come with Amends into their table, and return how many were new.

    Whatever stands there already is left as it is.
    """
    known = set(ClockProfile.objects.values_list("key", "duty"))
    missing = [each for each in SHIPPED if (each.key, each.duty.value) not in known]
    for each in missing:
        ClockProfile.objects.create(**_columns(each), version=1, written_at=at, recount_after=0)
    if missing:
        record(ClockProfilesShipped(added=len(missing)), by=None, at=at)
    return len(missing)


@transaction.atomic
def write_profile(
    profile: law.ClockProfile, *, by: Staff, at: datetime, reason: str = ""
) -> ClockProfile:
    """Write `profile` as the next version of its key and duty, and return the row.

    It holds for cases to come. Open cases take it over where that makes nothing due later, and all
    of them where a reason is named. Without source and date it does not run.

    Raises NotAllowed, NoSuchStop, SourceAndDate.
    """
    require(by, Act.EDIT_ORGANISATION)
    if not profile.stops_on:
        raise NoSuchStop
    if bool(profile.source.strip()) < (profile.verified_on is not None):
        raise SourceAndDate
    same = ClockProfile.objects.filter(key=profile.key, duty=profile.duty)
    last = same.select_for_update().order_by("-version").first()
    same.filter(superseded_at=None).update(superseded_at=at, recount_after=None)
    row = ClockProfile.objects.create(
        **_columns(profile),
        version=last.version + 1 if last else 1,
        reason=reason.strip(),
        written_by=by,
        written_at=at,
        recount_after=0,
    )
    written = ClockProfileWritten(
        profile_id=row.pk,
        key=row.key,
        duty=row.duty,
        version=row.version,
        runs=row.may_run,
        moves_later=bool(row.reason),
    )
    record(written, by=by, at=at)
    return row


def _columns(profile: law.ClockProfile) -> dict[str, object]:
    extension, right = profile.extension, profile.right
    return {
        "key": profile.key,
        "duty": profile.duty,
        "jurisdiction": profile.jurisdiction,
        "sector": profile.sector,
        "party_kind": profile.party_kind,
        **_length("length", profile.length),
        "starts_on": profile.starts_on,
        "stops_on": sorted(profile.stops_on),
        **_length("extension", extension.length if extension else None),
        "extension_from": extension.counted_from if extension else "",
        "extension_parts": sorted(extension.parts) if extension else [],
        "ends_on_day_off": profile.ends_on_day_off,
        "effects": list(profile.effects),
        "right_body": right.body if right else "",
        **_length("right", right.within if right else None),
        "right_from": right.counted_from if right else "",
        "falls_back_to": profile.falls_back_to,
        "option": profile.option,
        "custom": profile.custom,
        "source": profile.source.strip(),
        "verified_on": profile.verified_on,
        "note": profile.note,
    }


def _length(name: str, length: Length | None) -> dict[str, object]:
    return {
        f"{name}_count": length.count if length else None,
        f"{name}_unit": length.unit if length else "",
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A standard of ours as somebody sets it; what is empty means every one.

    limit: in working time, or with around_the_clock in all of it; limit_days: in whole working days
    instead, or with around_the_clock in days of the calendar. owner: who answers for it;
    aim_percent: how many of a hundred shall keep it; measured_by: how that is told.
    """

    name: str
    measure: Measure
    limit: timedelta = NOTHING
    limit_days: int = 0
    around_the_clock: bool = False
    kinds: tuple[str, ...] = ()
    teams: tuple[int, ...] = ()
    channels: tuple[str, ...] = ()
    severities: tuple[int, ...] = ()
    groups: tuple[str, ...] = ()
    customers: tuple[int, ...] = ()
    pauses_on: tuple[WaitingFor, ...] = ()
    owner: Staff | None = None
    aim_percent: int = 95
    measured_by: str = ""
    reason: str = ""


@transaction.atomic
def write_standard(key: str, *, target: Target, by: Staff, at: datetime) -> Standard:
    """Hold ourselves to `target` from now on, and return the standard's new version.

    Cases registered before keep the version that held then.

    Raises NotAllowed, StandardIncomplete.
    """
    require(by, Act.EDIT_TEAMS)
    if not (key.strip() and target.name.strip() and _gives_one(target)):
        raise StandardIncomplete
    same = Standard.objects.filter(key=key)
    last = same.select_for_update().order_by("-version").first()
    same.filter(superseded_at=None).update(superseded_at=at)
    row = Standard.objects.create(
        key=key,
        version=last.version + 1 if last else 1,
        name=target.name.strip(),
        measure=target.measure,
        limit_minutes=target.limit // ONE_MINUTE,
        limit_days=target.limit_days,
        around_the_clock=target.around_the_clock,
        kinds=list(target.kinds),
        teams=list(target.teams),
        channels=list(target.channels),
        severities=list(target.severities),
        groups=list(target.groups),
        customers=list(target.customers),
        pauses_on=[each.value for each in target.pauses_on],
        owner=target.owner,
        aim_percent=target.aim_percent,
        measured_by=target.measured_by.strip(),
        reason=target.reason.strip(),
        written_by=by,
        written_at=at,
    )
    record(StandardWritten(standard_id=row.pk, key=key, version=row.version), by=by, at=at)
    return row


def _gives_one(target: Target) -> bool:
    """Return whether it gives some time, or some days, and not both."""
    return target.limit >= NOTHING and (target.limit >= ONE_MINUTE) != (target.limit_days > 0)


@transaction.atomic
def give_up_standard(key: str, *, by: Staff, at: datetime) -> None:
    """Hold ourselves to the standard `key` no more; cases registered before keep it.

    Raises NotAllowed.
    """
    require(by, Act.EDIT_TEAMS)
    held = Standard.objects.select_for_update().filter(key=key, superseded_at=None).first()
    if held:
        held.superseded_at = at
        held.save(update_fields=["superseded_at"])
        record(StandardGivenUp(standard_id=held.pk), by=by, at=at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A warning as somebody sets it. standard: the key of the one it belongs to; empty for all."""

    about: Whose
    before: timedelta
    to: Whom = Whom.OWNER
    how: How = How.PAGE
    standard: str = ""
    staff: Staff | None = None


@transaction.atomic
def set_warning(notice: Notice, *, by: Staff, at: datetime) -> EarlyWarning:
    """Warn somebody so from now on, and return the warning.

    A clock that runs learns of it as soon as anything happens on its case.

    Raises NotAllowed, WarningIncomplete.
    """
    require(by, Act.EDIT_TEAMS)
    to_a_colleague = notice.to is Whom.COLLEAGUE
    if notice.before < ONE_MINUTE or to_a_colleague != (notice.staff is not None):
        raise WarningIncomplete
    row = EarlyWarning.objects.create(
        about=notice.about,
        standard=notice.standard,
        before_minutes=notice.before // ONE_MINUTE,
        to=notice.to,
        staff=notice.staff,
        how=notice.how,
        written_at=at,
    )
    record(WarningSet(warning_id=row.pk), by=by, at=at)
    return row


@transaction.atomic
def stop_warning(warning: EarlyWarning, *, by: Staff, at: datetime) -> None:
    """Give `warning` no more.

    Raises NotAllowed.
    """
    require(by, Act.EDIT_TEAMS)
    if EarlyWarning.objects.filter(pk=warning.pk, stopped_at=None).update(stopped_at=at):
        record(WarningStopped(warning_id=warning.pk), by=by, at=at)
