"""What to say aloud, in the customer's language, and what to keep in mind, in one's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from amends.base.time_words import by_words
from amends.cases.rules.sentences import promised, said_whole
from amends.contacts.rules.moods import Phase

APOLOGIES = (
    gettext_lazy("I am sorry. This should not have happened."),
    gettext_lazy("I am sorry that you had to go through this, and that you had to tell us."),
    gettext_lazy("I hear how hard this has been for you, and I am sorry."),
)
READ_BACK = gettext_lazy("May I read it back to you? Tell me where I have it wrong.")
ASK = gettext_lazy("How would you like us to put it right?")
THANKS = gettext_lazy("Thank you for telling us. It helps us to do better.")
CALL_BACK = gettext_lazy("I call you back")
AS_THEY_ASKED = gettext_lazy("As they asked: %(wish)s")
ALL_RIGHT = gettext_lazy("Is that all right?")

# Source: requirements S3-28 to S3-34.
ADVICE: Mapping[Phase, Promise] = {
    Phase.CALM: gettext_lazy("Calm: listen to the end all the same, and write it in their words."),
    Phase.OUTBURST: gettext_lazy(
        "Outburst: let them speak. Do not explain and do not deny the anger; it is not about you."
    ),
    Phase.SLOWING: gettext_lazy(
        "Slowing: let the silence be. Name the feeling before the facts. No solutions yet."
    ),
    Phase.LISTENING: gettext_lazy(
        "Listening: ask for what is missing, one question at a time, and speak softly."
    ),
    Phase.COOLING: gettext_lazy(
        "Cooling: say what you can do, not what you cannot. Ask what would put it right."
    ),
    Phase.SOLVING: gettext_lazy(
        "Solving: agree who does what by when. Promise only what you can keep."
    ),
}


@dataclass(frozen=True, slots=True)
class Said:
    """What is said aloud in one language."""

    language: str
    apologies: tuple[str, ...]
    read_back: str
    ask: str
    thanks: str
    call_back: str


def sayings() -> list[Said]:
    """Return what is said aloud, in each of the languages."""
    return [_said_in(code) for code, _name in settings.LANGUAGES]


def heard(what: str, due_at: datetime, *, language: str) -> str:
    """Return the promise as the customer hears it: the sentence, the day, and the question."""
    with translation.override(language):
        sentence = said_whole(promised(what), by_words(due_at, due_at))
        return f"{sentence} {ALL_RIGHT}"


def _said_in(language: str) -> Said:
    with translation.override(language):
        return Said(
            language=language,
            apologies=tuple(str(text) for text in APOLOGIES),
            read_back=str(READ_BACK),
            ask=str(ASK),
            thanks=str(THANKS),
            call_back=str(CALL_BACK),
        )
