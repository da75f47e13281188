"""The card at hand: what to do, what never to say, a sentence to use, as a page shows it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import get_language

from amends.contacts.rules.kinds import Manner
from amends.contacts.rules.moods import Phase
from amends.language import phases
from amends.language.cards import Card, manner_card, phase_card
from amends.language.lexicon import TONGUES

_ON_THE_CURVE = {
    Phase.CALM: phases.Phase.RATIONAL,
    Phase.OUTBURST: phases.Phase.OUTBURST,
    Phase.SLOWING: phases.Phase.SLOWING,
    Phase.LISTENING: phases.Phase.COPING,
    Phase.COOLING: phases.Phase.COOLING,
    Phase.SOLVING: phases.Phase.SOLVING,
}


@dataclass(frozen=True, slots=True)
class AtHand:
    """A card: its advice in the language of who reads it, what to say in the customer's.

    says: by language, since it may not be known yet. source: the rows of the founding texts.
    """

    key: str
    name: str
    do: str
    never: str
    says: tuple[tuple[str, str], ...]
    source: str


def of_manner(manner: Manner, tongues: Iterable[str]) -> AtHand:
    """Return the card of `manner`, with the sentence in each of `tongues` that is ours."""
    key = manner.replace("-", "_")
    said = {tongue: manner_card(key, tongue) for tongue in _ours(tongues)}
    return _at_hand(key, manner_card(key, _mine()), said)


def of_phase(phase: phases.Phase, tongues: Iterable[str]) -> AtHand:
    """Return the card of a phase of anger, with the sentence in each of `tongues` that is ours."""
    said = {tongue: phase_card(phase, tongue) for tongue in _ours(tongues)}
    return _at_hand(phase.value, phase_card(phase, _mine()), said)


def card_of_mood(phase: Phase) -> str:
    """Return the key of the card of a phase, by the strip."""
    return _ON_THE_CURVE[phase].value


def of_key(key: str) -> AtHand:
    """Return the card of this key, without a sentence to say."""
    if key in set(phases.Phase):
        return of_phase(phases.Phase(key), ())
    return of_manner(Manner(key.replace("_", "-")), ())


def of_mood(phase: Phase, tongues: Iterable[str]) -> AtHand:
    """Return the card of where somebody is on their way through anger, by the strip."""
    return of_phase(_ON_THE_CURVE[phase], tongues)


def _ours(tongues: Iterable[str]) -> list[str]:
    return [tongue for tongue in tongues if tongue in TONGUES]


def _mine() -> str:
    reader = get_language() or ""
    return reader if reader in TONGUES else "en"


def _at_hand(key: str, mine: Card, said: Mapping[str, Card]) -> AtHand:
    return AtHand(
        key=key,
        name=mine.name,
        do=mine.do,
        never=mine.never,
        says=tuple((tongue, card.say) for tongue, card in said.items()),
        source=", ".join(mine.source),
    )
