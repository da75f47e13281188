"""Whether somebody on a case is angry, so that a reply is read once more before it leaves."""

from datetime import timedelta

from amends.cases.models.case import Case
from amends.contacts.models import Contact
from amends.contacts.rules.kinds import Direction, Mood
from amends.language.reading import read
from amends.staff.queries import organisation

LONGEST = 5_000  # what somebody feels is said early


def undo_within(case: Case) -> timedelta:
    """Return how long a reply on `case` can be taken back: longer where its customer is angry.

    Source: requirements S3-40.
    """
    house = organisation()
    return timedelta(seconds=house.undo_seconds_heated if is_heated(case) else house.undo_seconds)


def is_heated(case: Case) -> bool:
    """Return whether the customer was angry the last time they spoke, as noted or as it reads."""
    said = Contact.objects.filter(
        case_contacts__case=case, direction=Direction.IN, automatic=False, words__isnull=False
    )
    last = said.order_by("-ended_at", "-pk").select_related("words").first()
    if last is None:
        return False
    noted = last.mood_start if last.mood_end is None else last.mood_end
    if noted is not None:
        return noted >= Mood.ANGRY
    return read(last.words.text[:LONGEST]).anger.degree >= Mood.ANGRY
