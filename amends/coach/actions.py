"""Putting the coach's advice aside."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.actions.within import must_be_allowed
from amends.cases.models.case import Case
from amends.coach.models import DismissedRemark
from amends.language.remarks import GRAVITY, HOLDS_BACK
from amends.staff.models import Staff
from amends.staff.rules.permissions import Act


class NoSuchRemark(Refused):
    text = _("There is no such remark. Load the page again.")


class HoldsBack(Refused):
    text = _("This one cannot be put aside: say it otherwise, or ask a senior to let it leave.")


@transaction.atomic
def dismiss_remark(case: Case, *, code: str, why: str, by: Staff, at: datetime) -> None:
    """Keep the remark `code` away from what `by` is writing on `case`. Twice is the same as once.

    Not journalled: what somebody thinks of advice is nobody's business but theirs.

    Raises NotAllowed, Barred, NotYours, NoSuchRemark, HoldsBack.
    """
    must_be_allowed(case, by=by, act=Act.WORK_ON_CASE)
    if code not in GRAVITY:
        raise NoSuchRemark
    if code in HOLDS_BACK:
        raise HoldsBack
    DismissedRemark.objects.get_or_create(
        case=case, staff=by, code=code, defaults={"why": why.strip(), "at": at}
    )


@transaction.atomic
def begin_afresh(case: Case, *, by: Staff, at: datetime) -> None:
    """Let every remark speak again: what `by` was writing on `case` until `at` has left."""
    DismissedRemark.objects.filter(case=case, staff=by, at__lte=at).delete()
