"""What a page of the whole case is made of: titled sections of a few kinds of blocks."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from amends.base.time_words import date_words, exact_words
from amends.cases.queries.letters import house_time

Block = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the whole case: its title, and what stands there."""

    title: str
    blocks: tuple[Block, ...]

    @property
    def told(self) -> dict[str, object]:
        return {"title": self.title, "blocks": list(self.blocks)}


def section(title: str, *blocks: Block | None) -> Section:
    """Return a section of the blocks that hold something."""
    return Section(title, tuple(block for block in blocks if block))


def para(text: str) -> Block | None:
    return {"kind": "para", "text": text} if text.strip() else None


def heading(text: str) -> Block:
    return {"kind": "heading", "text": text}


def pairs(*told: tuple[str, str]) -> Block | None:
    """Return labelled lines; those with nothing to say are left out."""
    kept = [[label, text] for label, text in told if text.strip()]
    return {"kind": "pairs", "pairs": kept} if kept else None


def points(told: Iterable[str]) -> Block | None:
    kept = [text for text in told if text.strip()]
    return {"kind": "points", "points": kept} if kept else None


def table(
    head: Sequence[str], rows: Iterable[Sequence[str]], *, widths: Sequence[int]
) -> Block | None:
    """Return a table whose columns are as wide, in relation, as `widths`."""
    kept = [list(row) for row in rows]
    told = {"kind": "table", "head": list(head), "rows": kept, "widths": list(widths)}
    return told if kept else None


def words(text: str, *, head: str, foot: Sequence[str] = (), ours: bool = False) -> Block:
    """Return what somebody said or wrote, set apart, with who and when above it."""
    return {"kind": "words", "head": head, "text": text, "foot": " · ".join(foot), "ours": ours}


def moment(at: datetime | None) -> str:
    """Return a moment with its year and zone; empty for none."""
    return exact_words(house_time(at), house_time(timezone.now())) if at else ""


def day(on: datetime | date | None) -> str:
    """Return a day in full; empty for none."""
    if on is None:
        return ""
    return date_words(house_time(on) if isinstance(on, datetime) else on)


def every_text(value: Any, change: Callable[[str], str]) -> Any:  # noqa: ANN401 - as JSON knows it
    """Return `value` with every text in it changed; the kinds of blocks are no texts."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {
            key: each if key == "kind" else every_text(each, change) for key, each in value.items()
        }
    if isinstance(value, list):
        return [every_text(each, change) for each in value]
    return value
