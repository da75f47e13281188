"""What the organisation keeps for its letters: outside bodies, lists of products and topics."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.events.deciding import HeadingClosed, HeadingKept, OutsideBodyKept
from amends.cases.models.deciding import OutsideBody
from amends.cases.models.findings import Heading
from amends.cases.rules.findings import Shelf
from amends.journal.actions import record
from amends.staff.actions.authorise import require
from amends.staff.models import Staff
from amends.staff.rules.permissions import Act


class BodyNameNeeded(Refused):
    text = _("Say what it is called, in at least one language.")


class BodyNotChecked(Refused):
    text = _("Say where this was read and on which day, before letters name it.")


class HeadingNameNeeded(Refused):
    text = _("Give it a name.")


class HeadingKnown(Refused):
    text = _("%(name)s stands there already.")


class TwoLevelsOnly(Refused):
    text = _("The lists have two levels. Put it under one of the first.")


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyFacts:
    """What is known of an outside body. name, address: {language: text}."""

    country: str
    name: Mapping[str, str]
    trade: str = ""
    address: Mapping[str, str] = field(default_factory=dict)
    link: str = ""
    within: int | None = None
    within_unit: str = ""
    source: str = ""
    checked_on: date | None = None
    active: bool = False


@transaction.atomic
def keep_body(
    body: OutsideBody | None, *, facts: BodyFacts, by: Staff, at: datetime
) -> OutsideBody:
    """Write down an outside body, or correct one, and return it; letters name the active ones.

    Raises NotAllowed, BodyNameNeeded, BodyNotChecked.
    """
    require(by, Act.EDIT_AUTHORITY)
    if not any(text.strip() for text in facts.name.values()):
        raise BodyNameNeeded
    if facts.active and not (facts.source.strip() and facts.checked_on):
        raise BodyNotChecked
    kept = body or OutsideBody()
    for name, value in asdict(facts).items():
        setattr(kept, name, value)
    kept.save()
    record(OutsideBodyKept(body_id=kept.pk, active=kept.active), by=by, at=at)
    return kept


@transaction.atomic
def add_heading(
    shelf: Shelf, *, name: str, by: Staff, at: datetime, under: Heading | None = None
) -> Heading:
    """Put one more line into one of our lists, and return it; one that was closed opens again.

    Raises NotAllowed, HeadingNameNeeded, HeadingKnown, TwoLevelsOnly.
    """
    require(by, Act.EDIT_AUTHORITY)
    if not name.strip():
        raise HeadingNameNeeded
    if under and under.under_id:
        raise TwoLevelsOnly
    heading, new = Heading.objects.get_or_create(shelf=shelf, under=under, name=name.strip())
    if not (new or heading.closed_at):
        raise HeadingKnown(name=heading.name)
    heading.closed_at = None
    heading.save(update_fields=["closed_at"])
    record(HeadingKept(heading_id=heading.pk), by=by, at=at)
    return heading


@transaction.atomic
def close_heading(heading: Heading, *, by: Staff, at: datetime) -> Heading:
    """Offer a line of our lists no more, nor what stands under it; cases that have it keep it.

    Raises NotAllowed.
    """
    require(by, Act.EDIT_AUTHORITY)
    heading.closed_at = heading.closed_at or at
    heading.save(update_fields=["closed_at"])
    heading.lines.filter(closed_at=None).update(closed_at=at)
    record(HeadingClosed(heading_id=heading.pk), by=by, at=at)
    return heading
