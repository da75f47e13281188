"""Build what a test needs. One function a thing; say only what the test is about."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count

from amends.people.actions.persons import Particulars, add_person
from amends.people.models import Person
from amends.people.rules.kinds import Honorific, PersonKind, PointKind
from amends.staff.models import Authority, Department, Organisation, Staff, Team
from amends.staff.rules.authority import RemedyKind
from amends.staff.rules.permissions import Role

NOW = datetime(2026, 3, 27, 15, 0, tzinfo=UTC)
PASSWORD = "a long walk by the sea"
_numbers = count(1)


def organisation(
    *,
    country: str = "LT",
    language: str = "en",
    zone: str = "Europe/Vilnius",
    currency: str = "EUR",
) -> Organisation:
    """Return the organisation, made with these values if there is none yet."""
    made, _new = Organisation.objects.get_or_create(
        pk=1,
        defaults={
            "name": "Water of Vilnius",
            "size": 12,
            "country": country,
            "trade": "utility",
            "channels": ["telephone", "email", "desk"],
            "zone": zone,
            "currency": currency,
            "language": language,
            "mail_address": "care@water.example",
            "set_up_at": NOW - timedelta(days=100),
        },
    )
    return made


def department(name: str = "Customer care") -> Department:
    made, _new = Department.objects.get_or_create(name=name)
    return made


def staff(
    name: str = "",
    *,
    role: Role = Role.AGENT,
    language: str = "en",
    department_: Department | None = None,
    administers: bool = False,
    password: str | None = None,
) -> Staff:
    number = next(_numbers)
    made = Staff(
        name=name or f"Colleague {number}",
        email=f"colleague-{number}@water.example",
        role=role.value,
        administers=administers,
        department=department_ or department(),
        language=language,
        joined_at=NOW - timedelta(days=90),
    )
    made.set_password(password)
    made.save()
    return made


def team(
    name: str = "Front line",
    *,
    duty_owner: Staff | None = None,
    members: tuple[Staff, ...] = (),
    department_: Department | None = None,
) -> Team:
    """Return the team of this name, made with these values if there is none yet."""
    if found := Team.objects.filter(name=name).first():
        found.members.add(*members)
        return found
    owner = duty_owner or staff(role=Role.SENIOR)
    made = Team.objects.create(name=name, department=department_ or department(), duty_owner=owner)
    made.members.set({owner, *members})
    return made


def authority(role: Role, remedy: RemedyKind, amount: Decimal | int | None = None) -> Authority:
    return Authority.objects.create(role=role.value, remedy=remedy.value, amount=amount)


def person(  # noqa: PLR0913 the facts by which tests tell customers apart
    name: str = "Rūta Petrauskienė",
    *,
    honorific: Honorific = Honorific.MISSUS,
    language: str = "en",
    kind: PersonKind = PersonKind.HUMAN,
    number: str = "",
    email: str = "",
    telephone: str = "",
) -> Person:
    written = {PointKind.EMAIL: email, PointKind.TELEPHONE: telephone}
    return add_person(
        Particulars(name=name, kind=kind, honorific=honorific, language=language, number=number),
        points=[(kind, value) for kind, value in written.items() if value],
        by=None,
        at=NOW - timedelta(days=60),
    )
