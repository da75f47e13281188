"""Who belongs to the organisations of our customers, as their pages show it."""

from django.db.models import F, Q, QuerySet

from amends.people.models import Membership, OrganisationDetails, Person
from amends.people.queries import PAGE
from amends.people.rules.kinds import PersonKind


def details_of(organisation: Person) -> OrganisationDetails | None:
    """Return what is known of `organisation` besides its name; None if nothing is."""
    return OrganisationDetails.objects.filter(organisation=organisation).first()


def mail_domains_of(organisation: Person) -> tuple[str, ...]:
    """Return the mail domains that are the organisation's own, in the order of their letters."""
    return tuple(organisation.domains.order_by("domain").values_list("domain", flat=True))


def memberships_of(person: Person) -> QuerySet[Membership]:
    """Return where `person` belongs and belonged, what holds today first."""
    order = F("until_on").desc(nulls_first=True)
    return person.memberships.select_related("organisation").order_by(order, "pk")


def members_of(
    organisation: Person, *, after: tuple[str, int] | None = None
) -> QuerySet[Membership]:
    """Return a page of who belongs to `organisation` today, by name, and one more if others follow.

    after: where the page before ended, as the `sorts_as` of its last member and the key of theirs.
    """
    members = organisation.members.filter(until_on=None).select_related("member")
    if after:
        name, pk = after
        members = members.filter(Q(member__sorts_as__gt=name) | Q(member__sorts_as=name, pk__gt=pk))
    return members.order_by("member__sorts_as", "pk")[: PAGE + 1]


def together_with(person: Person) -> list[int]:
    """Return the key of `person`; of an organisation, those of its members of today, too."""
    if person.kind != PersonKind.ORGANISATION:
        return [person.pk]
    members = person.members.filter(until_on=None).values_list("member", flat=True)
    return [person.pk, *members]
