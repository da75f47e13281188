"""What somebody was told: their notices, how many are unread, and what is due to leave by mail."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from amends.base.questions import Question
from amends.cases.models.case import PartyOfCase
from amends.cases.models.clocks import PlannedWarning
from amends.cases.models.promises import Promise
from amends.cases.rules.kinds import Part
from amends.cases.rules.lists import BUSY, PAGE, Place, read_place, written
from amends.notices.models import Habits, Notice, NoticeQuerySet, Warned
from amends.notices.rules.moments import FORGOTTEN_AFTER, GIVEN_LONG_BEFORE, WARNS_BEFORE
from amends.notices.rules.reasons import Way
from amends.staff.models import Staff
from amends.staff.rules.permissions import Act

_COLUMNS = (
    "pk",
    "reason",
    "case__reference",
    "case__gist",
    "case__person__name",
    "by__name",
    "follows",
    "about",
    "at",
    "read_at",
    "instead_of__name",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that somebody was told; `reference` is None where it is about no case."""

    pk: int
    reason: str
    reference: str | None
    gist: str | None
    customer: str | None
    by: str | None
    follows: bool
    about: str
    at: datetime
    read_at: datetime | None
    instead_of: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """Some of what somebody was told. `after` names where the next page begins, if there is one."""

    rows: tuple[Row, ...]
    after: str


@dataclass(frozen=True, slots=True)
class Unread:
    """How much somebody has not seen yet, counted up to a hundred, and on which cases."""

    count: int
    by_case: Counter[int | None]

    def without(self, case_id: int) -> "Unread":
        """Return what is unread once the case of this key was looked at."""
        rest = Counter({key: n for key, n in self.by_case.items() if key != case_id})
        return Unread(rest.total(), rest)

    def may_be_on(self, case_id: int) -> bool:
        """Return whether something on the case of this key is unread, as far as was counted."""
        return case_id in self.by_case or self.count >= BUSY


def notices_for(staff: Staff) -> NoticeQuerySet:
    """Return what `staff` was told, but for what is about a case that they may not see."""
    return _seen_by(staff.pk, sees_cases=staff.may(Act.SEE_CASES))


def page_for(staff: Staff, *, after: str = "") -> Page:
    """Return 25 things that `staff` was told, the newest first, from the place `after` on."""
    told = notices_for(staff)
    if place := read_place(after):
        told = told.filter(Q(at__lt=place.at) | Q(at=place.at, pk__lt=place.pk))
        told = told.filter(at__lte=place.at)
    rows = told.order_by("-at", "-pk").values_list(*_COLUMNS)[: PAGE + 1]
    found = [Row(*values) for values in rows]
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Page(tuple(found[:PAGE]), written(Place(last.at, last.pk)) if last else "")


def notice_for(staff: Staff, pk: int) -> Notice:
    """Return one thing that `staff` was told.

    Raises Notice.DoesNotExist.
    """
    return notices_for(staff).select_related("case").get(pk=pk)


def unread_for(staff: Staff) -> Unread:
    """Return how much `staff` has not seen yet, in one statement."""
    question = _UNREAD[staff.may(Act.SEE_CASES)]
    cases = Counter(key for (key,) in question.answer(staff=staff.pk))
    return Unread(cases.total(), cases)


def _seen_by(staff: int, *, sees_cases: bool) -> NoticeQuerySet:
    told = Notice.objects.filter(to=staff)
    if not sees_cases:
        return told.filter(case=None)
    about_them = PartyOfCase.objects.filter(
        case=OuterRef("case"), part=Part.COMPLAINED_ABOUT, staff=staff
    )
    return told.exclude(Exists(about_them))


def _unread(staff: int) -> QuerySet[Notice, Any]:
    return _seen_by(staff, sees_cases=True).unread().values_list("case_id")[:BUSY]


def _unread_of_no_case(staff: int) -> QuerySet[Notice, Any]:
    return _seen_by(staff, sees_cases=False).unread().values_list("case_id")[:BUSY]


_UNREAD = {
    True: Question(_unread, staff=-7_000_001),
    False: Question(_unread_of_no_case, staff=-7_000_001),
}


def mails_to_leave(at: datetime) -> QuerySet[Notice]:
    """Return the notices that are due to leave by mail at `at`, longest due first."""
    due = Notice.objects.filter(mail_due_at__lte=at).select_related(
        "to", "case", "by", "instead_of"
    )
    return due.order_by("mail_due_at", "pk")


def digests_to_leave(at: datetime) -> QuerySet[Habits]:
    """Return the habits of those whose digest is due at `at`, longest due first."""
    due = Habits.objects.filter(digest_due_at__lte=at).select_related("staff")
    return due.order_by("digest_due_at", "pk")


def of_next_digest(staff: Staff) -> QuerySet[Notice]:
    """Return what the next digest of `staff` tells: what they have not seen, oldest first."""
    waiting = notices_for(staff).unread().filter(way=Way.DIGEST, digest=None)
    return waiting.select_related("case", "by", "instead_of").order_by("at", "pk")


def promises_to_warn_of(at: datetime) -> QuerySet[Promise]:
    """Return the promises that fall due soon after `at` and nobody was warned of yet.

    One that was given shortly before its moment is still in mind; where the house says when it is
    warned of, that holds.
    """
    by_the_house = PlannedWarning.objects.filter(clock__promise=OuterRef("pk"))
    warned = Warned.objects.filter(promise=OuterRef("pk"))
    soon = Promise.objects.open().filter(due_at__gt=at, due_at__lte=at + WARNS_BEFORE)
    given_before = soon.filter(made_at__lte=F("due_at") - GIVEN_LONG_BEFORE)
    unwarned = given_before.exclude(Exists(warned)).exclude(Exists(by_the_house))
    return unwarned.select_related("case").order_by("due_at", "pk")


def notices_to_forget(at: datetime) -> QuerySet[Notice]:
    """Return what was told so long before `at` that nobody looks for it here."""
    return Notice.objects.filter(at__lte=at - FORGOTTEN_AFTER).order_by("at", "pk")
