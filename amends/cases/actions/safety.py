"""A customer insults or threatens a colleague: a senior speaks with them, and nobody is blamed."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from amends.base.refusal import Refused
from amends.cases.actions.help import NobodyToAsk, ask_for_help
from amends.cases.actions.ownership import offer_handover
from amends.cases.actions.within import locked_for
from amends.cases.events.safety import ContactEndedByRule, SeniorCalled
from amends.cases.models.case import Case
from amends.cases.models.colleagues import Handover, HelpRequest
from amends.cases.models.safety import SeniorCall
from amends.cases.queries.colleagues import helper_for
from amends.cases.queries.file import WAITING
from amends.cases.rules.safety import spared_until, speaks_at
from amends.contacts.models import Contact
from amends.contacts.rules.kinds import Effect
from amends.journal.actions import record
from amends.people.models import Person
from amends.staff.models import Staff

_ASKED = _(
    "A customer insults or threatens me. They are told that you speak with them at %(time)s. "
    "Please take it over."
)


class NotYourCall(Refused):
    text = _("Whoever called the senior ends the contact.")


@transaction.atomic
def call_senior(case: Case, *, by: Staff, at: datetime) -> SeniorCall:
    """Call a senior to speak with the customer of `case` instead of `by`, and return the call.

    The cases of this customer that are theirs are offered to the senior, and what happened in the
    contact counts for nobody. Called twice in a day, the first call stands.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, NobodyToAsk.
    """
    case = locked_for(case, by=by)
    running = SeniorCall.objects.filter(case=case, called_by=by, spared_until__gt=at)
    if called := running.first():
        return called
    call = _call(case, "", case.person, by, at)
    _offer_cases(call, at)
    _count_for_nobody(case, by, at)
    record(SeniorCalled(case_id=case.pk, call_id=call.pk), by=by, at=at)
    return call


@transaction.atomic
def call_senior_from_sheet(
    sheet: str, *, person: Person | None, by: Staff, at: datetime
) -> SeniorCall:
    """Call a senior while a contact is taken down, before there is a case; return the call.

    Raises NotAllowed, NobodyToAsk.
    """
    Staff.objects.select_for_update(no_key=True).get(pk=by.pk)
    if called := SeniorCall.objects.filter(called_by=by, sheet=sheet).first():
        return called
    return _call(None, sheet, person, by, at)


@transaction.atomic
def end_by_rule(call: SeniorCall, *, by: Staff, at: datetime) -> SeniorCall:
    """End the contact of `call` by rule, and return it; ended twice, the first moment stands.

    Raises NotYourCall.
    """
    call = SeniorCall.objects.select_for_update(of=("self",)).get(pk=call.pk)
    if call.called_by_id != by.pk:
        raise NotYourCall
    if call.ended_at is None:
        call.ended_at = at
        call.save(update_fields=["ended_at"])
        if call.case_id:
            record(ContactEndedByRule(case_id=call.case_id, call_id=call.pk), by=by, at=at)
    return call


@transaction.atomic
def bring_call_to_case(case: Case, *, sheet: str, by: Staff, at: datetime) -> SeniorCall | None:
    """Put the call from `sheet`, if there was one, onto the `case` it became, and return it."""
    call = SeniorCall.objects.filter(called_by=by, sheet=sheet, case=None).first()
    if call is None:
        return None
    call.case, call.person = case, case.person
    call.save(update_fields=["case", "person"])
    HelpRequest.objects.filter(pk=call.request_id).update(case=case)
    _count_for_nobody(case, by, at)
    record(SeniorCalled(case_id=case.pk, call_id=call.pk), by=by, at=at)
    if call.ended_at:
        record(ContactEndedByRule(case_id=case.pk, call_id=call.pk), by=by, at=at)
    return call


def _call(
    case: Case | None, sheet: str, person: Person | None, by: Staff, at: datetime
) -> SeniorCall:
    local = timezone.localtime(at)
    moment = speaks_at(local)
    senior = helper_for(by, case=case)
    if senior is None:
        raise NobodyToAsk
    with override(senior.language):
        text = str(_ASKED) % {"time": f"{moment:%H:%M}"}
    request = ask_for_help(case, text=text, of=senior, by=by, at=at)
    return SeniorCall.objects.create(
        case=case,
        sheet=sheet,
        person=person,
        called_by=by,
        request=request,
        called_at=at,
        speaks_at=moment,
        spared_until=spared_until(local),
    )


def _offer_cases(call: SeniorCall, at: datetime) -> None:
    """Offer the senior each open case of this customer that the colleague has."""
    by, senior = call.called_by, call.request.asked_of
    mine = Case.objects.open().visible_to(by).filter(owner=by)
    theirs = mine.filter(person=call.person) if call.person else mine.filter(senior_calls=call)
    waiting = Handover.objects.filter(case__in=theirs, **WAITING).values("case")
    for case in theirs.exclude(pk__in=waiting).order_by("pk"):
        if senior and Case.objects.visible_to(senior).filter(pk=case.pk).exists():
            offer_handover(case, to=senior, summary=call.request.text, by=by, at=at)


def _count_for_nobody(case: Case, by: Staff, at: datetime) -> None:
    """Take the bad note off what `by` heard from this customer today."""
    start = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    heard = Contact.objects.filter(case_contacts__case=case, handled_by=by, ended_at__gte=start)
    heard.filter(effect=Effect.BAD).update(effect=Effect.UNKNOWN)
