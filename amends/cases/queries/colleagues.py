"""Which colleague can be turned to about a case: never nobody, never whom it is about."""

from django.db.models import Case as Choice
from django.db.models import Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Now

from amends.cases.models.case import Case, PartyOfCase
from amends.cases.models.safety import SeniorCall
from amends.cases.rules.kinds import Part
from amends.staff.models import Absence, Staff, StaffQuerySet, Team
from amends.staff.rules.permissions import ALLOWED, Act

_LOOK_AFTER = [role.value for role, acts in ALLOWED.items() if Act.WORK_ON_CASE in acts]
_LEAD = [role.value for role, acts in ALLOWED.items() if Act.ANSWER_HELP in acts]


def takers_for(case: Case) -> QuerySet[Staff]:
    """Return the colleagues who can look after `case`, by name: its owner left out."""
    return _able(case).exclude(pk=case.owner_id or 0).order_by("name", "pk")


def able_for(case: Case) -> QuerySet[Staff]:
    """Return the colleagues who can look after `case` or something of it, by name."""
    return _able(case).select_related("department").order_by("name", "pk")


def who_look_after() -> QuerySet[Staff]:
    """Return the colleagues at work who look after cases, by name."""
    able = StaffQuerySet(Staff).at_work().filter(role__in=_LOOK_AFTER)
    return able.select_related("department").order_by("name", "pk")


def substitute_for(case: Case) -> Staff | None:
    """Return who looks after `case` when its owner may not; None if nobody can.

    The duty owner of its team first, then seniors and managers of the team and of the house, and
    where there are none any colleague who may look after cases.
    """
    return _nearest(_able(case).exclude(pk=case.owner_id or 0), case.team).first()


def able_nearest(case: Case) -> QuerySet[Staff]:
    """Return who may look after `case`, the nearest to it first."""
    return _nearest(_able(case), case.team)


def helper_for(staff: Staff, *, case: Case | None = None) -> Staff | None:
    """Return whom `staff` turns to for help; None only for somebody who works alone.

    The duty owner, then a senior or manager of the team and of the house, then any colleague.
    """
    team = case.team if case else staff.teams.filter(closed_at=None).order_by("pk").first()
    able = _able(case) if case else StaffQuerySet(Staff).at_work().filter(role__in=_LOOK_AFTER)
    return _nearest(able.exclude(pk=staff.pk), team).first()


def _able(case: Case) -> StaffQuerySet:
    about = PartyOfCase.objects.filter(case=case, part=Part.COMPLAINED_ABOUT, staff=OuterRef("pk"))
    able = StaffQuerySet(Staff).at_work().filter(role__in=_LOOK_AFTER)
    return able.exclude(Exists(about)).exclude(Exists(_spared(case)))


def _spared(case: Case) -> QuerySet[SeniorCall]:
    """Return the calls that spare a colleague this customer until the day is over."""
    theirs = Q(case=case) | Q(person=case.person_id) if case.person_id else Q(case=case)
    now = SeniorCall.objects.filter(theirs, spared_until__gt=Now())
    return now.filter(called_by=OuterRef("pk"))


def _nearest(staff: StaffQuerySet, team: Team | None) -> QuerySet[Staff]:
    """Return `staff`, who is nearest to the work of `team` first, and who is away just now last."""
    away = Absence.objects.during(Now()).filter(staff=OuterRef("pk"))
    ours = Team.members.through.objects.filter(team=team, staff=OuterRef("pk"))
    return staff.annotate(
        nearness=Choice(
            When(pk=team.duty_owner_id if team else 0, then=Value(0)),
            When(Exists(ours), role__in=_LEAD, then=Value(1)),
            When(role__in=_LEAD, then=Value(2)),
            When(Exists(ours), then=Value(3)),
            default=Value(4),
        )
    ).order_by(Exists(away), "nearness", "pk")
