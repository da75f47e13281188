"""Build what a test needs. One function a thing; say only what the test is about."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count

from amends.cases.actions.closing import withdraw_case
from amends.cases.actions.follow_up import finish_on_the_spot
from amends.cases.actions.opening import Opening, open_case
from amends.cases.actions.promises import Offer, accept_promise, keep_promise, make_promise
from amends.cases.models.case import Case
from amends.cases.models.promises import FollowUp, Promise
from amends.cases.rules.kinds import CaseKind, How
from amends.contacts.actions.recording import Telling, record_contact
from amends.contacts.models import Contact
from amends.contacts.rules.kinds import Channel, Direction, Source
from amends.people.actions.persons import Particulars, add_person
from amends.people.models import Person
from amends.people.rules.kinds import Honorific, PersonKind, PointKind
from amends.staff.actions.absence import write_absence
from amends.staff.models import Absence, Authority, Department, Organisation, Staff, Team
from amends.staff.rules.absence import Days
from amends.staff.rules.authority import RemedyKind
from amends.staff.rules.permissions import Role

NOW = datetime(2026, 3, 27, 15, 0, tzinfo=UTC)
PASSWORD = "a long walk by the sea"
STORY = "It went cold again on Saturday evening, the third time this month."
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


def absence(colleague: Staff, *deputies: Staff, at: datetime = NOW, days: int = 7) -> Absence:
    """Return that `colleague` is away from the day of `at` on, so many days, and who stands in."""
    first_on = at.date()
    return write_absence(
        colleague,
        days=Days(first_on, first_on + timedelta(days=days - 1)),
        deputies=deputies,
        by=colleague,
        at=at,
    )


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


def telling(text: str = STORY, **facts: object) -> Telling:
    """Return a contact as it is told; `facts` are those of `Telling` that the test is about."""
    told: dict[str, object] = {
        "channel": Channel.TELEPHONE,
        "direction": Direction.IN,
        "source": Source.TAKEN_DOWN,
        "started_at": NOW - timedelta(minutes=14),
        "ended_at": NOW,
    }
    return Telling(text=text, **{**told, **facts})  # type: ignore[arg-type] # a test says which


def contact(text: str = STORY, *, by: Staff | None = None, **facts: object) -> Contact:
    """Return a contact, recorded through the action when it ended."""
    told = telling(text, handled_by=by, **facts)
    return record_contact(told, by=by, at=told.ended_at)


def case(
    contact_: Contact | None = None,
    *,
    owner: Staff | None = None,
    team_: Team | None = None,
    kind: CaseKind = CaseKind.COMPLAINT,
    wish: str = "I want to know who is coming and when.",
    as_history: bool = False,
) -> Case:
    """Return a case just received, on `contact_` or on a telephone call of a new customer."""
    organisation()
    told = contact_ or contact(person=person())
    opening = Opening(
        kind=kind,
        team=team_ or team(),
        language="en",
        owner=owner,
        requested_remedy=wish,
        as_history=as_history,
    )
    return open_case(told, opening=opening, by=owner, at=told.recorded_at)


def offer(what: str = "An engineer finds out why, and it is warm", **facts: object) -> Offer:
    """Return a promise as it is offered: for tomorrow, unless the test says otherwise."""
    offered = {"due_at": NOW + timedelta(days=1), **facts}
    return Offer(what=what, **offered)  # type: ignore[arg-type]


def promise(
    case_: Case | None = None,
    offer_: Offer | None = None,
    *,
    by: Staff | None = None,
    accepted: bool = False,
) -> Promise:
    """Return a promise made at NOW; `accepted` when the customer said yes on the telephone."""
    case_ = case_ or case()
    by = by or case_.owner or case_.team.duty_owner
    made = make_promise(case_, offer=offer_ or offer(), by=by, at=NOW)
    if accepted:
        made = accept_promise(made, how=How.TELEPHONE, by=by, at=NOW)
    case_.refresh_from_db()
    return made


def kept(case_: Case | None = None) -> FollowUp:
    """Return the question that is asked tomorrow after a promise kept today."""
    made = promise(case_, accepted=True)
    keep_promise(made, evidence="It is warm.", by=made.owner, at=NOW + timedelta(hours=3))
    return FollowUp.objects.select_related("case").get(promise=made)


def done(case_: Case | None = None) -> Case:
    """Return a case that was put right while the customer was there."""
    case_ = case_ or case()
    by = case_.owner or case_.team.duty_owner
    return finish_on_the_spot(
        case_, done="The tap was replaced.", yes_how=How.TELEPHONE, by=by, at=NOW
    )


def withdrawn(case_: Case) -> Case:
    """Return a case that its customer took back."""
    by = case_.owner or case_.team.duty_owner
    return withdraw_case(case_, statement="It has sorted itself out.", by=by, at=NOW)
