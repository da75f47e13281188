"""Organisations with people, for tests that need two of each thing."""

from amends.people.actions.organisations import Details, found_organisation, join_organisation
from amends.people.models import Membership, Person
from amends.staff.models import Staff
from tests import make


def in_two_organisations(person: Person, *, by: Staff) -> Membership:
    """Let `person` belong to a company and an association, with a colleague in each."""
    for name, domain in (
        ("Garden Club", "garden.example"),
        ("Bakery on the Corner", "rye.example"),
    ):
        details = Details(
            registration=domain, domains=(domain, f"mail.{domain}"), notes="Ring first."
        )
        organisation = found_organisation(name, details=details, by=by, at=make.NOW)
        colleague = make.person(f"Colleague of {name}", email=f"sales@{domain}")
        membership, _other = (
            join_organisation(
                each, organisation=organisation, role="the accountant", by=by, at=make.NOW
            )
            for each in (person, colleague)
        )
    return membership
