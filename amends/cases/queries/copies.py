"""Who may get a copy of what is written on a case."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from amends.cases.models.case import Case, PartyOfCase
from amends.cases.rules.kinds import Part
from amends.contacts.models import Contact
from amends.people.models import ContactPoint
from amends.people.rules.kinds import PointKind
from amends.people.rules.points import folded_mail
from amends.staff.models import Staff

MOST = 30


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who has a part in a case, and the address at which they are written to."""

    name: str
    address: str


def participants_of(case: Case) -> list[Participant]:
    """Return who has a part in `case`, each address once, the customer first.

    Whoever it complains about is not among them: nothing of it is meant for them.
    """
    parties = PartyOfCase.objects.filter(case=case).exclude(part=Part.COMPLAINED_ABOUT)
    wrote = Contact.objects.filter(case_contacts__case=case)
    colleagues = Staff.objects.filter(pk__in=parties.values("staff"), is_active=True)
    found = [
        *_points_of_people(case, parties, wrote),
        *wrote.values_list("sender_name", "sender_address"),
        *(("", address) for address in _written_to(wrote)),
        *colleagues.values_list("name", "email"),
    ]
    named: dict[str, Participant] = {}
    for name, address in found:
        if folded := folded_mail(address):
            named.setdefault(folded, Participant(name, folded))
    return list(named.values())[:MOST]


def strangers_among(addresses: Sequence[str], case: Case) -> tuple[str, ...]:
    """Return those of `addresses` of nobody who has a part in `case`, nor of a colleague."""
    if not addresses:
        return ()
    about = PartyOfCase.objects.filter(case=case, part=Part.COMPLAINED_ABOUT).values("staff")
    ours = Staff.objects.filter(email__in=addresses, is_active=True)
    known = {each.address for each in participants_of(case)}
    known |= {*ours.exclude(pk__in=about).values_list("email", flat=True)}
    return tuple(each for each in addresses if each not in known)


def _points_of_people(
    case: Case, parties: QuerySet[PartyOfCase], wrote: QuerySet[Contact]
) -> Iterator[tuple[str, str]]:
    others = {
        *parties.values_list("person", flat=True),
        *wrote.values_list("person", flat=True),
        *wrote.values_list("speaks_for", flat=True),
    }
    points = ContactPoint.objects.filter(
        person__in={case.person_id, *others} - {None}, kind=PointKind.EMAIL, failed_at=None
    ).select_related("person")
    for point in sorted(points, key=lambda point: (point.person_id != case.person_id, point.pk)):
        yield point.person.name, point.value


def _written_to(wrote: QuerySet[Contact]) -> Iterator[str]:
    """Return the addresses that we wrote to on the case, for all to see."""
    for to, copies in wrote.filter(mail__isnull=False).values_list("mail__to_address", "mail__cc"):
        yield from (to, *copies)
