"""Occasions worth a greeting, each with the customer's consent; and that somebody has died."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.journal.actions import record
from amends.people.actions.needs import NoConsent
from amends.people.events import (
    DeathNoted,
    DeathTakenBack,
    OccasionGreeted,
    OccasionNoted,
    OccasionWithdrawn,
)
from amends.people.models import Occasion, Person
from amends.people.rules.occasions import OccasionKind, month_day
from amends.staff.actions.authorise import require
from amends.staff.models import Staff
from amends.staff.rules.permissions import Act


class NoSuchDay(Refused):
    text = _("There is no such day. Look at the month once more.")


class OccasionUnnamed(Refused):
    text = _("Say what the occasion is.")


class OccasionKnown(Refused):
    text = _("We know this occasion of theirs already.")


class WantsNoGreeting(Refused):
    text = _("%(name)s wants no cards or other gestures, so no occasion is kept.")


class HasDied(Refused):
    text = _("%(name)s has died. No occasion is kept any more.")


@dataclass(frozen=True, slots=True, kw_only=True)
class OccasionDraft:
    """What is greeted and on which day of the year, and how they agreed that we keep it."""

    kind: OccasionKind
    month: int
    day: int
    consent: str
    what: str = ""


@transaction.atomic
def note_occasion(person: Person, *, draft: OccasionDraft, by: Staff, at: datetime) -> Occasion:
    """Keep a day on which `person` likes to be greeted, with how they agreed, and return it.

    Raises NotAllowed, NoConsent, OccasionUnnamed, NoSuchDay, WantsNoGreeting, HasDied,
    OccasionKnown.
    """
    require(by, Act.EDIT_CUSTOMER)
    what = " ".join(draft.what.split()) if draft.kind is OccasionKind.OWN else ""
    if not draft.consent.strip():
        raise NoConsent
    if draft.kind is OccasionKind.OWN and not what:
        raise OccasionUnnamed
    of_year = month_day(draft.month, draft.day)
    if of_year is None:
        raise NoSuchDay
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.died_noted_at:
        raise HasDied(name=person.name)
    if person.wants_no_gestures:
        raise WantsNoGreeting(name=person.name)
    if person.occasions.filter(kind=draft.kind, what=what).exists():
        raise OccasionKnown
    occasion = Occasion.objects.create(
        person=person,
        kind=draft.kind,
        what=what,
        of_year=of_year,
        consent=draft.consent.strip(),
        consented_at=at,
        recorded_by=by,
    )
    noted = OccasionNoted(person_id=person.pk, occasion_id=occasion.pk, kind=occasion.kind)
    record(noted, by=by, at=at)
    return occasion


@transaction.atomic
def withdraw_occasion(occasion: Occasion, *, by: Staff, at: datetime) -> None:
    """Forget an occasion whose consent was withdrawn.

    Raises NotAllowed.
    """
    require(by, Act.EDIT_CUSTOMER)
    withdrawn = OccasionWithdrawn(person_id=occasion.person_id, occasion_id=occasion.pk)
    occasion.delete()
    record(withdrawn, by=by, at=at)


@transaction.atomic
def greet(occasion: Occasion, *, by: Staff, at: datetime) -> Occasion:
    """Note that somebody was greeted this year, and return the occasion. Once a year is enough.

    `at` is in the zone of `by`, whose calendar says which year it is.

    Raises NotAllowed, HasDied.
    """
    require(by, Act.EDIT_CUSTOMER)
    person = Person.objects.select_for_update().get(pk=occasion.person_id)
    occasion = Occasion.objects.get(pk=occasion.pk)
    if person.died_noted_at:
        raise HasDied(name=person.name)
    if occasion.greeted_year == at.year:
        return occasion
    occasion.greeted_year = at.year
    occasion.save(update_fields=["greeted_year"])
    greeted = OccasionGreeted(person_id=person.pk, occasion_id=occasion.pk, year=at.year)
    record(greeted, by=by, at=at)
    return occasion


@transaction.atomic
def note_death(person: Person, *, by: Staff, at: datetime) -> Person:
    """Note that `person` has died, forget their occasions, and return them. Once is enough.

    Raises NotAllowed.
    """
    require(by, Act.EDIT_CUSTOMER)
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.died_noted_at is None:
        person.died_noted_at = at
        person.save(update_fields=["died_noted_at"])
        person.occasions.all().delete()
        record(DeathNoted(person_id=person.pk), by=by, at=at)
    return person


@transaction.atomic
def take_back_death(person: Person, *, by: Staff, at: datetime) -> Person:
    """Note that `person` lives, and return them. Once is enough; what was forgotten stays so.

    Raises NotAllowed.
    """
    require(by, Act.EDIT_CUSTOMER)
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.died_noted_at:
        person.died_noted_at = None
        person.save(update_fields=["died_noted_at"])
        record(DeathTakenBack(person_id=person.pk), by=by, at=at)
    return person
