"""How well labelled texts are read and labelled replies checked: for an organisation's own files.

    python -m benchmarks.reading_quality FILE...

A file holds one JSON object a line: texts with `text`, or replies with `draft`, and beside it what
is right, under the names that `python -m amends.language` writes. Prints a table in Markdown, a row
for each language and kind of file; in brackets the 95 % interval.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from math import sqrt
from pathlib import Path
from typing import Any

from amends.language.__main__ import read_line, remark_line

Line = dict[str, Any]
Pair = tuple[Line, Line]
SPANS = ("amounts", "references", "dates")
LANES = ("facts", "feelings")
FLAGS = ("abuse", "threat", "legal_threat")
_NORMAL = 1.96


def main(files: list[str]) -> int:
    """Read the files and print the tables; 2 if none is named."""
    if not files:
        sys.stderr.write(__doc__ or "")
        return 2
    texts, drafts = defaultdict[str, list[Pair]](list), defaultdict[str, list[Pair]](list)
    for file in files:
        for line in Path(file).read_text(encoding="utf-8").splitlines():
            gold = json.loads(line)
            if "draft" in gold:
                drafts[gold.get("lang", "")].append((gold, remark_line(gold)))
            else:
                texts[gold.get("lang", "")].append((gold, read_line(gold)))
    if texts:
        print("\n".join(table(texts, TEXT_COLUMNS)))
    if drafts:
        print("\n".join(table(drafts, DRAFT_COLUMNS)))
    return 0


def table(
    pairs: dict[str, list[Pair]], columns: dict[str, Callable[[list[Pair]], str]]
) -> list[str]:
    """Return the lines of a table: a row for each language, and one for all together."""
    rows = dict(pairs)
    rows["all"] = [pair for some in pairs.values() for pair in some]
    lines = ["", _row(["language", "n", *columns]), f"|{'---|' * (len(columns) + 2)}"]
    for name, some in rows.items():
        lines.append(_row([name, str(len(some)), *(column(some) for column in columns.values())]))
    return lines


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def share(pairs: Iterable[Pair], is_right: Callable[[Line, Line], bool]) -> str:
    """Return the share that is right with its interval after Wilson."""
    right = [is_right(gold, answer) for gold, answer in pairs]
    if not right:
        return "–"
    count, part = len(right), sum(right) / len(right)
    base = 1 + _NORMAL**2 / count
    middle = (part + _NORMAL**2 / (2 * count)) / base
    half = _NORMAL * sqrt(part * (1 - part) / count + _NORMAL**2 / (4 * count**2)) / base
    return f"{part:.2f} ({max(0, middle - half):.2f}–{min(1, middle + half):.2f})"


def f1(hits: float, missed: float, wrong: float) -> str:
    """Return the F1 of so many found, missed and wrongly found."""
    whole = 2 * hits + missed + wrong
    return f"{2 * hits / whole:.2f}" if whole else "–"


def flag(pairs: list[Pair], field: str) -> str:
    """Return the F1 of a field that holds or does not."""
    told = [(bool(gold[field]), bool(answer[field])) for gold, answer in pairs if field in gold]
    return f1(*(told.count(pair) for pair in ((True, True), (True, False), (False, True))))


def spans(pairs: list[Pair], field: str) -> str:
    """Return the F1 of stretches that are equal or one inside the other."""
    hits = missed = wrong = 0
    for gold, answer in pairs:
        if field not in gold:
            continue
        right, found = list(gold[field]), list(answer[field])
        for span in right:
            match = next((other for other in found if span in other or other in span), None)
            hits, missed = hits + (match is not None), missed + (match is None)
            if match is not None:
                found.remove(match)
        wrong += len(found)
    return f1(hits, missed, wrong)


def characters(pairs: list[Pair], field: str) -> str:
    """Return the F1 of the characters of the stretches of a lane."""
    hits = missed = wrong = 0
    for gold, answer in pairs:
        right, found = (
            _places(gold["text"], gold.get(field, ())),
            _places(gold["text"], answer[field]),
        )
        hits += len(right & found)
        missed += len(right - found)
        wrong += len(found - right)
    return f1(hits, missed, wrong)


def _places(text: str, parts: Iterable[str]) -> set[int]:
    return {
        place
        for part in parts
        if part in text
        for place in range(text.index(part), text.index(part) + len(part))
    }


def codes(pairs: list[Pair]) -> str:
    """Return the F1 over all codes of all replies."""
    said = [({*gold["violations"]}, {*answer["violations"]}) for gold, answer in pairs]
    return f1(
        sum(len(right & found) for right, found in said),
        sum(len(right - found) for right, found in said),
        sum(len(found - right) for right, found in said),
    )


TEXT_COLUMNS: dict[str, Callable[[list[Pair]], str]] = {
    "language": lambda pairs: share(pairs, lambda gold, answer: gold["lang"] == answer["lang"]),
    "complaint F1": lambda pairs: flag(
        [
            ({"is": gold["kind"] == "complaint"}, {"is": answer["kind"] == "complaint"})
            for gold, answer in pairs
        ],
        "is",
    ),
    "anger exact": lambda pairs: share(
        pairs, lambda gold, answer: gold["anger"] == answer["anger"]
    ),
    "within one": lambda pairs: share(
        pairs, lambda gold, answer: abs(gold["anger"] - answer["anger"]) <= 1
    ),
    "remedy": lambda pairs: share(
        pairs, lambda gold, answer: gold["requested_remedy"] == answer["requested_remedy"]
    ),
    "/".join(SPANS): lambda pairs: " / ".join(spans(pairs, field) for field in SPANS),
    "/".join(LANES): lambda pairs: " / ".join(characters(pairs, field) for field in LANES),
    "/".join(FLAGS): lambda pairs: " / ".join(flag(pairs, field) for field in FLAGS),
}
DRAFT_COLUMNS: dict[str, Callable[[list[Pair]], str]] = {
    "remarks F1": codes,
    "good left alone": lambda pairs: share(
        [pair for pair in pairs if pair[0]["good"]], lambda _gold, answer: bool(answer["good"])
    ),
}


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
