"""What the journal tells of a case: its state, its owner and its promises, entry by entry. Pure.

The rows are the truth, and the journal says how they came to be: told again from the beginning it
must come to the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from amends.cases.rules.kinds import Outcome, PromiseState
from amends.cases.rules.lifecycle import State

_OPEN = frozenset({PromiseState.OFFERED, PromiseState.AGREED, PromiseState.COUNTERED})
_DECIDING = frozenset({"FindingRecorded", "CaseDecided", "RemedyGiven", "RemedyOwed"})
_MOVED = frozenset({"IssueMoved", "PromiseMoved"})
_BESIDE = {"tag_id": "tags", "todo_id": "todos", "held_id": "held"}
_OVER = frozenset(
    {"CaseUntagged", "TodoDone", "TodoLeft", "ReplyReleased", "ReplyReturned", "ReadBackAnswered"}
)
_ANSWERS = {
    "PromiseAccepted": PromiseState.AGREED,
    "PromiseCountered": PromiseState.COUNTERED,
    "PromiseBroken": PromiseState.BROKEN,
}


@dataclass(frozen=True, slots=True)
class Retold:
    """A case as the journal tells it. promises: by their keys, where each stands.

    due: by their keys, when each was due, in ISO 8601. findings: by their keys, what was found on
    each thing complained of. remedies: by their keys, the promise that carries out each that was
    decided, None for what the letter gave. decided: how often it was decided.
    tags: the keys of its tags, as they were set. todos: of what is still to be done inside. held:
    of replies that wait for a senior. read_back: of what was read back and is not answered.
    """

    state: State | None = None
    owner_id: int | None = None
    promises: Mapping[int, PromiseState] = field(default_factory=dict)
    due: Mapping[int, str] = field(default_factory=dict)
    findings: Mapping[int, str] = field(default_factory=dict)
    remedies: Mapping[int, int | None] = field(default_factory=dict)
    decided: int = 0
    tags: frozenset[int] = frozenset()
    todos: frozenset[int] = frozenset()
    held: frozenset[int] = frozenset()
    read_back: int | None = None


def replay(entries: Iterable[tuple[str, Mapping[str, Any]]]) -> Retold:
    """Return the case that `entries`, each its kind and its facts, in order, come to."""
    told = Retold()
    for kind, facts in entries:
        told = _after(told, kind, facts)
    return told


def _after(told: Retold, kind: str, facts: Mapping[str, Any]) -> Retold:
    if "state" in facts:
        told = replace(told, state=State(facts["state"]))
    if "owner_id" in facts:
        told = replace(told, owner_id=facts["owner_id"])
    if kind in _MOVED:
        return _moved(told, kind, facts)
    if kind in _DECIDING:
        return _after_deciding(told, kind, facts)
    told = _after_beside(told, kind, facts)
    if "promise_id" in facts:
        told = _after_promise(told, kind, facts)
    return _released(told) if kind == "CaseWithdrawn" else told


def _after_beside(told: Retold, kind: str, facts: Mapping[str, Any]) -> Retold:
    """Return the case after something that stands beside its way: a tag, a to-do, words held."""
    over = kind in _OVER or facts.get("away", False)
    for fact, keys in _BESIDE.items():
        if fact in facts:
            there = getattr(told, keys) - {facts[fact]}
            return replace(told, **{keys: there if over else there | {facts[fact]}})
    if "read_back_id" in facts:
        return replace(told, read_back=None if over else facts["read_back_id"])
    return told


def _moved(told: Retold, kind: str, facts: Mapping[str, Any]) -> Retold:
    """Return the case after something went to another one, or came from there."""
    if kind == "IssueMoved":
        findings = {pk: each for pk, each in told.findings.items() if pk != facts["issue_id"]}
        found = facts["validity"] != Outcome.NOT_JUDGED and not facts["away"]
        here = {facts["issue_id"]: facts["validity"]} if found else {}
        return replace(told, findings={**findings, **here})
    pk = facts["promise_id"]
    if not facts["away"]:
        return _with(told, pk, PromiseState(facts["stands"]), facts["due_at"])
    promises = {key: each for key, each in told.promises.items() if key != pk}
    due = {key: each for key, each in told.due.items() if key != pk}
    return replace(told, promises=promises, due=due)


def _after_deciding(told: Retold, kind: str, facts: Mapping[str, Any]) -> Retold:
    if kind == "CaseDecided":
        return replace(told, decided=told.decided + 1)
    if kind == "FindingRecorded":
        return replace(told, findings={**told.findings, facts["issue_id"]: facts["validity"]})
    carried_out = {facts["remedy_id"]: facts.get("promise_id")}
    return replace(told, remedies={**told.remedies, **carried_out})


def _after_promise(told: Retold, kind: str, facts: Mapping[str, Any]) -> Retold:
    pk = facts["promise_id"]
    if kind == "PromiseMade":
        return _with(told, pk, PromiseState.OFFERED, facts["due_at"])
    if kind == "PromiseRenegotiated":
        told = _with(told, pk, _unless_broken(told, pk, PromiseState.RENEGOTIATED))
        told = _carried_out_anew(told, pk, facts["new_promise_id"])
        anew = PromiseState.AGREED if facts["agreed"] else PromiseState.OFFERED
        return _with(told, facts["new_promise_id"], anew, facts["due_at"])
    if kind == "PromiseKept":
        return _with(told, pk, _unless_broken(told, pk, PromiseState.KEPT))
    return _with(told, pk, _ANSWERS.get(kind, told.promises[pk]))


def _unless_broken(told: Retold, pk: int, state: PromiseState) -> PromiseState:
    """Return `state`, but a promise that broke stays broken whatever comes after."""
    broken = told.promises[pk] is PromiseState.BROKEN
    return PromiseState.BROKEN if broken else state


def _with(told: Retold, pk: int, state: PromiseState, due_at: str = "") -> Retold:
    due = {**told.due, pk: due_at} if due_at else told.due
    return replace(told, promises={**told.promises, pk: state}, due=due)


def _carried_out_anew(told: Retold, pk: int, new: int) -> Retold:
    """Let what the promise `pk` carries out be carried out by the one in its place."""
    remedies = {each: new if promise == pk else promise for each, promise in told.remedies.items()}
    return replace(told, remedies=remedies)


def _released(told: Retold) -> Retold:
    promises = {
        pk: PromiseState.RELEASED if state in _OPEN else state
        for pk, state in told.promises.items()
    }
    return replace(told, promises=promises)
