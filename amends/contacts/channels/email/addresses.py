"""Who a message names: names and addresses out of header values. Tolerant; nothing here raises."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from amends.contacts.channels.email.headers import LONGEST_VALUE, decode_words
from amends.contacts.rules.messages import Mailbox

MOST_ADDRESSES = 1000
LONGEST_ADDRESS = 320
LONGEST_PHRASE = 500

_TOKEN = re.compile(
    r'(?P<quoted>"(?:[^"\\]|\\.)*+")'
    r"|(?P<angle><[^<>]*+>?)"
    r"|(?P<comment>\()"
    r"|(?P<mark>[,;:])"
    r"|(?P<space>\s++)"
    r"|(?P<word>=\?[^?\s]{1,75}\?[bBqQ]\?.{0,2000}?\?=|[^\s\"<>(),;:]++|.)",
    re.DOTALL,
)
_ADDRESS = re.compile(r'(?:"[^"]*"|[^\s@<>"(),;]+)@[^\s@<>"(),;]+')
_USABLE = re.compile(r"[^@\s<>]+@[^@\s<>]+|\"[^\"]+\"@[^@\s<>]+")


@dataclass(slots=True)
class _Entry:
    """One mailbox while it is being read. `said` keeps the words with the spaces between them."""

    said: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    angle: str | None = None


def is_usable(address: str) -> bool:
    """Return whether mail could be sent to `address`."""
    return len(address) <= LONGEST_ADDRESS and _USABLE.fullmatch(address) is not None


def addresses_in(value: str) -> tuple[Mailbox, ...]:
    """Return the mailboxes in a header value, groups opened; a name or an address may be empty."""
    found = []
    for entry in _entries(value[:LONGEST_VALUE]):
        mailbox = _mailbox(entry)
        if mailbox.name or mailbox.address:
            found.append(mailbox)
        if len(found) == MOST_ADDRESSES:
            break
    return tuple(found)


def _entries(value: str) -> Iterator[_Entry]:
    entry = _Entry()
    position = 0
    while token := _TOKEN.match(value, position):
        position = token.end()
        kind, said = token.lastgroup, token[0]
        if kind == "word" and said == '"':
            value = value.replace('"', " ")  # never closed: none of them counts
        elif kind == "comment":
            end = _end_of_comment(value, position)
            value = value if end else value.replace("(", " ")  # likewise
            entry.comments.append(value[position : max(position, end - 1)])
            position = end or position
        elif kind == "mark" and (said != ":" or _starts_group(entry)):
            if said != ":":
                yield entry
            entry = _Entry()
        elif kind == "angle" and entry.angle is None:
            entry.angle = said.strip("<>")
        else:
            entry.said.append(said)
    yield entry


def _starts_group(entry: _Entry) -> bool:
    return entry.angle is None and not any("@" in said for said in entry.said)


def _end_of_comment(value: str, start: int) -> int:
    """Return where the comment that began before `start` ends; 0 if it soon does not."""
    depth = 1
    for position in range(start, min(len(value), start + LONGEST_PHRASE)):
        letter = value[position]
        if value[position - 1] != "\\":
            depth += (letter == "(") - (letter == ")")
        if not depth:
            return position + 1
    return 0


def _mailbox(entry: _Entry) -> Mailbox:
    phrase = "".join(entry.said)[:LONGEST_PHRASE]
    if entry.angle is None:
        return _bare(phrase, entry.comments)
    address = re.sub(r"\([^()]*\)|\s", "", entry.angle[:LONGEST_PHRASE])
    address = address if "?" in address else address.removeprefix("mailto:")
    if address.startswith("@"):
        address = address.rpartition(":")[2]
    return Mailbox(_name(phrase) or _name(" ".join(entry.comments)), decode_words(address))


def _bare(phrase: str, comments: list[str]) -> Mailbox:
    """Read a mailbox without angle brackets: the address is the first word that looks like one."""
    if found := _ADDRESS.search(phrase):
        rest = phrase[: found.start()]
        return Mailbox(_name(rest) or _name(" ".join(comments)), decode_words(found[0]))
    word = phrase.strip()
    if " " not in word and not word.startswith(('"', "=?")):
        return Mailbox(_name(" ".join(comments)), decode_words(word))
    return Mailbox(_name(phrase), "")


def _name(phrase: str) -> str:
    """Return a display name as a person reads it: unquoted, unescaped and decoded."""
    unquoted = re.sub(
        r'"((?:[^"\\]|\\.)*+)"', lambda quoted: re.sub(r"\\(.)", r"\1", quoted[1]), phrase
    )
    unescaped = unquoted if unquoted != phrase else re.sub(r"\\(.)", r"\1", phrase)
    return re.sub(" {2,}", " ", decode_words(unescaped)).strip(" '\"")
