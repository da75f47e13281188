"""What somebody else wrote and a colleague passed on inside a mail of their own. Pure.

Mail programs announce it by a line of their own or by the headers of the original, in the language
of the program; by the words in `quote_words`. A reply that quotes its customer is none: its
subject does not say that it passes something on, and no line above the headers does.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from amends.contacts.rules.messages import Mailbox
from amends.contacts.rules.quote_words import HEADERS

MOST_HEADER_LINES = 30
MOST_LINES_LOOKED_AT = 400
LONGEST_LINE = 1000

_PASSED_ON = re.compile(
    r"\s*(?:(?:re|aw|odp|ats|sv)\s*:\s*)*"
    r"(?:fwd?|fw|wg|tr|rv|i|enc|pd|prs|persiųsta|persiųst|przekazano|"
    r"пересл|пересылка|пересланное|fë|përc|përcjellë|vb|vs|doorst|vidarebefordrat)\s*[:：]",
    re.IGNORECASE,
)
_ANNOUNCED = re.compile(
    r"(?:begin forwarded message|forwarded message|forwarded by|"
    r"(?:пересылаемое|пересланное|переадресованное|перенаправленное) (?:сообщение|письмо)|"
    r"начало переадресованного сообщения|начало переадресованного письма|"
    r"(?:wiadomość przekazana|przekazana wiadomość|treść przekazanej wiadomości|"
    r"początek przekazanej wiadomości|początek przekazywanej wiadomości|"
    r"przekazywana wiadomość|wiadomość przekazywana dalej)|"
    r"(?:persiųstas|peradresuotas|persiunčiamas) (?:laiškas|pranešimas)|"
    r"(?:persiųsta|persiunčiama) žinutė|pradedamas persiųstas laiškas|"
    r"mesazhi?(?: i)? (?:përcjellë|përcjell|kaluar)|fillimi i mesazhit të përcjellë|"
    r"weitergeleitete nachricht|anfang der weitergeleiteten nachricht|"
    r"message transféré|mensaje reenviado|messaggio inoltrato|doorgestuurd bericht)",
    re.IGNORECASE,
)
_ENDED = re.compile(r"(?:конец пересылаемого|end of forwarded|koniec przekazan)", re.IGNORECASE)
_HEADER = re.compile(r"[*_\s]*(?P<name>[^\W\d_][^:：*]{0,24})[*_]*\s*[:：][*_]*\s*(?P<said>.*)")
_ADDRESS = re.compile(r"[^\s<>\"'\[\]():;,]+@[^\s<>\"'\[\]():;,]+\.[^\s<>\"'\[\]():;,.]+")
# "27.03.2026, 15:00, "Rūta" <ruta@example.lt>:" as Yandex writes instead of headers.
_ONE_LINE = re.compile(r"\s*\d{1,2}[.\-/]\d{1,2}[.\-/]\d{2,4}.{0,40}<[^<>\s]+@[^<>\s]+>\s*:\s*")
_DATED = re.compile(r"\s*[\d.\-/]+,?\s*(?:\d{1,2}:\d{2}(?::\d{2})?,?\s*)?")
_RULE = re.compile(r"(?:^|\n)[_\-=*]{3,80}[^\n]{0,80}\s*\Z")
_MARK = re.compile(r"> ?")
# What Thunderbird calls them, besides the usual names.
_ROLES = HEADERS | {"nadawca": "from", "adresat": "to", "dërguesi": "from", "marrësi": "to"}


@dataclass(frozen=True, slots=True)
class Forward:
    """What was passed on: who wrote it, under which subject, and what. above: said on top of it."""

    sender: Mailbox
    subject: str
    text: str
    above: str


def says_it_forwards(subject: str) -> bool:
    """Return whether `subject` begins as mail programs begin the subject of what they pass on."""
    return _PASSED_ON.match(subject) is not None


def without_forward(subject: str) -> str:
    """Return `subject` without what says that it is passed on."""
    while found := _PASSED_ON.match(subject):
        subject = subject[found.end() :]
    return subject.strip()


def forward_in(text: str, *, subject: str) -> Forward | None:
    """Return what is passed on inside `text`, or None where nothing is, or nobody can tell whose.

    subject: of the mail around it.
    """
    lines = text.split("\n")
    looked_at = [line[:LONGEST_LINE] for line in lines[:MOST_LINES_LOOKED_AT]]
    for number, line in enumerate(looked_at):
        announced = _ANNOUNCED.search(line) is not None
        begins = number + 1 if announced else number
        if not announced and not (says_it_forwards(subject) and _role(line) in {"from", "date"}):
            continue
        if found := _told_from(lines, begins, number):
            return found
    return None


def _told_from(lines: Sequence[str], begins: int, above: int) -> Forward | None:
    """Return what is passed on under the headers that begin at a line; None if none do."""
    while begins < len(lines) and not _bare(lines[begins]).strip():
        begins += 1
    marked = begins < len(lines) and lines[begins].lstrip().startswith(">")
    told, ends = _headers(lines, begins)
    sender = _mailbox(told.get("from", ""))
    if sender is None:
        return None
    rest = [_bare(line) if marked else line for line in lines[ends:]]
    text = [line for line in rest if not _ENDED.search(line[:LONGEST_LINE])]
    return Forward(
        sender=sender,
        subject=told.get("about", ""),
        text="\n".join(text).strip("\n "),
        above=_without_rule("\n".join(lines[:above])),
    )


def _headers(lines: Sequence[str], begins: int) -> tuple[dict[str, str], int]:
    """Return the headers from a line on by what they tell, and the line after them."""
    told: dict[str, str] = {}
    last = ""
    for number in range(begins, min(len(lines), begins + MOST_HEADER_LINES)):
        line = _bare(lines[number])[:LONGEST_LINE]
        if not told and _ONE_LINE.fullmatch(line):
            return {"from": _DATED.sub("", line, count=1)}, number + 1
        if not line.strip():
            return told, number + 1
        role = _role(line)
        if role:
            found = _HEADER.match(line)
            last = role
            told.setdefault(role, found["said"].strip() if found else "")
        elif told and last in {"from", "to", "copy", "about"}:
            told[last] = f"{told[last]} {line.strip()}"
        else:
            return told, number
    return told, min(len(lines), begins + MOST_HEADER_LINES)


def _role(line: str) -> str:
    found = _HEADER.match(_bare(line))
    return _ROLES.get(found["name"].strip(" *_").lower(), "") if found else ""


def _bare(line: str) -> str:
    return _MARK.sub("", line, count=1) if line.startswith(">") else line


def _mailbox(said: str) -> Mailbox | None:
    """Return whom `Name <address>`, `Name [mailto:address]` or a bare address names."""
    found = _ADDRESS.search(said.replace("mailto:", " "))
    if not found:
        return None
    name = re.split(r"[<\[(]", said, maxsplit=1)[0].strip(" \"'*_,")
    return Mailbox("" if "@" in name else name, found[0].strip(".*_"))


def _without_rule(above: str) -> str:
    """Return what stands above without the line of dashes, empty or with words, at its end."""
    return _RULE.sub("", above).strip()
