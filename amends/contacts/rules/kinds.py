"""What a contact can be: its channel and family, its moods and manners. Pure."""

from enum import IntEnum, StrEnum


class Channel(StrEnum):
    """How a contact came about."""

    TELEPHONE = "telephone"
    DESK = "desk"
    LETTER = "letter"
    EMAIL = "email"
    WEB = "web"
    CHAT = "chat"


class Family(StrEnum):
    """The three ways in which a moment of truth happens. Source: requirements S0-12."""

    FACE_TO_FACE = "face-to-face"
    TELEPHONE = "telephone"
    WRITTEN = "written"


FAMILIES = {
    Channel.TELEPHONE: Family.TELEPHONE,
    Channel.DESK: Family.FACE_TO_FACE,
    Channel.LETTER: Family.WRITTEN,
    Channel.EMAIL: Family.WRITTEN,
    Channel.WEB: Family.WRITTEN,
    Channel.CHAT: Family.WRITTEN,
}


class Direction(StrEnum):
    """Who began: the customer, or we."""

    IN = "in"
    OUT = "out"


class Source(StrEnum):
    """Where a contact's words come from. Source: case-model 2.6."""

    WRITTEN = "written"
    TAKEN_DOWN = "taken-down"
    TRANSCRIPT = "transcript"
    TRANSLATION = "translation"


class Represents(StrEnum):
    """Whom a colleague stands for, besides themselves. Source: requirements S0-13, S0-14."""

    ORGANISATION = "organisation"
    DEPARTMENT = "department"


class Mood(IntEnum):
    """How angry somebody is."""

    CALM = 0
    UNEASY = 1
    ANNOYED = 2
    ANGRY = 3
    FURIOUS = 4


class Manner(StrEnum):
    """A manner shown in one contact, never a kind of person. Source: requirements S3-42."""

    ANGRY = "angry"
    ARGUER = "arguer"
    TALKER = "talker"
    HABITUAL_COMPLAINER = "habitual-complainer"
    OFFENSIVE = "offensive"
    DEMANDING = "demanding"


class Effect(StrEnum):
    """How a contact ended for the customer; unknown until somebody says so."""

    UNKNOWN = ""
    GOOD = "good"
    NEUTRAL = "neutral"
    BAD = "bad"


class Lane(StrEnum):
    """What a span of the customer's words is about. Source: requirements S3-27."""

    FACT = "fact"
    FEELING = "feeling"


class ArrivalState(StrEnum):
    """What became of something that arrived."""

    WAITING = "waiting"
    FILED = "filed"
    AUTOMATIC = "automatic"
    BOUNCE = "bounce"
    HELD = "held"
    FAILED = "failed"


class MailState(StrEnum):
    """Where a mail on its way out stands."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    PERHAPS_SENT = "perhaps-sent"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


class MailKind(StrEnum):
    """Why a mail leaves."""

    REPLY = "reply"
    ACKNOWLEDGEMENT = "acknowledgement"
    PROMISE_SLIP = "promise-slip"
    PROMISE_BROKEN = "promise-broken"
    PUT_RIGHT = "put-right"
    THANKS = "thanks"
    PASSWORD = "password"  # noqa: S105 - a kind of mail, not a secret
    INVITATION = "invitation"
    NOTICE = "notice"


class DraftKind(StrEnum):
    """What a draft will become; one that was sent is kept a while, in case it is taken back."""

    SHEET = "sheet"
    COMPOSER = "composer"
    SENT = "sent"


def family_of(channel: Channel) -> Family:
    """Return the family that `channel` belongs to."""
    return FAMILIES[channel]


def represents(*, inside: bool) -> Represents:
    """Return whom one stands for towards a customer: inside one's department, else the whole."""
    return Represents.DEPARTMENT if inside else Represents.ORGANISATION
