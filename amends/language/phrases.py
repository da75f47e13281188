"""Why a remark is made and how to say it better, in five languages, from the data files."""

import tomllib
from functools import cache
from typing import Any

from amends.language.lexicon import DATA


def advice(code: str, tongue: str) -> tuple[str, str]:
    """Return why the remark `code` is made and a better wording, in `tongue`."""
    entry = coach(tongue)["remarks"][code]
    return entry["why"], entry["better"]


@cache
def coach(tongue: str) -> dict[str, Any]:
    """Return the coach's sentences in `tongue`, read once."""
    return tomllib.loads((DATA / tongue / "coach.toml").read_text(encoding="utf-8"))
