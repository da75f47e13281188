"""The digest of a day: planned when there is something to tell, sent once a day."""

from datetime import datetime

from django.db import transaction

from amends.notices.actions.letters import write_digest
from amends.notices.models import Digest, Habits, Notice
from amends.notices.queries.choices import likes_of, local, works_on
from amends.notices.queries.telling import of_next_digest
from amends.notices.rules.moments import digest_moment
from amends.staff.models import Staff


@transaction.atomic
def plan_digest(staff: Staff, *, at: datetime) -> datetime:
    """Let the next digest of `staff` leave at their hour, unless one is due already; return when.

    Not journalled: it is what they chose. A day on which one left has no second one.
    """
    habits, _new = Habits.objects.select_for_update().get_or_create(staff=staff)
    if habits.digest_due_at is None:
        likes = likes_of(staff)
        sent = set(Digest.objects.filter(staff=staff).values_list("on", flat=True))
        works = works_on(staff, likes)
        habits.digest_due_at = digest_moment(
            local(staff, at),
            hour=likes.digest_hour,
            works=lambda day: day not in sent and works(day),
        )
        habits.save(update_fields=["digest_due_at"])
    return habits.digest_due_at


@transaction.atomic
def send_digest(habits: Habits, *, at: datetime) -> Digest | None:
    """Send the digest that is due, with what was not seen yet; None where there is nothing to say.

    Once a day, however often it is tried: the day is written down in the same transaction.
    """
    staff = habits.staff
    Habits.objects.filter(pk=habits.pk).update(digest_due_at=None)
    waiting = list(of_next_digest(staff)) if staff.is_active else []
    if not waiting:
        return None
    digest, is_first = Digest.objects.get_or_create(
        staff=staff, on=local(staff, at).date(), defaults={"sent_at": at}
    )
    if not is_first:
        plan_digest(staff, at=at)
        return None
    Notice.objects.filter(pk__in=[notice.pk for notice in waiting]).update(digest=digest)
    write_digest(staff, notices=waiting, at=at)
    return digest
