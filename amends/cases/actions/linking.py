"""Saying what one case is to another."""

from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.base.refusal import Refused
from amends.cases.actions.opening import Opening, open_case
from amends.cases.actions.within import Barred, is_barred, locked, must_be_allowed
from amends.cases.events.handling import CasesLinked
from amends.cases.events.turns import LinkDrawn, LinkRemoved
from amends.cases.models.case import Case, CaseLink
from amends.cases.queries.linked import links_ahead_of
from amends.cases.rules.kinds import CaseKind
from amends.cases.rules.lifecycle import State
from amends.cases.rules.turns import NOT_BEGUN, ONE_WAY, Linkage, leads_back
from amends.contacts.actions.recording import Telling, record_contact
from amends.journal.actions import Actor, record
from amends.staff.models import Staff
from amends.staff.queries import organisation
from amends.staff.rules.permissions import Act


class LinkedToItself(Refused):
    text = gettext_lazy("Name another case: this is the one you are at.")


class LinkedAlready(Refused):
    text = gettext_lazy("The two are linked like that already.")


class LeadsBack(Refused):
    text = gettext_lazy("%(reference)s already leads here. The other way round it cannot be, too.")


class BegunAlready(Refused):
    text = gettext_lazy("%(reference)s has begun. Say that it does not end before the other one.")


class BelongsElsewhere(Refused):
    text = gettext_lazy("It belongs to another case already. Remove that link first.")


@transaction.atomic
def link_written_about(case: Case, *, other: Case, by: Actor | None, at: datetime) -> CaseLink:
    """Link `case`, opened on a mail, to the `other` case that the mail points to; return the link.

    The notice says why it was not put to that one at once: it is over, or its sender has no part
    in it. It is for colleagues, and so in the language of the house.
    """
    with translation.override(organisation().language):
        why = (
            _("Written about %(reference)s, by somebody who has no part in it.")
            if other.is_open
            else _("Written about %(reference)s, which is over.")
        ) % {"reference": other.reference}
    link = CaseLink.objects.create(case=case, other=other, why=why[:200], at=at)
    record(CasesLinked(case_id=case.pk, other_id=other.pk), by=by, at=at)
    return link


@transaction.atomic
def link_cases(
    case: Case, *, other: Case, linkage: Linkage, by: Staff, at: datetime, why: str = ""
) -> CaseLink:
    """Say what `case` is to the `other` one, and return the link.

    Raises NotAllowed, Barred, NotYours, LinkedToItself, LinkedAlready, LeadsBack, BegunAlready,
    BelongsElsewhere.
    """
    if case.pk == other.pk:
        raise LinkedToItself
    case = _locked_for_link(case, other, by)
    if CaseLink.objects.filter(case=case, other=other, kind=linkage).exists():
        raise LinkedAlready
    if linkage is Linkage.BELONGS_TO and case.links.filter(kind=linkage).exists():
        raise BelongsElsewhere
    if linkage is Linkage.BEGINS_AFTER and State(case.state) not in NOT_BEGUN:
        raise BegunAlready(reference=case.reference)
    ahead = links_ahead_of(other, linkage=linkage) if linkage in ONE_WAY else frozenset()
    if leads_back(ahead, case=case.pk, other=other.pk):
        raise LeadsBack(reference=other.reference)
    link = CaseLink.objects.create(case=case, other=other, kind=linkage, why=why.strip(), at=at)
    record(LinkDrawn(case_id=case.pk, other_id=other.pk, linkage=linkage), by=by, at=at)
    return link


@transaction.atomic
def remove_link(link: CaseLink, *, by: Staff, at: datetime) -> Case:
    """Say that two cases are not linked like that, and return the case it started from.

    Raises NotAllowed, Barred, NotYours.
    """
    case = _locked_for_link(link.case, link.other, by)
    link.delete()
    record(LinkRemoved(case_id=case.pk, other_id=link.other_id, linkage=link.kind), by=by, at=at)
    return case


@transaction.atomic
def open_next_case(
    case: Case, *, telling: Telling, by: Actor, at: datetime, wish: str = ""
) -> Case:
    """Open a new case on what is told now of one that ended too long ago, link the two; return it.

    Raises NotAllowed, Barred, NothingSaid, EndsBeforeItStarts.
    """
    if isinstance(by, Staff) and is_barred(case, by):
        raise Barred
    contact = record_contact(telling, by=by, at=at)
    opening = Opening(
        kind=CaseKind(case.kind),
        team=case.team,
        language=case.language,
        requested_remedy=wish,
        remedy_not_said=not wish,
    )
    opened = open_case(contact, opening=opening, by=by, at=at)
    CaseLink.objects.create(case=opened, other=case, kind=Linkage.CONTINUES, at=at)
    record(LinkDrawn(case_id=opened.pk, other_id=case.pk, linkage=Linkage.CONTINUES), by=by, at=at)
    return opened


def _locked_for_link(case: Case, other: Case, by: Staff) -> Case:
    """Return `case` locked; whether it has ended does not matter."""
    case = locked(case)
    must_be_allowed(case, by=by, act=Act.WORK_ON_CASE)
    if is_barred(other, by):
        raise Barred
    return case
