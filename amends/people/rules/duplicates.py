"""How likely it is that two records are one customer, and why. Pure; a person decides."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from amends.people.rules.folding import keys_of, plain, words
from amends.people.rules.kinds import PersonKind

PERHAPS = 40
LIKELY = 70
_SURE = 100
_ALIKE = 0.86


class Sign(StrEnum):
    """What speaks for, or against, two records being one customer."""

    SAME_MAIL = "same-mail"
    SAME_TELEPHONE = "same-telephone"
    SAME_NAME = "same-name"
    LIKE_NAME = "like-name"
    SAME_ADDRESS = "same-address"
    OTHER_NAME = "other-name"
    OTHER_PATRONYMIC = "other-patronymic"
    OTHER_NUMBER = "other-number"
    OTHER_KIND = "other-kind"


WEIGHTS = {
    Sign.SAME_MAIL: 55,
    Sign.SAME_TELEPHONE: 45,
    Sign.SAME_NAME: 40,
    Sign.LIKE_NAME: 25,
    Sign.SAME_ADDRESS: 20,
    Sign.OTHER_NAME: -25,
    Sign.OTHER_PATRONYMIC: -30,
    Sign.OTHER_NUMBER: -15,
    Sign.OTHER_KIND: -45,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is compared of one record; contact points as they are folded."""

    name: str
    kind: PersonKind = PersonKind.HUMAN
    patronymic: str = ""
    number: str = ""
    mails: frozenset[str] = frozenset()
    telephones: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Likeness:
    """How likely two records are one customer, from 0 to 100, and the signs for and against."""

    score: int
    signs: tuple[Sign, ...]

    @property
    def is_possible(self) -> bool:
        return self.score >= PERHAPS

    @property
    def is_likely(self) -> bool:
        return self.score >= LIKELY


def likeness(one: Known, other: Known) -> Likeness:
    """Return how likely `one` and `other` are the same customer, the strongest sign first."""
    signs = {
        Sign.SAME_MAIL: bool(one.mails & other.mails),
        Sign.SAME_TELEPHONE: bool(one.telephones & other.telephones),
        Sign.SAME_ADDRESS: bool(one.addresses & other.addresses),
        _by_name(one, other): True,
        Sign.OTHER_PATRONYMIC: _differ(plain(one.patronymic), plain(other.patronymic)),
        Sign.OTHER_NUMBER: _differ(one.number.casefold(), other.number.casefold()),
        Sign.OTHER_KIND: one.kind is not other.kind,
    }
    stand = sorted((sign for sign, stands in signs.items() if stands), key=_weight)
    score = sum(WEIGHTS[sign] for sign in stand)
    return Likeness(score=min(max(score, 0), _SURE), signs=tuple(stand))


def _weight(sign: Sign) -> tuple[int, str]:
    return (-abs(WEIGHTS[sign]), sign.value)


def _differ(one: str, other: str) -> bool:
    return bool(one and other and one != other)


def _by_name(one: Known, other: Known) -> Sign:
    """Return what the names say; their words may stand in any order, and one may have fewer."""
    ours, theirs = _keys(one.name), _keys(other.name)
    either = ((ours, theirs), (theirs, ours))
    if any(1 < len(fewer) <= len(more) and _within(fewer, more) for fewer, more in either):
        return Sign.SAME_NAME
    if ours and ours == theirs:
        return Sign.SAME_NAME
    first, second = sorted((_spelled(ours), _spelled(theirs)))
    alike = SequenceMatcher(None, first, second, autojunk=False).ratio()
    return Sign.LIKE_NAME if alike >= _ALIKE else Sign.OTHER_NAME


def _within(fewer: list[frozenset[str]], more: list[frozenset[str]]) -> bool:
    return all(any(word & heard for heard in more) for word in fewer)


def _keys(name: str) -> list[frozenset[str]]:
    return [keys_of(word) for word in words(name)]


def _spelled(keys: list[frozenset[str]]) -> str:
    return " ".join(sorted(min(word) for word in keys))
