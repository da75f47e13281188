"""The words of a case: its kinds, causes, verdicts and parts. Pure. Source: case-model 2.4, 2.6."""

from enum import IntEnum, StrEnum


class CaseKind(StrEnum):
    """What somebody wants of us."""

    COMPLAINT = "complaint"
    REQUEST = "request"
    ENQUIRY = "enquiry"
    SUGGESTION = "suggestion"
    THANKS = "thanks"
    INTERNAL = "internal"


class Track(StrEnum):
    """How much is asked for before a case closes."""

    LIGHT = "light"
    FULL = "full"


class Severity(IntEnum):
    """How much harm was done."""

    SLIGHT = 1
    MODERATE = 2
    SERIOUS = 3
    GRAVE = 4
    EXTREME = 5


class Outcome(StrEnum):
    """What was found."""

    UPHELD = "upheld"
    PARTLY_UPHELD = "partly-upheld"
    NOT_UPHELD = "not-upheld"
    UNABLE_TO_DETERMINE = "unable-to-determine"
    WITHDRAWN = "withdrawn"
    OUT_OF_SCOPE = "out-of-scope"
    NOT_JUDGED = "not-judged"


class Verdict(StrEnum):
    """Whether it is put right, by the customer's own word."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    NO_ANSWER = "no-answer"


class Satisfaction(StrEnum):
    """How a customer found the way we dealt with them, by their own word."""

    SATISFIED = "satisfied"
    PARTLY = "partly"
    NOT = "not"


class How(StrEnum):
    """How a customer gave an answer, or how we asked."""

    TELEPHONE = "telephone"
    DESK = "desk"
    EMAIL = "email"
    LETTER = "letter"
    LINK = "link"


class Basis(StrEnum):
    """On what a remedy rests, strongest first."""

    LAW = "law"
    CONTRACT = "contract"
    POLICY = "policy"
    GOODWILL = "goodwill"


class Pillar(StrEnum):
    """Where a cause lies."""

    STRATEGY = "strategy"
    SYSTEM = "system"
    STAFF = "staff"
    SUPPLIER = "supplier"
    CUSTOMER_SIDE = "customer-side"
    UNKNOWN = "unknown"


class Mechanism(StrEnum):
    """What kind of thing went wrong."""

    DEFECT = "defect"
    DELAY = "delay"
    UNAVAILABLE = "unavailable"
    WRONG_INFO = "wrong-info"
    UNCLEAR_MESSAGE = "unclear-message"
    PRICE_CHARGE = "price-charge"
    CONDUCT = "conduct"
    INDIFFERENCE = "indifference"
    ACCESS = "access"
    PRIVACY = "privacy"
    POLICY = "policy"
    OTHER = "other"


class Part(StrEnum):
    """What somebody is in a case."""

    COMPLAINANT = "complainant"
    AFFECTED = "affected"
    PAYER = "payer"
    JOINT_HOLDER = "joint-holder"
    REPRESENTATIVE = "representative"
    WITNESS = "witness"
    COMPLAINED_ABOUT = "complained-about"
    SUPPLIER = "supplier"


class PromiseState(StrEnum):
    """Where a promise stands; derived from its moments."""

    OFFERED = "offered"
    AGREED = "agreed"
    COUNTERED = "countered"
    KEPT = "kept"
    BROKEN = "broken"
    RENEGOTIATED = "renegotiated"
    RELEASED = "released"


class CheckLevel(StrEnum):
    """How sure we are of whom we speak with."""

    SAID = "said"
    KNOWN_DETAILS = "known-details"
    DOCUMENT = "document"


class AttemptResult(StrEnum):
    """What came of asking whether it is put right."""

    SENT = "sent"
    REACHED = "reached"
    NOT_REACHED = "not-reached"


class Next(StrEnum):
    """What is to be done next on a case, and so what its date is the date of."""

    ANSWER = "answer"
    LAW_ACKNOWLEDGE = "law-acknowledge"
    LAW_ANSWER = "law-answer"
    OUR_ACKNOWLEDGEMENT = "our-acknowledgement"
    OUR_FIRST_ANSWER = "our-first-answer"
    OUR_NEXT_ANSWER = "our-next-answer"
    OUR_RESOLUTION = "our-resolution"
    AGREE = "agree"
    PROMISE = "promise"
    ANSWER_COUNTER = "answer-counter"
    SAY_SORRY_FIRST = "say-sorry-first"
    KEEP = "keep"
    CUSTOMER_NEED = "customer-need"
    ACCEPT_HANDOVER = "accept-handover"
    HOLD_ENDS = "hold-ends"
    TODO = "todo"
    AWAITED = "awaited"
    TELL_THEM = "tell-them"
    REVIEW = "review"
    OUTSIDE = "outside"
    COMPLY = "comply"
    TELL_DECISION = "tell-decision"
    ASK = "ask"
    ASK_AGAIN = "ask-again"
    CALL_BACK_AT_ONCE = "call-back-at-once"
    CLOSE = "close"
    NEXT_STEP = "next-step"
