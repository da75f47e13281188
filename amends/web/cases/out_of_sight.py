"""Until when a case is out of sight, and why."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from amends.base.time_words import day_words
from amends.cases.queries.snoozing import snooze_of

if TYPE_CHECKING:
    from amends.cases.models.case import Case


def snoozed_words(case: "Case", now: datetime) -> str:
    """Return until when the case is out of sight, and why; empty while it is in sight."""
    snooze = snooze_of(case)
    if snooze is None:
        return ""
    told = {
        "name": snooze.by.name,
        "moment": day_words(timezone.localtime(snooze.until), now),
        "reason": snooze.reason,
    }
    return _("Out of sight until %(moment)s: %(reason)s (%(name)s)") % told
