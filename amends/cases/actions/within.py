"""What every action on a case does inside its transaction: lock it, move it, recompute its due.

These are not use cases: they journal nothing, and are called by actions only.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Exists, QuerySet
from django.db.models.functions import Now
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from amends.base.questions import Question
from amends.base.refusal import Refused
from amends.base.text import said_in
from amends.cases.actions.timekeeping import keep_clocks, mark
from amends.cases.events.handling import CaseClosed
from amends.cases.models.admissibility import Ruling
from amends.cases.models.case import Case
from amends.cases.models.colleagues import Handover
from amends.cases.models.deciding import Decision, Proposal
from amends.cases.models.keeping import Keeping
from amends.cases.models.promises import Promise
from amends.cases.models.protection import Hold
from amends.cases.models.todos import Todo
from amends.cases.models.turns import InternalReview
from amends.cases.queries.facts import due_facts
from amends.cases.queries.fields import missing_at
from amends.cases.queries.file import WAITING
from amends.cases.queries.keeping import years_kept
from amends.cases.queries.linked import first_before
from amends.cases.queries.procedures import procedure_of
from amends.cases.queries.relief import relief_given
from amends.cases.rules.admissibility import Ruled
from amends.cases.rules.asking import when_to_ask, when_to_ask_first
from amends.cases.rules.clock_history import mark_of
from amends.cases.rules.due import next_due
from amends.cases.rules.fields import Asked, stages_entered
from amends.cases.rules.keeping import record_kept_until
from amends.cases.rules.kinds import Verdict
from amends.cases.rules.lifecycle import AWAITING, ENDED, State, may_follow, steps_to
from amends.cases.rules.reference import reference_of
from amends.cases.rules.snoozing import kept_until
from amends.cases.rules.turns import Reviewed, begins
from amends.journal.actions import Actor, record
from amends.staff.actions.authorise import require
from amends.staff.models import Absence, Staff, Team
from amends.staff.rules.permissions import Act
from amends.standards.queries import calendar_for

# Decided, it is what was decided; joined to another by mistake, a case goes back to where it stood.
_KEEPING_PROPOSED = frozenset({State.DECIDED, State.MERGED})


class CaseHasEnded(Refused):
    text = _("%(reference)s has ended. Reopen it first.")


class NotTheOrder(Refused):
    text = _("%(reference)s is not at that step any more. Look at it again.")


class NotAdmissible(Refused):
    text = _(
        "It was decided that %(reference)s is not for us. Take that back first, with a reason."
    )


class NotYours(Refused):
    text = _("%(reference)s belongs to %(owner)s. Ask them, or ask for a handover.")


class NotBeforeAnother(Refused):
    """Another case must end before this one begins: `first` is its reference."""

    text = _("%(reference)s waits for %(first)s: it begins once that one has ended.")

    def __init__(self, *, reference: str, first: str) -> None:
        super().__init__(reference=reference, first=first)
        self.first = first


class StillOwed(Refused):
    text = _("A promise is still owed on %(reference)s. Keep it, or agree it anew, before it ends.")


class Barred(Refused):
    text = _("This case is about you. A colleague looks after it.")


class CannotLookAfterIt(Refused):
    text = _("%(name)s cannot look after this case. Choose another colleague.")


class FieldsMissing(Refused):
    """What must be filled in before the next step is not there: `asked` names it."""

    text = _("Not yet: something must be filled in first.")

    def __init__(self, *, reference: str, asked: tuple[Asked, ...]) -> None:
        super().__init__(reference=reference)
        self.asked = asked

    def __str__(self) -> str:
        names = [said_in(get_language() or "", each.label) for each in self.asked]
        return ngettext(
            "Not yet: %(fields)s is missing. Fill it in first.",
            "Not yet: %(fields)s are missing. Fill them in first.",
            len(names),
        ) % {"fields": ", ".join(names)}


def locked(case: Case) -> Case:
    """Return `case` as it stands now, held until the transaction ends."""
    cases = Case.objects.select_for_update(of=("self",))
    return cases.select_related("person", "procedure").get(pk=case.pk)


def locked_if_free(case_id: int) -> Case | None:
    """Return the case locked, or None if somebody else is at it just now.

    For those who already hold something of the case: to wait here could be to wait for each other.
    """
    free = Case.objects.select_for_update(of=("self",), skip_locked=True)
    return free.select_related("person").filter(pk=case_id).first()


def locked_open(case: Case) -> Case:
    """Return `case` locked.

    Raises CaseHasEnded.
    """
    case = locked(case)
    if not case.is_open:
        raise CaseHasEnded(reference=case.reference)
    return case


def locked_for(case: Case, *, by: Staff, act: Act = Act.WORK_ON_CASE) -> Case:
    """Return `case`, open and locked, for `by` to work on.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded.
    """
    case = locked(case)
    must_be_allowed(case, by=by, act=act)
    if not case.is_open:
        raise CaseHasEnded(reference=case.reference)
    return case


def locked_by(case: Case, *, by: Actor | None) -> Case:
    """Return `case`, open and locked, for whoever acts: a customer, Amends itself, or a colleague.

    A customer was let in by their signed link; a colleague is asked what `locked_for` asks.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded.
    """
    return locked_for(case, by=by) if isinstance(by, Staff) else locked_open(case)


def must_be_allowed(case: Case, *, by: Staff, act: Act) -> None:
    """Let `by` do `act` on `case`.

    Everybody may help on a case of theirs, of nobody, of a team they are in, of somebody for whom
    they stand in just now, on which they keep a promise or have something to do, or which they look
    at again; on any other only those whose role says so.

    Raises NotAllowed, Barred, NotYours.
    """
    require(by, act)
    if is_barred(case, by):
        raise Barred
    if not may_help_on(case, by):
        raise NotYours(reference=case.reference, owner=case.owner)


def is_barred(case: Case, staff: Staff) -> bool:
    """Return whether `case` is about `staff`, or `staff` may see no cases at all."""
    return not Case.objects.visible_to(staff).filter(pk=case.pk).exists()


def may_help_on(case: Case, by: Staff) -> bool:
    """Return whether `by` owns it, is in its team, owes or reviews something on it, or may any."""
    if case.owner_id in {None, by.pk} or by.may(Act.WORK_ON_ANY_CASE):
        return True
    return bool(_HELPS.answer(case=case.pk, team=case.team_id, staff=by.pk))


def _helps(case: int, team: int, staff: int) -> QuerySet[Case, Any]:
    keeps = Promise.objects.filter(case=case, owner=staff).owed()
    mates = Team.objects.filter(pk=team, members=staff)
    reviews = InternalReview.objects.filter(case=case, reviewer=staff, done_at=None)
    does = Todo.objects.open().filter(case=case, owner=staff)
    stands_in = Absence.objects.during(Now()).filter(deputies=staff).values("staff")
    kept_for = Promise.objects.filter(case=case, owner__in=stands_in).owed()
    instead = Exists(Case.objects.filter(pk=case, owner__in=stands_in)) | Exists(kept_for)
    helps = Exists(keeps) | Exists(mates) | Exists(reviews) | Exists(does) | instead
    return Case.objects.filter(helps, pk=case).values_list("pk")


_HELPS = Question(_helps, case=-7_000_001, team=-7_000_002, staff=-7_000_003)


def put_in_charge(case: Case, to: Staff, *, at: datetime) -> None:
    """Make `to` the owner of `case`; the caller saves it through `settle`.

    Raises CannotLookAfterIt.
    """
    must_be_able(case, to)
    case.owner, case.owned_since = to, at


def must_be_able(case: Case, staff: Staff) -> None:
    """Let `staff` be given `case` or something of it.

    Raises CannotLookAfterIt.
    """
    if not staff.may(Act.WORK_ON_CASE) or is_barred(case, staff):
        raise CannotLookAfterIt(name=staff.name)


def move(case: Case, to: State, *, at: datetime, until: datetime | None = None) -> None:
    """Put `case` into the state `to`; the caller saves it through `settle`.

    until: by when what it waits for there is due, in the states that wait for something.

    Raises NotTheOrder, NotBeforeAnother, NotAdmissible, FieldsMissing.
    """
    now = State(case.state)
    if not may_follow(now, to):
        raise NotTheOrder(reference=case.reference)
    _must_be_its_turn(case, to)
    _must_be_admissible(case, to)
    if asked := missing_at(case, stages_entered(now, to)):
        raise FieldsMissing(reference=case.reference, asked=asked)
    if what := mark_of(now, to):
        mark(case, what, at=at)
    case.state, case.state_since, case.state_until = to, at, until
    _leave(case, now, to, at)
    if to in ENDED:
        case.closed_at = at
        _keep_record(case, at)
    elif now in ENDED:
        case.closed_at = case.closed_by = None
        drop_questions(case, at=at)


def _leave(case: Case, now: State, to: State, at: datetime) -> None:
    """End what only stands as long as `case` is in `now`."""
    if now in AWAITING:
        case.waits.filter(ended_at=None).update(ended_at=at)
    if now is State.INTERNAL_REVIEW:
        case.reviews.filter(done_at=None).update(done_at=at, result=Reviewed.OVERTAKEN)
    if now is State.PROPOSED and to not in _KEEPING_PROPOSED:
        standing = Proposal.objects.filter(case=case, ended_at=None)
        Decision.objects.filter(proposal__in=standing, decided_at=None).delete()
        standing.update(ended_at=at)


def _keep_record(case: Case, at: datetime) -> None:
    """Count from now on how long the record of `case` is kept; one that is frozen stays so."""
    until = record_kept_until(at, years_kept())
    Keeping.objects.update_or_create(case=case, defaults={"keep_until": until, "past_at": None})


def _must_be_admissible(case: Case, to: State) -> None:
    if to is not State.INVESTIGATING:  # a case that just begins has no row to be ruled on yet
        return
    if Ruling.objects.filter(case=case, ruled=Ruled.INADMISSIBLE, taken_back_at=None).exists():
        raise NotAdmissible(reference=case.reference)


def _must_be_its_turn(case: Case, to: State) -> None:
    if begins(State(case.state), to) and (first := first_before(case)):
        raise NotBeforeAnother(reference=case.reference, first=first)


def step_up(case: Case, to: State, *, at: datetime) -> None:
    """Take `case` along the light track up to `to`, if it is before that; acknowledging it too."""
    for state in steps_to(State(case.state), to):
        if state is State.ACKNOWLEDGED:
            case.acknowledged_at = case.acknowledged_at or at
        move(case, state, at=at)


def settle(case: Case) -> None:
    """Save `case` with its clocks and the due moment that follows from all that now stands.

    Something was done on it: if it was out of sight, it is in sight again.
    """
    case.snoozed_until = None
    count_due(case)


def count_due(case: Case) -> None:
    """Save `case`, its clocks and its due moment told anew, where nothing else happened."""
    keep_clocks(case)
    moment = next_due(due_facts(case))
    case.next_due_at = moment.at if moment else None
    case.next_due = moment.what if moment else ""
    case.snoozed_until = kept_until(case.snoozed_until, case.next_due_at)
    case.save()


def rouse(case: Case) -> None:
    """Bring `case`, locked by the caller, back into sight: something was done that moves no due."""
    if case.snoozed_until:
        case.snoozed_until = None
        case.save(update_fields=["snoozed_until"])


def must_owe_nothing(case: Case) -> None:
    """Let `case` end elsewhere: what we promised is ours to do.

    Raises StillOwed.
    """
    if Promise.objects.filter(case=case).owed().exists():
        raise StillOwed(reference=case.reference)


def ask_at(case: Case, wanted: datetime, *, at: datetime) -> datetime:
    """Return when the customer of `case` is asked: at the next opening from `wanted` on."""
    return when_to_ask(calendar_for(case.team_id), wanted, at=at)


def first_ask_at(case: Case, promised_at: datetime) -> datetime:
    """Return when the customer of `case` is first asked after what is promised for then."""
    return when_to_ask_first(calendar_for(case.team_id), promised_at)


def drop_questions(case: Case, *, at: datetime) -> None:
    """Ask nothing more about `case`: it ended, or something else comes first."""
    case.follow_ups.filter(answered_at=None, dropped_at=None).update(due_at=None, dropped_at=at)


def let_go(case: Case, *, at: datetime) -> None:
    """End all that waits on `case`, because it ends whatever stands open."""
    drop_questions(case, at=at)
    Promise.objects.filter(case=case).owed().update(released_at=at)
    Handover.objects.filter(case=case, **WAITING).update(withdrawn_at=at)
    Hold.objects.filter(case=case, lifted_at=None).update(lifted_at=at)


def shut(case: Case, *, by: Actor, at: datetime) -> None:
    """Close `case`, locked by the caller, whose rules have nothing against it.

    What was done on the spot closes from where it stands; all else was followed up.

    Raises NotTheOrder.
    """
    if not may_follow(State(case.state), State.CLOSED):
        step_up(case, State.FOLLOW_UP, at=at)
    case.verdict = case.verdict or Verdict.NO_ANSWER
    case.relief = relief_given(case) or ""
    case.closed_by = by if isinstance(by, Staff) else None
    move(case, State.CLOSED, at=at)
    drop_questions(case, at=at)
    if days := procedure_of(case).check_again_days:
        case.follow_ups.create(due_at=ask_at(case, at + timedelta(days=days), at=at), later=True)
    settle(case)
    record(CaseClosed(case_id=case.pk, verdict=case.verdict, state=case.state), by=by, at=at)


def next_reference() -> str:
    """Return the reference of the next case; none is used twice."""
    return next_references(1)[0]


def next_references(number: int) -> list[str]:
    """Return the references of the next cases; none is used twice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('cases_reference') FROM generate_series(1, %s)", [number])
        return [reference_of(key) for (key,) in cursor.fetchall()]
