"""Giving a customer's page a new address, because the old one came into wrong hands."""

from datetime import datetime

from django.db import transaction

from amends.cases.actions.letters import send_page
from amends.cases.actions.within import locked, must_be_allowed
from amends.cases.events.own_words import LinkReplaced
from amends.cases.models.case import Case
from amends.journal.actions import record
from amends.staff.models import Staff
from amends.staff.rules.permissions import Act


@transaction.atomic
def replace_link(case: Case, *, by: Staff, at: datetime) -> Case:
    """End every link and code of the page of `case`, send its customer the new one; return it.

    Also of a case that has ended.

    Raises NotAllowed, Barred, NotYours.
    """
    case = locked(case)
    must_be_allowed(case, by=by, act=Act.WORK_ON_CASE)
    case.link_version += 1
    case.save(update_fields=["link_version"])
    record(LinkReplaced(case_id=case.pk), by=by, at=at)
    send_page(case, by=by, at=at)
    return case
