"""What is still missing to act, as keys of questions to ask; the words are in `cards`."""

from amends.language.words import Stretch

_ABOUT_MONEY = frozenset({"refund_full", "refund_part", "price_reduction", "compensation"})


def missing(
    kind: str,
    remedy: str,
    amounts: list[Stretch],
    references: list[Stretch],
    dates: list[Stretch],
) -> tuple[str, ...]:
    """Return what to ask, in the order to ask it, of a text of this kind that asks for `remedy`."""
    if kind not in {"complaint", "request"}:
        return ()
    wanted = {
        "reference": not references,
        "when": kind == "complaint" and not dates,
        "amount": remedy in _ABOUT_MONEY | {"fee_waived"} and not amounts,
        "remedy": kind == "complaint" and remedy == "none_stated",
    }
    return tuple(name for name, is_missing in wanted.items() if is_missing)
