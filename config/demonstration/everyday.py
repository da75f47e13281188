"""The small cases of the ninety days: most complaints are small, and most end well."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from amends.cases.actions.closing import withdraw_case
from amends.cases.actions.follow_up import finish_on_the_spot
from amends.cases.actions.promises import Offer, keep_promise
from amends.cases.models.case import Case
from amends.cases.models.promises import Promise
from amends.cases.rules.kinds import CaseKind, Mechanism, Pillar, Verdict
from amends.contacts.rules.kinds import Channel, Effect
from amends.staff.rules.authority import RemedyKind
from config.demonstration import stage
from config.demonstration.house import TEXTS
from config.demonstration.stage import Said, Stage

TWO_WEEKS = 14


@dataclass(frozen=True, slots=True)
class Day:
    """One small case as `everyday.toml` tells it, and the moment at which it came."""

    told: dict[str, Any]
    at: datetime

    def text(self, name: str) -> str:
        return str(self.told.get(name, ""))

    @property
    def by(self) -> str:
        return self.text("by")

    @property
    def channel(self) -> Channel:
        return Channel(self.told["channel"])

    @property
    def cause(self) -> tuple[Pillar, Mechanism]:
        pillar, mechanism = self.told.get("cause", ("unknown", "other"))
        return Pillar(pillar), Mechanism(mechanism)

    def later(self, **span: float) -> datetime:
        """Return a moment after the case came; `span` as `timedelta` takes it."""
        return self.at + timedelta(**span)


def live_through(on: Stage) -> None:
    """Let every small case come, and go its way."""
    days = tomllib.loads((TEXTS / "everyday.toml").read_text())["case"]
    for told in days:
        at = (
            on.moments.back(told["days"], told["clock"])
            if told["days"]
            else on.moments.minutes_ago(told["minutes"])
        )
        day = Day(told, at)
        PATHS[told["path"]](on, _open(on, day), day)


def _open(on: Stage, day: Day) -> Case:
    spoken = day.channel in stage.SPOKEN
    moods = day.told.get("moods")
    said = Said(
        who=day.text("who"),
        text=day.text("text"),
        at=day.at,
        channel=day.channel,
        by=day.by if spoken else "",
        minutes=9 if spoken else 0,
        subject=day.text("subject"),
        moods=(moods[0], moods[1]) if moods else (None, None),
        effect=Effect.GOOD if day.text("path") in {"done", "kept"} else Effect.NEUTRAL,
    )
    return stage.open_on(
        on,
        said,
        team=day.text("team") or "Front line",
        kind=CaseKind(day.text("kind") or "complaint"),
        wish=day.text("wish"),
        owner=day.by,
    )


def _done(on: Stage, case: Case, day: Day) -> None:
    """Put it right while the customer was there."""
    at = day.later(minutes=12)
    stage.sorry(on, case, day.by, at)
    how = stage.HOW[day.channel]
    finish_on_the_spot(case, done=day.text("done"), yes_how=how, by=on.who(day.by), at=at)
    stage.finish(on, case, day.cause, day.by, at)


def _promised(on: Stage, case: Case, day: Day) -> Promise:
    """Something was promised, and the customer said yes."""
    at = day.later(minutes=40)
    stage.sorry(on, case, day.by, at)
    amount = day.text("amount")
    days_ahead, clock = day.told.get("due", (0, ""))
    offer = Offer(
        what=day.text("promise"),
        due_at=on.moments.ahead(days_ahead, clock) if clock else _two_days_on(on, day),
        remedy=RemedyKind(day.text("remedy") or "none"),
        amount=Decimal(amount) if amount else None,
    )
    made = stage.promise(on, case, offer, day.by, at)
    stage.yes(case, made, stage.HOW[day.channel], on.people[day.text("who")], day.later(hours=1))
    return made


def _two_days_on(on: Stage, day: Day) -> datetime:
    return on.moments.back(max(day.told["days"] - 2, 1), "16:00")


def _kept(on: Stage, case: Case, day: Day) -> None:
    """Keep the promise, ask, and hear a yes."""
    asked_at = _keep_and_ask(on, case, day)
    how = stage.HOW[day.channel]
    stage.answer(case, Verdict.YES, how, asked_at + timedelta(hours=3))
    stage.finish(on, case, day.cause, day.by, asked_at + timedelta(hours=3, minutes=20))


def _asked(on: Stage, case: Case, day: Day) -> None:
    """Keep the promise and ask; no answer has come yet."""
    _keep_and_ask(on, case, day)


def _no_answer(on: Stage, case: Case, day: Day) -> None:
    """Keep the promise and ask twice; no answer comes."""
    asked_at = _keep_and_ask(on, case, day)
    again_at = asked_at + timedelta(days=3)
    stage.ask(case, stage.HOW[day.channel], again_at)
    stage.finish(on, case, day.cause, day.by, again_at + timedelta(days=2))


def _keep_and_ask(on: Stage, case: Case, day: Day) -> datetime:
    made = _promised(on, case, day)
    kept_at = made.due_at - timedelta(hours=2)
    keep_promise(made, evidence=day.text("evidence"), by=on.who(day.by), at=kept_at)
    asked_at = made.due_at + timedelta(hours=2)
    stage.ask(case, stage.HOW[day.channel], asked_at)
    return asked_at


def _withdrawn(on: Stage, case: Case, day: Day) -> None:
    """Let the customer take it back."""
    withdraw_case(case, statement=day.text("statement"), by=on.who(day.by), at=day.later(days=1))


def _fresh(_on: Stage, _case: Case, _day: Day) -> None:
    """Leave it: it has only just come."""


PATHS: dict[str, Callable[[Stage, Case, Day], object]] = {
    "done": _done,
    "promised": _promised,
    "kept": _kept,
    "asked": _asked,
    "no_answer": _no_answer,
    "withdrawn": _withdrawn,
    "fresh": _fresh,
}
