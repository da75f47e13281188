"""Who had a hand in the service behind a case. Pure. Source: S1-04."""

from collections.abc import Iterable

from amends.cases.rules.kinds import Outcome

RIGHT = frozenset({Outcome.UPHELD, Outcome.PARTLY_UPHELD})


def asks_for_steps(outcome: Outcome, *, named: int) -> bool:
    """Return whether a complaint was found right, and nobody had a hand in it yet."""
    return outcome in RIGHT and not named


def once_each(names: Iterable[str]) -> tuple[str, ...]:
    """Return `names` in their order, each once, and no empty ones."""
    return tuple(dict.fromkeys(name for name in names if name))
