"""Who else is in a case, and how sure we are of whom we speak with."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.actions.within import locked_for, settle
from amends.cases.events import IdentityChecked, PartyNamed
from amends.cases.models.case import Case, PartyOfCase
from amends.cases.models.promises import Promise
from amends.cases.models.protection import IdentityCheck
from amends.cases.rules.kinds import CheckLevel, Part
from amends.journal.actions import record
from amends.people.models import Person
from amends.staff.models import Staff


class LooksAfterIt(Refused):
    text = _(
        "%(name)s looks after %(reference)s or keeps a promise on it. "
        "Give that to a colleague first, or open a case of its own."
    )


@dataclass(frozen=True, slots=True)
class Identity:
    """How we made sure of whom we speak with."""

    level: CheckLevel
    method: str


@transaction.atomic
def name_party(
    case: Case, *, part: Part, who: Person | Staff, by: Staff, at: datetime
) -> PartyOfCase:
    """Write down what part `who` has in `case`; once is enough.

    A colleague complained about is heard and informed, and from now on neither sees nor keeps it.

    Raises NotAllowed, CaseHasEnded, Barred, NotYours, LooksAfterIt.
    """
    case = locked_for(case, by=by)
    colleague = who if isinstance(who, Staff) else None
    if colleague and part is Part.COMPLAINED_ABOUT:
        _must_not_look_after(case, colleague)
    party, _new = PartyOfCase.objects.get_or_create(
        case=case,
        part=part,
        person=None if isinstance(who, Staff) else who,
        staff=colleague,
        defaults={"since": at},
    )
    settle(case)
    record(PartyNamed(case_id=case.pk, party_id=party.pk, part=part), by=by, at=at)
    return party


@transaction.atomic
def check_identity(
    case: Case, *, person: Person, identity: Identity, by: Staff, at: datetime
) -> IdentityCheck:
    """Write down how we made sure that it is `person` whom we speak with.

    Raises NotAllowed, CaseHasEnded, Barred, NotYours.
    """
    case = locked_for(case, by=by)
    check = IdentityCheck.objects.create(
        case=case,
        person=person,
        level=identity.level,
        method=identity.method,
        at=at,
        by=by,
    )
    settle(case)
    record(IdentityChecked(case_id=case.pk, check_id=check.pk, level=identity.level), by=by, at=at)
    return check


def _must_not_look_after(case: Case, colleague: Staff) -> None:
    owed = Promise.objects.filter(case=case, owner=colleague).owed()
    if case.owner_id == colleague.pk or owed.exists():
        raise LooksAfterIt(name=colleague.name, reference=case.reference)
