"""What colleagues choose for themselves: how and when they hear of things."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.journal.actions import record
from amends.notices.actions.digests import plan_digest
from amends.notices.events import NoticesChosen
from amends.notices.models import Choice, Habits
from amends.notices.queries.choices import Likes
from amends.notices.rules.moments import HOURS
from amends.notices.rules.reasons import ways_for
from amends.staff.models import Staff


class StaysInThePage(Refused):
    text = _("Somebody waits for your answer there. It stays in the page at least.")


class NoSuchHour(Refused):
    text = _("A day has the hours 0 to 23.")


@transaction.atomic
def choose_notices(staff: Staff, *, likes: Likes, at: datetime) -> None:
    """Tell `staff` from now on of things as they like it.

    Raises StaysInThePage, NoSuchHour.
    """
    if any(way not in ways_for(group) for group, way in likes.ways.items()):
        raise StaysInThePage
    if likes.digest_hour not in HOURS:
        raise NoSuchHour
    for group, way in likes.ways.items():
        Choice.objects.update_or_create(staff=staff, group=group, defaults={"way": way})
    habits, _new = Habits.objects.select_for_update().get_or_create(staff=staff)
    habits.digest_hour, habits.on_working_days = likes.digest_hour, likes.on_working_days
    habits.mails_at_night = likes.mails_at_night
    waits = habits.digest_due_at is not None
    habits.digest_due_at = None
    habits.save()
    if waits:
        plan_digest(staff, at=at)
    record(NoticesChosen(staff_id=staff.pk), by=staff, at=at)
