"""Which clauses of a text tell what happened: the signs of each clause, weighed together.

What happened is told by what was done, to whom, when, for how much, and by what did not come; and
not by greetings, wishes, opinions, praise of the staff, papers enclosed or stories of the family.
How much each sign weighs stands in `data/weights.toml`.
"""

import tomllib
from functools import cache

from amends.language.found import Found
from amends.language.lexicon import DATA
from amends.language.words import Stretch

Signs = dict[str, float]
_OF_THE_CLAUSE = (
    *("past", "problem", "event", "goods", "role", "ours", "lasting", "papers", "kindly"),
    *("reason", "unless", "note", "ask", "demand", "question", "greeting", "suggestion", "thanks"),
    *("digress", "court_act", "again", "heat", "argue", "negation", "calm", "disgrace", "deadline"),
)
_OF_THE_SENTENCE = (
    *("past", "problem", "event", "goods", "role", "ours", "lasting", "papers", "kindly"),
    *("reason", "unless", "note", "ask", "again", "argue", "wish", "day", "sum"),
)
_AWAY = ("unless", "reason", "digress", "asks", "sentence_wish")
_FEW, _MANY, _MANY_CLAUSES, _MANY_DIGRESSIONS, _MANY_EVENTS = 4, 12, 30, 6, 3
_MARKS = '"“”„«»'


def sentences_of(found: Found) -> list[int]:
    """Return the number of its sentence for each clause."""
    number, numbers = 0, []
    for part in found.text.clauses:
        while found.text.sentences[number].end < part.end:
            number += 1
        numbers.append(number)
    return numbers


def clause_scores(
    found: Found, marked: dict[str, list[Stretch]], feelings: list[Stretch]
) -> list[float]:
    """Return for each clause how much it tells what happened; above 0 it does.

    `marked` are the stretches that are a `day`, a `sum` or a `reference`.
    """
    weights = _weights()
    return [
        sum(weights[name] * value for name, value in seen.items())
        for seen in clause_signs(found, marked, feelings)
    ]


def clause_signs(
    found: Found, marked: dict[str, list[Stretch]], feelings: list[Stretch]
) -> list[Signs]:
    """Return the signs of each clause, each from 0 to 1."""
    words, marks, places = _words(found), _marks(found, marked), _places(found)
    felt = [
        float(any(one.start < part.end and part.start < one.end for one in feelings))
        for part in found.text.clauses
    ]
    numbers = sentences_of(found)
    seen: list[Signs] = [
        {**words[at], **marks[at], **places[at], "felt": felt[at]} for at in range(len(numbers))
    ]
    _add_the_sentence(seen, numbers)
    _add_the_text(seen)
    for clause in seen:
        _add_both(clause)
    return seen


def _words(found: Found) -> list[Signs]:
    """Return which sections of the lexicon speak in each clause, and how many words it has."""
    of = {name: {hit.clause for hit in found.of(name)} for name in _OF_THE_CLAUSE}
    wishes = [name for name in found.hits if name.startswith("remedy_")]
    of["wish"] = {hit.clause for hit in found.of(*wishes)}
    counts = [0] * len(found.text.clauses)
    for word in found.text.words:
        counts[word.clause] += 1
    return [
        {name: float(at in numbers) for name, numbers in of.items()}
        | {"few_words": float(count <= _FEW), "many_words": min(count, _MANY) / _MANY}
        for at, count in enumerate(counts)
    ]


def _marks(found: Found, marked: dict[str, list[Stretch]]) -> list[Signs]:
    """Return which days, sums, references, digits, quotations and cries stand in each clause."""
    told, raw = [], found.text.raw
    for part in found.text.clauses:
        near = {
            name: [one for one in some if one.start < part.end and part.start < one.end]
            for name, some in marked.items()
        }
        clause = {name: float(bool(some)) for name, some in near.items()}
        covered = sum(
            min(one.end, part.end) - max(one.start, part.start)
            for some in near.values()
            for one in some
        )
        said = found.said(part)
        clause |= {
            "marked": float(any(near.values())),
            "covered": covered / (part.end - part.start),
            "number": float(any(letter.isdigit() for letter in said)),
            "quoted": float(any(mark in said for mark in _MARKS)),
            "exclaims": float("!" in raw[part.end - 1 : part.end + 1]),
            "asks": float("?" in raw[part.end - 1 : part.end + 1]),
        }
        told.append(clause)
    return told


def _places(found: Found) -> list[Signs]:
    """Return where in the text each clause stands."""
    clauses, raw, numbers = found.text.clauses, found.text.raw, sentences_of(found)
    last = len(clauses) - 1
    return [
        {
            "always": 1.0,
            "first": float(at == 0),
            "last": float(at >= last - 1),
            "late": at / max(1, last),
            "sentence_late": numbers[at] / max(1, len(found.text.sentences) - 1),
            "long_text": min(last + 1, _MANY_CLAUSES) / _MANY_CLAUSES,
            "own_line": float(at == 0 or "\n" in raw[clauses[at - 1].end - 1 : part.start + 1]),
        }
        for at, part in enumerate(clauses)
    ]


def _add_the_sentence(seen: list[Signs], numbers: list[int]) -> None:
    """Add what all the clauses of the same sentence say."""
    for name in _OF_THE_SENTENCE:
        told = {number for clause, number in zip(seen, numbers, strict=True) if clause[name]}
        for clause, number in zip(seen, numbers, strict=True):
            clause[f"sentence_{name}"] = float(number in told)
    digits = [number for clause, number in zip(seen, numbers, strict=True) if clause["number"]]
    for clause, number in zip(seen, numbers, strict=True):
        clause["sentence_numbers"] = float(digits.count(number) > 1)


def _add_the_text(seen: list[Signs]) -> None:
    """Add what the text says around: whether it digresses, and what came before."""
    digressions = sum(clause["digress"] for clause in seen)
    rambles = min(digressions, _MANY_DIGRESSIONS) / _MANY_DIGRESSIONS
    events = 0.0
    wished = felt = False
    for clause in seen:
        clause["rambles"] = rambles
        clause["events_before"] = min(events, _MANY_EVENTS) / _MANY_EVENTS
        clause["after_a_wish"], clause["after_a_feeling"] = float(wished), float(felt)
        events += clause["event"]
        wished = wished or bool(clause["wish"] or clause["ask"] or clause["demand"])
        felt = felt or bool(clause["felt"])


def _add_both(clause: Signs) -> None:
    """Add what two signs say together that neither says alone."""
    event, problem = clause["event"], clause["problem"]
    clear = 1 - max(clause[name] for name in _AWAY)
    clause["event_and_problem"] = event * problem
    clause["event_or_problem"] = max(event, problem)
    clause["clear_event"], clause["clear_problem"] = event * clear, problem * clear
    clause["rambles_on"] = clause["rambles"] * (1 - problem)
    clause["reference_alone"] = clause["reference"] * clause["few_words"]
    clause["few_words_of_event"] = clause["sentence_event"] * clause["few_words"]
    clause["bare"] = (
        (1 - max(event, problem)) * (1 - clause["goods"]) * (1 - max(clause["day"], clause["sum"]))
    )


@cache
def _weights() -> Signs:
    fact: Signs = tomllib.loads((DATA / "weights.toml").read_text(encoding="utf-8"))["fact"]
    return fact
