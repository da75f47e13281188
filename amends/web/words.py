"""The words for what the code calls by an enum. Pages ask `word`; templates ask the filter."""

from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amends.cases.rules.kinds import (
    AttemptResult,
    Basis,
    CaseKind,
    CheckLevel,
    How,
    Mechanism,
    Outcome,
    Part,
    Pillar,
    PromiseState,
    Satisfaction,
    Severity,
    Track,
    Verdict,
)
from amends.contacts.rules.kinds import (
    ArrivalState,
    Channel,
    Direction,
    Effect,
    Family,
    Lane,
    MailKind,
    MailState,
    Manner,
    Mood,
    Represents,
    Source,
)
from amends.people.rules.duplicates import Sign
from amends.people.rules.kinds import Honorific, PersonKind, PointKind, Preference, Standing
from amends.people.rules.occasions import OccasionKind
from amends.people.rules.organisations import OrganisationForm
from amends.staff.rules.authority import RemedyKind
from amends.staff.rules.organisation import Trade
from amends.staff.rules.permissions import Role
from amends.staff.rules.rail import Place
from amends.staff.rules.steps import FirstStep
from amends.web.way_words import WAYS
from amends.web.words_of_admissibility import OF_ADMISSIBILITY
from amends.web.words_of_bulk import OF_BULK
from amends.web.words_of_conduct import OF_CONDUCT
from amends.web.words_of_deciding import OF_DECIDING
from amends.web.words_of_fields import OF_FIELDS
from amends.web.words_of_notices import OF_NOTICES
from amends.web.words_of_views import OF_VIEWS
from amends.web.words_of_weighing import OF_WEIGHING
from amends.web.words_of_writing import OF_WRITING

WORDS: dict[type[Enum], dict[Enum, Promise]] = {
    **OF_ADMISSIBILITY,
    **OF_BULK,
    **OF_CONDUCT,
    **OF_DECIDING,
    **OF_FIELDS,
    **OF_NOTICES,
    **OF_VIEWS,
    **OF_WEIGHING,
    **OF_WRITING,
    Place: {
        Place.MY_DAY: _("My day"),
        Place.INBOX: _("Inbox"),
        Place.CUSTOMERS: _("Customers"),
        Place.PROMISES: _("Promises"),
        Place.MORE: _("More"),
    },
    Role: {
        Role.AGENT: _("Agent"),
        Role.SENIOR: _("Senior"),
        Role.MANAGER: _("Manager"),
        Role.EMPLOYEE: _("Employee"),
        Role.ADMINISTRATOR: _("Administrator"),
        Role.AUDITOR: _("Auditor"),
    },
    RemedyKind: {
        RemedyKind.APOLOGY: _("an apology"),
        RemedyKind.EXPLANATION: _("an explanation"),
        RemedyKind.INFORMATION_CORRECTED: _("information corrected"),
        RemedyKind.REPAIR: _("repair"),
        RemedyKind.REWORK: _("the work done again"),
        RemedyKind.REPLACEMENT: _("replacement"),
        RemedyKind.REDELIVERY: _("delivered again"),
        RemedyKind.REFUND_FULL: _("refund in full"),
        RemedyKind.REFUND_PART: _("refund in part"),
        RemedyKind.PRICE_REDUCTION: _("price reduction"),
        RemedyKind.CREDIT: _("credit"),
        RemedyKind.COMPENSATION: _("compensation"),
        RemedyKind.CONTRACT_CANCELLED: _("contract cancelled"),
        RemedyKind.CONTRACT_PERFORMED: _("contract fulfilled"),
        RemedyKind.FEE_WAIVED: _("fee waived"),
        RemedyKind.ACCESS_RESTORED: _("access restored"),
        RemedyKind.DATA_CORRECTED: _("data corrected"),
        RemedyKind.POLICY_CHANGED: _("rule changed"),
        RemedyKind.STAFF_ACTION: _("a word with colleagues"),
        RemedyKind.GOODWILL_GESTURE: _("goodwill gesture"),
        RemedyKind.NONE: pgettext_lazy("remedy", "nothing"),
    },
    Channel: {
        Channel.TELEPHONE: _("telephone"),
        Channel.DESK: _("at the desk"),
        Channel.LETTER: _("letter"),
        Channel.EMAIL: _("e-mail"),
        Channel.WEB: _("web form"),
        Channel.CHAT: _("chat"),
    },
    Family: {
        Family.FACE_TO_FACE: _("face to face"),
        Family.TELEPHONE: _("by telephone"),
        Family.WRITTEN: _("in writing"),
    },
    Direction: {
        Direction.IN: _("from the customer"),
        Direction.OUT: _("from us"),
    },
    Source: {
        Source.WRITTEN: _("written by themselves"),
        Source.TAKEN_DOWN: _("taken down"),
        Source.TRANSCRIPT: _("from a recording"),
        Source.TRANSLATION: _("translated"),
    },
    Represents: {
        Represents.ORGANISATION: _("for the organisation"),
        Represents.DEPARTMENT: _("for the department"),
    },
    Mood: {
        Mood.CALM: pgettext_lazy("mood", "calm"),
        Mood.UNEASY: pgettext_lazy("mood", "uneasy"),
        Mood.ANNOYED: pgettext_lazy("mood", "annoyed"),
        Mood.ANGRY: pgettext_lazy("mood", "angry"),
        Mood.FURIOUS: pgettext_lazy("mood", "furious"),
    },
    Manner: {
        Manner.ANGRY: pgettext_lazy("manner", "angry"),
        Manner.ARGUER: pgettext_lazy("manner", "argues"),
        Manner.TALKER: pgettext_lazy("manner", "talks much"),
        Manner.HABITUAL_COMPLAINER: pgettext_lazy("manner", "complains often"),
        Manner.OFFENSIVE: pgettext_lazy("manner", "offends"),
        Manner.DEMANDING: pgettext_lazy("manner", "demands"),
    },
    Effect: {
        Effect.UNKNOWN: pgettext_lazy("how the contact ended", "not said"),
        Effect.GOOD: pgettext_lazy("how the contact ended", "good"),
        Effect.NEUTRAL: pgettext_lazy("how the contact ended", "neither good nor bad"),
        Effect.BAD: pgettext_lazy("how the contact ended", "bad"),
    },
    Lane: {
        Lane.FACT: _("a fact"),
        Lane.FEELING: _("a feeling"),
    },
    ArrivalState: {
        ArrivalState.WAITING: pgettext_lazy("arrival", "waits to be read"),
        ArrivalState.FILED: pgettext_lazy("arrival", "filed"),
        ArrivalState.AUTOMATIC: pgettext_lazy("arrival", "automatic, needs no answer"),
        ArrivalState.BOUNCE: pgettext_lazy("arrival", "came back undelivered"),
        ArrivalState.HELD: pgettext_lazy("arrival", "held"),
        ArrivalState.FAILED: pgettext_lazy("arrival", "could not be read"),
    },
    MailState: {
        MailState.WAITING: pgettext_lazy("mail", "waits"),
        MailState.SENDING: pgettext_lazy("mail", "is being sent"),
        MailState.SENT: pgettext_lazy("mail", "sent"),
        MailState.PERHAPS_SENT: pgettext_lazy("mail", "perhaps sent"),
        MailState.FAILED: pgettext_lazy("mail", "not sent"),
        MailState.WITHDRAWN: pgettext_lazy("mail", "withdrawn"),
    },
    MailKind: {
        MailKind.REPLY: _("reply"),
        MailKind.ACKNOWLEDGEMENT: _("acknowledgement"),
        MailKind.PROMISE_SLIP: _("promise slip"),
        MailKind.PROMISE_BROKEN: _("a promise broken: we say so first"),
        MailKind.PUT_RIGHT: _("Is it put right?"),
        MailKind.THANKS: _("thanks"),
        MailKind.PASSWORD: _("new password"),
        MailKind.INVITATION: _("invitation"),
        MailKind.NOTICE: _("notice"),
    },
    CaseKind: {
        CaseKind.COMPLAINT: _("complaint"),
        CaseKind.REQUEST: _("request"),
        CaseKind.ENQUIRY: _("enquiry"),
        CaseKind.SUGGESTION: _("suggestion"),
        CaseKind.THANKS: _("thanks"),
        CaseKind.INTERNAL: _("internal request"),
    },
    Track: {
        Track.LIGHT: _("light track"),
        Track.FULL: _("full track"),
    },
    Severity: {
        Severity.SLIGHT: pgettext_lazy("severity", "slight"),
        Severity.MODERATE: pgettext_lazy("severity", "moderate"),
        Severity.SERIOUS: pgettext_lazy("severity", "serious"),
        Severity.GRAVE: pgettext_lazy("severity", "grave"),
        Severity.EXTREME: pgettext_lazy("severity", "extreme"),
    },
    Outcome: {
        Outcome.UPHELD: _("upheld"),
        Outcome.PARTLY_UPHELD: _("partly upheld"),
        Outcome.NOT_UPHELD: _("not upheld"),
        Outcome.UNABLE_TO_DETERMINE: _("could not be determined"),
        Outcome.WITHDRAWN: pgettext_lazy("complaint", "withdrawn"),
        Outcome.OUT_OF_SCOPE: _("not ours to decide"),
        Outcome.NOT_JUDGED: _("not judged"),
    },
    Satisfaction: {
        Satisfaction.SATISFIED: pgettext_lazy("how we dealt with it", "satisfied"),
        Satisfaction.PARTLY: pgettext_lazy("how we dealt with it", "partly satisfied"),
        Satisfaction.NOT: pgettext_lazy("how we dealt with it", "not satisfied"),
    },
    Verdict: {
        Verdict.YES: pgettext_lazy("is it put right", "yes"),
        Verdict.PARTLY: pgettext_lazy("is it put right", "partly"),
        Verdict.NO: pgettext_lazy("is it put right", "no"),
        Verdict.NO_ANSWER: pgettext_lazy("is it put right", "no answer"),
    },
    How: {
        How.TELEPHONE: _("by telephone"),
        How.DESK: _("face to face"),
        How.EMAIL: _("by e-mail"),
        How.LETTER: _("by letter"),
        How.LINK: _("by the link"),
    },
    Basis: {
        Basis.LAW: _("law"),
        Basis.CONTRACT: _("contract"),
        Basis.POLICY: _("our rules"),
        Basis.GOODWILL: _("goodwill"),
    },
    Pillar: {
        Pillar.STRATEGY: pgettext_lazy("where a cause lies", "strategy"),
        Pillar.SYSTEM: pgettext_lazy("where a cause lies", "service system"),
        Pillar.STAFF: pgettext_lazy("where a cause lies", "staff"),
        Pillar.SUPPLIER: pgettext_lazy("where a cause lies", "supplier"),
        Pillar.CUSTOMER_SIDE: pgettext_lazy("where a cause lies", "the customer's side"),
        Pillar.UNKNOWN: pgettext_lazy("where a cause lies", "not known"),
    },
    Mechanism: {
        Mechanism.DEFECT: _("a defect"),
        Mechanism.DELAY: _("a delay"),
        Mechanism.UNAVAILABLE: _("not available"),
        Mechanism.WRONG_INFO: _("wrong information"),
        Mechanism.UNCLEAR_MESSAGE: _("an unclear message"),
        Mechanism.PRICE_CHARGE: _("price or charge"),
        Mechanism.CONDUCT: _("conduct"),
        Mechanism.INDIFFERENCE: _("indifference"),
        Mechanism.ACCESS: _("access"),
        Mechanism.PRIVACY: _("privacy"),
        Mechanism.POLICY: _("our own rules"),
        Mechanism.OTHER: _("something else"),
    },
    Part: {
        Part.COMPLAINANT: _("complains"),
        Part.AFFECTED: _("is affected"),
        Part.PAYER: _("pays"),
        Part.JOINT_HOLDER: _("holds the contract too"),
        Part.REPRESENTATIVE: _("represents"),
        Part.WITNESS: _("saw it"),
        Part.COMPLAINED_ABOUT: _("is complained about"),
        Part.SUPPLIER: _("supplies"),
    },
    PromiseState: {
        PromiseState.OFFERED: pgettext_lazy("promise", "no answer yet"),
        PromiseState.AGREED: pgettext_lazy("promise", "agreed"),
        PromiseState.COUNTERED: pgettext_lazy("promise", "asks for another day"),
        PromiseState.KEPT: pgettext_lazy("promise", "kept"),
        PromiseState.BROKEN: pgettext_lazy("promise", "broken"),
        PromiseState.RENEGOTIATED: pgettext_lazy("promise", "agreed anew"),
        PromiseState.RELEASED: pgettext_lazy("promise", "no longer owed"),
    },
    CheckLevel: {
        CheckLevel.SAID: _("by their own word"),
        CheckLevel.KNOWN_DETAILS: _("knew the details"),
        CheckLevel.DOCUMENT: _("showed a document"),
    },
    AttemptResult: {
        AttemptResult.SENT: pgettext_lazy("attempt", "sent"),
        AttemptResult.REACHED: pgettext_lazy("attempt", "reached"),
        AttemptResult.NOT_REACHED: pgettext_lazy("attempt", "not reached"),
    },
    **WAYS,
    PersonKind: {
        PersonKind.HUMAN: _("person"),
        PersonKind.ORGANISATION: _("organisation"),
    },
    OccasionKind: {
        OccasionKind.BIRTHDAY: _("birthday"),
        OccasionKind.NAME_DAY: _("name day"),
        OccasionKind.CUSTOMER_SINCE: _("the day they became a customer"),
        OccasionKind.OWN: _("an occasion of their own"),
    },
    OrganisationForm: {
        OrganisationForm.COMPANY: _("a company"),
        OrganisationForm.HOUSEHOLD: _("a household"),
        OrganisationForm.ASSOCIATION: _("an association"),
        OrganisationForm.AUTHORITY: _("an authority"),
        OrganisationForm.OTHER: _("another organisation"),
    },
    Standing: {
        Standing.CUSTOMER: _("customer"),
        Standing.VISITOR: _("visitor"),
        Standing.APPLICANT: _("applicant"),
        Standing.PATIENT: _("patient"),
        Standing.CITIZEN: _("citizen"),
        Standing.SUPPLIER: _("supplier"),
        Standing.NO_CUSTOMER: _("not a customer"),
        Standing.COLLEAGUE: _("colleague"),
    },
    Honorific: {
        Honorific.UNKNOWN: pgettext_lazy("form of address", "by the full name"),
        Honorific.MISTER: pgettext_lazy("form of address", "Mr"),
        Honorific.MISSUS: pgettext_lazy("form of address", "Ms"),
    },
    PointKind: {
        PointKind.EMAIL: _("e-mail"),
        PointKind.TELEPHONE: _("telephone"),
        PointKind.POSTAL: _("postal address"),
    },
    Preference: {
        Preference.EMAIL: _("by e-mail"),
        Preference.TELEPHONE: _("by telephone"),
        Preference.LETTER: _("by letter"),
        Preference.FACE_TO_FACE: _("face to face"),
    },
    Sign: {
        Sign.SAME_MAIL: _("the same mail address"),
        Sign.SAME_TELEPHONE: _("the same telephone"),
        Sign.SAME_NAME: _("the same name"),
        Sign.LIKE_NAME: _("almost the same name"),
        Sign.SAME_ADDRESS: _("the same postal address"),
        Sign.OTHER_NAME: _("another name"),
        Sign.OTHER_PATRONYMIC: _("another patronymic"),
        Sign.OTHER_NUMBER: _("another customer number"),
        Sign.OTHER_KIND: _("a person here, an organisation there"),
    },
    Trade: {
        Trade.SHOP: _("a shop"),
        Trade.UTILITY: _("water, energy, telephone"),
        Trade.CLINIC: _("a clinic"),
        Trade.BANK: _("a bank"),
        Trade.TRANSPORT: _("transport"),
        Trade.MUNICIPALITY: _("a municipality"),
        Trade.OTHER: _("something else"),
    },
    FirstStep: {
        FirstStep.TAKE_A_CALL: _("Practise one angry call"),
        FirstStep.MAKE_A_PROMISE: _("Make a promise"),
        FirstStep.SEE_THE_CUSTOMER: _("See the customer's page"),
        FirstStep.CONNECT_MAIL: _("Connect your mail"),
    },
}
BY_NAME = {kind.__name__: kind for kind in WORDS}


def word(member: Enum) -> str:
    """Return the word for one member, in the active language."""
    return str(WORDS[type(member)][member])


def word_of(value: object, kind: str) -> str:
    """Return the word for a stored value of the enum named `kind`; nothing for no value."""
    return "" if value is None else word(BY_NAME[kind](value))


def choices(kind: type[Enum], *among: Enum) -> list[tuple[object, Promise]]:
    """Return the members of `kind`, or those `among` them, as a form's choices."""
    return [(member.value, WORDS[kind][member]) for member in among or WORDS[kind]]
