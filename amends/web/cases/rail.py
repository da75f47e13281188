"""The care rail of a case, worked out so that the template only prints it."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.functional import Promise as Words
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.base.time_words import ago_words
from amends.cases.queries.care import Care
from amends.cases.rules.clocks import Reading
from amends.cases.rules.closing import Obstacle
from amends.cases.rules.disclosure import Matter
from amends.cases.rules.kinds import How, Next, Outcome, PromiseState
from amends.cases.rules.lifecycle import State
from amends.contacts.rules.kinds import Effect
from amends.people.rules.kinds import PointKind
from amends.staff.rules.authority import FREE
from amends.staff.rules.permissions import Act
from amends.web.cases import turnings
from amends.web.cases.words import CLOCKS, MATTERS, MISSING, OBSTACLES, SHORT, STEPS, remedy_within
from amends.web.templatetags.amends import Clock as ShownClock
from amends.web.templatetags.amends import Step as ShownStep
from amends.web.words import word

if TYPE_CHECKING:
    from amends.cases.models.case import Case
    from amends.cases.models.promises import Promise
    from amends.staff.models import Staff


@dataclass(frozen=True, slots=True)
class Way:
    """One thing to do: what its button says, where its form is, and the key that presses it."""

    label: Words | str
    url: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """A case, all that hangs on it, and who looks at it. `works` is whether they may act on it."""

    case: "Case"
    care: Care
    staff: "Staff"
    works: bool
    now: datetime

    def way(self, label: Words | str, act: str, pk: int | None = None, *, key: str = "") -> Way:
        args = [self.case.reference] if pk is None else [self.case.reference, pk]
        return Way(label, reverse(f"case-{act}", args=args), key)

    @property
    def owed(self) -> "list[Promise]":
        return [promise for promise in self.care.promises if promise.is_owed]

    @property
    def unsaid(self) -> "list[Promise]":
        """The broken promises that nobody has apologised for yet."""
        broken = [promise for promise in self.care.promises if promise.broken_at]
        return [promise for promise in broken if promise.apologised_at is None]

    @property
    def wished(self) -> "list[Promise]":
        return [promise for promise in self.care.promises if promise.waits_for_answer]


def rail(desk: Desk) -> dict[str, object]:
    """Return the context of the care rail."""
    care = desk.care
    done = sum(report.is_done for report in care.steps)
    promises = [promise_shown(desk, promise) for promise in _in_order(care.promises)]
    obstacles = obstacles_of(desk)
    return {
        "next": next_of(desk),
        "clocks": [_clock(reading) for reading in care.clocks],
        "promises": [promise for promise in promises if not promise["is_past"]],
        "past_promises": [promise for promise in promises if promise["is_past"]],
        "promises_said": _count_promises(desk),
        "kept_said": _kept_said(desk),
        "steps": _steps(care),
        "steps_said": _("%(done)s of %(all)s") % {"done": done, "all": len(care.steps)},
        "obstacles": obstacles,
        "closing_said": _closing_said(len(obstacles)),
        "close": desk.way(_("Close with thanks"), "close"),
        "last_said": _last_said(care),
        "last_was_bad": _was_bad(care),
        "others": _others(desk) if desk.works else [],
        "more": turnings.more(desk) if desk.works else [],
        "limits": _limits(care),
        "may_say": [MATTERS[matter] for matter in care.may_be_said],
        "may_not_say": [MATTERS[matter] for matter in Matter if matter not in care.may_be_said],
    }


def _others(desk: Desk) -> list[Way]:
    """Return what else can be done with the case, besides what is next."""
    ways = [desk.way(_("Apologise"), "sorry"), desk.way(_("Thank them"), "thank")]
    if desk.case.owner_id == desk.staff.pk or desk.staff.may(Act.ASSIGN_CASE):
        ways.append(desk.way(_("Hand it over"), "hand-over"))
    if desk.staff.may(Act.ASSIGN_CASE):
        ways.append(desk.way(_("Give it to a colleague"), "assign"))
    return [
        *ways,
        desk.way(_("What would put it right"), "wish"),
        desk.way(_("Needs and wishes"), "needs"),
        desk.way(_("All details are clear"), "clarified"),
        desk.way(_("How grave it is"), "assess"),
        desk.way(_("One more thing complained of"), "issue"),
        desk.way(_("Somebody else in it"), "party"),
        desk.way(_("Thanks for a colleague"), "thanks"),
        desk.way(_("It is about a colleague"), "about-colleague"),
        desk.way(_("A protective hold"), "stop"),
        desk.way(_("Count the cause"), "cause"),
        desk.way(_("They take it back"), "withdraw"),
    ]


def _closing_said(missing: int) -> str:
    if not missing:
        return _("nothing is missing")
    return ngettext("%(n)s thing missing", "%(n)s things missing", missing) % {"n": missing}


def _was_bad(care: Care) -> bool:
    return care.customer.last is not None and care.customer.last.effect == Effect.BAD


def _last_said(care: Care) -> str:
    """Return how the last contact ended, for the one line of the customer that is always shown."""
    last = care.customer.last
    if last is None or last.effect == Effect.UNKNOWN:
        return ""
    return _("last contact: %(effect)s") % {"effect": word(Effect(last.effect))}


def next_of(desk: Desk) -> dict[str, object] | None:
    """Return what is to be done next: the words, the moment, why, and the ways to do it."""
    moment = desk.care.next
    if moment is None:
        return None
    what, why = word(moment.what), ""
    if moment.what is Next.KEEP and desk.owed:
        first = min(desk.owed, key=lambda promise: promise.holds_until)
        what = first.what
    if moment.what is Next.CLOSE and desk.care.obstacles:
        what = _("Before closing: %(missing)s") % {"missing": OBSTACLES[desk.care.obstacles[0]][0]}
    if desk.case.need_by and moment.what in {Next.KEEP, Next.CUSTOMER_NEED}:
        why = desk.case.need_reason
    if moment.what is Next.ANSWER:
        why = turnings.asked_to_look(desk)
    ways = WAYS[moment.what](desk) if desk.works else []
    if desk.works and desk.case.owner_id is None:
        ways = [desk.way(_("Take it"), "take", key="F8"), *ways]
    return {"what": what, "at": moment.at, "why": why, "ways": ways}


def _promise_or_done(desk: Desk) -> list[Way]:
    return [
        desk.way(_("Promise"), "promise", key="F2"),
        desk.way(_("Done now"), "done", key="F9"),
    ]


def _answer_them(desk: Desk) -> list[Way]:
    """Return the ways to answer: the first time by a promise, later in the way they wrote."""
    if desk.case.state == State.RECEIVED:
        return _promise_or_done(desk)
    has_mail = any(point.kind == PointKind.EMAIL for point in desk.care.customer.points)
    answer = desk.way(_("Answer"), "reply") if has_mail else desk.way(_("Log the call"), "call")
    return [replace(answer, key="F8"), desk.way(_("Promise"), "promise", key="F2")]


def _keep(desk: Desk) -> list[Way]:
    first = min(desk.owed, key=lambda promise: promise.holds_until, default=None)
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
        if way := _removing(desk, obstacle, OBSTACLES[obstacle][1]):
            return [replace(way, key="F8"), desk.way(_("What is missing"), "close")]
    return [desk.way(_("Close with thanks"), "close", key="F8")]


def _handover(desk: Desk) -> list[Way]:
    offered = desk.care.file.handover
    mine = offered is not None and offered.taker_id == desk.staff.pk
    return [desk.way(_("Read and accept") if mine else _("See the handover"), "accept", key="F8")]


def _hold(desk: Desk) -> list[Way]:
    first = next(iter(desk.care.file.holds), None)
    return [desk.way(_("See to the hold"), "hold", first.pk, key="F8")] if first else []


WAYS = {
    Next.ANSWER: _answer_them,
    Next.AGREE: _promise_or_done,
    Next.PROMISE: _promise_or_done,
    Next.ANSWER_COUNTER: _answer_counter,
    Next.SAY_SORRY_FIRST: _say_sorry,
    Next.KEEP: _keep,
    Next.CUSTOMER_NEED: _keep,
    Next.ACCEPT_HANDOVER: _handover,
    Next.HOLD_ENDS: _hold,
    Next.AWAITED: turnings.awaited,
    Next.TELL_THEM: turnings.tell_them,
    Next.REVIEW: turnings.review,
    Next.OUTSIDE: turnings.outside,
    Next.COMPLY: turnings.comply,
    Next.ASK: _ask,
    Next.ASK_AGAIN: _ask,
    Next.CALL_BACK_AT_ONCE: _call_back,
    Next.CLOSE: _close,
    Next.NEXT_STEP: _promise_or_done,
}


def _clock(reading: Reading) -> ShownClock:
    kept = ""
    if reading.in_time and reading.met_at:
        kept = _("kept")
    return ShownClock(str(CLOCKS[reading.clock]), reading.due_at, kept=kept)


def promise_shown(desk: Desk, promise: "Promise") -> dict[str, object]:
    """Return a promise as its slip: the sentence, who keeps it, the answer, and what to do."""
    state = promise.state
    tones = {PromiseState.KEPT: "kept", PromiseState.BROKEN: "late"}
    past = state in {PromiseState.RENEGOTIATED, PromiseState.RELEASED}
    return {
        "pk": promise.pk,
        "what": promise.what,
        "due_at": promise.due_at,
        "owner": _("you") if promise.owner_id == desk.staff.pk else promise.owner.name,
        "tone": "past" if past or promise.replaced_at else tones.get(state, ""),
        "answer": _answer(promise),
        "evidence": promise.kept_evidence,
        "counter_for": promise.counter_for,
        "counter_words": promise.counter_words,
        "counter_waits": promise.waits_for_answer,
        "ways": _ways_of(desk, promise) if desk.works else [],
        "is_past": not promise.is_owed,
    }


def _answer(promise: "Promise") -> str:
    if promise.state is PromiseState.AGREED:
        return _("they said yes, %(how)s") % {"how": word(How(promise.yes_how))}
    if promise.broken_at and promise.done_late_at:
        return _("done, but late")
    return word(promise.state)


def _ways_of(desk: Desk, promise: "Promise") -> list[Way]:
    if not promise.is_owed:
        return []
    ways = []
    if promise.broken_at and promise.apologised_at is None:
        ways.append(desk.way(_("Say so first"), "sorry-first", promise.pk))
    if promise.is_open and promise.yes_at is None:
        ways.append(desk.way(_("They said yes"), "yes", promise.pk))
    if promise.is_open:
        ways.append(desk.way(_("They need another day"), "another-day", promise.pk))
    ways.append(desk.way(_("It is done"), "kept", promise.pk))
    ways.append(desk.way(_("New promise"), "anew", promise.pk))
    return ways


def _in_order(promises: "tuple[Promise, ...]") -> "list[Promise]":
    """Return what is owed first, the rest by age, the newest first."""
    owed = [promise for promise in promises if promise.is_owed]
    past = [promise for promise in promises if not promise.is_owed]
    return [*owed, *sorted(past, key=lambda promise: promise.made_at, reverse=True)]


def _count_promises(desk: Desk) -> str:
    open_, broken = len(desk.owed), len(desk.unsaid)
    if broken:
        return _("one is broken: say so first")
    if open_:
        return ngettext("%(n)s open", "%(n)s open", open_) % {"n": open_}
    return _("none open") if desk.care.promises else _("none yet")


def _kept_said(desk: Desk) -> str:
    """Return what became of the promises, once nothing is owed any more; empty if there were none.

    What was done for a broken promise stands with the promise, and is not called kept here.
    """
    kept = [promise for promise in desk.care.promises if promise.kept_at]
    last = max(kept, key=lambda promise: promise.kept_at or promise.made_at, default=None)
    if last is None or last.kept_at is None:
        return _("Nothing is owed any more.") if desk.care.promises else ""
    told = {"when": ago_words(last.kept_at, desk.now), "what": last.what}
    return _("Kept %(when)s: %(what)s") % told


def _steps(care: Care) -> list[ShownStep]:
    shown, now_found = [], False
    for report in care.steps:
        state = "done" if report.is_done else "open"
        if not report.is_done and not now_found:
            state, now_found = "now", True
        missing = ", ".join(str(MISSING[each]) for each in report.missing)
        name = SHORT[report.short] if report.is_done and report.short else STEPS[report.step]
        shown.append(ShownStep(str(name), state, missing))
    return shown


def obstacles_of(desk: Desk) -> list[dict[str, object]]:
    """Return all that is missing before the case may be closed."""
    return [_obstacle(desk, obstacle) for obstacle in desk.care.obstacles]


def _obstacle(desk: Desk, obstacle: Obstacle) -> dict[str, object]:
    """Return what is missing before the case may be closed, and the way to the act for it."""
    text, label = OBSTACLES[obstacle]
    return {"text": text, "way": _removing(desk, obstacle, label) if desk.works else None}


def _removing(desk: Desk, obstacle: Obstacle, label: Words) -> Way | None:
    """Return the way to the act that removes `obstacle`: on one thing of the case, or on all."""
    open_ = [one.pk for one in desk.care.file.issues if one.validity == Outcome.NOT_JUDGED]
    about_one = {
        Obstacle.BROKEN_WITHOUT_APOLOGY: ("sorry-first", [each.pk for each in desk.unsaid]),
        Obstacle.PROMISES_OWED: ("kept", [each.pk for each in desk.owed]),
        Obstacle.HOLD_IN_FORCE: ("hold", [each.pk for each in desk.care.file.holds]),
        Obstacle.ISSUES_NOT_FOUND_ON: ("finding", open_),
    }
    act, keys = about_one.get(obstacle, ("", []))
    if keys:
        return desk.way(label, act, keys[0])
    on_all = REMOVES.get(obstacle)
    return desk.way(label, on_all) if on_all else None


REMOVES = {
    Obstacle.CUSTOMER_UNKNOWN: "customer",
    Obstacle.NOT_ANSWERED: "reply",
    Obstacle.WISH_NOT_ASKED: "wish",
    Obstacle.NOBODY_OWNS_IT: "take",
    Obstacle.HANDOVER_WAITS: "accept",
    Obstacle.REVIEW_RUNS: "review-done",
    Obstacle.OUTSIDE_RUNS: "outside-decided",
    Obstacle.NOT_COMPLIED: "comply",
    Obstacle.PARTS_OPEN: "link-other",
    Obstacle.ANOTHER_FIRST: "link-other",
    Obstacle.NOTHING_DONE: "promise",
    Obstacle.NOT_ASKED: "asked",
    Obstacle.NOT_PUT_RIGHT: "promise",
    Obstacle.NOT_THANKED: "thank",
    Obstacle.CAUSE_NOT_COUNTED: "cause",
    Obstacle.PREVENTION_NOT_DECIDED: "cause",
}


def _limits(care: Care) -> list[str]:
    """Return what the reader may give, each kind with its limit."""
    given = ((kind, limit) for kind, limit in care.limits.items() if kind not in FREE)
    return [remedy_within(kind, limit) for kind, limit in given]
