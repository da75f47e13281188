"""What the coach says to the one who writes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Avg, Count, F, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from amends.cases.models.case import Case, CaseContact, Issue, PartyOfCase
from amends.cases.models.promises import Promise
from amends.cases.rules.kinds import CaseKind, Part
from amends.coach.models import CardAtHand, DismissedRemark, Reading
from amends.coach.rules import CARDS, Advice, Moved, key_words
from amends.contacts.models import Contact, Mark
from amends.contacts.rules.kinds import Direction
from amends.language.dates import dates
from amends.language.drafts import Context
from amends.language.found import look
from amends.language.lexicon import TONGUES
from amends.language.remarks import Remark, remarks, shown
from amends.staff.models import Staff
from amends.standards.rules.measured import Counted

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


@dataclass(frozen=True, slots=True)
class Helped:
    """One piece of advice: how often its card was at hand, how often it was followed, what came.

    Only contacts that did not begin calm, and whose mood at start and end was noted, tell of it.
    """

    card: str
    advice: Advice
    at_hand: int
    followed: int
    with_it: Moved
    without_it: Moved


def what_helped() -> list[Helped]:
    """Return each advice that was at hand, in the order of the cards."""
    counted = CardAtHand.objects.values("card").annotate(**_counted())
    rows: dict[str, Mapping[str, Any]] = {row["card"]: {**row} for row in counted}
    return [
        Helped(
            card=card,
            advice=advice,
            at_hand=rows[card]["at_hand"],
            followed=rows[card][f"{advice}_any"],
            with_it=_moved(rows[card], f"{advice}_yes"),
            without_it=_moved(rows[card], f"{advice}_no"),
        )
        for card in CARDS
        for advice in Advice
        if card in rows
    ]


def cards_followed(contact: Contact) -> dict[str, frozenset[Advice]]:
    """Return what was followed in `contact`, by the card."""
    kept = CardAtHand.objects.filter(contact=contact)
    return {
        one.card: frozenset(each for each in Advice if getattr(one, each.value)) for one in kept
    }


def expired_cards(at: datetime) -> QuerySet[CardAtHand]:
    """Return the cards at hand that are not to be remembered any longer at `at`."""
    return CardAtHand.objects.filter(expires_at__lte=at).order_by("expires_at", "pk")


def _counted() -> dict[str, Count | Avg]:
    known = Q(contact__mood_start__gte=1, contact__mood_end__isnull=False)
    calmer = Q(contact__mood_end__lt=F("contact__mood_start"))
    counts: dict[str, Count | Avg] = {"at_hand": Count("pk")}
    for advice in Advice:
        counts[f"{advice}_any"] = Count("pk", filter=Q(**{advice.value: True}))
        for name, value in ((f"{advice}_yes", True), (f"{advice}_no", False)):
            group = known & Q(**{advice.value: value})
            counts[f"{name}_all"] = Count("pk", filter=group)
            counts[f"{name}_calmer"] = Count("pk", filter=group & calmer)
            counts[f"{name}_by"] = Count("by", distinct=True, filter=group)
            down = F("contact__mood_start") - F("contact__mood_end")
            counts[f"{name}_down"] = Avg(down, filter=group)
    return counts


def _moved(row: Mapping[str, Any], name: str) -> Moved:
    calmer, every = row[f"{name}_calmer"], row[f"{name}_all"]
    return Moved(Counted(calmer, every - calmer), row[f"{name}_by"], row[f"{name}_down"])


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
        said = told.order_by("-at").values_list(
            "contact__reading__kind", "contact__reading__because", "contact__words__text"
        )
        for kind, because, text in said[:_CONTACTS]:
            # What was read is not read again at each pause of whoever writes.
            asked = because.get("need_by", ()) if kind else (text,)
            yield from because.get("dates", ()) if kind else ()
            for words in asked:
                yield from _days_in(words, case.language)


def _days_in(text: str | None, language: str) -> Iterator[str]:
    found = look(text or "", language, "reading")
    yield from (found.said(day) for day in dates(found))
