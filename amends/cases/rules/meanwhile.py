"""What an act takes for granted, and so what of others makes it wait for a second look. Pure."""

from collections.abc import Mapping
from enum import StrEnum


class Concern(StrEnum):
    """What an act is about. Whatever says nothing of its own is about the whole case."""

    CASE = "case"
    NOTE = "note"
    CALL = "call"
    REPLY = "reply"
    PROMISES = "promises"
    ASSESSMENT = "assessment"
    WISH = "wish"
    NEEDS = "needs"
    SHARING = "sharing"


# Beside what everybody works on: no act is wrong because of these.
BESIDE = frozenset(
    {
        "CaseSnoozed",
        "CaseTagged",
        "CaseUntagged",
        "CaseWoke",
        "ContributionDropped",
        "ContributionNamed",
        "HelpAnsweredOnCase",
        "HelpAskedOnCase",
        "HistoryLookedAt",
        "NoteAdded",
        "PartyInformed",
        "PublicationAnswered",
        "ReplyShared",
        "ReplySharingEnded",
        "SharedReplyTakenOver",
        "ThanksPassedOn",
    }
)
# After these a case is at another place, whatever one was about to do.
TURNS = frozenset(
    {
        "CaseClosed",
        "CaseDecided",
        "CaseForwarded",
        "CaseMerged",
        "CaseReopened",
        "CaseWithdrawn",
        "DecidedOutside",
        "FinalResponseSent",
        "RuledOutOfScope",
        "WentOutside",
    }
)
SAID = frozenset({"Apologised", "ContactAdded", "ReplySent", "ReplyUndone", "Thanked"})
PROMISED = frozenset(
    {
        "BrokenPromiseApologised",
        "DoneOnTheSpot",
        "PromiseAccepted",
        "PromiseBroken",
        "PromiseCountered",
        "PromiseKept",
        "PromiseMade",
        "PromiseRenegotiated",
    }
)
# A note or a call stands beside what others wrote, and is never wrong because of it.
_CHANGED_BY: Mapping[Concern, frozenset[str]] = {
    Concern.NOTE: frozenset(),
    Concern.CALL: frozenset(),
    Concern.REPLY: SAID | PROMISED | TURNS,
    Concern.PROMISES: PROMISED | SAID | TURNS,
    Concern.ASSESSMENT: TURNS | {"CaseAssessed"},
    Concern.WISH: TURNS | {"WishNoted", "NeedBySet"},
    Concern.NEEDS: TURNS | {"NeedsNoted"},
    Concern.SHARING: TURNS,
}
_LEAVES: Mapping[Concern, frozenset[str]] = {
    Concern.NOTE: frozenset({"NoteAdded"}),
    Concern.CALL: frozenset({"ContactAdded"}),
    Concern.REPLY: frozenset({"ReplySent"}),
    Concern.SHARING: frozenset({"ReplyShared"}),
}


def concerns(concern: Concern, kind: str) -> bool:
    """Return whether an act about `concern` must be looked at again after an event of `kind`."""
    if concern is Concern.CASE:
        return kind not in BESIDE
    return kind in _CHANGED_BY[concern]


def is_left_by(concern: Concern, kind: str) -> bool:
    """Return whether an act about `concern` may itself have left an entry of `kind`."""
    return kind in _LEAVES.get(concern, frozenset()) or (
        concern not in _LEAVES and concerns(concern, kind)
    )
