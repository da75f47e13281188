"""Care that somebody needs: with their consent, for a time, and gone when either ends."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.journal.actions import record
from amends.people.events import NeedExpired, NeedRecorded, NeedWithdrawn
from amends.people.models import Person, SpecialNeed
from amends.staff.actions.authorise import require
from amends.staff.models import Staff
from amends.staff.rules.permissions import Act

KEPT_AT_MOST = timedelta(days=3 * 366)


class NoConsent(Refused):
    text = _("Write down how they agreed that we keep this.")


class NothingNeeded(Refused):
    text = _("Write down what they need.")


class ExpiresInThePast(Refused):
    text = _("Choose a day in the future until which we may keep this.")


class KeptTooLong(Refused):
    text = _("Three years at most. Ask them again then whether it still holds.")


@transaction.atomic
def record_special_need(
    person: Person, *, text: str, consent: str, expires_at: datetime, by: Staff, at: datetime
) -> SpecialNeed:
    """Keep what `person` needs, with how the consent was given, until `expires_at`.

    Raises NotAllowed, NothingNeeded, NoConsent, ExpiresInThePast, KeptTooLong.
    """
    require(by, Act.EDIT_CUSTOMER)
    if not text.strip():
        raise NothingNeeded
    if not consent.strip():
        raise NoConsent
    if expires_at <= at:
        raise ExpiresInThePast
    if expires_at > at + KEPT_AT_MOST:
        raise KeptTooLong
    need = SpecialNeed.objects.create(
        person=person,
        text=text.strip(),
        consent=consent.strip(),
        consented_at=at,
        expires_at=expires_at,
        recorded_by=by,
    )
    record(NeedRecorded(person_id=person.pk, need_id=need.pk), by=by, at=at)
    return need


@transaction.atomic
def withdraw_special_need(need: SpecialNeed, *, by: Staff, at: datetime) -> None:
    """Forget a need whose consent was withdrawn.

    Raises NotAllowed.
    """
    require(by, Act.EDIT_CUSTOMER)
    withdrawn = NeedWithdrawn(person_id=need.person_id, need_id=need.pk)
    need.delete()
    record(withdrawn, by=by, at=at)


@transaction.atomic
def forget_expired_need(need: SpecialNeed, *, at: datetime) -> None:
    """Forget a need whose time is over."""
    expired = NeedExpired(person_id=need.person_id, need_id=need.pk)
    need.delete()
    record(expired, by=None, at=at)
