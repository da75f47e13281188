"""What a newcomer's first five minutes left behind."""

from django.conf import settings

from amends.cases.models.case import Case
from amends.cases.models.promises import Promise
from amends.cases.queries.links import link_of
from amends.contacts.models import Contact
from amends.staff.models import Staff
from amends.staff.queries import organisation
from amends.staff.rules.steps import FirstStep


def evidence_of(staff: Staff) -> frozenset[FirstStep]:
    """Return the first steps that `staff` has shown to have tried."""
    shown = {
        FirstStep.TAKE_A_CALL: Contact.objects.filter(handled_by=staff).exists(),
        FirstStep.MAKE_A_PROMISE: Promise.objects.filter(made_by=staff).exists(),
        FirstStep.SEE_THE_CUSTOMER: FirstStep.SEE_THE_CUSTOMER in staff.first_steps,
        FirstStep.CONNECT_MAIL: bool(organisation().mail_address and settings.EMAIL_HOST),
    }
    return frozenset(step for step, is_shown in shown.items() if is_shown)


def page_to_see(staff: Staff) -> str:
    """Return the address of the customer's page of the case `staff` promised on last; or empty."""
    last = Promise.objects.filter(made_by=staff, case__in=Case.objects.visible_to(staff))
    promise = last.select_related("case").order_by("-pk").first()
    return link_of(promise.case) if promise else ""
