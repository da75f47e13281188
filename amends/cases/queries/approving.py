"""Who may approve what is beyond somebody's authority, and what waits for whom."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from amends.cases.models.case import PartyOfCase
from amends.cases.models.deciding import Approval, Option
from amends.cases.queries.colleagues import able_nearest
from amends.cases.rules.kinds import Part
from amends.cases.rules.proposing import Approved, Given, approval_of, is_within
from amends.staff.models import Absence, Staff
from amends.staff.queries import deputies_at, limits_of
from amends.staff.rules.authority import RemedyKind
from amends.staff.rules.permissions import ALLOWED, Act, Role

_PROMISES = [role for role, acts in ALLOWED.items() if Act.MAKE_PROMISE in acts]


def gifts_of(option: Option) -> tuple[Given, ...]:
    """Return what `option` gives, as authority is asked about it."""
    rows = option.remedies.filter(dropped_at=None).values_list("kind", "amount")
    return tuple(Given(RemedyKind(kind), amount) for kind, amount in rows)


def approval_state(option: Option, *, by: Staff) -> Approved:
    """Return where the approval of `option` stands, if `by` is to propose or decide it."""
    last = option.approvals.order_by("-asked_at", "-pk").first()
    return approval_of(
        within=is_within(limits_of(Role(by.role)), gifts_of(option)),
        asked_at=last.asked_at if last else None,
        granted=last.granted if last else None,
        changed_at=option.changed_at,
    )


def approvers_of(option: Option, *, asked_by: Staff) -> QuerySet[Staff]:
    """Return who may approve `option`, the nearest to its case first; never who asks."""
    roles = _roles_that_may_give(gifts_of(option))
    able = able_nearest(option.case).filter(role__in=roles)
    return able.exclude(pk=asked_by.pk)


def may_approve(approval: Approval, staff: Staff) -> bool:
    """Return whether `staff` has the authority to answer `approval`."""
    return approvers_of(approval.option, asked_by=approval.asked_by).filter(pk=staff.pk).exists()


def deputy_for(approval: Approval, *, at: datetime) -> Staff | None:
    """Return who may answer `approval` besides whom it was asked of; None if nobody may.

    Who stands in for them at `at` comes first, then the nearest to its case.
    """
    able = list(approvers_of(approval.option, asked_by=approval.asked_by))
    others = [each for each in able if each.pk != approval.asked_of_id]
    instead = deputies_at([approval.asked_of_id], at=at).get(approval.asked_of_id, [])
    first = [each for each in others if each.pk in instead]
    return next(iter([*first, *others]), None)


def approvals_to_remind(at: datetime) -> QuerySet[Approval]:
    """Return the approvals that nobody answered by `at`, longest waiting first."""
    due = Approval.objects.filter(due_at__lte=at).select_related("case")
    return due.order_by("due_at", "pk")


def approvals_for(staff: Staff) -> QuerySet[Approval]:
    """Return the approvals that wait for `staff`, whom they were asked of or fell to.

    Also those asked of somebody who is away just now and for whom they stand in.
    """
    about = PartyOfCase.objects.filter(
        case=OuterRef("case"), part=Part.COMPLAINED_ABOUT, staff=staff
    )
    away = Absence.objects.during(Now()).filter(deputies=staff).values("staff")
    asked = Q(asked_of=staff) | Q(deputy=staff) | Q(asked_of__in=away)
    waiting = Approval.objects.filter(asked, answered_at=None)
    return (
        waiting.exclude(Exists(about))
        .select_related("case__person", "option", "asked_by")
        .prefetch_related("option__remedies")
        .order_by("asked_at", "pk")
    )


def approval_for(staff: Staff, pk: int) -> Approval:
    """Return one approval that waits for `staff`.

    Raises Approval.DoesNotExist.
    """
    return approvals_for(staff).get(pk=pk)


def _roles_that_may_give(gifts: Collection[Given]) -> list[str]:
    return [role.value for role in _PROMISES if is_within(limits_of(role), gifts)]
