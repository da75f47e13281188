"""A part of a case goes on as a case of its own, and back again if that was a mistake."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.actions.within import (
    locked,
    locked_for,
    move,
    must_be_allowed,
    next_reference,
    settle,
)
from amends.cases.events.fields import FieldsFilledIn
from amends.cases.events.tags import CaseTagged
from amends.cases.events.turns import (
    CaseSplit,
    CaseSplitOff,
    IssueMoved,
    LinkDrawn,
    PromiseMoved,
    SplitUndone,
)
from amends.cases.models.case import Case, CaseContact, CaseLink, Issue, PartyOfCase
from amends.cases.models.fields import CustomValue
from amends.cases.models.findings import Evidence
from amends.cases.models.promises import FollowUp, Promise
from amends.cases.models.turns import Merging, Splitting
from amends.cases.queries.proposing import last_decision_of
from amends.cases.rules.lifecycle import State
from amends.cases.rules.turns import (
    MAY_BE_SPLIT,
    Linkage,
    may_undo_split,
    state_of_part,
)
from amends.contacts.models import Contact
from amends.contacts.rules.gist import title_of
from amends.journal.actions import record
from amends.journal.queries import entries_of
from amends.staff.models import Staff
from amends.staff.rules.permissions import Act

_ALONG = [
    Linkage.RELATED,
    Linkage.CONTINUES,
    Linkage.CAUSE_OF,
    Linkage.BELONGS_TO,
    Linkage.BEGINS_AFTER,
]
_OF_THE_SPLIT = frozenset({"CaseSplitOff", "IssueMoved", "PromiseMoved", "LinkDrawn"})
# What is copied as it is split; the same done later is done on the new case.
_COPIED = frozenset({"CaseTagged", "FieldsFilledIn"})
_OF_A_PARTY = (
    "part",
    "person_id",
    "staff_id",
    "since",
    "informed_at",
    "heard_at",
    "their_view",
)
_OF_A_VALUE = (
    "field_id",
    "text",
    "number",
    "currency",
    "falls_on",
    "truth",
    "choice_id",
    "by_id",
    "at",
)
_AS_IT_WAS = (
    "kind",
    "procedure_id",
    "track",
    "person_id",
    "unreachable",
    "language",
    "channel",
    "received_at",
    "department_id",
    "team_id",
    "owner_id",
    "severity",
    "safety",
    "complexity",
    "impact",
    "requested_remedy",
    "remedy_not_said",
    "requested",
    "priority_reason",
    "happened_on",
    "aware_on",
    "acknowledged_at",
    "clarified_at",
    "as_history",
    "sensitive_since",
)


class NothingGoes(Refused):
    text = _("Choose what goes: at least one of the things complained of.")


class NothingStays(Refused):
    text = _("Something must stay. If all of it goes, nothing needs to be split.")


class WhySplitNeeded(Refused):
    text = _("Say why it is two stories.")


class TooLateToSplit(Refused):
    text = _("%(reference)s was proposed or decided. Open a new case that follows it instead.")


class NotPartOfIt(Refused):
    text = _("Part of that is not on %(reference)s any more. Look at it again.")


class NotSplit(Refused):
    text = _("%(reference)s cannot be put back: it is too late, or something happened on it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """What goes on as a case of its own: things complained of, contacts and promises."""

    issues: Sequence[Issue]
    contacts: Sequence[Contact] = field(default=())
    promises: Sequence[Promise] = field(default=())
    gist: str = ""


@transaction.atomic
def split_case(case: Case, *, portion: Portion, reason: str, by: Staff, at: datetime) -> Case:
    """Let a part of `case` go on as a case of its own, and return that one.

    Both keep the day on which it was received, who is in it, their links, tags and own fields; each
    is linked to the other. The story with which it began is told on both. Evidence goes with what
    it shows.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, WhySplitNeeded, TooLateToSplit, NothingGoes,
    NothingStays, NotPartOfIt.
    """
    case = locked_for(case, by=by)
    if not reason.strip():
        raise WhySplitNeeded
    if State(case.state) not in MAY_BE_SPLIT or last_decision_of(case):
        raise TooLateToSplit(reference=case.reference)
    _check(case, portion)
    promises = Promise.objects.select_for_update().filter(
        pk__in=[each.pk for each in portion.promises]
    )
    part = _part(case, portion, at)
    part.owned_since = at if part.owner_id else None
    # As a case just received, until what goes along is on it.
    part.next_due_at, part.next_due = (None, "") if part.as_history else (at, case.next_due)
    part.save(force_insert=True)
    Splitting.objects.create(case=part, out_of=case, reason=reason.strip(), by=by, at=at)
    state, owner = part.state, part.owner_id
    record(
        CaseSplitOff(case_id=part.pk, other_id=case.pk, state=state, owner_id=owner), by=by, at=at
    )
    record(CaseSplit(case_id=case.pk, other_id=part.pk), by=by, at=at)
    _take_along(case, part, portion)
    _move(list(portion.issues), list(promises), out_of=case, into=part, by=by, at=at)
    _link(case, part, reason, by, at)
    _copy(case, part, by, at)
    settle(part)
    settle(case)
    return part


@transaction.atomic
def undo_split(part: Case, *, by: Staff, at: datetime) -> Case:
    """Put back what was split off as `part`, on which nothing happened yet; return the other case.

    Raises NotAllowed, Barred, NotYours, NotSplit.
    """
    splitting = Splitting.objects.filter(case=part, undone_at=None).first()
    if splitting is None:
        raise NotSplit(reference=part.reference)
    first, second = locked(splitting.out_of), locked(part)  # the older first
    for each in (first, second):
        must_be_allowed(each, by=by, act=Act.WORK_ON_CASE)
    entries = entries_of(f"case:{part.pk}").exclude(kind__in=_OF_THE_SPLIT)
    entries = entries.exclude(kind__in=_COPIED, at=splitting.at)
    whole = first.is_open and second.is_open
    if not (whole and may_undo_split(splitting.at, at, happened=entries.exists())):
        raise NotSplit(reference=part.reference)
    Splitting.objects.filter(pk=splitting.pk).update(undone_at=at)
    issues = list(second.issues.all())
    promises = list(Promise.objects.filter(case=second))
    _move(issues, promises, out_of=second, into=first, by=by, at=at)
    there = first.case_contacts.values("contact")
    second.case_contacts.exclude(contact__in=there).update(case=first, came_from=None)
    Merging.objects.create(
        case=second,
        into=first,
        reason=splitting.reason,
        was=second.state,
        was_since=second.state_since,
        received_before_at=first.received_at,
        by=by,
        at=at,
    )
    move(second, State.MERGED, at=at)
    second.merged_into, second.closed_by = first, by
    settle(second)
    settle(first)
    record(SplitUndone(case_id=second.pk, into_id=first.pk, state=second.state), by=by, at=at)
    return first


def _check(case: Case, portion: Portion) -> None:
    goes = {each.pk for each in portion.issues}
    all_ = set(case.issues.values_list("pk", flat=True))
    if not goes:
        raise NothingGoes
    if goes >= all_:
        raise NothingStays
    contacts = {each.pk for each in portion.contacts}
    promises = {each.pk for each in portion.promises}
    theirs = set(case.case_contacts.values_list("contact_id", flat=True))
    owed = set(Promise.objects.filter(case=case).values_list("pk", flat=True))
    if not (goes <= all_ and contacts <= theirs and promises <= owed):
        raise NotPartOfIt(reference=case.reference)


def _part(case: Case, portion: Portion, at: datetime) -> Case:
    """Return the new case, not saved yet."""
    owes = any(each.is_owed for each in portion.promises)
    kept = any(each.kept_at or each.done_late_at for each in portion.promises)
    part = Case(
        reference=next_reference(),
        state=state_of_part(State(case.state), owes=owes, kept=kept),
        state_since=at,
        registered_at=at,
        gist=title_of(portion.gist or portion.issues[0].statement),
        split_from=case,
    )
    for name in _AS_IT_WAS:
        setattr(part, name, getattr(case, name))
    if part.state == State.FOLLOW_UP:
        part.done_at, part.done_what = case.done_at, case.done_what
    return part


def _take_along(case: Case, part: Case, portion: Portion) -> None:
    """Put the contacts, the people and the links of `case` to its `part`."""
    began = case.case_contacts.earliest("at", "pk")
    goes = [each.pk for each in portion.contacts if each.pk != began.contact_id]
    case.case_contacts.filter(contact__in=goes).update(case=part, came_from=case)
    CaseContact.objects.create(case=part, contact_id=began.contact_id, at=began.at, came_from=case)
    PartyOfCase.objects.bulk_create(
        PartyOfCase(case=part, **facts) for facts in case.parties.values(*_OF_A_PARTY)
    )


def _move(
    issues: Sequence[Issue],
    promises: Sequence[Promise],
    *,
    out_of: Case,
    into: Case,
    by: Staff,
    at: datetime,
) -> None:
    """Put `issues` with their evidence, and `promises` with their questions, to another case."""
    Issue.objects.filter(pk__in=[each.pk for each in issues]).update(case=into)
    Evidence.objects.filter(issue__in=issues).update(case=into)
    FollowUp.objects.filter(promise__in=promises).update(case=into)
    Promise.objects.filter(pk__in=[each.pk for each in promises]).update(case=into)
    for case, away in ((out_of, True), (into, False)):
        for issue in issues:
            moved = IssueMoved(
                case_id=case.pk, issue_id=issue.pk, validity=issue.validity, away=away
            )
            record(moved, by=by, at=at)
        for promise in promises:
            record(
                PromiseMoved(
                    case_id=case.pk,
                    promise_id=promise.pk,
                    stands=promise.state,
                    due_at=promise.due_at.isoformat(),
                    away=away,
                ),
                by=by,
                at=at,
            )


def _link(case: Case, part: Case, reason: str, by: Staff, at: datetime) -> None:
    """Link the two, and the new one to what the other one is linked to."""
    CaseLink.objects.create(case=part, other=case, why=reason.strip()[:200], at=at)
    told = LinkDrawn(case_id=part.pk, other_id=case.pk, linkage=Linkage.RELATED)
    record(told, by=by, at=at)
    for link in case.links.filter(kind__in=_ALONG).exclude(other=part):
        CaseLink.objects.create(
            case=part, other_id=link.other_id, kind=link.kind, why=link.why, at=at
        )
        drawn = LinkDrawn(case_id=part.pk, other_id=link.other_id, linkage=link.kind)
        record(drawn, by=by, at=at)


def _copy(case: Case, part: Case, by: Staff, at: datetime) -> None:
    """Give `part` the tags of `case`, and what its own fields say."""
    part.tags = list(case.tags)
    for key in part.tags:
        record(CaseTagged(case_id=part.pk, tag_id=key), by=by, at=at)
    values = list(case.custom_values.all())
    CustomValue.objects.bulk_create(
        CustomValue(case=part, **{name: getattr(each, name) for name in _OF_A_VALUE})
        for each in values
    )
    if values:
        filled = FieldsFilledIn(case_id=part.pk, field_ids=tuple(each.field_id for each in values))
        record(filled, by=by, at=at)
