"""How to begin in a channel: what to say in the customer's language, what to mind in one's own."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from amends.contacts.rules.kinds import Channel
from amends.language.channels import Sense, beginning
from amends.language.lexicon import TONGUES

SENSES: dict[Sense, Promise] = {
    Sense.SEEN: _("What they see of us"),
    Sense.HEARD: _("What they hear of us"),
}


@dataclass(frozen=True, slots=True)
class Begins:
    """A channel with its opening words by language, and what is perceived of us there."""

    channel: Channel
    says: tuple[tuple[str, str], ...]
    perceived: tuple[tuple[Promise, tuple[str, ...]], ...]
    source: str


def begins(channel: Channel, tongues: Iterable[str], *, name: str, house: str) -> Begins:
    """Return how `name` of `house` begins in `channel`, in each of `tongues` that is ours."""
    reader = get_language() or ""
    mine = beginning(channel, reader if reader in TONGUES else "en", name=name, house=house)
    spoken = [tongue for tongue in tongues if tongue in TONGUES]
    return Begins(
        channel=channel,
        says=tuple(
            (tongue, beginning(channel, tongue, name=name, house=house).opening)
            for tongue in spoken
        ),
        perceived=tuple((SENSES[sense], items) for sense, items in mine.perceived),
        source=", ".join(mine.source),
    )
