"""The words of a language, from its data files, and where they stand in a text.

A lexicon is a TOML file of sections; a section is a list of entries, one a line or parted by `;`.
An entry is one or more words: `word` as it is, `wor*` what begins so, `*ing` what ends so, `=word`
any form of the word, `one|other` either of them, `may?` a word that may be absent, `..` up to four
words between, `_` one word whichever, `#` a number. Accents and capitals do not matter.
"""

import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from amends.language.forms import stem, written_out
from amends.language.words import Text, Word, fold

TONGUES = ("en", "ru", "pl", "sq", "lt")
DATA = Path(__file__).parent / "data"
_GAP = 4
_KEY = 2
_LONG_KEY = 4
_SIZES = (1, 2, 3, 4)
_BESIDE = {"reading": ("calendar", "facts")}


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry found: the section, the words from `first` to `last`, and their characters."""

    section: str
    first: int
    last: int
    start: int
    end: int
    sentence: int
    clause: int
    quoted: bool


@dataclass(frozen=True, slots=True)
class Slot:
    """One word of an entry: what it may be."""

    exact: frozenset[str] = frozenset()
    stems: frozenset[str] = frozenset()
    starts: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    number: bool = False
    anything: bool = False
    gap: bool = False
    optional: bool = False

    def fits(self, form: str, form_stem: str) -> bool:
        """Tell whether a word of the text is meant."""
        if self.anything or form in self.exact or form_stem in self.stems:
            return True
        if self.number:
            return form.isdigit()
        if self.starts and form.startswith(self.starts):
            return True
        return bool(self.ends) and form.endswith(self.ends)


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One entry of a section."""

    section: str
    slots: tuple[Slot, ...]


class Lexicon:
    """The sections of one language, ready to be looked for in a text."""

    def __init__(self, tongue: str, sections: dict[str, str]) -> None:
        """Read `sections`, each the text of its entries."""
        self.tongue = tongue
        self.stemmed = tongue in {"en", "lt", "sq"}
        self._by_word: dict[str, list[Entry]] = defaultdict(list)
        self._by_stem: dict[str, list[Entry]] = defaultdict(list)
        self._by_start: dict[str, list[Entry]] = defaultdict(list)
        self._by_end: dict[str, list[Entry]] = defaultdict(list)
        self._numbers: list[Entry] = []
        for section, entries in sections.items():
            for line in entries.replace(";", "\n").splitlines():
                if line.strip():
                    self._add(section, line.split())

    def _add(self, section: str, tokens: list[str]) -> None:
        slots = tuple(_slot(self.tongue, token) for token in tokens)
        entry, first = Entry(section, slots), slots[0]
        for word in first.exact:
            self._by_word[word].append(entry)
        for word in first.stems:
            self._by_stem[word].append(entry)
        for start in {start[:_LONG_KEY] for start in first.starts}:
            self._by_start[start].append(entry)
        for end in {end[-_KEY:] for end in first.ends}:
            self._by_end[end].append(entry)
        if first.number:
            self._numbers.append(entry)

    def find(self, text: Text) -> dict[str, list[Hit]]:
        """Return every entry that stands in `text`, by section, in the order of the text."""
        words = text.words
        stems = [stem(self.tongue, word.form) if self.stemmed else "" for word in words]
        hits: dict[str, list[Hit]] = defaultdict(list)
        for at, word in enumerate(words):
            for entry in self._candidates(word.form, stems[at]):
                last = _match(entry.slots, 1, words, stems, at + 1)
                if last is not None:
                    hits[entry.section].append(_hit(entry.section, words, at, last))
        return dict(hits)

    def _candidates(self, form: str, form_stem: str) -> list[Entry]:
        """Return the entries whose first word this is."""
        found = [*self._by_word.get(form, ()), *self._by_stem.get(form_stem, ())]
        maybe = [entry for size in _SIZES for entry in self._by_start.get(form[:size], ())]
        maybe += self._by_end.get(form[-_KEY:], ())
        found += [entry for entry in maybe if entry.slots[0].fits(form, form_stem)]
        if form.isdigit():
            found += self._numbers
        return list(dict.fromkeys(found)) if len(found) > 1 else found


def _hit(section: str, words: tuple[Word, ...], first: int, last: int) -> Hit:
    word = words[first]
    return Hit(
        section,
        first,
        last,
        word.start,
        words[last].end,
        word.sentence,
        word.clause,
        word.quoted,
    )


def _match(
    slots: tuple[Slot, ...], at: int, words: tuple[Word, ...], stems: list[str], place: int
) -> int | None:
    """Return the place of the last word of the entry, if from `at` on it stands at `place`."""
    size = len(slots)
    while at < size and not (slots[at].gap or slots[at].optional):
        if not _stands(slots[at], words, stems, place, at):
            return None
        at, place = at + 1, place + 1
    if at == size:
        return place - 1
    if slots[at].gap:
        within = words[place : place + _GAP + 1]
        near = [n for n, word in enumerate(within) if word.sentence == words[place - 1].sentence]
        tried = (_match(slots, at + 1, words, stems, place + n) for n in near)
        return next((end for end in tried if end is not None), None)
    last = None
    if _stands(slots[at], words, stems, place, at):
        last = _match(slots, at + 1, words, stems, place + 1)
    return _match(slots, at + 1, words, stems, place) if last is None else last


def _stands(slot: Slot, words: tuple[Word, ...], stems: list[str], place: int, at: int) -> bool:
    if place >= len(words):
        return False
    word = words[place]
    if at and word.sentence != words[place - 1].sentence:
        return False
    return slot.fits(word.form, stems[place])


def _slot(tongue: str, mark: str) -> Slot:
    if mark == "..":
        return Slot(gap=True)
    if mark == "_":
        return Slot(anything=True)
    optional = mark.endswith("?")
    parts = [part for part in mark.rstrip("?").split("|") if part]
    lemmas = [part[1:] for part in parts if part.startswith("=")]
    plain = {fold(p) for p in parts if not p.startswith(("=", "*")) and not p.endswith("*")}
    return Slot(
        exact=frozenset(plain - {"#"})
        | frozenset(form for lemma in lemmas for form in written_out(tongue, lemma)),
        stems=frozenset(stem(tongue, fold(lemma)) for lemma in lemmas)
        if tongue in {"en", "lt", "sq"}
        else frozenset(),
        starts=tuple(fold(part[:-1]) for part in parts if part.endswith("*")),
        ends=tuple(fold(part[1:]) for part in parts if part.startswith("*")),
        number="#" in parts,
        optional=optional,
    )


@cache
def lexicon(tongue: str, file: str) -> Lexicon:
    """Return the lexicon of `data/TONGUE/FILE.toml` with the words it needs beside, read once."""
    sections: dict[str, str] = {}
    for name in (*_BESIDE.get(file, ("calendar",)), file):
        text = (DATA / tongue / f"{name}.toml").read_text(encoding="utf-8")
        sections |= tomllib.loads(text)
    return Lexicon(tongue, sections)
