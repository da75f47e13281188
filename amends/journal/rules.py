"""How entries are sealed. Pure: values in, digest out."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as it is sealed; `at` is timezone-aware."""

    id: int
    kind: str
    at: datetime
    by: str
    subject: str
    facts: Mapping[str, object]


def digest_of(lines: Iterable[Line], *, previous: str) -> str:
    """Return the SHA-256, in hexadecimal, of the block of `lines` that follows `previous`."""
    seal = hashlib.sha256(previous.encode())
    for line in lines:
        seal.update(
            json.dumps(
                [
                    line.id,
                    line.kind,
                    line.at.astimezone(UTC).isoformat(),
                    line.by,
                    line.subject,
                    line.facts,
                ],
                ensure_ascii=False,
                sort_keys=True,
                separators=(",", ":"),
            ).encode()
        )
    return seal.hexdigest()
