"""When we are open, and what we and the laws hold us to."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet

from amends.staff.models import Team
from amends.standards.models import (
    ClockProfile,
    EarlyWarning,
    HoursBefore,
    Standard,
    WorkingHours,
)
from amends.standards.rules import law, targets
from amends.standards.rules.calendar import Calendar
from amends.standards.rules.days import EndsOnDayOff, Length, Unit, WorkingDays
from amends.standards.rules.history import WaitingFor
from amends.standards.rules.hours import Hours, calendar_of, read_kept
from amends.standards.rules.public_holidays import UnknownCountry, public_holidays
from amends.standards.rules.warnings import Warned, Whose


def hours_that_hold(team: Any) -> QuerySet[WorkingHours]:  # noqa: ANN401  a key, or one of an outer query
    """Return the hours by which a team works, its own before those of the house."""
    theirs = WorkingHours.objects.filter(Q(team=team) | Q(team=None), hours__isnull=False)
    return theirs.order_by(F("team").asc(nulls_last=True))


def calendar_for(team_id: int) -> Calendar | None:
    """Return the calendar by which a team works; None while nobody has said when we are open."""
    found = hours_that_hold(team_id).values_list("hours", flat=True).first()
    return calendar_of(read_kept(found)) if found else None


def hours_of(team: Team | None) -> Hours | None:
    """Return the hours of a team itself, or of the house; None where it has none."""
    found = WorkingHours.objects.filter(team=team).values_list("hours", flat=True).first()
    return read_kept(found) if found else None


def teams_with_hours() -> set[int]:
    """Return the teams that have hours of their own, by their keys."""
    theirs = WorkingHours.objects.filter(team__isnull=False, hours__isnull=False)
    return {pk for pk in theirs.values_list("team", flat=True) if pk}


def hours_to_recount() -> QuerySet[WorkingHours]:
    """Return the hours that changed, while there may be cases that do not know it yet."""
    return WorkingHours.objects.filter(recount_after__isnull=False).order_by("changed_at")


def is_recounting() -> bool:
    """Return whether there may be cases that do not know yet of hours that changed."""
    return hours_to_recount().exists()


def working_days_of(country: str) -> WorkingDays:
    """Return the days on which people work in a country, in the region of the house if it is ours.

    Of a country whose holidays nobody knows only the weekends are off.
    """
    house = hours_of(None)
    region = house.region if house and house.country == country else ""
    try:
        return WorkingDays(public_holidays(country, region))
    except UnknownCountry:
        return WorkingDays()


def hours_over_time(since: datetime) -> list[HoursBefore]:
    """Return what hours held until when, of those that changed after `since`, in order."""
    return list(HoursBefore.objects.filter(until__gt=since).order_by("until", "pk"))


def profiles_that_hold() -> list[ClockProfile]:
    """Return the newest version of each clock profile, those that do not run too."""
    return list(ClockProfile.objects.filter(superseded_at=None).order_by("key", "duty"))


def versions_of(profile: ClockProfile) -> list[ClockProfile]:
    """Return every version of a clock, the newest first, and who wrote each."""
    same = ClockProfile.objects.filter(key=profile.key, duty=profile.duty)
    return list(same.select_related("written_by").order_by("-version"))


def profile_kept(pk: int) -> ClockProfile:
    """Return one version of a clock.

    Raises ClockProfile.DoesNotExist.
    """
    return ClockProfile.objects.get(pk=pk)


def is_named_already(profile: law.ClockProfile) -> bool:
    """Return whether there is a clock of this name for this duty already."""
    return ClockProfile.objects.filter(key=profile.key, duty=profile.duty).exists()


def profiles_to_recount() -> QuerySet[ClockProfile]:
    """Return the profiles that changed, while there may be cases that do not know it yet."""
    return ClockProfile.objects.filter(recount_after__isnull=False).order_by("written_at", "pk")


def rules_of_profile(row: ClockProfile) -> law.ClockProfile:
    """Return a profile as the rules read it."""
    return law.ClockProfile(
        key=row.key,
        version=row.version,
        jurisdiction=row.jurisdiction,
        sector=row.sector,
        party_kind=row.party_kind,
        duty=law.Duty(row.duty),
        length=_length(row.length_count, row.length_unit),
        starts_on=law.Happening(row.starts_on),
        stops_on=frozenset(law.Happening(each) for each in row.stops_on),
        extension=_extension(row),
        ends_on_day_off=EndsOnDayOff(row.ends_on_day_off),
        effects=tuple(law.Effect(each) for each in row.effects),
        right=_right(row),
        falls_back_to=row.falls_back_to,
        option=row.option,
        custom=row.custom,
        source=row.source,
        verified_on=row.verified_on,
        note=row.note,
    )


def _length(count: int | None, unit: str) -> Length | None:
    return Length(count, Unit(unit)) if count else None


def _extension(row: ClockProfile) -> law.Extension | None:
    length = _length(row.extension_count, row.extension_unit)
    if length is None:
        return None
    parts = frozenset(law.Part(each) for each in row.extension_parts)
    return law.Extension(length, law.CountedFrom(row.extension_from), parts)


def _right(row: ClockProfile) -> law.Right | None:
    if not row.right_body:
        return None
    counted = law.CountedFrom(row.right_from or law.CountedFrom.ANSWER)
    return law.Right(row.right_body, _length(row.right_count, row.right_unit), counted)


def standards_at(at: datetime) -> list[Standard]:
    """Return the standards that held at an instant, by their keys."""
    held = Q(superseded_at=None) | Q(superseded_at__gt=at)
    return list(Standard.objects.filter(held, written_at__lte=at).order_by("key", "pk"))


def standards_that_hold() -> QuerySet[Standard]:
    """Return the standards that hold, and who answers for each."""
    return Standard.objects.filter(superseded_at=None).select_related("owner").order_by("key")


def rules_of_standard(row: Standard) -> targets.Standard:
    """Return a standard as the rules read it; its key there is that of the row."""
    return targets.Standard(
        key=str(row.pk),
        measure=targets.Measure(row.measure),
        span=timedelta(minutes=row.limit_minutes),
        days=row.limit_days,
        kinds=frozenset(row.kinds),
        teams=frozenset(str(pk) for pk in row.teams),
        channels=frozenset(row.channels),
        severities=frozenset(row.severities),
        groups=frozenset(row.groups),
        customers=frozenset(str(pk) for pk in row.customers),
        pauses_on=frozenset(WaitingFor(each) for each in row.pauses_on),
        around_the_clock=row.around_the_clock,
    )


def standards_agreed_with(customer: int) -> QuerySet[Standard]:
    """Return the standards that hold and were agreed with a customer, by their key."""
    return standards_that_hold().filter(customers__contains=[customer])


def warnings_that_hold() -> QuerySet[EarlyWarning]:
    """Return the warnings that are given, and to whom."""
    held = EarlyWarning.objects.filter(stopped_at=None).select_related("staff")
    return held.order_by("about", "standard", "-before_minutes", "pk")


def rules_of_warning(row: EarlyWarning) -> Warned:
    """Return a warning as the rules read it."""
    return Warned(
        pk=row.pk,
        about=Whose(row.about),
        before=timedelta(minutes=row.before_minutes),
        standard=row.standard,
    )
