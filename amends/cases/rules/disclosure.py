"""What may be said to whom, by how sure we are of whom we speak with. Pure.

Source: case-model 2.6, "Identity checked before anything is disclosed". Which level lets what be
said is ours.
"""

from enum import StrEnum

from amends.cases.rules.kinds import CheckLevel


class Matter(StrEnum):
    """Something about a case that one might say."""

    HOW_WE_WORK = "how-we-work"
    WE_HAVE_IT = "we-have-it"
    WHERE_IT_STANDS = "where-it-stands"
    WHAT_WAS_PROMISED = "what-was-promised"
    WHAT_WAS_FOUND = "what-was-found"
    MONEY = "money"
    OTHERS_DATA = "others-data"
    CHANGE_OF_DETAILS = "change-of-details"


_NOBODY_KNOWS = frozenset({Matter.HOW_WE_WORK})
_SAID = _NOBODY_KNOWS | {Matter.WE_HAVE_IT}
_KNOWN = _SAID | {
    Matter.WHERE_IT_STANDS,
    Matter.WHAT_WAS_PROMISED,
    Matter.WHAT_WAS_FOUND,
    Matter.MONEY,
}
# What others confided is said to nobody, however sure we are of them.
_SHOWN = _KNOWN | {Matter.CHANGE_OF_DETAILS}
_MAY_BE_SAID = {
    None: _NOBODY_KNOWS,
    CheckLevel.SAID: _SAID,
    CheckLevel.KNOWN_DETAILS: _KNOWN,
    CheckLevel.DOCUMENT: _SHOWN,
}


def may_be_said(level: CheckLevel | None) -> tuple[Matter, ...]:
    """Return what may be said to somebody checked at `level`; None is nobody checked them."""
    return tuple(matter for matter in Matter if matter in _MAY_BE_SAID[level])


def is_enough(level: CheckLevel | None, matter: Matter) -> bool:
    """Return whether `matter` may be spoken of with somebody checked at `level`."""
    return matter in _MAY_BE_SAID[level]
