"""Passing a step over by one's own judgement, and reviewing how a contact was handled."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.actions.within import Barred, is_barred, locked, locked_for, settle
from amends.cases.events.conduct import ContactReviewed, StepPassedOver, StepTakenUp
from amends.cases.models.case import Case
from amends.cases.models.conduct import ContactReview, PassedOver
from amends.cases.rules.conduct import Conduct, Seen
from amends.cases.rules.findings import is_hard
from amends.cases.rules.kinds import CaseKind, Track
from amends.cases.rules.passing import may_pass_over
from amends.cases.rules.steps import Step
from amends.contacts.models import Contact
from amends.journal.actions import record
from amends.staff.actions.authorise import require
from amends.staff.models import Staff
from amends.staff.rules.permissions import Act


class WhyPassedOverNeeded(Refused):
    text = _("Say why this step does not fit here.")


class MustBeDone(Refused):
    text = _("This step is asked of every case of this kind. Do it, however briefly.")


class BeyondYourJudgement(Refused):
    text = _("This case is a grave one. Ask a senior colleague to pass the step over.")


class NotPassedOver(Refused):
    text = _("This step is not passed over.")


class OwnContact(Refused):
    text = _("You handled this contact. A colleague reviews it.")


class NothingSeen(Refused):
    text = _("Say of at least one of them what you saw.")


class ContactNotHere(Refused):
    text = _("This contact is not on %(reference)s.")


@dataclass(frozen=True, slots=True)
class Sight:
    """What a reviewer saw of one do or don't."""

    seen: Seen
    remark: str = ""


@transaction.atomic
def pass_step_over(case: Case, *, step: Step, reason: str, by: Staff, at: datetime) -> PassedOver:
    """Pass `step` over on `case` by one's own judgement, and return that.

    Of a hard case a senior colleague does. What closing asks of every case of the kind stays.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, WhyPassedOverNeeded, MustBeDone,
    BeyondYourJudgement.
    """
    case = locked_for(case, by=by)
    if not reason.strip():
        raise WhyPassedOverNeeded
    if not may_pass_over(step, CaseKind(case.kind)):
        raise MustBeDone
    if is_hard(Track(case.track), case.severity) and not by.may(Act.ASSIGN_CASE):
        raise BeyondYourJudgement
    passed, _new = PassedOver.objects.update_or_create(
        case=case,
        step=step,
        defaults={"kind": case.kind, "reason": reason.strip(), "by": by, "at": at},
    )
    settle(case)
    record(StepPassedOver(case_id=case.pk, step=step), by=by, at=at)
    return passed


@transaction.atomic
def take_step_up(case: Case, *, step: Step, by: Staff, at: datetime) -> Case:
    """Ask for `step` again, which was passed over; return the case.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, NotPassedOver.
    """
    case = locked_for(case, by=by)
    gone, _rows = PassedOver.objects.filter(case=case, step=step).delete()
    if not gone:
        raise NotPassedOver
    settle(case)
    record(StepTakenUp(case_id=case.pk, step=step), by=by, at=at)
    return case


@transaction.atomic
def review_contact(
    case: Case, *, contact: Contact, sights: Mapping[Conduct, Sight], by: Staff, at: datetime
) -> list[ContactReview]:
    """Write down what `by` saw of the dos and don'ts on one `contact` of `case`; return that.

    Open or ended: one learns from what is over. What was said before of the same is said anew.

    Raises NotAllowed, Barred, OwnContact, NothingSeen, ContactNotHere.
    """
    require(by, Act.ASSIGN_CASE)
    case = locked(case)
    if is_barred(case, by):
        raise Barred
    if contact.handled_by_id == by.pk:
        raise OwnContact
    if not sights:
        raise NothingSeen
    if not case.case_contacts.filter(contact=contact).exists():
        raise ContactNotHere(reference=case.reference)
    written = [
        ContactReview.objects.update_or_create(
            contact=contact,
            item=item,
            by=by,
            defaults={
                "case": case,
                "seen": sight.seen,
                "remark": sight.remark.strip(),
                "at": at,
            },
        )[0]
        for item, sight in sights.items()
    ]
    record(ContactReviewed(case_id=case.pk, contact_id=contact.pk), by=by, at=at)
    return written
