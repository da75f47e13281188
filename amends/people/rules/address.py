"""How a customer is addressed, in writing and aloud, in each of the five languages. Pure.

Rudeness is never guessed: where it is not known how somebody is addressed, the full name stands
in a greeting that fits everybody. Source: requirements S4-20.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from amends.people.rules import lithuanian, polish
from amends.people.rules.kinds import Honorific
from amends.people.rules.names import honorific_by, is_patronymic


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """What must be known of somebody to address them.

    forms: {language: form}, the customer's own wish, which holds over everything.
    """

    name: str
    given: str = ""
    patronymic: str = ""
    family: str = ""
    honorific: Honorific = Honorific.UNKNOWN
    informal: bool = False
    organisation: bool = False
    forms: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Manners:
    """The courtesies of one language: before a man's name, a woman's, and anybody's.

    close: the same among those who like it informal. organisation: the greeting of one; where it
    takes a name, `%s` stands for it.
    """

    formal: tuple[str, str, str]
    close: tuple[str, str, str]
    organisation: str


MANNERS = {
    "en": Manners(("Dear", "Dear", "Dear"), ("Dear", "Dear", "Dear"), "Dear %s"),
    "ru": Manners(
        ("Уважаемый", "Уважаемая", "Здравствуйте,"),
        ("Дорогой", "Дорогая", "Здравствуйте,"),
        "Здравствуйте",
    ),
    "pl": Manners(
        ("Szanowny", "Szanowna", "Dzień dobry,"),
        ("Drogi", "Droga", "Dzień dobry,"),
        "Szanowni Państwo",
    ),
    "sq": Manners(
        ("I nderuar", "E nderuar", "Përshëndetje,"),
        ("I dashur", "E dashur", "Përshëndetje,"),
        "Të nderuar",
    ),
    "lt": Manners(
        ("Gerbiamas", "Gerbiama", "Laba diena,"),
        ("Mielas", "Miela", "Laba diena,"),
        "Gerbiamieji",
    ),
}
_NOT_A_WORD = re.compile(r"\W+")
_PLACE = {Honorific.MISTER: 0, Honorific.MISSUS: 1, Honorific.UNKNOWN: 2}


def greeting(who: Addressee, language: str) -> str:
    """Return the words that begin a letter to `who`, without the comma that follows them."""
    manners = MANNERS[language]
    form = who.forms.get(language, "").strip()
    if who.organisation and not form:
        return manners.organisation.replace("%s", who.name)
    courtesies = manners.close if who.informal else manners.formal
    courtesy = courtesies[_PLACE[honorific_of(who)]]
    return f"{courtesy} {form or _written(who, language)}"


def is_only_greeting(text: str, who: Addressee) -> bool:
    """Return whether `text` greets `who`, in any of the languages, and then says nothing."""
    said = _bare(text)
    return any(said == _bare(greeting(who, language)) for language in MANNERS)


def _bare(text: str) -> str:
    """Return `text` without what stands around and between its words."""
    return " ".join(_NOT_A_WORD.sub(" ", text).casefold().split())


def spoken(who: Addressee, language: str) -> str:
    """Return how `who` is addressed aloud."""
    if form := who.forms.get(language, "").strip():
        return form
    return who.name if who.organisation else _form(who, language, _ALOUD)


def honorific_of(who: Addressee) -> Honorific:
    """Return the honorific that is known, or that a patronymic leaves no doubt about."""
    if who.honorific is Honorific.UNKNOWN:
        return honorific_by(who.patronymic)
    return who.honorific


def _written(who: Addressee, language: str) -> str:
    return _form(who, language, _IN_WRITING)


_Form = Callable[[Addressee, Honorific], str]


def _form(who: Addressee, language: str, forms: Mapping[str, _Form]) -> str:
    honorific = honorific_of(who)
    if who.informal and who.given:
        return _called(who.given, language, honorific)
    if honorific is Honorific.UNKNOWN or not (who.given or who.family):
        return who.name
    return forms[language](who, honorific)


def _called(given: str, language: str, honorific: Honorific) -> str:
    """Return a given name as its bearer is called by it."""
    if language == "lt":
        return lithuanian.vocative(given, honorific)
    return polish.vocative_given(given, honorific) if language == "pl" else given


def _titled(his: str, hers: str) -> _Form:
    """Return the form that is a title and the family name, or the given one where there is none."""

    def form(who: Addressee, honorific: Honorific) -> str:
        return f"{his if honorific is Honorific.MISTER else hers} {who.family or who.given}"

    return form


def _russian(who: Addressee, honorific: Honorific) -> str:
    if who.given:
        patronymic = who.patronymic if is_patronymic(who.patronymic) else ""
        return f"{who.given} {patronymic}".strip()
    return f"{'господин' if honorific is Honorific.MISTER else 'госпожа'} {who.family}"


def _polish(who: Addressee, honorific: Honorific) -> str:
    title = "Panie" if honorific is Honorific.MISTER else "Pani"
    if who.given:
        return f"{title} {polish.vocative_given(who.given, honorific)}"
    return f"{title} {polish.vocative_family(who.family, honorific)}"


def _lithuanian(who: Addressee, honorific: Honorific) -> str:
    title = "pone" if honorific is Honorific.MISTER else "ponia"
    return f"{title} {lithuanian.vocative(who.family or who.given, honorific)}"


def _english(who: Addressee, honorific: Honorific) -> str:
    title = "Mr" if honorific is Honorific.MISTER else "Ms"
    return f"{title} {who.family}" if who.family else who.given


_IN_WRITING: Mapping[str, _Form] = {
    "en": _english,
    "ru": _russian,
    "pl": _polish,
    "sq": _titled("z.", "znj."),
    "lt": _lithuanian,
}
_ALOUD: Mapping[str, _Form] = {**_IN_WRITING, "sq": _titled("zoti", "zonja")}
