"""Organisations of customers, and who belongs to them.

An organisation is a customer of its own: it is found, addressed, merged and answered like anybody.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.journal.actions import record
from amends.people.actions.persons import Particulars, add_person
from amends.people.actions.within import OrganisationKnown, must_be_unknown, renew_search
from amends.people.events import (
    OrganisationCorrected,
    OrganisationFounded,
    OrganisationJoined,
    OrganisationLeft,
    OrganisationRejoined,
)
from amends.people.models import MailDomain, Membership, OrganisationDetails, Person
from amends.people.queries import organisation_registered
from amends.people.rules.kinds import PersonKind
from amends.people.rules.organisations import OrganisationForm, folded_domain, is_public
from amends.staff.actions.authorise import require
from amends.staff.models import Staff
from amends.staff.rules.permissions import Act


class NotAnOrganisation(Refused):
    text = _("%(name)s is a person. Choose an organisation.")


class BelongsToItself(Refused):
    text = _("Nobody belongs to themselves. Choose somebody else.")


class BelongsAlready(Refused):
    text = _("%(name)s belongs to %(organisation)s already.")


class EndsBeforeItBegan(Refused):
    text = _("They cannot have left before they came. Look at the day once more.")


class NotYetThatDay(Refused):
    text = _("That day has not come yet. Note it when it has.")


class NoMailDomain(Refused):
    text = _("“%(domain)s” is no mail domain. It looks like company.example.")


class PublicMailDomain(Refused):
    text = _("Anybody may write from %(domain)s. Only a domain of their own tells who they are.")


class DomainTaken(Refused):
    text = _("%(domain)s is the mail domain of %(name)s already.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What is known of an organisation besides its name and how to reach it."""

    form: OrganisationForm = OrganisationForm.COMPANY
    registration: str = ""
    domains: tuple[str, ...] = ()
    notes: str = ""


@transaction.atomic
def found_organisation(
    name: str, *, details: Details, by: Staff, at: datetime, language: str = ""
) -> Person:
    """Write down an organisation we did not know, and return its record.

    Raises NotAllowed, NoName, OrganisationKnown, NoMailDomain, PublicMailDomain, DomainTaken.
    """
    require(by, Act.EDIT_CUSTOMER)
    _one_at_a_time()
    if details.form is not OrganisationForm.HOUSEHOLD:
        must_be_unknown(None, name=name, registration=details.registration.strip())
    organisation = add_person(
        Particulars(name=name, kind=PersonKind.ORGANISATION, language=language), by=by, at=at
    )
    _write(organisation, details)
    founded = OrganisationFounded(person_id=organisation.pk, form=details.form.value)
    record(founded, by=by, at=at)
    return organisation


@transaction.atomic
def correct_organisation(
    organisation: Person, *, details: Details, by: Staff, at: datetime
) -> Person:
    """Write `details` over what was known of `organisation`, and return it.

    Raises NotAllowed, NotAnOrganisation, OrganisationKnown, NoMailDomain, PublicMailDomain,
    DomainTaken.
    """
    require(by, Act.EDIT_CUSTOMER)
    organisation = Person.objects.select_for_update().get(pk=organisation.pk)
    _must_be_one(organisation)
    changed = _write(organisation, details)
    if changed:
        corrected = OrganisationCorrected(person_id=organisation.pk, fields=changed)
        record(corrected, by=by, at=at)
    return organisation


@transaction.atomic
def join_organisation(
    person: Person,
    *,
    organisation: Person,
    by: Staff,
    at: datetime,
    role: str = "",
    from_on: date | None = None,
) -> Membership:
    """Note that `person` belongs to `organisation`, and return that.

    Raises NotAllowed, NotAnOrganisation, BelongsToItself, BelongsAlready.
    """
    require(by, Act.EDIT_CUSTOMER)
    _must_be_one(organisation)
    if person == organisation:
        raise BelongsToItself
    Person.objects.select_for_update().get(pk=person.pk)
    _must_not_belong(person, organisation)
    membership = Membership.objects.create(
        member=person,
        organisation=organisation,
        role=" ".join(role.split()),
        from_on=from_on,
        recorded_at=at,
    )
    joined = OrganisationJoined(
        person_id=person.pk, membership_id=membership.pk, organisation_id=organisation.pk
    )
    record(joined, by=by, at=at)
    return membership


@transaction.atomic
def leave_organisation(
    membership: Membership, *, until_on: date, today: date, by: Staff, at: datetime
) -> Membership:
    """Note until when somebody belonged to an organisation, and return that. Once is enough.

    Raises NotAllowed, NotYetThatDay, EndsBeforeItBegan.
    """
    require(by, Act.EDIT_CUSTOMER)
    membership = _locked(membership)
    if membership.until_on:
        return membership
    if until_on > today:
        raise NotYetThatDay
    if membership.from_on and until_on < membership.from_on:
        raise EndsBeforeItBegan
    membership.until_on = until_on
    membership.save(update_fields=["until_on"])
    left = OrganisationLeft(
        person_id=membership.member_id,
        membership_id=membership.pk,
        organisation_id=membership.organisation_id,
    )
    record(left, by=by, at=at)
    return membership


@transaction.atomic
def rejoin_organisation(membership: Membership, *, by: Staff, at: datetime) -> Membership:
    """Note that somebody had not left after all, and return that. Once is enough.

    Raises NotAllowed, BelongsAlready.
    """
    require(by, Act.EDIT_CUSTOMER)
    membership = _locked(membership)
    if membership.until_on is None:
        return membership
    _must_not_belong(membership.member, membership.organisation)
    membership.until_on = None
    membership.save(update_fields=["until_on"])
    rejoined = OrganisationRejoined(
        person_id=membership.member_id,
        membership_id=membership.pk,
        organisation_id=membership.organisation_id,
    )
    record(rejoined, by=by, at=at)
    return membership


def _locked(membership: Membership) -> Membership:
    Person.objects.select_for_update().get(pk=membership.member_id)
    return Membership.objects.select_related("member", "organisation").get(pk=membership.pk)


def _must_be_one(organisation: Person) -> None:
    if organisation.kind != PersonKind.ORGANISATION:
        raise NotAnOrganisation(name=organisation.name)


def _must_not_belong(person: Person, organisation: Person) -> None:
    if person.memberships.filter(organisation=organisation, until_on=None).exists():
        raise BelongsAlready(name=person.name, organisation=organisation.name)


def _write(organisation: Person, details: Details) -> tuple[str, ...]:
    """Write `details` of `organisation`, and return the names of what changed."""
    registration = details.registration.strip()
    other = organisation_registered(registration)
    if other and other != organisation:
        raise OrganisationKnown(name=other.name, organisation_id=other.pk)
    known = OrganisationDetails.objects.filter(organisation=organisation).first()
    known = known or OrganisationDetails(organisation=organisation)
    wanted = {
        "form": details.form.value,
        "registration": registration,
        "notes": details.notes.strip(),
    }
    changed = [column for column, value in wanted.items() if getattr(known, column) != value]
    for column, value in wanted.items():
        setattr(known, column, value)
    known.save()
    if _write_domains(organisation, details.domains):
        changed.append("domains")
    renew_search(organisation)
    return tuple(changed)


def _write_domains(organisation: Person, typed: tuple[str, ...]) -> bool:
    """Keep exactly the mail domains `typed`, and return whether that changed anything."""
    wanted = {_checked(organisation, each) for each in typed}
    known = set(organisation.domains.values_list("domain", flat=True))
    organisation.domains.exclude(domain__in=wanted).delete()
    for domain in sorted(wanted - known):
        MailDomain.objects.create(organisation=organisation, domain=domain)
    return wanted != known


def _checked(organisation: Person, typed: str) -> str:
    domain = folded_domain(typed)
    if not domain:
        raise NoMailDomain(domain=typed[:80])
    if is_public(domain):
        raise PublicMailDomain(domain=domain)
    others = MailDomain.objects.filter(domain=domain).exclude(organisation=organisation)
    if other := others.select_related("organisation").first():
        raise DomainTaken(domain=domain, name=other.organisation.name)
    return domain


def _one_at_a_time() -> None:
    """Let nobody else found an organisation meanwhile: there is no row yet to hold."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('amends.found-organisation'))")
