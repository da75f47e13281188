"""What a newcomer's first five minutes left behind."""

from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from amends.base.questions import Question
from amends.cases.models.case import Case
from amends.cases.models.promises import Promise
from amends.cases.queries.links import link_of
from amends.contacts.models import Contact
from amends.staff.models import Organisation, Staff, StaffQuerySet
from amends.staff.rules.steps import FirstStep


def evidence_of(staff: Staff) -> frozenset[FirstStep]:
    """Return the first steps that `staff` has shown to have tried."""
    ((called, promised, mail_address),) = _LEFT_BEHIND.answer(staff=staff.pk)
    shown = {
        FirstStep.TAKE_A_CALL: called,
        FirstStep.MAKE_A_PROMISE: promised,
        FirstStep.SEE_THE_CUSTOMER: FirstStep.SEE_THE_CUSTOMER in staff.first_steps,
        FirstStep.CONNECT_MAIL: bool(mail_address and settings.EMAIL_HOST),
    }
    return frozenset(step for step, is_shown in shown.items() if is_shown)


def _left_behind(staff: int) -> QuerySet[Staff, Any]:
    return (
        StaffQuerySet(Staff)
        .filter(pk=staff)
        .values_list(
            Exists(Contact.objects.filter(handled_by=OuterRef("pk"))),
            Exists(Promise.objects.filter(made_by=OuterRef("pk"))),
            Subquery(Organisation.objects.values("mail_address")[:1]),
        )
    )


_LEFT_BEHIND = Question(_left_behind, staff=-7_000_001)


def page_to_see(staff: Staff) -> str:
    """Return the address of the customer's page of the case `staff` promised on last; or empty."""
    last = Promise.objects.filter(made_by=staff, case__in=Case.objects.visible_to(staff))
    promise = last.select_related("case").order_by("-pk").first()
    return link_of(promise.case) if promise else ""
