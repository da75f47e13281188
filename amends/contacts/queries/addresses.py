"""Who writes from which mail addresses, and where they are written to: of many people at once."""

from collections.abc import Iterable

from amends.people.models import ContactPoint, Person
from amends.people.rules.kinds import PointKind


def people_by_mail(mails: Iterable[str]) -> dict[str, list[Person]]:
    """Return who is reached by each of these folded addresses, those known longest first."""
    reached = ContactPoint.objects.filter(
        kind=PointKind.EMAIL, folded__in=set(mails), person__in=Person.objects.standing_alone()
    )
    found: dict[str, list[Person]] = {}
    ordered = reached.select_related("person").order_by("person__known_since", "person")
    for point in ordered:
        found.setdefault(point.folded, []).append(point.person)
    return found


def mail_addresses_of(people: Iterable[Person]) -> dict[int, str]:
    """Return the address that each of `people` is written to, by their keys; none where none works.

    As `mail_address_of` tells it of one.
    """
    works = ContactPoint.objects.filter(person__in=people, kind=PointKind.EMAIL, failed_at=None)
    latest_first = works.order_by("-added_at", "-pk").values_list("person", "value")
    return dict(latest_first)


def unreached_of(people: Iterable[Person]) -> list[tuple[Person, str]]:
    """Return who of `people` is taken for unreachable at an address, and at which."""
    failed = ContactPoint.objects.filter(person__in=people, kind=PointKind.EMAIL)
    points = failed.exclude(failed_at=None).select_related("person")
    return [(point.person, point.value) for point in points]
