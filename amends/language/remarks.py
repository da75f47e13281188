"""The remarks on a reply before it is sent: what, where, why, and how better. Advice, no lock.

Only abuse of the customer holds a message back, and a senior can release it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from amends.language.clarity import officialese, too_long
from amends.language.courtesy import lacking
from amends.language.drafts import Context, Draft, draft_of
from amends.language.found import look
from amends.language.leaks import leaks, misaddressed, unanswered
from amends.language.lexicon import TONGUES, Hit
from amends.language.phrases import advice
from amends.language.promises import against_limits, beyond_keeping, unrecorded, vague
from amends.language.tone import against, indifferent, sent_away, shouted
from amends.language.tongue import language_of

# The gravest first; what holds a message back stands before all.
GRAVITY = (
    *("rude", "data_of_another", "internal_note", "wrong_language", "blames_customer"),
    *("anger_denied", "ironic", "responsibility_refused", "unkeepable_promise"),
    *("against_limits", "brush_off", "dismissive", "shouting", "defensive", "indifferent"),
    *("missing_next_step", "missing_apology", "unrecorded_promise", "vague_time"),
    *("issue_unanswered", "missing_empathy", "missing_name", "unclear", "wrong_address"),
    "missing_thanks",
)
OF_OUR_OWN = frozenset(
    {"data_of_another", "internal_note", "against_limits", "unrecorded_promise"}
    | {"issue_unanswered", "wrong_address"}
)
CODES = frozenset(GRAVITY) - OF_OUR_OWN
LACKS = frozenset(code for code in GRAVITY if code.startswith("missing_"))
HOLDS_BACK = frozenset({"rude"})
SHOWN_AT_ONCE = 3


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark: its code, its places in the draft, why, and a better wording."""

    code: str
    places: tuple[tuple[int, int], ...]
    words: tuple[str, ...]
    why: str
    better: str


def remarks(draft: str, context: Context) -> list[Remark]:
    """Return all remarks on `draft`, the gravest first."""
    tongue = language_of(draft, known=context.language).code
    wanted = context.language if context.language in TONGUES else "en"
    codes: dict[str, list[tuple[int, int]]] = {}
    if context.language and tongue and tongue != context.language:
        codes["wrong_language"] = [(0, len(draft))]
    if tongue in TONGUES:
        codes |= _codes(draft_of(look(draft, tongue, "drafts"), context))
    if "wrong_language" in codes and context.language in TONGUES:
        lacks = lacking(draft_of(look(draft, context.language, "drafts"), context))
        codes = {code: at for code, at in codes.items() if code in lacks or code not in LACKS}
    speaks = tongue if tongue in TONGUES else wanted
    return ranked(
        Remark(
            code,
            tuple(places),
            tuple(dict.fromkeys(draft[start:end] for start, end in places)),
            *advice(code, wanted if code == "wrong_language" else speaks),
        )
        for code, places in codes.items()
    )


def hurting(draft: str, language: str) -> tuple[str, ...]:
    """Return the words for which `draft` is held back from a customer who reads `language`."""
    found = remarks(draft, Context(language=language))
    return tuple(word for one in found if one.code in HOLDS_BACK for word in one.words)


def ranked(found: Iterable[Remark]) -> list[Remark]:
    """Return the remarks in the order of their gravity."""
    return sorted(found, key=lambda remark: GRAVITY.index(remark.code))


def shown(found: Iterable[Remark], dismissed: frozenset[str]) -> list[Remark]:
    """Return the few to show at once: the gravest that were not dismissed for this draft."""
    return [remark for remark in ranked(found) if remark.code not in dismissed][:SHOWN_AT_ONCE]


def _codes(draft: Draft) -> dict[str, list[tuple[int, int]]]:
    """Return the places of each remark; a remark on what is missing has none."""
    codes = {code: _places(hits) for code, hits in against(draft).items()}
    for code, hits in (
        ("brush_off", sent_away(draft)),
        ("indifferent", indifferent(draft)),
        ("vague_time", vague(draft)),
        ("unkeepable_promise", beyond_keeping(draft)),
        ("unclear", officialese(draft)),
    ):
        if hits:
            codes[code] = _places(hits)
    if too_long(draft):
        codes.setdefault("unclear", [])
    if places := shouted(draft):
        codes["shouting"] = places
    for code in (*lacking(draft), *_others(draft)):
        codes[code] = []
    codes |= leaks(draft)
    return codes


def _others(draft: Draft) -> list[str]:
    found = {
        "unrecorded_promise": unrecorded(draft),
        "against_limits": against_limits(draft),
        "issue_unanswered": unanswered(draft),
        "wrong_address": misaddressed(draft),
    }
    return [code for code, evidence in found.items() if evidence]


def _places(hits: list[Hit]) -> list[tuple[int, int]]:
    return [(hit.start, hit.end) for hit in hits]
