"""What is to be done next with a case, and the ways to do it."""

from dataclasses import replace

from django.utils.translation import gettext as _

from amends.cases.rules.kinds import Next
from amends.cases.rules.lifecycle import State
from amends.people.rules.kinds import PointKind
from amends.web.cases import turnings
from amends.web.cases.rail.desk import Desk, Way
from amends.web.cases.rail.obstacles import removing
from amends.web.cases.rail.todos import first_open
from amends.web.cases.words import OBSTACLES
from amends.web.words import word


def next_of(desk: Desk) -> dict[str, object] | None:
    """Return what is to be done next: the words, the moment, why, and the ways to do it."""
    moment = desk.care.next
    if moment is None:
        return None
    at = moment.at
    what, why = _said(desk, moment.what)
    if moment.what is Next.NEXT_STEP and desk.care.remedies:
        first = desk.care.remedies[0]
        what, why, at = _("Do what is owed"), first.what, first.due_at or at
    if moment.what in _THEIR_WORDS and (asked := turnings.asked_to_look(desk)):
        what, why = _("Another look was asked for: let somebody look"), asked
    ways = WAYS[moment.what](desk) if desk.works else []
    if desk.works and desk.case.owner_id is None:
        ways = [desk.way(_("Take it"), "take", key="F8"), *ways]
    return {"what": what, "at": at, "why": why, "ways": ways}


# What is next may be all that the customer wrote, or that they said it is not put right.
_THEIR_WORDS = frozenset({Next.ANSWER, Next.OUR_NEXT_ANSWER, Next.CALL_BACK_AT_ONCE})


def _said(desk: Desk, step: Next) -> tuple[str, str]:
    """Return in words what is to be done next, and why where there is more to say of it."""
    what, why = word(step), ""
    if step is Next.KEEP and desk.owed:
        what = min(desk.owed, key=lambda promise: promise.due_at).what
    if step is Next.TODO:
        what, why = first_open(desk).what, word(Next.TODO)
    if step is Next.CLOSE and desk.care.obstacles:
        what = _("Before closing: %(missing)s") % {"missing": OBSTACLES[desk.care.obstacles[0]][0]}
    if desk.case.need_by and step in {Next.KEEP, Next.CUSTOMER_NEED}:
        why = desk.case.need_reason
    return what, why


def _promise_or_done(desk: Desk) -> list[Way]:
    """Return the ways to do what was decided, or else to promise something or do it at once."""
    if desk.care.remedies:
        return [
            desk.way(_("Do what is owed"), "carry-out", key="F9"),
            desk.way(_("They accept it"), "accepted"),
        ]
    return [
        desk.way(_("Promise"), "promise", key="F2"),
        desk.way(_("Done now"), "done", key="F9"),
    ]


def _write_to_them(desk: Desk) -> list[Way]:
    """Return the ways to say something to the customer: as they wrote, or by a promise.

    What needs no answer, such as thanks, is said to need none.
    """
    has_mail = any(point.kind == PointKind.EMAIL for point in desk.care.customer.points)
    answer = desk.way(_("Answer"), "reply") if has_mail else desk.way(_("Log the call"), "call")
    ways = [replace(answer, key="F8"), desk.way(_("Promise"), "promise", key="F2")]
    if desk.care.file.written_at:
        ways.append(replace(desk.way(_("No answer needed"), "unanswered"), at_once=True))
    return ways


def _answer_in_full(desk: Desk) -> list[Way]:
    """Return the ways to answer so that the law is content: put it right, or decide it."""
    return [
        *_keep(desk),
        desk.way(_("To the investigation"), "investigation"),
    ]


def _answer_them(desk: Desk) -> list[Way]:
    """Return the ways to answer: the first time by a promise, later in the way they wrote."""
    return _promise_or_done(desk) if desk.case.state == State.RECEIVED else _write_to_them(desk)


def _keep(desk: Desk) -> list[Way]:
    first = min(desk.owed, key=lambda promise: promise.due_at, default=None)
    if first is None:
        return _promise_or_done(desk)
    return [
        desk.way(_("It is done"), "kept", first.pk, key="F9"),
        desk.way(_("New time"), "anew", first.pk, key="F2"),
    ]


def _say_sorry(desk: Desk) -> list[Way]:
    if not desk.unsaid:
        return _keep(desk)
    first = desk.unsaid[0]
    return [
        desk.way(_("Say so first"), "sorry-first", first.pk, key="F8"),
        desk.way(_("New promise"), "anew", first.pk, key="F2"),
    ]


def _answer_counter(desk: Desk) -> list[Way]:
    if not desk.wished:
        return _keep(desk)
    return [desk.way(_("Answer them"), "anew", desk.wished[0].pk, key="F2")]


def _ask(desk: Desk) -> list[Way]:
    return [desk.way(_("Ask them now"), "asked", key="F8")]


def _call_back(desk: Desk) -> list[Way]:
    return [
        desk.way(_("Log the call"), "call", key="F8"),
        desk.way(_("Promise"), "promise", key="F2"),
    ]


def _close(desk: Desk) -> list[Way]:
    """Return the way to close it, or first to what still stands against that, by the same rule."""
    for obstacle in desk.care.obstacles:
        if way := removing(desk, obstacle, OBSTACLES[obstacle][1]):
            return [replace(way, key="F8"), desk.way(_("What is missing"), "close")]
    return [desk.way(_("Close with thanks"), "close", key="F8")]


def _handover(desk: Desk) -> list[Way]:
    offered = desk.care.file.handover
    mine = offered is not None and offered.taker_id == desk.staff.pk
    return [desk.way(_("Read and accept") if mine else _("See the handover"), "accept", key="F8")]


def _hold(desk: Desk) -> list[Way]:
    first = next(iter(desk.care.file.holds), None)
    return [desk.way(_("See to the hold"), "hold", first.pk, key="F8")] if first else []


def _todo(desk: Desk) -> list[Way]:
    first = first_open(desk)
    return [
        desk.way(_("It is done"), "todo-done", first.pk, key="F9"),
        desk.way(_("Somebody else, another time"), "todo-give", first.pk),
    ]


WAYS = {
    Next.ANSWER: _answer_them,
    Next.LAW_ACKNOWLEDGE: _write_to_them,
    Next.LAW_ANSWER: _answer_in_full,
    Next.OUR_ACKNOWLEDGEMENT: _write_to_them,
    Next.OUR_FIRST_ANSWER: _answer_them,
    Next.OUR_NEXT_ANSWER: _write_to_them,
    Next.OUR_RESOLUTION: _keep,
    Next.AGREE: _promise_or_done,
    Next.PROMISE: _promise_or_done,
    Next.ANSWER_COUNTER: _answer_counter,
    Next.SAY_SORRY_FIRST: _say_sorry,
    Next.KEEP: _keep,
    Next.CUSTOMER_NEED: _keep,
    Next.ACCEPT_HANDOVER: _handover,
    Next.HOLD_ENDS: _hold,
    Next.TODO: _todo,
    Next.AWAITED: turnings.awaited,
    Next.TELL_THEM: turnings.tell_them,
    Next.REVIEW: turnings.review,
    Next.OUTSIDE: turnings.outside,
    Next.COMPLY: turnings.comply,
    Next.TELL_DECISION: turnings.tell_decision,
    Next.ASK: _ask,
    Next.ASK_AGAIN: _ask,
    Next.CALL_BACK_AT_ONCE: _call_back,
    Next.CLOSE: _close,
    Next.NEXT_STEP: _promise_or_done,
}
