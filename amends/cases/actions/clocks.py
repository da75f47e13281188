"""What is done by the clocks of a case, and what is said of them: warned, run out, extended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.base.time_words import date_words
from amends.cases.actions.letters import Told, tell_customer
from amends.cases.actions.within import locked_for, settle
from amends.cases.events.clocks import (
    ClockProfileAdopted,
    ClockRanOut,
    ClockWarned,
    LawOfCaseSaid,
    TermExtended,
)
from amends.cases.models.case import Case, CaseNote
from amends.cases.models.clocks import CaseClock, PlannedWarning, TermExtension
from amends.cases.queries.clocks import clocks_told, extendable
from amends.cases.queries.letters import answerer_of
from amends.cases.rules.kinds import CaseKind, How
from amends.cases.rules.lifecycle import ENDED
from amends.contacts.models import OutgoingMail
from amends.journal.actions import record, record_all
from amends.staff.models import Staff
from amends.standards.models import ClockProfile
from amends.standards.queries import rules_of_profile
from amends.standards.rules import law
from amends.standards.rules.law import Obstacle, obstacles_to_extending
from amends.standards.rules.law_history import happenings
from amends.standards.rules.warnings import Whom, Whose

CASES_AT_ONCE = 100


class NoSuchTerm(Refused):
    text = _("No law lets this term be extended.")


class NotExtended(Refused):
    """The law does not let the term be extended so: `obstacles` say why."""

    text = _("The term cannot be extended so.")

    def __init__(self, *, obstacles: Sequence[Obstacle]) -> None:
        super().__init__()
        self.obstacles = tuple(obstacles)


class WhyAnotherLaw(Refused):
    text = _("Say why another law is for this case: a term may end later by it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Delay:
    """What a customer is told of why a term is extended and until when, in their language.

    told_how: by a mail that is written now (How.EMAIL), or how they were told already.
    """

    until: date | None
    reason: str
    circumstances: str = ""
    told_how: How = How.EMAIL


@transaction.atomic
def extend_term(case: Case, *, delay: Delay, by: Staff, at: datetime) -> TermExtension:
    """Extend the term that a law sets for the answer on `case`, and tell its customer; return it.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, NoSuchTerm, NotExtended (whose `obstacles`
    say why), NoAddress.
    """
    case = locked_for(case, by=by)
    notice = law.Notice(at, delay.until, delay.reason, delay.circumstances)
    clocks = extendable(clocks_told(case))
    if not clocks:
        raise NoSuchTerm
    found = [obstacles_to_extending(c.profile, c.started_at, c.place, notice) for c in clocks]
    if all(found) or delay.until is None:
        raise NotExtended(obstacles=found[0])
    extension = TermExtension.objects.create(
        case=case,
        until_on=delay.until,
        reason=delay.reason.strip(),
        circumstances=delay.circumstances.strip(),
        told_how=delay.told_how,
        mail=_tell(case, delay, delay.until, by, at),
        by=by,
        at=at,
    )
    settle(case)
    record(
        TermExtended(case_id=case.pk, extension_id=extension.pk, until=str(extension.until_on)),
        by=by,
        at=at,
    )
    return extension


def _tell(case: Case, delay: Delay, until: date, by: Staff, at: datetime) -> OutgoingMail | None:
    """Write the notice where it goes by mail; in the language of the customer."""
    if delay.told_how is not How.EMAIL:
        return None
    with translation.override(case.language):
        facts = {
            "reason": delay.reason.strip(),
            "circumstances": delay.circumstances.strip(),
            "until": date_words(until),
        }
    return tell_customer(case, told=Told.TERM_EXTENDED, facts=facts, by=by, at=at)


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoseLaw:
    """Whose law is for a case; what is empty is as for the house and its customer."""

    jurisdiction: str = ""
    sector: str = ""
    party_kind: str = ""


@transaction.atomic
def say_whose_law(case: Case, *, whose: WhoseLaw, reason: str, by: Staff, at: datetime) -> Case:
    """Say whose law is for `case`, and return it with the clocks of that law.

    Those of the law it had go; what of them was over stays in the journal.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, WhyAnotherLaw.
    """
    case = locked_for(case, by=by)
    if not reason.strip():
        raise WhyAnotherLaw
    case.jurisdiction, case.sector = whose.jurisdiction, whose.sector
    case.party_kind = whose.party_kind
    CaseNote.objects.create(case=case, text=reason.strip(), by=by, at=at)
    case.clocks.filter(whose=Whose.LAW).delete()
    settle(case)
    said = LawOfCaseSaid(
        case_id=case.pk,
        jurisdiction=case.jurisdiction,
        sector=case.sector,
        party_kind=case.party_kind,
    )
    record(said, by=by, at=at)
    return case


@transaction.atomic
def note_clocks_over(clocks: Sequence[CaseClock], *, at: datetime) -> None:
    """Write down of each of these clocks that it was over and what it waited for not done.

    Each is watched, and the caller holds it and its case. Many run out at once, at the end of a
    day say: so they are written together.
    """
    CaseClock.objects.filter(pk__in=[clock.pk for clock in clocks]).update(
        over_at=at, watch_at=None
    )
    record_all([_ran_out(clock) for clock in clocks], by=None, at=at)


def _ran_out(clock: CaseClock) -> ClockRanOut:
    return ClockRanOut(
        case_id=clock.case_id,
        clock_id=clock.pk,
        whose=clock.whose,
        what=clock.what,
        due_at=clock.watch_at.isoformat() if clock.watch_at else "",
    )


@transaction.atomic
def give_warning(planned: PlannedWarning, *, at: datetime) -> None:
    """Tell somebody, once, that a clock ends soon; of one that is over meanwhile nobody is told."""
    planned.given_at = at
    planned.save(update_fields=["given_at"])
    clock, warning = planned.clock, planned.warning
    if clock.ended_at or planned.for_due_at <= at:
        return
    warned = ClockWarned(
        case_id=clock.case_id,
        clock_id=clock.pk,
        warning_id=warning.pk,
        due_at=planned.for_due_at.isoformat(),
        told_id=_told(planned).pk,
        how=warning.how,
    )
    record(warned, by=None, at=at)


def _told(planned: PlannedWarning) -> Staff:
    """Return who is warned: of a promise who keeps it, of all else who answers for the case."""
    clock, warning = planned.clock, planned.warning
    if warning.staff and warning.to == Whom.COLLEAGUE:
        return warning.staff
    if warning.to == Whom.DUTY_OWNER:
        return clock.case.team.duty_owner
    return clock.promise.owner if clock.promise else answerer_of(clock.case)


@transaction.atomic
def adopt_profile(profile: ClockProfile, *, at: datetime) -> None:
    """Let the next hundred open cases run by a new version of a profile.

    A term never ends later by it unless a reason was named when it was written; such a case keeps
    the version it has. One that somebody else holds just now is come back to, and not waited for.
    """
    cases = Case.objects.exclude(state__in=sorted(ENDED)).filter(
        kind=CaseKind.COMPLAINT, as_history=False, pk__gt=profile.recount_after or 0
    )
    keys = list(cases.order_by("pk").values_list("pk", flat=True)[:CASES_AT_ONCE])
    free = Case.objects.select_for_update(of=("self",), skip_locked=True).select_related("person")
    got = {case.pk: case for case in free.filter(pk__in=keys)}
    for case in got.values():
        _adopt(case, profile, at=at)
        settle(case)
    held = [pk for pk in keys if pk not in got]
    more = len(keys) == CASES_AT_ONCE
    profile.recount_after = min(held) - 1 if held else (keys[-1] if more else None)
    profile.save(update_fields=["recount_after"])


def _adopt(case: Case, profile: ClockProfile, *, at: datetime) -> None:
    """Let the clock of `case` that runs by an older version run by this one, if it may."""
    running = CaseClock.objects.filter(
        case=case, whose=Whose.LAW, what=profile.duty, profile__key=profile.key, ended_at=None
    ).exclude(profile=profile)
    clock = running.first()
    if clock is None:
        return
    due_at = _due_by(case, profile)
    if law.due_after_change(clock.due_at, due_at, profile.reason) != due_at:
        return
    was, clock.profile = clock.due_at, profile
    clock.save(update_fields=["profile"])
    adopted = ClockProfileAdopted(
        case_id=case.pk,
        clock_id=clock.pk,
        profile_id=profile.pk,
        was_due_at=was.isoformat() if was else "",
        due_at=due_at.isoformat() if due_at else "",
    )
    record(adopted, by=None, at=at)


def _due_by(case: Case, profile: ClockProfile) -> datetime | None:
    """Return when `case` is due by a version of a profile; none where it does not run by it."""
    rules = rules_of_profile(profile)
    if not rules.may_run:
        return None
    telling = clocks_told(case)
    clock = law.law_clock(rules, happenings(telling.entries), telling.law.place)
    return clock.due_at if clock else None
