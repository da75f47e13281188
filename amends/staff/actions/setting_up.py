"""The first link, and the three questions of set-up from which the rest follows."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.journal.actions import record
from amends.staff.events import OrganisationSetUp
from amends.staff.models import Authority, Department, Organisation, Staff, Team
from amends.staff.queries import is_set_up, may_set_up
from amends.staff.rules.authority import first_limits
from amends.staff.rules.organisation import Trade, customs_of
from amends.staff.rules.permissions import Role


class AlreadySetUp(Refused):
    text = _("Amends is already set up here. Sign in, or ask a colleague to invite you.")


class FirstLinkOver(Refused):
    text = _("This link is no longer valid. Restart Amends, and it prints a new one.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The answers to the three questions, and who gives them. `channels` as in contacts."""

    size: int
    country: str
    trade: Trade
    channels: tuple[str, ...]
    organisation: str
    name: str
    email: str
    password: str
    language: str


@transaction.atomic
def set_up(answers: Answers, *, key: str, at: datetime) -> Staff:
    """Found the organisation, its first team and its owner, and return the owner.

    Raises AlreadySetUp, FirstLinkOver; ValidationError if the password is too weak.
    """
    _one_at_a_time()
    if is_set_up():
        raise AlreadySetUp
    if not may_set_up(key, at=at):
        raise FirstLinkOver
    owner = _owner(answers, at)
    validate_password(answers.password, owner)
    _found(answers, at)
    with translation.override(customs_of(answers.country).language):
        department = Department.objects.create(name=gettext("Customer care"))
        team_name = gettext("Front line")
    owner.department = department
    owner.set_password(answers.password)
    owner.save()
    team = Team.objects.create(name=team_name, department=department, duty_owner=owner)
    team.members.add(owner)
    _grant()
    founded = OrganisationSetUp(owner_id=owner.pk, country=answers.country, trade=answers.trade)
    record(founded, by=owner, at=at)
    return owner


def _one_at_a_time() -> None:
    """Let nobody else set up until this transaction ends: there is no row yet to hold."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('amends.set-up'))")


def _found(answers: Answers, at: datetime) -> None:
    customs = customs_of(answers.country)
    Organisation.objects.create(
        pk=1,
        name=answers.organisation,
        size=answers.size,
        country=answers.country,
        trade=answers.trade.value,
        channels=list(answers.channels),
        zone=customs.zone,
        currency=customs.currency,
        language=customs.language,
        set_up_at=at,
    )


def _owner(answers: Answers, at: datetime) -> Staff:
    return Staff(
        name=answers.name,
        email=answers.email.lower(),
        role=Role.MANAGER.value,
        administers=True,
        language=answers.language,
        zone=customs_of(answers.country).zone,
        joined_at=at,
    )


def _grant() -> None:
    """Give the owner full authority, and those who serve what costs no money."""
    Authority.objects.bulk_create(
        Authority(role=role.value, remedy=kind.value, amount=limit.amount)
        for role in (Role.AGENT, Role.SENIOR, Role.MANAGER)
        for kind, limit in first_limits(owner=role is Role.MANAGER).items()
    )
