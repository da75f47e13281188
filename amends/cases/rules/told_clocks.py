"""The clocks of a case after all that happened to it: the law's and ours in one shape. Pure.

The law's are told by `standards.rules.law_history`, ours by `standards.rules.reckoning`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from amends.cases.rules.kinds import Next
from amends.standards.rules.calendar import Calendar
from amends.standards.rules.clock import Clock
from amends.standards.rules.history import Entry, What
from amends.standards.rules.law import Duty, LawClock, clocks_that_count
from amends.standards.rules.reckoning import Reckoning
from amends.standards.rules.targets import Measure
from amends.standards.rules.warnings import Watched, Whose

# What a clock waits for, as what is to be done next on its case.
ASKS_FOR: Mapping[tuple[str, str], Next] = {
    (Whose.LAW, Duty.ACKNOWLEDGE): Next.LAW_ACKNOWLEDGE,
    (Whose.LAW, Duty.ANSWER): Next.LAW_ANSWER,
    (Whose.STANDARD, Measure.ACKNOWLEDGEMENT): Next.OUR_ACKNOWLEDGEMENT,
    (Whose.STANDARD, Measure.FIRST_ANSWER): Next.OUR_FIRST_ANSWER,
    (Whose.STANDARD, Measure.NEXT_ANSWER): Next.OUR_NEXT_ANSWER,
    (Whose.STANDARD, Measure.UPDATE): Next.TELL_THEM,
    (Whose.STANDARD, Measure.RESOLUTION): Next.OUR_RESOLUTION,
}
_OF_PROMISES = (Next.KEEP, Next.SAY_SORRY_FIRST, Next.ANSWER_COUNTER)
_BY = {
    **{asks: Whose(whose) for (whose, _what), asks in ASKS_FOR.items()},
    **dict.fromkeys(_OF_PROMISES, Whose.PROMISE),
    Next.CUSTOMER_NEED: Whose.CUSTOMER,
}
_ENDS = frozenset({What.RESOLVED, What.ENDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One clock. source: the row of its profile or standard; key: the key of that.

    what, number, binds, paused and the instants as `CaseClock` keeps them. calendar: what its time
    counts in; none for the time that just passes.
    """

    whose: Whose
    what: str
    number: int = 0
    source: int | None = None
    promise: int | None = None
    binds: bool = True
    paused: bool = False
    started_at: datetime
    first_due_at: datetime | None = None
    due_at: datetime | None = None
    met_at: datetime | None = None
    ended_at: datetime | None = None
    key: str = ""
    calendar: Calendar | None = None

    @property
    def is_which(self) -> tuple[str, str, int, str]:
        """Which clock it is in the case's life, however often it is told."""
        key = self.key if self.whose is Whose.LAW else ""
        return self.whose, self.what, self.promise or self.number, key

    @property
    def runs(self) -> bool:
        return self.ended_at is None

    @property
    def watch_at(self) -> datetime | None:
        """When it will be over, or was over before it ended; promises are watched by themselves."""
        if not self.binds or self.due_at is None or self.whose is Whose.PROMISE:
            return None
        in_time = self.ended_at is not None and self.ended_at <= self.due_at
        return None if in_time else self.due_at

    @property
    def watched(self) -> Watched | None:
        """What may be warned of."""
        if not (self.runs and self.binds and self.due_at):
            return None
        return Watched(
            about=self.whose,
            started_at=self.started_at,
            due_at=self.due_at,
            standard=self.key if self.whose is Whose.STANDARD else "",
            calendar=self.calendar,
        )


def due_by(what: Next) -> Whose | None:
    """Return whose clock makes a case due; none where it is the next step that is."""
    return _BY.get(what)


def of_the_law(
    clocks: Sequence[LawClock], sources: dict[tuple[str, str], int], entries: Iterable[Entry]
) -> list[Told]:
    """Return the clocks of the law; `sources` are the rows of their profiles, by key and duty."""
    binding = {id(each) for each in clocks_that_count(clocks)}
    told = list(entries)
    return [_of_law(each, sources, told, binds=id(each) in binding) for each in clocks]


def _of_law(
    clock: LawClock, sources: dict[tuple[str, str], int], told: list[Entry], *, binds: bool
) -> Told:
    profile = clock.profile
    settled = settled_at(told, clock.due_at)
    ends = [at for at in (clock.stopped_at, settled) if at]
    return Told(
        whose=Whose.LAW,
        what=profile.duty,
        source=sources[profile.key, profile.duty],
        key=profile.key,
        binds=binds,
        started_at=clock.started_at,
        first_due_at=clock.first_due_at,
        due_at=clock.due_at,
        met_at=clock.stopped_at,
        ended_at=min(ends, default=None),
    )


def settled_at(entries: Iterable[Entry], due_at: datetime | None) -> datetime | None:
    """Return when a case was settled so that a term of the law counts no more; none if it counts.

    A case that is opened again within the term has the rest of it; one that is opened again after
    it was over in time stays settled for the law.
    """
    since: datetime | None = None
    for entry in entries:
        if entry.what in _ENDS:
            since = since or entry.at
        elif entry.what is What.REOPENED and since and not (due_at and since <= due_at < entry.at):
            since = None
    return since


def of_ours(told: Reckoning, keys: dict[str, str]) -> list[Told]:
    """Return the clocks of our standards; `keys` are those that the rows of the standards have."""
    found: list[Told] = []
    numbers: dict[str, int] = {}
    for clock in (*told.past, *told.clocks.values()):
        number = numbers.get(clock.measure, 0)
        numbers[clock.measure] = number + 1
        if clock.is_given:
            found.append(_of_ours(clock, number, keys))
    return found


def _of_ours(clock: Clock, number: int, keys: dict[str, str]) -> Told:
    source = clock.standard.key if clock.standard else ""
    return Told(
        whose=Whose.STANDARD,
        what=clock.measure,
        number=number,
        source=int(source) if source else None,
        paused=clock.pause is not None,
        started_at=clock.started_at,
        due_at=clock.due_at,
        met_at=clock.met_at,
        ended_at=clock.ended_at,
        key=keys.get(source, ""),
        calendar=clock.calendar,
    )
