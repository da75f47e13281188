"""What goes when the record of a case is erased, what stays, and what stands against it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from amends.cases.models.bundles import Bundle
from amends.cases.models.case import Case, CaseContact, PartyOfCase
from amends.cases.models.erasing import Erasure, FileToForget
from amends.cases.models.findings import EvidenceFile
from amends.cases.models.keeping import Keeping
from amends.cases.models.planned import PlannedFile
from amends.cases.models.protection import Hold, IdentityCheck
from amends.cases.models.turns import OutsideProceeding
from amends.cases.models.unsent import UnsentFile
from amends.cases.rules.erasing import Against, Record, standing_against
from amends.cases.rules.kinds import Part
from amends.cases.rules.lifecycle import State
from amends.contacts.models import Arrival, Attachment, Contact, OutgoingMail
from amends.contacts.models.drafting import DraftFile
from amends.contacts.rules.kinds import MailState
from amends.people.models import Person
from amends.people.rules.kinds import PersonKind
from amends.staff.models import Staff

_TO_LEAVE = [MailState.WAITING.value, MailState.SENDING.value]


@dataclass(frozen=True, slots=True)
class Whole:
    """All that one erasing is about, by key. cases: it, and those that were joined to it.

    shared: contacts that belong to another case, too, and stay. known: people who stay because of
    something else that we have of them.
    """

    cases: Sequence[int]
    contacts: Sequence[int]
    shared: Sequence[int]
    people: Sequence[int]
    known: Sequence[int]


@dataclass(frozen=True, slots=True)
class Preview:
    """What would go and what would stay if a record was erased now."""

    against: Against | None
    along: Sequence[str]
    contacts: int
    files: int
    people: Sequence[str]
    shared: int
    known: Sequence[str]


def whole_of(case: Case) -> Whole:
    """Return what is erased with `case`."""
    cases = _with_joined(case)
    theirs = Contact.objects.filter(case_contacts__case__in=cases)
    elsewhere = CaseContact.objects.filter(contact=OuterRef("pk")).exclude(case__in=cases)
    shared = set(theirs.filter(Exists(elsewhere)).values_list("pk", flat=True))
    contacts = set(theirs.values_list("pk", flat=True)) - shared
    people = _people_in(cases, contacts)
    going = set(_known_from_here_alone(people, cases, contacts))
    merged = Person.objects.filter(merged_into__in=going).values_list("pk", flat=True)
    return Whole(
        cases=cases,
        contacts=sorted(contacts),
        shared=sorted(shared),
        people=sorted(going | set(merged)),
        known=sorted(people - going),
    )


def preview_of(case: Case) -> Preview:
    """Return what would go and stay if the record of `case` was erased now."""
    whole = whole_of(case)
    along = Case.objects.filter(pk__in=whole.cases).exclude(pk=case.pk).order_by("pk")
    people = Person.objects.filter(merged_into=None).order_by("sorts_as", "pk")
    return Preview(
        against=against(case, whole),
        along=list(along.values_list("reference", flat=True)),
        contacts=len(whole.contacts),
        files=len(set(files_in(whole))),
        people=list(people.filter(pk__in=whole.people).values_list("name", flat=True)),
        shared=len(whole.shared),
        known=list(people.filter(pk__in=whole.known).values_list("name", flat=True)),
    )


def against(case: Case, whole: Whole) -> Against | None:
    """Return what stands against erasing the record of `case`; None if nothing does."""
    keepings = list(Keeping.objects.filter(case__in=whole.cases))
    own = next((each for each in keepings if each.case_id == case.pk), None)
    cases = list(Case.objects.filter(pk__in=whole.cases))
    undecided = OutsideProceeding.objects.filter(case__in=whole.cases, outcome="")
    mails = OutgoingMail.objects.filter(contact__in=whole.contacts, state__in=_TO_LEAVE)
    return standing_against(
        Record(
            erased=case.erased_at is not None,
            is_open=any(each.is_open for each in cases),
            past_keeping=own is not None and own.past_at is not None,
            frozen=any(each.frozen_at for each in keepings),
            joined=case.state == State.MERGED,
            outside=undecided.exists() or any(each.comply_by for each in cases),
            held=Hold.objects.filter(case__in=whole.cases, lifted_at=None).exists(),
            mail=mails.exists(),
        )
    )


def files_in(whole: Whole) -> Iterator[str]:
    """Yield the hashes of the files that came with what is erased, or were put with it."""
    yield from Attachment.objects.filter(contact__in=whole.contacts).values_list(
        "sha256", flat=True
    )
    evidence = EvidenceFile.objects.filter(evidence__case__in=whole.cases)
    yield from evidence.values_list("sha256", flat=True)
    planned = PlannedFile.objects.filter(reply__case__in=whole.cases)
    yield from planned.values_list("sha256", flat=True)
    told = UnsentFile.objects.filter(unsent__case__in=whole.cases)
    yield from told.values_list("sha256", flat=True)
    arrived = Arrival.objects.filter(contact__in=whole.contacts, raw=None)
    yield from arrived.values_list("sha256", flat=True)


def made_in(whole: Whole) -> Sequence[str]:
    """Return the hashes of the files that we made of what is erased."""
    made = Bundle.objects.filter(case__in=whole.cases).exclude(sha256="")
    return list(made.values_list("sha256", flat=True))


def files_to_forget(at: datetime) -> QuerySet[FileToForget]:
    """Return the files whose time to be looked at came by `at`, the oldest first."""
    return FileToForget.objects.filter(due_at__lte=at).order_by("due_at", "pk")


def is_needed(sha256: str) -> bool:
    """Return whether a file is still needed by anything that was not erased."""
    tables = (Attachment, EvidenceFile, PlannedFile, DraftFile, UnsentFile)
    if any(table._default_manager.filter(sha256=sha256).exists() for table in tables):  # noqa: SLF001  Django's own name
        return True
    whole = Arrival.objects.filter(sha256=sha256, raw=None)
    return whole.exclude(contact__tombstone__isnull=False).exists()


def erasure_of(staff: Staff, reference: str) -> Erasure:
    """Return that the case of this reference was erased.

    Raises Erasure.DoesNotExist, also when the case complained about `staff`.
    """
    about = PartyOfCase.objects.filter(part=Part.COMPLAINED_ABOUT, staff=staff).values("case")
    erased = Erasure.objects.select_related("case", "by").exclude(case__in=about)
    return erased.get(case__reference=reference)


def _with_joined(case: Case) -> list[int]:
    """Return the keys of `case` and of those that were joined to it, and to them in turn."""
    found, newest = [case.pk], [case.pk]
    while newest:
        joined = Case.objects.filter(merged_into__in=newest).order_by("pk")
        newest = list(joined.values_list("pk", flat=True))
        found += newest
    return found


def _people_in(cases: Sequence[int], contacts: set[int]) -> set[int]:
    named = (
        Case.objects.filter(pk__in=cases).values_list("person", flat=True),
        PartyOfCase.objects.filter(case__in=cases).values_list("person", flat=True),
        IdentityCheck.objects.filter(case__in=cases).values_list("person", flat=True),
        Contact.objects.filter(pk__in=contacts).values_list("person", flat=True),
        Contact.objects.filter(pk__in=contacts).values_list("speaks_for", flat=True),
    )
    return {pk for each in named for pk in each if pk}


def _known_from_here_alone(
    people: set[int], cases: Sequence[int], contacts: set[int]
) -> QuerySet[Person, int]:
    """Return those of `people` of whom we have nothing else; colleagues and organisations stay."""
    me = OuterRef("pk")
    other_cases = Case.objects.filter(erased_at=None).exclude(pk__in=cases)
    parts = PartyOfCase.objects.filter(person=me, case__erased_at=None).exclude(case__in=cases)
    said = Contact.objects.filter(Q(person=me) | Q(speaks_for=me), tombstone=None)
    return (
        Person.objects.filter(pk__in=people, kind=PersonKind.HUMAN, staff=None, merged_into=None)
        .exclude(Exists(other_cases.filter(person=me)))
        .exclude(Exists(parts))
        .exclude(Exists(said.exclude(pk__in=contacts)))
        .values_list("pk", flat=True)
    )
