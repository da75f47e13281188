"""What of a case a reply must mention, as words that can be looked for in it. Pure."""

import re
from collections.abc import Iterable, Mapping

_WORD = re.compile(r"[^\W\d_]{5,}")
_STEM = 5
_FEW = 2


def key_words(statements: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Return the beginnings of the long words of each statement, by the statement.

    Empty for a single one: whoever writes about the only thing complained of answers it.
    """
    known = {one: tuple(_stems(one)) for one in statements}
    return known if len(known) >= _FEW else {}


def _stems(statement: str) -> dict[str, None]:
    return dict.fromkeys(word[:_STEM].lower() for word in _WORD.findall(statement))
