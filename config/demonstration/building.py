"""The demonstration organisation: made by running the actions, at moments before now."""

import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.apps import apps
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.models.case import Case, CaseContact
from amends.coach.actions import read_contact
from amends.coach.queries import contact_to_read
from amends.journal.actions import record
from amends.journal.events import Event
from amends.journal.models import Entry
from amends.notices.actions.telling import tell_of
from amends.notices.queries.news import TELLING
from amends.people.actions.persons import Particulars, add_colleague, add_person
from amends.people.models import Person
from amends.people.rules.kinds import Honorific, PersonKind, PointKind, Preference, Standing
from amends.staff.events import SignedIn
from amends.staff.models import Organisation
from config.demonstration import everyday
from config.demonstration.house import TEXTS, ZONE, House, furnish
from config.demonstration.moments import Moments
from config.demonstration.stage import Stage
from config.demonstration.standards import hold_to
from config.demonstration.stories import (
    answers,
    broken,
    cold_flat,
    colleagues,
    hard,
    our_own,
    our_views,
    ready,
    two_cold_weeks,
)

WORKING_DAYS = 64
FRESH = timedelta(days=1)
STORIES = (cold_flat, broken, answers, hard, colleagues, two_cold_weeks, our_own, our_views, ready)


class NotADemonstration(Refused):
    text = _("This data belongs to an organisation that is no demonstration. It stays as it is.")


@dataclass(frozen=True, slots=True)
class DemonstrationBuilt(Event):
    cases: int


def is_stale(*, at: datetime) -> bool:
    """Return whether the demonstration is missing, or older than a day and untouched since."""
    built = Entry.objects.filter(kind=DemonstrationBuilt.__name__).order_by("-pk").first()
    if built is None:
        return not Organisation.objects.exists()
    acts = Entry.objects.filter(pk__gt=built.pk, by__startswith="staff:")
    acts = acts.exclude(kind=SignedIn.__name__)  # who only looks touches nothing
    return at - built.at > FRESH and not acts.exists()


@transaction.atomic
def build(*, at: datetime) -> None:
    """Make the demonstration as it stands at `at`, in the place of an older one.

    Raises NotADemonstration.
    """
    if Organisation.objects.filter(demonstration=False).exists():
        raise NotADemonstration
    _empty()
    moments = Moments(at.astimezone(ZoneInfo(ZONE)))
    began_at = moments.back(WORKING_DAYS, "08:00")
    house = furnish(began_at)
    on = Stage(moments, house, _people(house, began_at))
    everyday.live_through(on)
    for story in STORIES:
        story.tell(on)
    hold_to(house, since=began_at, at=moments.at)
    _drop_jobs()
    _read_open_cases(at)
    _tell_colleagues(at, since=moments.back(1, "00:00"))
    cases = Case.objects.count()
    record(DemonstrationBuilt(cases=cases), by=None, at=at)


def _people(house: House, at: datetime) -> dict[str, Person]:
    told = tomllib.loads((TEXTS / "customers.toml").read_text())
    people = {key: _person(house, particulars, at) for key, particulars in told.items()}
    for key in ("arta", "viktor", "lukas", "jonas"):
        people[key] = add_colleague(house.staff[key], by=house.staff[key], at=at)
    return people


def _person(house: House, told: dict[str, str], at: datetime) -> Person:
    points = [
        (kind, told[name])
        for name, kind in (
            ("email", PointKind.EMAIL),
            ("telephone", PointKind.TELEPHONE),
            ("postal", PointKind.POSTAL),
        )
        if name in told
    ]
    particulars = Particulars(
        name=told["name"],
        kind=PersonKind(told.get("kind", "human")),
        standing=Standing(told.get("standing", "customer")),
        honorific=Honorific(told.get("honorific", "unknown")),
        informal=bool(told.get("informal")),
        number=told.get("number", ""),
        language=told["language"],
        prefers=Preference(told["prefers"]) if "prefers" in told else None,
    )
    return add_person(particulars, points=points, by=house.staff["grace"], at=at)


def _drop_jobs() -> None:
    """Forget what the past would have set off: mail that left weeks ago is not sent today."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = 'journal.react'")


def _read_open_cases(at: datetime) -> None:
    """Read what customers said on the cases that are still open, as the dropped jobs would have."""
    for link in CaseContact.objects.filter(case__in=Case.objects.open()).select_related("case"):
        if contact := contact_to_read(link.contact_id):
            read_contact(contact, case=link.case, at=at)


def _tell_colleagues(at: datetime, *, since: datetime) -> None:
    """Let colleagues hear of what happened lately; the older they have seen."""
    kinds = {kind.__name__: kind for kind in TELLING}
    for entry in Entry.objects.filter(kind__in=kinds, at__gt=since).order_by("pk"):
        event = kinds[entry.kind](**entry.facts)
        tell_of(event, by=entry.by, at=entry.at, now=at)
    apps.get_model("notices", "Notice").objects.update(mail_due_at=None)


def _empty() -> None:
    """Take everything out of an older demonstration, the journal too; nothing real is in it."""
    told = ("journal", "notices", "sessions", "procrastinate")
    ours = (*told, "staff", "people", "contacts", "cases")
    tables = [
        name for name in connection.introspection.table_names() if name.startswith(_prefixes(ours))
    ]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        names = ", ".join(connection.ops.quote_name(name) for name in tables)
        cursor.execute(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
        cursor.execute("ALTER SEQUENCE cases_reference RESTART")
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


def _prefixes(labels: tuple[str, ...]) -> tuple[str, ...]:
    return (*(f"{label}_" for label in labels), "django_session")
