"""Who else is in a case, and how sure we are of whom we speak with."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.actions.within import locked_for, put_in_charge, settle
from amends.cases.events.handling import IdentityChecked, PartyHeard, PartyInformed, PartyNamed
from amends.cases.models.case import Case, PartyOfCase
from amends.cases.models.colleagues import Handover, HelpRequest
from amends.cases.models.promises import Promise
from amends.cases.models.protection import IdentityCheck
from amends.cases.models.turns import InternalReview
from amends.cases.queries.colleagues import substitute_for
from amends.cases.queries.deciders import reviewer_for
from amends.cases.queries.file import WAITING
from amends.cases.rules.kinds import CheckLevel, Part
from amends.journal.actions import record
from amends.people.actions.persons import Particulars, Points, add_person
from amends.people.models import Person
from amends.staff.models import Staff


class LooksAfterIt(Refused):
    text = _(
        "%(name)s looks after %(reference)s, and nobody else here can. "
        "Open a case of its own, and tell the customer who decides outside."
    )


class NothingSaidYet(Refused):
    text = _("Write down what they say to it, in their own words.")


class NotComplainedAbout(Refused):
    text = _("Nobody complains about them.")


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

    A colleague complained about is informed and heard, and from now on neither sees nor owns nor
    decides it: what they looked after passes to the duty owner, or to a senior.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, LooksAfterIt.
    """
    case = locked_for(case, by=by)
    # An internal customer is a colleague like any other.
    colleague = who if isinstance(who, Staff) else who.staff
    party, _new = PartyOfCase.objects.get_or_create(
        case=case,
        part=part,
        person=None if isinstance(who, Staff) or colleague else who,
        staff=colleague,
        defaults={"since": at},
    )
    if colleague and part is Part.COMPLAINED_ABOUT:
        _pass_on(case, colleague, at)
    settle(case)
    record(
        PartyNamed(case_id=case.pk, party_id=party.pk, part=part, owner_id=case.owner_id),
        by=by,
        at=at,
    )
    return party


@transaction.atomic
def name_new_party(
    case: Case, *, part: Part, particulars: Particulars, points: Points, by: Staff, at: datetime
) -> PartyOfCase:
    """Write down somebody we did not know, and what part they have in `case`.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, NoName, NumberTaken, CannotReach.
    """
    person = add_person(particulars, points=points, by=by, at=at)
    return name_party(case, part=part, who=person, by=by, at=at)


@transaction.atomic
def inform_party(party: PartyOfCase, *, by: Staff, at: datetime) -> PartyOfCase:
    """Write down that who is complained about was told of it, and return the party.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, NotComplainedAbout.
    """
    case = locked_for(party.case, by=by)
    _must_be_about(party)
    party.informed_at = party.informed_at or at
    party.save(update_fields=["informed_at"])
    record(PartyInformed(case_id=case.pk, party_id=party.pk), by=by, at=at)
    return party


@transaction.atomic
def hear_party(party: PartyOfCase, *, view: str, by: Staff, at: datetime) -> PartyOfCase:
    """Write down what who is complained about says to it, and return the party.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, NotComplainedAbout, NothingSaidYet.
    """
    case = locked_for(party.case, by=by)
    _must_be_about(party)
    if not view.strip():
        raise NothingSaidYet
    party.informed_at = party.informed_at or at
    party.heard_at, party.their_view = at, view.strip()
    party.save(update_fields=["informed_at", "heard_at", "their_view"])
    record(PartyHeard(case_id=case.pk, party_id=party.pk), by=by, at=at)
    return party


@transaction.atomic
def check_identity(
    case: Case, *, person: Person, identity: Identity, by: Staff, at: datetime
) -> IdentityCheck:
    """Write down how we made sure that it is `person` whom we speak with.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded.
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


def _must_be_about(party: PartyOfCase) -> None:
    if party.part != Part.COMPLAINED_ABOUT:
        raise NotComplainedAbout


def _pass_on(case: Case, colleague: Staff, at: datetime) -> None:
    """Give what `colleague` looks after on `case` to somebody else.

    The duty owner looks after what nobody took, so that passes too.
    """
    owed = Promise.objects.filter(case=case, owner=colleague).owed()
    calls = HelpRequest.objects.filter(
        case=case, asked_of=colleague, answered_at=None, in_confidence=False
    )
    answers = (case.owner_id or case.team.duty_owner_id) == colleague.pk
    involved = Q(giver=colleague) | Q(taker=colleague)
    Handover.objects.filter(involved, case=case, **WAITING).update(withdrawn_at=at)
    _pass_review_on(case, colleague)
    if not (answers or owed.exists() or calls.exists()):
        return
    other = substitute_for(case)
    if other is None:
        raise LooksAfterIt(name=colleague.name, reference=case.reference)
    if answers:
        put_in_charge(case, other, at=at)
    keeper = case.owner or other
    owed.update(owner=keeper)
    calls.update(asked_of=keeper)


def _pass_review_on(case: Case, colleague: Staff) -> None:
    """Let somebody else look at the decision again whom it turns out to be about."""
    reviews = InternalReview.objects.filter(case=case, reviewer=colleague, done_at=None)
    if not reviews.exists():
        return
    other = reviewer_for(case)
    if other is None:
        raise LooksAfterIt(name=colleague.name, reference=case.reference)
    reviews.update(reviewer=other)
