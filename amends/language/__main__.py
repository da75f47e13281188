"""Read texts, or check replies, one JSON object a line: an organisation's try on its own texts.

    python -m amends.language read    < texts.jsonl
    python -m amends.language remarks < drafts.jsonl

`read` takes `text`; `remarks` takes `draft`, and if known `customer_name`, `customer_lang` and
`is_complaint`. Each line comes back with what was read, and under `because` the words that made it
so. Nothing is sent anywhere.
"""

import json
import sys
from collections.abc import Callable
from typing import Any

from amends.language.drafts import Context
from amends.language.reading import Reading, read
from amends.language.remarks import CODES, remarks

Line = dict[str, Any]


def read_line(line: Line) -> Line:
    """Return what is read of the `text` of a line."""
    reading = read(line["text"])
    due = reading.need_by
    return {
        "id": line.get("id"),
        "lang": reading.language.code,
        "kind": reading.kind.name,
        "anger": reading.anger.degree,
        "abuse": bool(reading.abuse),
        "threat": bool(reading.threat),
        "legal_threat": bool(reading.escalation),
        "manners": list(reading.manners),
        "facts": reading.said(reading.lanes.facts),
        "feelings": reading.said(reading.lanes.feelings),
        "requested_remedy": reading.remedy.name,
        "need_by": reading.text[due.start : due.end] if due else None,
        "amounts": reading.said(reading.amounts),
        "references": reading.said(reading.references),
        "dates": reading.said(reading.dates),
        "missing": list(reading.missing),
        "confidence": {
            "lang": round(reading.language.confidence, 3),
            "kind": round(reading.kind.confidence, 3),
        },
        "because": _because(reading),
    }


def _because(reading: Reading) -> Line:
    """Return the words behind each answer."""
    return {
        "kind": reading.kind.because,
        "anger": reading.anger.because,
        "abuse": reading.abuse,
        "threat": reading.threat,
        "legal_threat": reading.escalation,
        "manners": dict(reading.manners),
        "requested_remedy": reading.remedy.because,
    }


def remark_line(line: Line) -> Line:
    """Return the remarks on the `draft` of a line."""
    found = remarks(
        line["draft"],
        Context(
            customer_name=line.get("customer_name") or "",
            language=line.get("customer_lang") or line.get("lang") or "",
            is_complaint=line.get("is_complaint", True),
        ),
    )
    violations = [remark for remark in found if remark.code in CODES]
    return {
        "id": line.get("id"),
        "violations": [remark.code for remark in violations],
        "good": not violations,
        "others": [remark.code for remark in found if remark.code not in CODES],
        "because": {remark.code: list(remark.words) for remark in found},
        "remarks": [
            {"code": remark.code, "why": remark.why, "better": remark.better} for remark in found
        ],
    }


FIELDS = {"read": "text", "remarks": "draft"}
COMMANDS: dict[str, Callable[[Line], Line]] = {"read": read_line, "remarks": remark_line}


def main(arguments: list[str]) -> int:
    """Answer each line of standard input; 1 if a line could not be read, 2 if asked otherwise."""
    if len(arguments) != 1 or arguments[0] not in COMMANDS:
        sys.stderr.write(__doc__ or "")
        return 2
    (command,) = arguments
    code = 0
    for number, line in enumerate(sys.stdin, start=1):
        if not line.strip():
            continue
        told = _object(line)
        if isinstance(told.get(FIELDS[command]), str):
            sys.stdout.write(json.dumps(COMMANDS[command](told), ensure_ascii=False) + "\n")
        else:
            code = 1
            sys.stderr.write(f"Line {number} is no JSON object with a `{FIELDS[command]}`.\n")
    return code


def _object(line: str) -> Line:
    """Return the JSON object of a line; an empty one if it is none."""
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
