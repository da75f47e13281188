"""What kinds of customers there are, and how they like to be met. Pure."""

from enum import StrEnum


class PersonKind(StrEnum):
    """A human being, or an organisation that speaks through one."""

    HUMAN = "human"
    ORGANISATION = "organisation"


class Standing(StrEnum):
    """What somebody is to us. Everybody gets the full process. Source: requirements S2-04."""

    CUSTOMER = "customer"
    VISITOR = "visitor"
    APPLICANT = "applicant"
    PATIENT = "patient"
    CITIZEN = "citizen"
    SUPPLIER = "supplier"
    NO_CUSTOMER = "no-customer"
    COLLEAGUE = "colleague"


class Honorific(StrEnum):
    """How a name is addressed; unknown is addressed by the full name alone."""

    UNKNOWN = "unknown"
    MISTER = "mister"
    MISSUS = "missus"


class PointKind(StrEnum):
    """How a customer can be reached."""

    EMAIL = "email"
    TELEPHONE = "telephone"
    POSTAL = "postal"


class Preference(StrEnum):
    """The channel on which a customer likes to hear from us."""

    EMAIL = "email"
    TELEPHONE = "telephone"
    LETTER = "letter"
    FACE_TO_FACE = "face-to-face"
