"""Who works in the demonstration: a heating utility in Vilnius that serves in five languages."""

import tomllib
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from django.contrib.auth.hashers import make_password

from amends.staff.models import Authority, Department, Guideline, Organisation, Staff, Team
from amends.staff.rules.authority import RemedyKind
from amends.staff.rules.permissions import Role

PASSWORD = "a warm house in winter"  # noqa: S105 - of the demonstration only, printed for everybody
ZONE = "Europe/Vilnius"
DOMAIN = "neriessiluma.example"
TEXTS = Path(__file__).parent / "texts"

CARE, HEATING, BILLING, INSIDE = "Customer care", "Heating", "Billing", "Premises and IT"


@dataclass(frozen=True, slots=True)
class Colleague:
    """One of the twelve; the first of each role is the one whose sign-in is printed."""

    name: str
    role: Role
    department: str
    language: str
    title: str

    @property
    def key(self) -> str:
        return self.name.split()[0].lower()

    @property
    def email(self) -> str:
        return f"{self.key}@{DOMAIN}"


COLLEAGUES = (
    Colleague("Milda Jankauskaitė", Role.AGENT, CARE, "en", "Customer adviser"),
    Colleague("Jonas Kairys", Role.AGENT, CARE, "lt", "Customer adviser"),
    Colleague("Olga Sokolova", Role.AGENT, CARE, "ru", "Customer adviser"),
    Colleague("Agnieszka Wójcik", Role.AGENT, BILLING, "pl", "Billing adviser"),
    Colleague("Drita Gashi", Role.AGENT, HEATING, "sq", "Dispatcher"),
    Colleague("Grace Bennett", Role.SENIOR, CARE, "en", "Head of the front line"),
    Colleague("Rasa Mockutė", Role.SENIOR, HEATING, "lt", "Head of the dispatchers"),
    Colleague("Marta Kowalczyk", Role.MANAGER, CARE, "en", "Director of customer care"),
    Colleague("Viktor Orlov", Role.EMPLOYEE, HEATING, "en", "Heating engineer"),
    Colleague("Arta Shala", Role.EMPLOYEE, BILLING, "sq", "Billing clerk"),
    Colleague("Lukas Petraitis", Role.ADMINISTRATOR, INSIDE, "en", "Systems"),
    Colleague("Helen Clarke", Role.AUDITOR, INSIDE, "en", "Internal audit"),
)
TEAMS = {
    "Front line": (CARE, "grace", ("milda", "jonas", "olga", "marta")),
    "Dispatchers": (HEATING, "rasa", ("drita",)),
    "Billing desk": (BILLING, "agnieszka", ()),
    "Inside help": (INSIDE, "grace", ("jonas",)),
}
LIMITS = {
    Role.AGENT: {
        RemedyKind.REFUND_PART: 60,
        RemedyKind.CREDIT: 60,
        RemedyKind.FEE_WAIVED: 60,
        RemedyKind.GOODWILL_GESTURE: 20,
    },
    Role.SENIOR: {
        RemedyKind.REFUND_PART: 300,
        RemedyKind.REFUND_FULL: 300,
        RemedyKind.CREDIT: 300,
        RemedyKind.COMPENSATION: 300,
        RemedyKind.PRICE_REDUCTION: 300,
        RemedyKind.FEE_WAIVED: 300,
        RemedyKind.GOODWILL_GESTURE: 60,
    },
}
WORK = (
    RemedyKind.REPAIR,
    RemedyKind.REWORK,
    RemedyKind.REPLACEMENT,
    RemedyKind.INFORMATION_CORRECTED,
    RemedyKind.DATA_CORRECTED,
    RemedyKind.ACCESS_RESTORED,
    RemedyKind.CONTRACT_PERFORMED,
)


@dataclass(frozen=True, slots=True)
class House:
    """Everybody and every team, by the name they have in the stories."""

    staff: dict[str, Staff]
    teams: dict[str, Team]


def furnish(at: datetime) -> House:
    """Write down the organisation as it was set up at `at`, and return who works there."""
    _organisation(at)
    departments = {name: Department.objects.create(name=name) for name in _departments()}
    staff = _staff(departments, at)
    _authority()
    return House(staff, _teams(departments, staff))


def _organisation(at: datetime) -> None:
    Organisation.objects.create(
        pk=1,
        name="Neries šiluma",
        size=len(COLLEAGUES),
        country="LT",
        trade="utility",
        channels=["telephone", "desk", "email", "web", "letter"],
        zone=ZONE,
        currency="EUR",
        language="lt",
        mail_address=f"pagalba@{DOMAIN}",
        telephone="+370 600 00000",
        postal_address="Šilumos g. 4, Vilnius",
        outside_body={
            "lt": "Valstybinė vartotojų teisių apsaugos tarnyba, https://vvtat.lrv.lt/",
            "en": "State Consumer Rights Protection Authority, https://vvtat.lrv.lt/",
        },
        shows_kept_share=True,
        set_up_at=at,
        demonstration=True,
    )


def _departments() -> tuple[str, ...]:
    return (CARE, HEATING, BILLING, INSIDE)


def _staff(departments: dict[str, Department], at: datetime) -> dict[str, Staff]:
    password = make_password(PASSWORD)
    made = Staff.objects.bulk_create(
        Staff(
            name=colleague.name,
            email=colleague.email,
            password=password,
            role=colleague.role,
            administers=colleague.role is Role.ADMINISTRATOR,
            department=departments[colleague.department],
            title=colleague.title,
            telephone=f"+370 600 000{number:02}",
            language=colleague.language,
            joined_at=at,
        )
        for number, colleague in enumerate(COLLEAGUES, 10)
    )
    return {one.email.partition("@")[0]: one for one in made}


def _teams(departments: dict[str, Department], staff: dict[str, Staff]) -> dict[str, Team]:
    teams = {}
    for name, (department, duty, members) in TEAMS.items():
        team = Team.objects.create(
            name=name, department=departments[department], duty_owner=staff[duty]
        )
        team.members.set([staff[duty], *(staff[key] for key in members)])
        teams[name] = team
    return teams


def _authority() -> None:
    for role in (Role.AGENT, Role.SENIOR):
        for kind in WORK:
            Authority.objects.create(role=role, remedy=kind)
        for kind, most in LIMITS[role].items():
            Authority.objects.create(role=role, remedy=kind, amount=Decimal(most))
    for kind in RemedyKind:
        Authority.objects.create(role=Role.MANAGER, remedy=kind)
    lines = tomllib.loads((TEXTS / "guidelines.toml").read_text())["line"]
    Guideline.objects.bulk_create(
        Guideline(role=role, allowed=line["allowed"], text=line["text"])
        for role in (Role.AGENT, Role.SENIOR, Role.MANAGER)
        for line in lines
        if role in line["roles"]
    )
