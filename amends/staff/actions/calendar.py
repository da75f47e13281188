"""The address at which a colleague's calendar program reads what is due."""

from datetime import datetime

from django.db import transaction
from django.utils.crypto import get_random_string

from amends.journal.actions import record
from amends.staff.actions.authorise import require
from amends.staff.events import CalendarAddressReplaced
from amends.staff.models import Staff
from amends.staff.rules.permissions import Act

LENGTH = 24


@transaction.atomic
def replace_calendar_address(*, by: Staff, at: datetime) -> Staff:
    """Give `by` a new address for their calendar; the one before leads nowhere any more.

    Raises NotAllowed.
    """
    require(by, Act.WORK_ON_CASE)
    by.calendar_key = get_random_string(LENGTH)
    by.save(update_fields=["calendar_key"])
    record(CalendarAddressReplaced(staff_id=by.pk), by=by, at=at)
    return by
