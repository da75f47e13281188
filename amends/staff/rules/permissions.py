"""Who may do what: the one table. Pure."""

from enum import StrEnum


class Role(StrEnum):
    """What somebody is trusted with here."""

    AGENT = "agent"
    SENIOR = "senior"
    MANAGER = "manager"
    EMPLOYEE = "employee"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


class Act(StrEnum):
    """Something that somebody may be allowed to do."""

    RECORD_CONTACT = "record-contact"
    ASK_INSIDE = "ask-inside"
    SEE_CASES = "see-cases"
    WORK_ON_CASE = "work-on-case"
    WORK_ON_ANY_CASE = "work-on-any-case"
    MAKE_PROMISE = "make-promise"
    ASSIGN_CASE = "assign-case"
    CLOSE_CASE = "close-case"
    HAND_OUT_CASE = "hand-out-case"
    SEE_CUSTOMERS = "see-customers"
    EDIT_CUSTOMER = "edit-customer"
    MERGE_CUSTOMERS = "merge-customers"
    ANSWER_HELP = "answer-help"
    SEE_OUTGOING_MAIL = "see-outgoing-mail"
    SEND_AGAIN = "send-again"
    SEE_JOURNAL = "see-journal"
    EDIT_AUTHORITY = "edit-authority"
    SEE_PROCEDURES = "see-procedures"
    EDIT_PROCEDURES = "edit-procedures"
    EDIT_TEAMS = "edit-teams"
    EDIT_STAFF = "edit-staff"
    EDIT_ORGANISATION = "edit-organisation"
    IMPORT = "import"


_EMPLOYEE = frozenset({Act.ASK_INSIDE})
_AGENT = _EMPLOYEE | {
    Act.RECORD_CONTACT,
    Act.SEE_CASES,
    Act.WORK_ON_CASE,
    Act.MAKE_PROMISE,
    Act.CLOSE_CASE,
    Act.SEE_CUSTOMERS,
    Act.EDIT_CUSTOMER,
}
_SENIOR = _AGENT | {
    Act.WORK_ON_ANY_CASE,
    Act.ASSIGN_CASE,
    Act.HAND_OUT_CASE,
    Act.MERGE_CUSTOMERS,
    Act.ANSWER_HELP,
    Act.SEE_OUTGOING_MAIL,
    Act.SEND_AGAIN,
}
_MANAGER = _SENIOR | {
    Act.SEE_JOURNAL,
    Act.EDIT_AUTHORITY,
    Act.SEE_PROCEDURES,
    Act.EDIT_PROCEDURES,
    Act.EDIT_TEAMS,
}
_ADMINISTRATOR = _EMPLOYEE | {
    Act.SEE_OUTGOING_MAIL,
    Act.SEND_AGAIN,
    Act.SEE_JOURNAL,
    Act.SEE_PROCEDURES,
    Act.EDIT_AUTHORITY,
    Act.EDIT_TEAMS,
    Act.EDIT_STAFF,
    Act.EDIT_ORGANISATION,
    Act.IMPORT,
}
_AUDITOR = frozenset({Act.SEE_CASES, Act.SEE_CUSTOMERS, Act.SEE_OUTGOING_MAIL, Act.SEE_JOURNAL})

ALLOWED: dict[Role, frozenset[Act]] = {
    Role.AGENT: _AGENT,
    Role.SENIOR: _SENIOR,
    Role.MANAGER: _MANAGER,
    Role.EMPLOYEE: _EMPLOYEE,
    Role.ADMINISTRATOR: _ADMINISTRATOR,
    Role.AUDITOR: _AUDITOR,
}


def may(role: Role, act: Act) -> bool:
    """Return whether somebody of `role` may do `act`."""
    return act in ALLOWED[role]
