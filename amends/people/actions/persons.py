"""Writing down who a customer is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.base.rows import write_rows
from amends.journal.actions import Actor, record, record_all
from amends.people.actions.within import (
    CannotReach,
    must_be_unknown,
    renew_search,
    tell_search,
    write_point,
)
from amends.people.events import PersonAdded, PersonCorrected
from amends.people.models import ContactPoint, OrganisationDetails, Person
from amends.people.rules.kinds import Honorific, PersonKind, PointKind, Preference, Standing
from amends.people.rules.names import LONGEST, name_parts
from amends.people.rules.organisations import OrganisationForm, folded_name
from amends.people.rules.points import folded_mail
from amends.staff.actions.authorise import require_of_colleague
from amends.staff.models import Staff
from amends.staff.rules.permissions import Act


class NoName(Refused):
    text = _("Write down a name, or what we may call them until we know it.")


class NameTooLong(Refused):
    text = _("A name has at most %(most)s letters here. Write a shorter one.")


class NumberTaken(Refused):
    text = _("%(name)s already has the customer number %(number)s.")


class HasMembers(Refused):
    text = _("People belong to %(name)s. Note first that they left, then it can be a person.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What is known of a customer. Parts of the name that are left empty are told from `name`."""

    name: str
    kind: PersonKind = PersonKind.HUMAN
    standing: Standing = Standing.CUSTOMER
    given_name: str = ""
    patronymic: str = ""
    family_name: str = ""
    honorific: Honorific = Honorific.UNKNOWN
    informal: bool = False
    address_forms: Mapping[str, str] = field(default_factory=dict)
    number: str = ""
    language: str = ""
    prefers: Preference | None = None
    wants_no_gestures: bool = False


Points = Iterable[tuple[PointKind, str]]


@transaction.atomic
def add_person(
    particulars: Particulars, *, points: Points = (), by: Actor | None, at: datetime
) -> Person:
    """Write down a customer we did not know, with the ways to reach them, and return the record.

    Raises NotAllowed, NoName, NameTooLong, NumberTaken, CannotReach.
    """
    require_of_colleague(by, Act.EDIT_CUSTOMER)
    person = Person(known_since=at)
    _write(person, particulars)
    for kind, value in points:
        write_point(person, kind, value, at)
    renew_search(person)
    record(PersonAdded(person_id=person.pk), by=by, at=at)
    return person


@transaction.atomic
def add_writers(writers: Sequence[tuple[Particulars, str]], *, at: datetime) -> list[Person]:
    """Write down customers of whom nothing is known but a mail address, in few statements.

    Raises NoName, NameTooLong, CannotReach.
    """
    people = [_filled(Person(known_since=at), particulars) for particulars, _mail in writers]
    points = []
    for person, (_particulars, mail) in zip(people, writers, strict=True):
        folded = folded_mail(mail)
        if not folded:
            raise CannotReach(value=mail[:80])
        points.append(
            ContactPoint(
                person=person,
                kind=PointKind.EMAIL.value,
                folded=folded,
                value=" ".join(mail.split()),
                added_at=at,
            )
        )
        tell_search(person, mails=[folded])
    write_rows(Person, people)
    write_rows(ContactPoint, points)
    record_all([PersonAdded(person_id=person.pk) for person in people], by=None, at=at)
    return people


@transaction.atomic
def correct_person(
    person: Person, *, particulars: Particulars, by: Actor | None, at: datetime
) -> Person:
    """Write `particulars` over what was known of `person`, and return the record as it now stands.

    Raises NotAllowed, NoName, NameTooLong, NumberTaken, OrganisationKnown, HasMembers.
    """
    require_of_colleague(by, Act.EDIT_CUSTOMER)
    person = Person.objects.select_for_update().get(pk=person.pk)
    _check_kind(person, particulars.kind, particulars.name)
    before = {column: getattr(person, column) for column in asdict(particulars)}
    _write(person, particulars)
    changed = tuple(column for column, value in before.items() if getattr(person, column) != value)
    if changed:
        renew_search(person)
        record(PersonCorrected(person_id=person.pk, fields=changed), by=by, at=at)
    return person


@transaction.atomic
def add_colleague(colleague: Staff, *, by: Actor | None, at: datetime) -> Person:
    """Return the internal customer that `colleague` is, written down now if that was not done yet.

    Raises NotAllowed.
    """
    require_of_colleague(by, Act.ASK_INSIDE)
    Staff.objects.select_for_update().get(pk=colleague.pk)
    if known := Person.objects.filter(staff=colleague).first():
        return known
    person = Person(known_since=at, staff=colleague)
    _write(
        person,
        Particulars(name=colleague.name, standing=Standing.COLLEAGUE, language=colleague.language),
    )
    write_point(person, PointKind.EMAIL, colleague.email, at)
    renew_search(person)
    record(PersonAdded(person_id=person.pk), by=by, at=at)
    return person


@transaction.atomic
def rename_colleague(colleague: Staff, *, by: Actor | None, at: datetime) -> Person | None:
    """Call the internal customer that `colleague` is as they are called now; None if there is none.

    How the old name was to be addressed is forgotten with it. Doing it again changes nothing.
    """
    person = Person.objects.select_for_update().filter(staff=colleague).first()
    if person is None or person.name == " ".join(colleague.name.split()):
        return person
    parts = name_parts(colleague.name)
    person.name = " ".join(colleague.name.split())
    person.given_name, person.family_name = parts.given, parts.family
    person.patronymic, person.address_forms = parts.patronymic, {}
    person.save()
    renew_search(person)
    record(PersonCorrected(person_id=person.pk, fields=("name",)), by=by, at=at)
    return person


def _write(person: Person, particulars: Particulars) -> None:
    _name(particulars)
    _check_number(person, particulars.number.strip())
    _filled(person, particulars).save()


def _name(particulars: Particulars) -> str:
    name = " ".join(particulars.name.split())
    if not name:
        raise NoName
    if len(name) > LONGEST:
        raise NameTooLong(most=LONGEST)
    return name


def _filled(person: Person, particulars: Particulars) -> Person:
    """Return `person` with `particulars` written over what was known, not saved yet."""
    name = _name(particulars)
    for column, value in asdict(particulars).items():
        setattr(person, column, value.strip() if isinstance(value, str) else value)
    person.name, person.prefers = name, particulars.prefers or ""
    person.address_forms = {code: form for code, form in particulars.address_forms.items() if form}
    if particulars.kind is PersonKind.HUMAN and not (person.given_name or person.family_name):
        parts = name_parts(name)
        person.given_name, person.family_name = parts.given, parts.family
        person.patronymic = person.patronymic or parts.patronymic
    return person


def _check_number(person: Person, number: str) -> None:
    if not number:
        return
    others = Person.objects.standing_alone().exclude(pk=person.pk)
    if other := others.filter(number__iexact=number).first():
        raise NumberTaken(name=other.name, number=number)


def _check_kind(person: Person, kind: PersonKind, name: str) -> None:
    """Let no organisation with members become a person, and none be called like another."""
    was_one = person.kind == PersonKind.ORGANISATION
    if kind is PersonKind.HUMAN:
        if was_one and person.members.filter(until_on=None).exists():
            raise HasMembers(name=person.name)
        return
    if was_one and folded_name(person.name) == folded_name(name):
        return
    details = OrganisationDetails.objects.filter(organisation=person).first()
    if details is None or details.form != OrganisationForm.HOUSEHOLD:
        registration = details.registration if details else ""
        must_be_unknown(person, name=name, registration=registration)
