"""Steps of several actions, each inside its caller's transaction."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.people.models import ContactPoint, OrganisationDetails, Person
from amends.people.queries import organisations_called
from amends.people.rules.folding import search_text, sorting_name
from amends.people.rules.kinds import PersonKind, PointKind
from amends.people.rules.points import folded_point
from amends.staff.models import Organisation


class CannotReach(Refused):
    text = _("Nobody can be reached by “%(value)s”. Look at it once more.")


class OrganisationKnown(Refused):
    text = _("We know %(name)s already. Choose it, or merge the two records.")


def must_be_unknown(organisation: Person | None, *, name: str, registration: str = "") -> None:
    """Refuse to write down a second organisation of one name, unless their numbers differ.

    organisation: the one that is to be called so, None if it is new.

    Raises OrganisationKnown.
    """
    for other in organisations_called(name):
        theirs = _registration_of(other)
        differ = bool(registration and theirs) and registration.upper() != theirs.upper()
        if other != organisation and not differ:
            raise OrganisationKnown(name=other.name, organisation_id=other.pk)


def _registration_of(organisation: Person) -> str:
    details = OrganisationDetails.objects.filter(organisation=organisation)
    return details.values_list("registration", flat=True).first() or ""


def write_point(person: Person, kind: PointKind, value: str, at: datetime) -> ContactPoint:
    """Keep one way to reach `person`; once is enough.

    Raises CannotReach.
    """
    country = Organisation.objects.values_list("country", flat=True).first() or ""
    folded = folded_point(kind, value, country=country)
    if not folded:
        raise CannotReach(value=value.strip()[:80])
    point, _new = ContactPoint.objects.get_or_create(
        person=person,
        kind=kind.value,
        folded=folded,
        defaults={"value": " ".join(value.split()), "added_at": at},
    )
    return point


def renew_search(person: Person) -> None:
    """Write anew what `person` is found by."""
    points = list(person.points.values_list("kind", "value", "folded"))
    register, domains = _registered(person)
    person.search = search_text(
        names=[person.name, person.given_name, person.patronymic, person.family_name, *domains],
        numbers=[
            person.number,
            register,
            *(folded for kind, _value, folded in points if kind == PointKind.TELEPHONE),
        ],
        mails=[folded for kind, _value, folded in points if kind == PointKind.EMAIL],
    )
    person.sorts_as = sorting_name(person.name, given=person.given_name, family=person.family_name)
    person.save(update_fields=["search", "sorts_as"])


def tell_search(person: Person, *, mails: Sequence[str]) -> None:
    """Say what a person is found by who is written down just now; the caller saves it."""
    names = [person.name, person.given_name, person.patronymic, person.family_name]
    person.search = search_text(names=names, numbers=[person.number], mails=mails)
    person.sorts_as = sorting_name(person.name, given=person.given_name, family=person.family_name)


def _registered(person: Person) -> tuple[str, list[str]]:
    """Return the number in the register and the mail domains of an organisation."""
    if person.kind != PersonKind.ORGANISATION:
        return "", []
    return _registration_of(person), list(person.domains.values_list("domain", flat=True))
