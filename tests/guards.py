"""A guard of a case, and how it is tried: what the tables of guards are made of."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from amends.base.refusal import Refused
from amends.cases.actions import promises
from amends.cases.models.case import Case
from amends.cases.models.deciding import Option
from amends.cases.models.promises import Promise
from amends.cases.models.turns import InternalReview, Wait
from amends.cases.rules.lifecycle import State
from amends.staff.models import Staff
from amends.staff.rules.authority import RemedyKind
from tests import make
from tests.guarded import LATER

FUTURE = "2099-01-01T10:00"
SOON = LATER + timedelta(days=9)
PLAN: dict[str, Any] = {
    "questions": "Why?",
    "sources": "Log",
    "persons": "J",
    "update_every_days": 5,
}
Facts = dict[str, object]


@dataclass(frozen=True, kw_only=True)
class Guard:
    """A case before a step, and what is tried on it through each door there is.

    act: what an action is asked, and refused: what it answers. page, portal: which address, and
    what a colleague and the customer post there; none where the table names no such door. rows:
    what is written past every act. A case is `Any` here: what stands on it is known by its ground.
    """

    ground: Callable[[Staff], Case]
    act: Callable[[Any, Staff], object]
    refused: type[Refused]
    page: tuple[str, Callable[[Any], Facts]]
    portal: tuple[str, Facts] | None = None
    rows: tuple[Callable[[Any], object], ...] = field(default=())


def nothing(_case: Case) -> Facts:
    return {}


def set_on(case: Case, **facts: object) -> int:
    return Case.objects.filter(pk=case.pk).update(**facts)


def ended(case: Case, state: State, **facts: object) -> int:
    over: Facts = {"closed_at": LATER, "next_due": "", "next_due_at": None, "state_until": None}
    return set_on(case, state=state, **over, **facts)


def promise_of_much(case: Case, by: Staff) -> Promise:
    offer = make.offer(remedy=RemedyKind.REFUND_PART, amount=500, due_at=SOON)
    return promises.make_promise(case, offer=offer, by=by, at=LATER)


def option_of(case: Case) -> Option:
    return case.options.earliest("pk")


def same_person_reviews(case: Any) -> InternalReview:
    return InternalReview.objects.create(
        case=case,
        reason="Why?",
        reviewer=case.owner,
        decider=case.owner,
        asked_at=LATER,
        due_at=SOON,
    )


def another_s_case(case: Case) -> Case:
    return make.case(make.contact(person=make.person("Jonas Jonaitis")), owner=case.owner)


def wait_row(case: Any, **facts: Any) -> Wait:
    told = {"what": "A", "whom": "B", "until": SOON, **facts}
    inside = State.WAITING_INSIDE
    return Wait.objects.create(case=case, state=inside, since=LATER, by=case.owner, **told)
