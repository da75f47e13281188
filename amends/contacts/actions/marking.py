"""Telling facts and feelings apart in words that are sealed."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.contacts.events import WordsMarked
from amends.contacts.models import AskedBy, Contact, Mark, Words
from amends.contacts.rules.kinds import Lane
from amends.contacts.rules.spans import Span
from amends.journal.actions import record
from amends.staff.actions.authorise import require
from amends.staff.models import Staff
from amends.staff.rules.permissions import Act

LONGEST_WORDS = 200


class OutsideTheWords(Refused):
    text = _("These marks do not fit the words. Look at them again.")


@transaction.atomic
def mark_words(
    contact: Contact, *, marks: Iterable[tuple[Span, Lane]], by: Staff, at: datetime
) -> list[Mark]:
    """Mark facts and feelings in the words of `contact` anew; the words themselves stay as sealed.

    Raises NotAllowed, OutsideTheWords.
    """
    require(by, Act.WORK_ON_CASE)
    return _mark(contact, list(marks), by, at)


@transaction.atomic
def mark_by_machine(
    contact: Contact, *, marks: Iterable[tuple[Span, Lane]], at: datetime
) -> list[Mark]:
    """Mark what was read as facts and feelings, unless a colleague has marked them already.

    Raises OutsideTheWords.
    """
    Words.objects.select_for_update().get(contact=contact)
    if Mark.objects.filter(contact=contact, marked_by__isnull=False).exists():
        return []
    return _mark(contact, list(marks), None, at)


@transaction.atomic
def note_asked_by(contact: Contact, *, words: str, until: datetime | None, at: datetime) -> None:
    """Keep by when the customer asks for it in `contact`, as it was read; none if it is over.

    Not journalled: it is read again from the words at any time.
    """
    if until is None or until <= at:
        AskedBy.objects.filter(contact=contact).delete()
        return
    said = {"words": words[:LONGEST_WORDS], "until": until}
    AskedBy.objects.update_or_create(contact=contact, defaults=said)


def _mark(
    contact: Contact, wanted: list[tuple[Span, Lane]], by: Staff | None, at: datetime
) -> list[Mark]:
    words = Words.objects.select_for_update().get(contact=contact)
    if any(not 0 <= span.start < span.end <= len(words.text) for span, _lane in wanted):
        raise OutsideTheWords
    Mark.objects.filter(contact=contact).delete()
    made = Mark.objects.bulk_create(
        Mark(
            contact=contact,
            lane=lane,
            start=span.start,
            end=span.end,
            marked_by=by,
            marked_at=at,
        )
        for span, lane in wanted
    )
    lanes = [lane for _span, lane in wanted]
    record(
        WordsMarked(
            contact_id=contact.pk,
            facts=lanes.count(Lane.FACT),
            feelings=lanes.count(Lane.FEELING),
        ),
        by=by,
        at=at,
    )
    return made
