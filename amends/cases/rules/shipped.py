"""The views that everybody has from the first day on. Pure."""

from collections.abc import Mapping
from enum import StrEnum

from amends.cases.rules.kinds import Next, Severity
from amends.cases.rules.lifecycle import State
from amends.cases.rules.views import NOBODY, YES, By, Column, Filter, Look, Match, Order
from amends.cases.rules.weighing import Ahead
from amends.contacts.rules.kinds import Mood


class Shipped(StrEnum):
    """One of these views, by the name that stands in its address."""

    BREAKS_TODAY = "breaks-today"
    BROKEN = "broken"
    ANGRY_AND_UNANSWERED = "angry-and-unanswered"
    WAITING_FOR_CUSTOMER = "waiting-for-the-customer"
    WAITING_FOR_OTHERS = "waiting-for-others"
    NOBODY_TOOK_IT = "nobody-took-it"
    WITHOUT_A_WORD = "without-a-word"
    SERIOUS = "serious"
    COMES_FIRST = "comes-first"
    ENDED_THIS_WEEK = "ended-this-week"


_OPEN = Filter(By.OPEN, Match.IS, (YES,))
_UNANSWERED = (Next.ANSWER, Next.CALL_BACK_AT_ONCE, Next.SAY_SORRY_FIRST)
_GRAVE = (Severity.SERIOUS, Severity.GRAVE, Severity.EXTREME)
_USUAL = (Column.DUE.value, Column.NEXT.value, Column.OWNER.value)


def _states(*states: State) -> Filter:
    return Filter(By.STATE, Match.IS, tuple(state.value for state in states))


LOOKS: Mapping[Shipped, Look] = {
    Shipped.BREAKS_TODAY: Look((Filter(By.DUE, Match.WITHIN, ("0",)),)),
    Shipped.BROKEN: Look((Filter(By.DUE, Match.OVER),)),
    Shipped.ANGRY_AND_UNANSWERED: Look(
        (
            Filter(By.NEXT, Match.IS, tuple(each.value for each in _UNANSWERED)),
            Filter(By.MOOD, Match.IS, (str(Mood.ANGRY.value), str(Mood.FURIOUS.value))),
        )
    ),
    Shipped.WAITING_FOR_CUSTOMER: Look((_states(State.WAITING_CUSTOMER),)),
    Shipped.WAITING_FOR_OTHERS: Look(
        (_states(State.WAITING_INSIDE, State.WAITING_THIRD_PARTY, State.EXTERNAL),)
    ),
    Shipped.NOBODY_TOOK_IT: Look(
        (_OPEN, Filter(By.OWNER, Match.IS, (NOBODY,))),
        (Column.DUE.value, Column.NEXT.value, Column.TEAM.value),
    ),
    Shipped.WITHOUT_A_WORD: Look(
        (_OPEN, Filter(By.LAST_CONTACT, Match.LONGER_AGO, ("7",))),
        (Column.DUE.value, Column.LAST_CONTACT.value, Column.OWNER.value),
    ),
    Shipped.SERIOUS: Look(
        (_OPEN, Filter(By.SEVERITY, Match.IS, tuple(str(each.value) for each in _GRAVE))),
        (*_USUAL, Column.SEVERITY.value),
    ),
    Shipped.COMES_FIRST: Look(
        (_OPEN, Filter(By.AHEAD, Match.IS, tuple(each.value for each in Ahead))),
        (*_USUAL, Column.AHEAD.value),
    ),
    Shipped.ENDED_THIS_WEEK: Look(
        (Filter(By.ENDED, Match.IN_LAST, ("7",)),),
        (Column.ENDED.value, Column.STATE.value, Column.OUTCOME.value, Column.OWNER.value),
        Order.ENDED_LAST,
    ),
}
