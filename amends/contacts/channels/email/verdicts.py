"""What machines on the way say of a message: where it comes from, and whether it is wanted."""

import re
from collections.abc import Callable

from amends.contacts.channels.email.headers import unfold, without_comments
from amends.contacts.channels.email.structure import Part
from amends.contacts.rules.messages import Authentication, Check, Spam

MOST_LINES = 20
MOST_CHECKS = 30
LONGEST_SAID = 200
SPAM_FROM_LEVEL = 5  # of nine, by which Exchange files a mail as junk

_QUOTED = re.compile(r'"[^"]*"')
_CHECK = re.compile(r"\s*([\w-]+)(?:\s*/\s*\d+)?\s*=\s*([\w-]+)(.*)", re.DOTALL)
_ABOUT = re.compile(r"(?:header\.(?:d|i|from)|smtp\.(?:mailfrom|mail|helo))\s*=\s*@?([^\s;]+)")
_YES = re.compile(r"\s*(?:yes|true|spam|1)\b", re.IGNORECASE)
_NO = re.compile(r"\s*(?:no|false|ham|innocent|0)\b", re.IGNORECASE)
_RSPAMD = re.compile(r"\s*[\w-]*:?\s*(true|false)\b", re.IGNORECASE)
_FOREFRONT = re.compile(r"\b(?:SFV:(?P<sfv>SPM|SKB|SKS|NSPM|SKN|SKI)|CAT:(?P<cat>\w+))")


def authentication_in(root: Part) -> tuple[Authentication, ...]:
    """Return what each `Authentication-Results` says, in their order."""
    lines = root.headers.get("authentication-results", [])[:MOST_LINES]
    return tuple(_authentication(line) for line in lines)


def _authentication(line: str) -> Authentication:
    plain = _QUOTED.sub("", without_comments(unfold(line)))
    server, *told = plain.split(";")[: MOST_CHECKS + 1]
    checks = []
    for each in told:
        if found := _CHECK.fullmatch(each):
            about = _ABOUT.search(found[3])
            checks.append(
                Check(
                    method=found[1].lower(),
                    result=found[2].lower(),
                    about=about[1][:LONGEST_SAID] if about else "",
                )
            )
    name = server.split()[0] if server.split() else ""
    return Authentication(name[:LONGEST_SAID], tuple(checks))


def spam_in(root: Part) -> Spam | None:
    """Return what the filters on the way think of the message; None if none says anything.

    One that finds it unwanted outweighs others that do not.
    """
    verdicts = []
    for name, judge in FILTERS.items():
        for value in root.headers.get(name, [])[:MOST_LINES]:
            verdict = judge(unfold(value))
            if verdict is not None:
                verdicts.append(Spam(verdict, f"{name}: {unfold(value)}"[:LONGEST_SAID]))
    return next((each for each in verdicts if each.is_spam), verdicts[0] if verdicts else None)


def _yes_or_no(value: str) -> bool | None:
    if _YES.match(value):
        return True
    return False if _NO.match(value) else None


def _level(value: str) -> bool | None:
    digits = value.strip()
    known = digits.lstrip("-").isdecimal() and len(digits) <= len("-1")
    return int(digits) >= SPAM_FROM_LEVEL if known else None


def _rspamd(value: str) -> bool | None:
    found = _RSPAMD.match(value)
    return found[1].lower() == "true" if found else None


def _forefront(value: str) -> bool | None:
    found = [each["sfv"] or each["cat"] for each in _FOREFRONT.finditer(value.upper())]
    if not found:
        return None
    return any(
        each in {"SPM", "SKB", "SKS", "HSPM", "PHSH", "HPHSH", "HPHISH", "MALW"} for each in found
    )


FILTERS: dict[str, Callable[[str], bool | None]] = {
    "x-spam-flag": _yes_or_no,
    "x-spam-status": _yes_or_no,
    "x-spam": _yes_or_no,
    "x-spamd-result": _rspamd,
    "x-barracuda-spam-flag": _yes_or_no,
    "x-bogosity": _yes_or_no,
    "x-dspam-result": _yes_or_no,
    "x-gm-spam": _yes_or_no,
    "x-ms-exchange-organization-scl": _level,
    "x-forefront-antispam-report": _forefront,
}
