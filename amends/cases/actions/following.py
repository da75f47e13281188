"""Following a case of somebody else: to hear what its customer says."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.actions.within import Barred, is_barred, locked
from amends.cases.events.handling import CaseFollowed, CaseUnfollowed
from amends.cases.models.attention import Follower
from amends.cases.models.case import Case
from amends.journal.actions import record
from amends.staff.actions.authorise import require
from amends.staff.models import Staff
from amends.staff.rules.permissions import Act


class NotFollowed(Refused):
    text = _("You do not follow %(reference)s any more.")


@transaction.atomic
def follow_case(case: Case, *, by: Staff, at: datetime) -> Follower:
    """Tell `by` from now on what the customer of `case` says; following twice changes nothing.

    Raises NotAllowed, Barred.
    """
    require(by, Act.SEE_CASES)
    case = locked(case)
    if is_barred(case, by):
        raise Barred
    follower, new = Follower.objects.get_or_create(case=case, staff=by, defaults={"since": at})
    if new:
        record(CaseFollowed(case_id=case.pk, staff_id=by.pk), by=by, at=at)
    return follower


@transaction.atomic
def unfollow_case(case: Case, *, by: Staff, at: datetime) -> None:
    """Tell `by` no more of `case`, unless it is theirs.

    Raises NotFollowed.
    """
    gone, _by_table = Follower.objects.filter(case=case, staff=by).delete()
    if not gone:
        raise NotFollowed(reference=case.reference)
    record(CaseUnfollowed(case_id=case.pk, staff_id=by.pk), by=by, at=at)
