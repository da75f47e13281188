"""Setting a page for print: a template of Typst's and what it is told, and a PDF comes of it.

The fonts are those inside the compiler, so that a page looks the same on every machine; they hold
Latin with all our accents, and Cyrillic.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst


def typeset(template: Path, facts: Mapping[str, object]) -> bytes:
    """Return the PDF that `template` makes of `facts`, which it reads as JSON."""
    made: bytes = typst.compile(str(template), format="pdf", **_told(facts))
    return made


def pictured(template: Path, facts: Mapping[str, object]) -> list[bytes]:
    """Return the pages that `template` makes of `facts`, each as a PNG."""
    made: bytes | list[bytes] = typst.compile(str(template), format="png", **_told(facts))
    return made if isinstance(made, list) else [made]


def _told(facts: Mapping[str, object]) -> dict[str, Any]:
    told = {"facts": json.dumps(facts, ensure_ascii=False)}
    return {"sys_inputs": told, "ignore_system_fonts": True}
