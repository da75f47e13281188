"""What is erased of a case whose record need not be kept any longer, and what keeps it. Pure.

What goes are words: those of the customer, and those of colleagues about them. What stays tells
nothing of anybody: kinds, dates, amounts, clocks, outcomes, and the journal, which holds no words.

Source: case-model 2.3 and 2.6.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from hmac import new as keyed

ERASED = "—"
_PURPOSE = b"amends: erased words\n"


class Against(StrEnum):
    """Why a record is not erased."""

    OPEN = "open"
    NOT_YET = "not-yet"
    FROZEN = "frozen"
    JOINED = "joined"
    OUTSIDE = "outside"
    HELD = "held"
    MAIL = "mail"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What is asked of a record before it is erased.

    outside: an outside body has it, or decided what is not done yet. held: something must not go on
    meanwhile. mail: one of its mails is still to leave.
    """

    is_open: bool = False
    past_keeping: bool = True
    frozen: bool = False
    joined: bool = False
    outside: bool = False
    held: bool = False
    mail: bool = False
    erased: bool = False


def standing_against(record: Record) -> Against | None:
    """Return what stands against erasing a record, the gravest first; None if nothing does."""
    asked = {
        Against.GONE: record.erased,
        Against.OUTSIDE: record.outside,
        Against.FROZEN: record.frozen,
        Against.HELD: record.held,
        Against.OPEN: record.is_open,
        Against.JOINED: record.joined,
        Against.MAIL: record.mail,
        Against.NOT_YET: not record.past_keeping,
    }
    return next((each for each, stands in asked.items() if stands), None)


def keyed_hash(text: str, key: str) -> str:
    """Return what a tombstone keeps of a text: nobody without the key can guess from it."""
    return keyed(key.encode(), _PURPOSE + text.encode(), sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class Words:
    """The columns of a table in which words stand. of: the way from its rows to a case."""

    of: str
    columns: tuple[str, ...]


def _of_case(*columns: str) -> Words:
    return Words("case", columns)


WORDS_OF_CASES: Mapping[str, Words] = {
    "cases.AgreedPoint": _of_case("text"),
    "cases.Approval": _of_case("reason", "words"),
    "cases.Blackening": _of_case("reason"),
    "cases.BulkItem": _of_case("said", "before"),
    "cases.Bundle": _of_case("to", "why_left_out", "error", "name"),
    "cases.Case": Words(
        "pk",
        (
            "gist",
            "unreachable",
            "requested_remedy",
            "need_reason",
            "need",
            "wish",
            "requirement",
            "expectation",
            "done_what",
            "ended_reason",
            "signpost",
        ),
    ),
    "cases.CaseLink": _of_case("why"),
    "cases.CaseNote": _of_case("text"),
    "cases.Cause": _of_case("text", "prevention", "none_needed_reason"),
    "cases.ContactReview": _of_case("seen", "remark"),
    "cases.Decision": _of_case("reasons", "apology", "changes"),
    "cases.Disclosure": Words("evidence__case", ("to",)),
    "cases.Evidence": _of_case("what", "source"),
    "cases.EvidenceFile": Words("evidence__case", ("name",)),
    "cases.FinalResponse": Words("decision__case", ("letter", "text")),
    "cases.FollowUp": _of_case("words"),
    "cases.Forwarding": _of_case("to", "accepted_by"),
    "cases.Handover": _of_case("summary", "open_promises", "emotion_note", "declined_reason"),
    "cases.HeldReply": _of_case("text"),
    "cases.HelpRequest": _of_case("text", "answer"),
    "cases.HistoryOpened": _of_case("reason"),
    "cases.Hold": _of_case("what", "told_whom"),
    "cases.IdentityCheck": _of_case("method"),
    "cases.InternalReview": _of_case("reason", "reasons"),
    "cases.InvestigationPlan": _of_case("questions", "sources", "persons"),
    "cases.Issue": _of_case("statement", "what_happened", "should_have_happened", "reasons"),
    "cases.Lesson": Words("learned_from", ("text",)),
    "cases.Merging": _of_case("reason"),
    "cases.Option": _of_case("what", "value_words", "dropped_why"),
    "cases.OthersAffected": _of_case("found_how", "they_get"),
    "cases.OutsideProceeding": _of_case("reference", "reasons", "award", "evidence"),
    "cases.PartyOfCase": _of_case("their_view"),
    "cases.PassedOver": _of_case("reason"),
    "cases.Promise": _of_case("what", "counter_words", "kept_evidence", "broken_reason"),
    "cases.Proposal": _of_case("view", "tried"),
    "cases.Rating": Words("follow_up__case", ("words",)),
    "cases.ReadBack": _of_case("text", "words"),
    "cases.Remedy": Words("option__case", ("what", "evidence")),
    "cases.Ruling": _of_case("reasons", "taken_back_why"),
    "cases.Snooze": _of_case("reason"),
    "cases.Splitting": _of_case("reason"),
    "cases.TermExtension": _of_case("reason", "circumstances"),
    "cases.Thanks": _of_case("words"),
    "cases.Todo": _of_case("what", "evidence", "left_reason"),
    "cases.Wait": _of_case("what", "whom"),
    "coach.DismissedRemark": _of_case("why"),
    "machine.Asked": _of_case("sent", "answer"),
}
WORDS_OF_CONTACTS: Mapping[str, Words] = {
    "contacts.Arrival": Words(
        "contact",
        (
            "raw",
            "envelope_sender",
            "envelope_recipients",
            "name",
            "reason",
            "sender",
            "subject",
            "likeness",
        ),
    ),
    "contacts.Attachment": Words("contact", ("name",)),
    "contacts.Contact": Words(
        "pk", ("subject", "gist", "message_id", "sender_name", "sender_address")
    ),
    "contacts.Note": Words("contact", ("text",)),
    "contacts.OutgoingMail": Words(
        "contact", ("to_name", "to_address", "cc", "bcc", "subject", "text", "references", "error")
    ),
}
# What says nothing but words, row by row. What hangs on another row stands before it.
GONE_WITH_CASES: Mapping[str, str] = {
    "cases.CustomValue": "case",
    "cases.PlannedReply": "case",
    "cases.Unsent": "case",
}
GONE_WITH_CONTACTS: Mapping[str, str] = {
    "coach.Reading": "contact",
    "contacts.AskedBy": "contact",
    "contacts.MannerShown": "contact",
    "contacts.Mark": "contact",
    "contacts.OutsidePicture": "contact",
}
# Found by machines: left out rather than replaced, so that nothing is found by what stands there.
LEFT_EMPTY = frozenset({"message_id", "likeness", "references"})
