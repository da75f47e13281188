"""What a final response must say before the step DECIDED is taken. Pure.

It refuses the step, never a message; readability only warns. Source: case-model 2.3, 2.6.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from amends.cases.rules.kinds import Outcome
from amends.staff.rules.authority import MONEY, RemedyKind


class Gap(StrEnum):
    """What a final response lacks, in the order in which the letter says it."""

    CUSTOMER_NOT_NAMED = "customer-not-named"
    AUTHOR_NOT_NAMED = "author-not-named"
    NO_ISSUE = "no-issue"
    FACTS_MISSING = "facts-missing"
    STANDARD_MISSING = "standard-missing"
    DECISION_MISSING = "decision-missing"
    REASONS_MISSING = "reasons-missing"
    APOLOGY_MISSING = "apology-missing"
    REMEDY_MISSING = "remedy-missing"
    AMOUNT_MISSING = "amount-missing"
    DAY_MISSING = "day-missing"
    DAY_PAST = "day-past"
    HOW_MISSING = "how-missing"
    OWNER_MISSING = "owner-missing"
    CHANGE_MISSING = "change-missing"
    REVIEW_MISSING = "review-missing"
    BODY_MISSING = "body-missing"
    BODY_UNREACHABLE = "body-unreachable"
    BODY_WITHOUT_DEADLINE = "body-without-deadline"
    OTHER_LANGUAGE = "other-language"
    THANKS_MISSING = "thanks-missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueFacts:
    """What the letter says of one thing complained of; whether each is there."""

    facts: bool
    standard: bool
    validity: Outcome
    reasons: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyFacts:
    """What the letter says of one remedy. done_by_letter: it is given by the letter itself."""

    kind: RemedyKind
    has_amount: bool
    has_day: bool
    day_past: bool
    has_how: bool
    has_owner: bool
    done_by_letter: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyFacts:
    """What the letter says of one outside body."""

    has_address: bool
    has_deadline: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """What the gate looks at.

    tongues: the languages that what we wrote is surely written in; language: the customer's.
    given_elsewhere: what is given was decided by an outside body.
    """

    customer: bool
    author: bool
    issues: tuple[IssueFacts, ...]
    reasons: bool
    apology: bool
    remedies: tuple[RemedyFacts, ...]
    changes: bool
    review: bool
    bodies: tuple[BodyFacts, ...]
    language: str
    tongues: Collection[str]
    thanks: bool
    given_elsewhere: bool = False


# Where they are right it is put right, and not only said. Source: requirement S3-51.
_RIGHT = frozenset({Outcome.UPHELD, Outcome.PARTLY_UPHELD})


def gaps_in(facts: LetterFacts) -> tuple[Gap, ...]:
    """Return all that a final response lacks, in the order in which the letter says it."""
    stands = {**_who(facts), **_found(facts), **_given(facts), **_then(facts)}
    return tuple(gap for gap in Gap if stands[gap])


def _who(facts: LetterFacts) -> dict[Gap, bool]:
    return {
        Gap.CUSTOMER_NOT_NAMED: not facts.customer,
        Gap.AUTHOR_NOT_NAMED: not facts.author,
        Gap.OTHER_LANGUAGE: bool(set(facts.tongues) - {"", facts.language}),
        Gap.THANKS_MISSING: not facts.thanks,
    }


def _found(facts: LetterFacts) -> dict[Gap, bool]:
    issues = facts.issues
    return {
        Gap.NO_ISSUE: not issues,
        Gap.FACTS_MISSING: any(not issue.facts for issue in issues),
        Gap.STANDARD_MISSING: any(not issue.standard for issue in issues),
        Gap.DECISION_MISSING: any(issue.validity is Outcome.NOT_JUDGED for issue in issues),
        Gap.REASONS_MISSING: not facts.reasons or any(not issue.reasons for issue in issues),
    }


def _given(facts: LetterFacts) -> dict[Gap, bool]:
    later = [remedy for remedy in facts.remedies if not remedy.done_by_letter]
    right = any(issue.validity in _RIGHT for issue in facts.issues)
    nothing = not facts.remedies and not facts.given_elsewhere
    return {
        Gap.APOLOGY_MISSING: not facts.apology,
        Gap.REMEDY_MISSING: right and nothing,
        Gap.AMOUNT_MISSING: any(each.kind in MONEY and not each.has_amount for each in later),
        Gap.DAY_MISSING: any(not each.has_day for each in later),
        Gap.DAY_PAST: any(each.day_past for each in later),
        Gap.HOW_MISSING: any(not each.has_how for each in facts.remedies),
        Gap.OWNER_MISSING: any(not each.has_owner for each in later),
    }


def _then(facts: LetterFacts) -> dict[Gap, bool]:
    return {
        Gap.CHANGE_MISSING: not facts.changes,
        Gap.REVIEW_MISSING: not facts.review,
        Gap.BODY_MISSING: not facts.bodies,
        Gap.BODY_UNREACHABLE: any(not body.has_address for body in facts.bodies),
        Gap.BODY_WITHOUT_DEADLINE: any(not body.has_deadline for body in facts.bodies),
    }


_SENTENCE_ENDS = re.compile(r"[.:!?]+(?:\s|$)")
_WORD = re.compile(r"\w+")
_LONG = 6
HARD_TO_READ = 60


def lix(text: str) -> int | None:
    """Return how hard `text` is to read, from 20 (a story) to 60 (a statute); None for no text.

    Source: Björnsson's LIX: words per sentence, and the share of words over six letters.
    """
    words = _WORD.findall(text)
    if not words:
        return None
    sentences = max(len(_SENTENCE_ENDS.findall(text)), 1)
    long = sum(len(word) > _LONG for word in words)
    return round(len(words) / sentences + 100 * long / len(words))


def is_hard_to_read(text: str) -> bool:
    """Return whether `text` reads like a statute; a warning, never a refusal."""
    found = lix(text)
    return found is not None and found > HARD_TO_READ
