"""What the coach says to the one who writes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from amends.cases.models.case import Case, CaseContact, Issue, PartyOfCase
from amends.cases.models.promises import Promise
from amends.cases.rules.kinds import CaseKind, Part
from amends.coach.models import DismissedRemark, Reading
from amends.coach.rules import key_words
from amends.contacts.models import Contact, Mark
from amends.contacts.rules.kinds import Direction
from amends.language.dates import dates
from amends.language.drafts import Context
from amends.language.found import look
from amends.language.lexicon import TONGUES
from amends.language.remarks import Remark, remarks, shown
from amends.staff.models import Staff

_ALL_AT_ONCE = "l D j E F M m Y"
_CONTACTS = 10
_THEMSELVES = frozenset({Part.COMPLAINANT, Part.REPRESENTATIVE})


def remarks_on(case: Case, *, text: str, staff: Staff) -> list[Remark]:
    """Return the three gravest remarks on what `staff` writes to the customer of `case`."""
    if not text.strip():
        return []
    dismissed = DismissedRemark.objects.filter(case=case, staff=staff).values_list("code")
    return shown(remarks(text, context_of(case)), frozenset(code for (code,) in dismissed))


def context_of(case: Case) -> Context:
    """Return what must be known of `case` to check a reply to its customer."""
    person = case.person
    return Context(
        customer_name=person.name if person else "",
        language=case.language,
        is_complaint=case.kind == CaseKind.COMPLAINT,
        formal=None if person is None else not person.informal,
        known=tuple(_others(case)),
        open_issues=key_words(Issue.objects.filter(case=case).values_list("statement", flat=True)),
        recorded_days=tuple(_days_known(case)),
    )


@dataclass(frozen=True, slots=True)
class ReadContact:
    """A contact, what was read in it, what colleagues say instead, and whose marks it has.

    rather: by the question, such as `kind`, the answer of whoever overruled the machine.
    """

    contact: Contact
    reading: Reading
    rather: Mapping[str, str]
    marked_by_colleague: bool


def contact_to_read(pk: int) -> Contact | None:
    """Return the contact `pk` if a customer said something in it that is not long past."""
    theirs = Contact.objects.filter(pk=pk, direction=Direction.IN, automatic=False)
    contact = theirs.filter(as_history=False).select_related("words").first()
    return contact if contact and contact.words.text.strip() else None


def read_contacts(case: Case) -> list[ReadContact]:
    """Return the last ten contacts of `case` that were read, the newest first."""
    told = Contact.objects.filter(case_contacts__case=case, reading__isnull=False)
    newest = told.select_related("reading", "words").order_by("-ended_at", "-pk")[:_CONTACTS]
    contacts = list(newest.prefetch_related("corrections", "manners"))
    colleagues = Mark.objects.filter(contact__in=contacts, marked_by__isnull=False)
    marked = set(colleagues.values_list("contact_id", flat=True))
    return [
        ReadContact(
            contact=one,
            reading=one.reading,
            rather={each.question: each.rather for each in one.corrections.all()},
            marked_by_colleague=one.pk in marked,
        )
        for one in contacts
    ]


def contact_in(case: Case, pk: int) -> Contact:
    """Return the contact `pk` of `case`.

    Raises Contact.DoesNotExist.
    """
    return Contact.objects.get(pk=pk, case_contacts__case=case)


def _others(case: Case) -> Iterator[str]:
    """Return the names of others in the case that are not for its customer."""
    parties = PartyOfCase.objects.filter(case=case).exclude(part__in=_THEMSELVES)
    for party in parties.select_related("person"):
        if party.person and party.person_id != case.person_id:
            yield party.person.name


def _days_known(case: Case) -> Iterator[str]:
    """Return the days that are promised, as people write them, and those the customer named."""
    for promise in Promise.objects.filter(case=case).open():
        with override(case.language):
            yield date_format(timezone.localtime(promise.due_at), _ALL_AT_ONCE)
    if case.language in TONGUES:
        told = CaseContact.objects.filter(case=case, contact__direction=Direction.IN)
        for text in told.order_by("-at").values_list("contact__words__text", flat=True)[:_CONTACTS]:
            found = look(text or "", case.language, "reading")
            yield from (found.said(day) for day in dates(found))
