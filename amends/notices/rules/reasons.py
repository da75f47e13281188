"""Why a colleague is told something, how grave it is, how they may choose to hear it. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum


class Reason(StrEnum):
    """What happened that somebody is told of; the gravest first."""

    MAY_BE_THREAT = "may-be-threat"
    NOT_RIGHT = "not-right"
    WENT_OUTSIDE = "went-outside"
    TERM_OVER = "term-over"
    PROMISE_BROKEN = "promise-broken"
    LOOK_ASKED = "look-asked"
    REVIEW_WAITS = "review-waits"
    HANDOVER_WAITS = "handover-waits"
    APPROVAL_WAITS = "approval-waits"
    HELP_ASKED = "help-asked"
    CASE_GIVEN = "case-given"
    TODO_GIVEN = "todo-given"
    PROMISE_SOON = "promise-soon"
    CLOCK_SOON = "clock-soon"
    ASK_THEM = "ask-them"
    NOT_REACHED = "not-reached"
    REPLY_WAITS = "reply-waits"
    PARTLY = "partly"
    ANOTHER_DAY = "another-day"
    MORE_TIME = "more-time"
    REPLY_SHARED = "reply-shared"
    MENTIONED = "mentioned"
    WROTE = "wrote"
    TOOK_BACK = "took-back"
    SAID_YES = "said-yes"
    PUT_RIGHT = "put-right"
    NOT_APPROVED = "not-approved"
    APPROVED = "approved"
    HELP_GIVEN = "help-given"
    HANDOVER_DECLINED = "handover-declined"
    HANDOVER_ACCEPTED = "handover-accepted"
    THANKED = "thanked"


class Group(StrEnum):
    """What is chosen together: how one hears of it."""

    GIVEN = "given"
    HELP = "help"
    MENTION = "mention"
    CUSTOMER = "customer"
    FOLLOWED = "followed"
    PROMISE = "promise"
    TIME = "time"
    APPROVAL = "approval"
    REVIEW = "review"
    THANKS = "thanks"


class Way(StrEnum):
    """How somebody hears of it; in the page it stands in each but the last."""

    PAGE = "page"
    MAIL = "mail"
    DIGEST = "digest"
    NONE = "none"


GROUPS = {
    Reason.MAY_BE_THREAT: Group.HELP,
    Reason.NOT_RIGHT: Group.CUSTOMER,
    Reason.WENT_OUTSIDE: Group.CUSTOMER,
    Reason.TERM_OVER: Group.TIME,
    Reason.PROMISE_BROKEN: Group.PROMISE,
    Reason.LOOK_ASKED: Group.REVIEW,
    Reason.REVIEW_WAITS: Group.REVIEW,
    Reason.HANDOVER_WAITS: Group.GIVEN,
    Reason.APPROVAL_WAITS: Group.APPROVAL,
    Reason.HELP_ASKED: Group.HELP,
    Reason.CASE_GIVEN: Group.GIVEN,
    Reason.TODO_GIVEN: Group.GIVEN,
    Reason.PROMISE_SOON: Group.PROMISE,
    Reason.CLOCK_SOON: Group.TIME,
    Reason.ASK_THEM: Group.CUSTOMER,
    Reason.NOT_REACHED: Group.CUSTOMER,
    Reason.REPLY_WAITS: Group.CUSTOMER,
    Reason.PARTLY: Group.CUSTOMER,
    Reason.ANOTHER_DAY: Group.CUSTOMER,
    Reason.MORE_TIME: Group.CUSTOMER,
    Reason.REPLY_SHARED: Group.HELP,
    Reason.MENTIONED: Group.MENTION,
    Reason.WROTE: Group.CUSTOMER,
    Reason.TOOK_BACK: Group.CUSTOMER,
    Reason.SAID_YES: Group.CUSTOMER,
    Reason.PUT_RIGHT: Group.CUSTOMER,
    Reason.NOT_APPROVED: Group.APPROVAL,
    Reason.APPROVED: Group.APPROVAL,
    Reason.HELP_GIVEN: Group.HELP,
    Reason.HANDOVER_DECLINED: Group.GIVEN,
    Reason.HANDOVER_ACCEPTED: Group.GIVEN,
    Reason.THANKED: Group.THANKS,
}
# Somebody waits for an answer: that stands in the page at least.
ANSWERED = frozenset(
    {
        Reason.HANDOVER_WAITS,
        Reason.APPROVAL_WAITS,
        Reason.HELP_ASKED,
        Reason.REVIEW_WAITS,
        Reason.LOOK_ASKED,
    }
)
NEVER_OFF = frozenset(GROUPS[reason] for reason in ANSWERED)
# Somebody must do something about it: who stands in for a colleague who is away hears it, too. What
# only whom it was asked of can answer is not among it.
TO_BE_DONE = frozenset(
    {
        Reason.MAY_BE_THREAT,
        Reason.NOT_RIGHT,
        Reason.WENT_OUTSIDE,
        Reason.TERM_OVER,
        Reason.PROMISE_BROKEN,
        Reason.APPROVAL_WAITS,
        Reason.HELP_ASKED,
        Reason.CASE_GIVEN,
        Reason.TODO_GIVEN,
        Reason.PROMISE_SOON,
        Reason.CLOCK_SOON,
        Reason.ASK_THEM,
        Reason.NOT_REACHED,
        Reason.PARTLY,
        Reason.ANOTHER_DAY,
        Reason.MORE_TIME,
        Reason.WROTE,
        Reason.TOOK_BACK,
    }
)
UNLESS_CHOSEN = {
    **dict.fromkeys(Group, Way.MAIL),
    Group.FOLLOWED: Way.PAGE,
    Group.THANKS: Way.PAGE,
}
_RANK = {reason: place for place, reason in enumerate(Reason)}


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """That somebody is to be told something.

    case_id: None where it is about no case. follows: told only because they follow the case.
    about: what an answer ends, such as `handover:12`; empty where none is asked for. quiet: it is
    not to leave by mail, whatever they chose. alone: nobody hears it instead of them. instead_of:
    for whom they stand in, who is away.
    """

    to_id: int
    reason: Reason
    case_id: int | None = None
    follows: bool = False
    about: str = ""
    quiet: bool = False
    alone: bool = False
    instead_of: int | None = None


def group_of(reason: Reason, *, follows: bool) -> Group:
    """Return the group by which somebody chose how to hear of `reason`."""
    return Group.FOLLOWED if follows else GROUPS[reason]


def is_graver(one: Reason, other: Reason) -> bool:
    """Return whether `one` is graver than `other`."""
    return _RANK[one] < _RANK[other]


def gravest(news: Iterable[News]) -> list[News]:
    """Return one of the `news` for each person: the gravest, and what is theirs before the rest.

    What they hear because they stand in for somebody comes after what is their own.
    """
    found: dict[int, News] = {}
    for one in sorted(news, key=_by_weight):
        found.setdefault(one.to_id, one)
    return list(found.values())


def for_deputies(news: Iterable[News], deputies: Mapping[int, Iterable[int]]) -> list[News]:
    """Return what of the `news` who stands in hears, too, by whom each is for.

    deputies: of those who are away.
    """
    return [
        replace(one, to_id=deputy, instead_of=one.to_id)
        for one in news
        if one.reason in TO_BE_DONE and not (one.follows or one.alone)
        for deputy in deputies.get(one.to_id, ())
    ]


def _by_weight(news: News) -> tuple[int, bool, bool]:
    return _RANK[news.reason], news.follows, news.instead_of is not None


def ways_for(group: Group) -> tuple[Way, ...]:
    """Return the ways to hear of `group` among which somebody chooses."""
    return tuple(way for way in Way if way is not Way.NONE or group not in NEVER_OFF)
