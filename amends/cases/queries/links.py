"""The address behind which a customer sees their case, and the case behind an address."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet

from amends.cases.models.case import Case, PartyOfCase
from amends.cases.models.deciding import Decision
from amends.cases.rules.kinds import Part
from amends.cases.rules.links import code_for, is_code, is_signed, reference_in, sign
from amends.cases.rules.reference import read_reference
from amends.journal.actions import Actor
from amends.staff.models import Staff, StaffQuerySet
from amends.staff.rules.permissions import Role

_VERSIONS_KNOWN = 20


@dataclass(frozen=True, slots=True)
class Holder:
    """Whoever holds the link of a case of which no customer's name is known."""

    case_id: int

    @property
    def actor(self) -> str:
        return f"link:{self.case_id}"


def token_of(case: Case) -> str:
    """Return the token in the address of `case`."""
    return sign(case.reference, version=case.link_version, key=settings.SECRET_KEY)


def link_of(case: Case) -> str:
    """Return the whole address of `case`, as it stands in a mail or on paper."""
    return f"{settings.BASE_ADDRESS}/c/{token_of(case)}/"


def code_of(case: Case) -> str:
    """Return the code by which the page of `case` is found, as it is read out on the telephone."""
    return code_for(case.reference, version=case.link_version, key=settings.SECRET_KEY)


def finding_place(language: str) -> str:
    """Return the address, short enough to be read out, where a case is found by its code."""
    return f"{settings.BASE_ADDRESS.partition('://')[2]}/find-my-case/{language}/"


def case_by_code(reference: str, code: str) -> Case:
    """Return the case that somebody means by `reference` and proves by `code`.

    Raises Case.DoesNotExist, whichever of the two is wrong.
    """
    case = case_of_reference(reference)
    if not is_code(code, case.reference, version=case.link_version, keys=signing_keys()):
        raise Case.DoesNotExist
    return case


def case_behind(token: str) -> Case:
    """Return the case that `token` was signed for.

    Raises Case.DoesNotExist for a token that is wrong, old or tampered with, whichever it is.
    """
    claimed = reference_in(token)
    if read_reference(claimed) != claimed:
        raise Case.DoesNotExist
    case = _cases().get(reference=claimed)
    if not is_signed(token, version=case.link_version, keys=signing_keys()):
        raise Case.DoesNotExist
    return case


def replaced_link(token: str) -> Case | None:
    """Return the case that `token` opened until its link was replaced; None for any other token."""
    claimed = reference_in(token)
    if read_reference(claimed) != claimed:
        return None
    for found in _cases().filter(reference=claimed):
        versions = range(max(found.link_version - _VERSIONS_KNOWN, 1), found.link_version)
        if any(is_signed(token, version=version, keys=signing_keys()) for version in versions):
            return found
    return None


def _cases() -> QuerySet[Case]:
    return Case.objects.select_related("person", "owner", "team__duty_owner").filter(erased_at=None)


def signing_keys() -> tuple[str, ...]:
    """Return the keys with which links may be signed, the present one first."""
    return (str(settings.SECRET_KEY), *map(str, settings.SECRET_KEY_FALLBACKS))


def case_of_reference(text: str) -> Case:
    """Return the case that somebody means by `text`, however it is written.

    Raises Case.DoesNotExist.
    """
    return _cases().get(reference=read_reference(text))


def holder_of(case: Case) -> Actor:
    """Return who acts behind the link of `case`: its customer, where one is known."""
    return case.person or Holder(case.pk)


def somebody_else_for(case: Case) -> Staff | None:
    """Return who can look at `case` and neither answers for it nor decided it; None if nobody can.

    The duty owner of its team first, then seniors and managers of the team, then of the house;
    never somebody complained about.
    """
    barred = PartyOfCase.objects.filter(case=case, part=Part.COMPLAINED_ABOUT, staff=OuterRef("pk"))
    decided = Decision.objects.filter(case=case, decided_at__isnull=False, decider=OuterRef("pk"))
    others = (
        StaffQuerySet(Staff)
        .at_work()
        .filter(role__in=[Role.SENIOR, Role.MANAGER])
        .exclude(Exists(barred))
        .exclude(Exists(decided))
        .exclude(pk=case.owner_id or case.team.duty_owner_id)
    )
    ours = others.filter(teams=case.team)
    duty = others.filter(pk=case.team.duty_owner_id)
    return duty.first() or ours.order_by("pk").first() or others.order_by("pk").first()
