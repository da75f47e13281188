"""What a customer sees behind their link: who has it, what was promised by when, what happened."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from amends.cases.models.case import Case, CaseContact
from amends.cases.models.promises import FollowUp, Promise
from amends.cases.queries.customer_matters import Matters, matters_of
from amends.cases.queries.letters import Signature, answerer_of, house_time, signature_of
from amends.cases.queries.slips import KeptShare, kept_share
from amends.cases.rules.answering import heard_by
from amends.cases.rules.asking import when_to_ask_first
from amends.cases.rules.kinds import Verdict
from amends.cases.rules.lifecycle import State
from amends.cases.rules.sentences import promised
from amends.cases.rules.trace import Happened, Line, trace
from amends.cases.rules.turns import may_reopen
from amends.contacts.models import Attachment, Contact
from amends.contacts.rules.kinds import Direction, MailKind
from amends.journal.models import Entry
from amends.journal.queries import entries_of
from amends.staff.models import Staff
from amends.staff.queries import organisation
from amends.standards.queries import calendar_for

_ANSWERS = {
    Verdict.YES: Happened.SAID_YES,
    Verdict.PARTLY: Happened.SAID_PARTLY,
    Verdict.NO: Happened.SAID_NO,
}
# Where else a case ended, the page says at its head.
_ENDED = {State.WITHDRAWN: Happened.TAKEN_BACK, State.CLOSED: Happened.CLOSED}
_TURNS = {
    "RemedyProposed": Happened.PROPOSED,
    "MoreTimeAsked": Happened.WANTED_TIME,
    "CaseDecided": Happened.DECIDED,
    "ReviewAsked": Happened.LOOKED_AT_AGAIN,
    "ReviewFinished": Happened.REVIEWED,
    "WentOutside": Happened.WENT_OUTSIDE,
    "DecidedOutside": Happened.DECIDED_OUTSIDE,
}
# That another person is to look is asked in words of the customer: who was asked is in the facts.
_LOOKS = {"AnotherLookAsked": "asked_of_id", "ReviewAsked": "reviewer_id"}
_UNSAID = {State.RECEIVED, State.ACKNOWLEDGED}


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerPage:
    """All that stands on the page. `question` waits for the customer's word; `kept` may be shown.

    promises: those we still owe something for, the soonest first. rated: the question they answered
    last, which they may rate us after; what was said of it before stands beside it.
    """

    case: Case
    who: Signature
    promises: tuple[Promise, ...]
    question: FollowUp | None
    rated: FollowUp | None
    matters: Matters
    lines: tuple[Line, ...]
    kept: KeptShare | None


def customer_page(case: Case, *, at: datetime) -> CustomerPage:
    """Return what the customer of `case` sees of it at an instant."""
    promises = list(
        Promise.objects.filter(case=case).select_related("owner").order_by("due_at", "pk")
    )
    asked = FollowUp.objects.filter(case=case).select_related("promise", "rating")
    follow_ups = list(asked.order_by("pk"))
    inside = bool(case.person and case.person.is_inside)
    owed = tuple(promise for promise in promises if promise.is_open or _is_owed_late(promise))
    question = _waiting([each for each in follow_ups if case.is_open or each.later], at)
    return CustomerPage(
        case=case,
        who=signature_of(answerer_of(case), inside=inside),
        promises=owed if case.is_open else (),
        question=question,
        rated=_to_rate(follow_ups, at),
        matters=matters_of(case),
        lines=trace(
            _happened(case, promises, follow_ups),
            _to_come(case, owed, follow_ups, question) if case.is_open else (),
        ),
        kept=kept_share() if _may_show_share(case, owed) else None,
    )


def to_rate_on(case: Case, *, at: datetime) -> FollowUp | None:
    """Return the question that the customer answered last, if they may still rate us after it."""
    asked = FollowUp.objects.filter(case=case).select_related("case", "rating").order_by("pk")
    return _to_rate(list(asked), at)


def question_on(case: Case, *, at: datetime) -> FollowUp | None:
    """Return the question whether it is put right that waits for the customer's word."""
    follow_ups = FollowUp.objects.filter(case=case).select_related("promise").order_by("pk")
    return _waiting(list(follow_ups), at)


def words_on_page(case: Case) -> QuerySet[Contact]:
    """Return the contacts in which the customer of `case` said something, oldest first."""
    return (
        Contact.objects.filter(case_contacts__case=case, direction=Direction.IN, automatic=False)
        .exclude(words__text="")
        .select_related("words")
        .prefetch_related("attachments")
        .order_by("started_at", "pk")
    )


def file_on_page(case: Case, pk: int) -> Attachment:
    """Return one file that the customer of `case` sent.

    Raises Attachment.DoesNotExist.
    """
    theirs = {"contact__case_contacts__case": case, "contact__direction": Direction.IN}
    return Attachment.objects.get(pk=pk, **theirs)


def _to_rate(follow_ups: Sequence[FollowUp], at: datetime) -> FollowUp | None:
    answered = [each for each in follow_ups if each.answered_at and each.verdict in _ANSWERS]
    last = max(answered, key=lambda each: each.answered_at or at, default=None)
    if last is None or last.answered_at is None:
        return None
    return last if may_reopen(last.answered_at, at, days=organisation().reopen_days) else None


def _may_show_share(case: Case, owed: Sequence[Promise]) -> bool:
    """Return whether we may speak well of ourselves: never to whom we have just let down."""
    let_down = case.verdict in {Verdict.NO, Verdict.PARTLY} or case.failed_recoveries
    broken = any(promise.broken_at for promise in owed)
    return organisation().shows_kept_share and not (let_down or broken)


def _is_owed_late(promise: Promise) -> bool:
    return bool(promise.broken_at and not promise.done_late_at and not promise.replaced_at)


def _waiting(follow_ups: Sequence[FollowUp], at: datetime) -> FollowUp | None:
    """Return the first question that was put, or that what was done already raises."""
    waiting = [each for each in follow_ups if each.answered_at is None and each.dropped_at is None]
    return next((each for each in waiting if _may_be_answered(each, at)), None)


def _may_be_answered(question: FollowUp, at: datetime) -> bool:
    promise = question.promise
    done = promise is not None and (promise.kept_at or promise.done_late_at)
    return bool(question.asked_at or done or (question.due_at and question.due_at <= at))


def _happened(
    case: Case, promises: Sequence[Promise], follow_ups: Sequence[FollowUp]
) -> Iterator[Line]:
    kinds = [*_TURNS, *_LOOKS]
    entries = list(entries_of(f"case:{case.pk}").filter(kind__in=kinds).order_by("pk"))
    yield from _contacts(case, _looks_asked(entries))
    yield Line(Happened.APOLOGISED, case.apology_at)
    anew = {promise.replaced_by_id for promise in promises}
    for promise in promises:
        yield from _of_promise(promise, anew=promise.pk in anew)
    if not promises:
        yield Line(Happened.DONE_AT_ONCE, case.done_at, says=promised(case.done_what))
    for question in follow_ups:
        yield Line(Happened.ASKED, question.asked_at if question.promise_id else None)
        if answer := _ANSWERS.get(Verdict(question.verdict)) if question.verdict else None:
            yield Line(answer, question.answered_at)
    yield from (Line(_TURNS[each.kind], each.at) for each in entries if each.kind in _TURNS)
    if ended := _ENDED.get(State(case.state)):
        yield Line(ended, case.closed_at)


def _looks_asked(entries: Sequence[Entry]) -> dict[datetime, str]:
    """Return who was asked to look with other eyes, by when the customer asked for it."""
    asked = {each.at: each.facts[_LOOKS[each.kind]] for each in entries if each.kind in _LOOKS}
    if not asked:
        return {}
    names = dict(Staff.objects.filter(pk__in=asked.values()).values_list("pk", "name"))
    return {at: names[pk] for at, pk in asked.items()}


def _contacts(case: Case, looks: Mapping[datetime, str]) -> Iterator[Line]:
    """Tell of each contact but the letters that only say what other lines say already."""
    said_elsewhere = [kind for kind in MailKind if kind is not MailKind.REPLY]
    rows = (
        CaseContact.objects.filter(case=case)
        .exclude(Q(contact__direction=Direction.OUT) & Q(contact__mail__kind__in=said_elsewhere))
        .exclude(contact__direction=Direction.IN, contact__automatic=True)
        .exclude(contact__final_response__isnull=False)
        .order_by("at", "pk")
        .values_list("at", "contact__channel", "contact__direction")
    )
    told = False
    for at, channel, direction in rows:
        if direction == Direction.OUT:
            yield Line(Happened.WE_SPOKE, at, channel)
        elif at in looks:
            yield Line(Happened.ASKED_FOR_ANOTHER, at, channel, says=looks[at])
        else:
            yield Line(Happened.ADDED if told else Happened.TOLD_US, at, channel)
            told = True


def _of_promise(promise: Promise, *, anew: bool) -> Iterator[Line]:
    says, due_at = promise.what, promise.due_at
    made = Happened.PROMISED_ANEW if anew else Happened.PROMISED
    yield Line(made, promise.made_at, says=says, due_at=due_at)
    yield Line(Happened.AGREED, promise.yes_at)
    yield Line(Happened.WISHED_ANOTHER_DAY, promise.countered_at, due_at=promise.counter_for)
    yield Line(Happened.KEPT, promise.kept_at, says=promised(promise.kept_evidence) or says)
    yield Line(Happened.BROKEN, promise.broken_at, says=says, due_at=due_at)
    yield Line(Happened.DONE_LATE, promise.done_late_at, says=promised(promise.kept_evidence))


def _to_come(
    case: Case,
    owed: Sequence[Promise],
    follow_ups: Sequence[FollowUp],
    question: FollowUp | None,
) -> Iterator[Line]:
    if question:
        yield Line(Happened.WAITS)
    if case.state in _UNSAID:
        yield Line(
            Happened.WILL_ANSWER,
            due_at=heard_by(house_time(case.received_at), calendar_for(case.team_id)),
        )
    open_ = [promise for promise in owed if promise.is_open]
    for promise in open_:
        yield Line(Happened.WILL_KEEP, says=promise.what, due_at=promise.due_at)
    asks = [each.due_at for each in follow_ups if each.due_at and each != question]
    if open_ or asks:
        yield Line(Happened.WILL_ASK, due_at=min(asks or _first_asks(case, open_)))


def _first_asks(case: Case, promises: Sequence[Promise]) -> list[datetime]:
    calendar = calendar_for(case.team_id)
    return [when_to_ask_first(calendar, promise.due_at) for promise in promises]
