"""By which mail is held to be looked at: what a filter marks, who wrote it, what it says. Pure.

Nothing is ever dropped: what a rule holds waits where it is seen, and is filed with a click.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from amends.contacts.rules.messages import Inbound

MOST_RULES = 200
LONGEST = 200
BY_RULE = "rule:"
_MOST_LINES = 20


class LooksAt(StrEnum):
    """What of a mail a rule looks at."""

    SENDER = "sender"
    DOMAIN = "domain"
    SUBJECT = "subject"
    HEADER = "header"


@dataclass(frozen=True, slots=True)
class Rule:
    """What is held. header: its name, where one is looked at; text: what stands there."""

    looks_at: LooksAt
    text: str
    header: str = ""

    @property
    def reason(self) -> str:
        """Return why a mail is held by it, as a code."""
        return f"{BY_RULE}{self.looks_at}:{self.header}:{self.text}"


def rule_in(reason: str) -> Rule | None:
    """Return the rule that `reason` tells of; None if it tells of none."""
    if not reason.startswith(BY_RULE):
        return None
    looks_at, _colon, rest = reason.removeprefix(BY_RULE).partition(":")
    header, _colon, text = rest.partition(":")
    return Rule(LooksAt(looks_at), text, header)


def rule_that_holds(mail: Inbound, rules: Iterable[Rule]) -> Rule | None:
    """Return the first of `rules` that holds `mail`; None if none does."""
    return next((rule for rule in rules if _holds(rule, mail)), None)


def _holds(rule: Rule, mail: Inbound) -> bool:
    wanted = _plain(rule.text)
    address = _plain(mail.sender.address if mail.sender else "")
    if rule.looks_at is LooksAt.SENDER:
        return address == wanted
    if rule.looks_at is LooksAt.DOMAIN:
        domain, bare = address.rpartition("@")[2], wanted.lstrip("@")
        return domain == bare or domain.endswith(f".{bare}")
    if rule.looks_at is LooksAt.SUBJECT:
        return wanted in _plain(mail.subject)
    lines = mail.headers.get(rule.header.lower(), [])[:_MOST_LINES]
    return any(wanted in _plain(line) for line in lines)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
