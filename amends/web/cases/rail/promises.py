"""The promises of a case as the care rail shows them."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.base.time_words import ago_words
from amends.cases.rules.kinds import How, PromiseState
from amends.web.cases.rail.desk import Desk, Way
from amends.web.words import word

if TYPE_CHECKING:
    from amends.cases.models.promises import Promise


def promises_shown(desk: Desk) -> dict[str, object]:
    """Return the promises of the rail: what is owed, what is past, and each summed up."""
    shown = [promise_shown(desk, promise) for promise in _in_order(desk.care.promises)]
    return {
        "promises": [promise for promise in shown if not promise["is_past"]],
        "past_promises": [promise for promise in shown if promise["is_past"]],
        "in_letter": desk.care.remedies,
        "promises_said": _count_promises(desk),
        "kept_said": _kept_said(desk),
    }


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
    if desk.care.remedies:
        return _("in the letter")
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
