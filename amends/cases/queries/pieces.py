"""One piece of a case, for the act that is about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Value

from amends.base.questions import Question
from amends.cases.models.case import Case, Issue
from amends.cases.models.colleagues import Handover
from amends.cases.models.contributing import Contribution
from amends.cases.models.planned import PlannedReply
from amends.cases.models.promises import FollowUp, Promise
from amends.cases.models.protection import Hold
from amends.cases.models.sharing import SharedReply
from amends.cases.queries.file import WAITING
from amends.cases.queries.lines import lines_of, read_lines
from amends.cases.rules.kinds import Part
from amends.contacts.models import OutgoingMail
from amends.contacts.models.drafting import Draft, DraftFile
from amends.contacts.rules.kinds import DraftKind
from amends.journal.models import Entry
from amends.people.models import Person
from amends.staff.models import Staff


def promise_in(case: Case, pk: int) -> Promise:
    """Return one promise of `case`.

    Raises Promise.DoesNotExist.
    """
    return Promise.objects.select_related("case", "owner", "replaced_by").get(case=case, pk=pk)


def question_in(case: Case) -> FollowUp | None:
    """Return the question whether it is put right that waits to be asked or answered, if any."""
    pending = FollowUp.objects.filter(case=case, answered_at=None, dropped_at=None)
    return pending.select_related("case", "promise").order_by("-pk").first()


def mail_in(case: Case, pk: int) -> OutgoingMail:
    """Return one mail of `case` that left or is to leave.

    Raises OutgoingMail.DoesNotExist.
    """
    return OutgoingMail.objects.get(contact__case_contacts__case=case, pk=pk)


def handover_in(case: Case) -> Handover:
    """Return the handover of `case` that waits to be accepted.

    Raises Handover.DoesNotExist.
    """
    waiting = Handover.objects.select_related("case", "giver", "taker")
    return waiting.get(case=case, **WAITING)


@dataclass(frozen=True, slots=True)
class Kept:
    """What somebody is writing in one part of the composer."""

    key: str
    fields: dict[str, str]
    version: int


@dataclass(frozen=True, slots=True)
class File:
    """A file put with a reply that is being written."""

    pk: int
    name: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Shared:
    """A reply that a colleague is writing and shares with the reader."""

    pk: int
    draft_id: int
    author: str
    fields: dict[str, str]
    saved_at: datetime

    @property
    def text(self) -> str:
        return self.fields.get("reply-text", "").strip()

    @property
    def copies(self) -> str:
        typed = (self.fields.get(f"reply-{name}", "").strip() for name in ("cc", "bcc"))
        return ", ".join(filter(None, typed))


@dataclass(frozen=True, slots=True)
class SharedFile:
    """A file put with a reply that is shared with the reader."""

    draft_id: int
    name: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class ReadAlong:
    """A colleague who may read the reply that one is writing."""

    pk: int
    name: str


@dataclass(frozen=True, slots=True)
class Planned:
    """A reply that is to leave later, or was held when its time came."""

    pk: int
    text: str
    author_id: int
    author: str
    leaves_at: datetime
    held_reason: str


@dataclass(frozen=True, slots=True)
class Writing:
    """What somebody is writing on a case, by its key, and the newest entry about the case.

    readers: who reads along what they write. shared: what colleagues share with them.
    """

    drafts: Mapping[str, Kept]
    files: tuple[File, ...]
    planned: tuple[Planned, ...]
    readers: tuple[ReadAlong, ...]
    shared: tuple[Shared, ...]
    shared_files: tuple[SharedFile, ...]
    seen: int


def writing_in(case: Case, staff: Staff) -> Writing:
    """Return what `staff` is writing on `case` and the newest entry about it, in one statement."""
    ((drafts, files, planned, readers, shared, shared_files, seen),) = _WRITING.answer(
        staff=staff.pk, prefix=f"{case.reference}:", subject=f"case:{case.pk}", case=case.pk
    )
    kept = read_lines(Kept, drafts)
    return Writing(
        drafts={draft.key: draft for draft in kept},
        files=read_lines(File, files),
        planned=read_lines(Planned, planned),
        readers=read_lines(ReadAlong, readers),
        shared=read_lines(Shared, shared),
        shared_files=read_lines(SharedFile, shared_files),
        seen=seen or 0,
    )


def _writing(staff: int, prefix: str, subject: str, case: int) -> QuerySet[Staff, Any]:
    drafts = Draft.objects.filter(
        staff=OuterRef("pk"), kind=DraftKind.COMPOSER, key__startswith=Value(prefix)
    )
    files = DraftFile.objects.filter(
        draft__staff=OuterRef("pk"),
        draft__kind=DraftKind.COMPOSER,
        draft__key__startswith=Value(prefix),
    )
    planned = PlannedReply.objects.filter(case=case, gone_at=None).order_by("leaves_at", "pk")
    sharing = SharedReply.objects.filter(case=case, draft__kind=DraftKind.COMPOSER).order_by("pk")
    theirs = DraftFile.objects.filter(
        draft__kind=DraftKind.COMPOSER, draft__shared__case=case, draft__shared__to=OuterRef("pk")
    )
    entries = Entry.objects.filter(subject=subject).order_by("-pk")
    both: QuerySet[Staff, Any] = (
        Staff.objects.filter(pk=staff)
        .annotate(
            drafts_=lines_of(drafts, Kept),
            files_=lines_of(files.order_by("pk"), File),
            planned_=lines_of(planned, Planned, author="author__name"),
            readers_=lines_of(
                sharing.filter(draft__staff=OuterRef("pk")), ReadAlong, name="to__name"
            ),
            shared_=lines_of(
                sharing.filter(to=OuterRef("pk")),
                Shared,
                author="draft__staff__name",
                fields="draft__fields",
                saved_at="draft__saved_at",
            ),
            shared_files_=lines_of(theirs.order_by("pk"), SharedFile),
            seen=Subquery(entries.values("pk")[:1]),
        )
        .values_list(
            "drafts_", "files_", "planned_", "readers_", "shared_", "shared_files_", "seen"
        )
    )
    return both


_WRITING = Question(
    _writing, staff=-7_000_001, prefix="B-7000002:", subject="case:-7000003", case=-7_000_004
)


def issue_in(case: Case, pk: int) -> Issue:
    """Return one thing complained of in `case`.

    Raises Issue.DoesNotExist.
    """
    return Issue.objects.select_related("case").get(case=case, pk=pk)


def contribution_in(case: Case, pk: int) -> Contribution:
    """Return one step of the service behind `case`.

    Raises Contribution.DoesNotExist.
    """
    return Contribution.objects.select_related("case", "department", "supplier").get(
        case=case, pk=pk
    )


def suppliers_in(case: Case) -> QuerySet[Person]:
    """Return the suppliers that are named in `case`."""
    parts = case.parties.filter(part=Part.SUPPLIER, person__isnull=False)
    return Person.objects.filter(pk__in=parts.values("person")).order_by("name", "pk")


def hold_in(case: Case, pk: int) -> Hold:
    """Return one hold of `case`.

    Raises Hold.DoesNotExist.
    """
    return Hold.objects.select_related("case").get(case=case, pk=pk)
