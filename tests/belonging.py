"""Organisations with people, for tests that need two of each thing."""

from amends.people.actions.organisations import Details, found_organisation, join_organisation
from amends.people.models import Membership, Person
from amends.staff.models import Staff
from tests import make


def in_two_organisations(person: Person, *, by: Staff) -> Membership:
    """Let `person` belong to two organisations with a colleague in each; return the latter."""
    _belonging(person, "Garden Club", "garden.example", by)
    return _belonging(person, "Bakery on the Corner", "rye.example", by)


def _belonging(person: Person, name: str, domain: str, by: Staff) -> Membership:
    details = Details(
        registration=domain, domains=(domain, f"mail.{domain}"), notes="Ring before you write."
    )
    bakery = found_organisation(name, details=details, by=by, at=make.NOW)
    colleague = make.person(f"Colleague of {name}", email=f"sales@{domain}")
    join_organisation(colleague, organisation=bakery, by=by, at=make.NOW)
    return join_organisation(person, organisation=bakery, role="the accountant", by=by, at=make.NOW)
