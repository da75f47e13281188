"""How to begin in each channel, and what is seen and heard of us there; in one language."""

from dataclasses import dataclass
from enum import StrEnum

from amends.language.phrases import coach


class Sense(StrEnum):
    """By what a customer perceives us."""

    SEEN = "seen"
    HEARD = "heard"


CARRIES: dict[str, tuple[Sense, ...]] = {
    "telephone": (Sense.HEARD,),
    "desk": (Sense.SEEN, Sense.HEARD),
    "email": (Sense.SEEN,),
    "letter": (Sense.SEEN,),
    "chat": (Sense.SEEN,),
}
# What is told on our own pages is answered as a mail is.
_LIKE = {"web": "email"}


@dataclass(frozen=True, slots=True)
class Beginning:
    """The opening words of a channel, and its list of what is perceived of us, by sense.

    source: the rows of the founding texts behind it.
    """

    opening: str
    perceived: tuple[tuple[Sense, tuple[str, ...]], ...]
    source: tuple[str, ...] = ("S3-21", "S3-24")


def beginning(channel: str, tongue: str, *, name: str, house: str) -> Beginning:
    """Return how `name` of `house` begins in `channel`; only of the senses that it carries."""
    like = _LIKE.get(channel, channel)
    told = coach(tongue)["channels"][like]
    return Beginning(
        opening=told["opening"].format(name=name, house=house),
        perceived=tuple((sense, tuple(told[sense.value])) for sense in CARRIES[like]),
    )
