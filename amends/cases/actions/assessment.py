"""Assessing a case: how grave it is, what was complained of, what kind of matter it is."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.actions.timekeeping import mark
from amends.cases.actions.within import locked_for, put_in_charge, settle, step_up
from amends.cases.events.handling import (
    CaseAssessed,
    FindingRecorded,
    IssueAdded,
    IssueCorrected,
    KindChanged,
)
from amends.cases.models.case import Case, CaseNote, Issue
from amends.cases.queries.colleagues import substitute_for
from amends.cases.queries.facts import closing_facts
from amends.cases.queries.procedures import newest_for
from amends.cases.rules.assessing import (
    Weight,
    is_a_grade,
    needs_second_pair_of_eyes,
    outcome_of,
    proposed_track,
)
from amends.cases.rules.findings import Expectation
from amends.cases.rules.kinds import CaseKind, How, Outcome, Track
from amends.cases.rules.lifecycle import State
from amends.cases.rules.weighing import Ahead
from amends.journal.actions import record
from amends.staff.models import Staff
from amends.staff.queries import limits_of
from amends.staff.rules.permissions import Act, Role
from amends.standards.rules.history import What


class WishNeeded(Refused):
    text = _("Ask how they would like it put right, or note that they did not say.")


class CustomerNeeded(Refused):
    text = _("Say who the customer is, or what was tried to find out.")


class NotAGrade(Refused):
    text = _("Grades go from 1 to 5.")


class NothingComplainedOf(Refused):
    text = _("Say in one sentence what is complained of.")


class FindingIncomplete(Refused):
    text = _("Say what happened, what should have happened, and what follows from it.")


class KindReasonNeeded(Refused):
    text = _("Say why it is something else.")


class SecondPairOfEyesNeeded(Refused):
    text = _("Ask the customer whether they agree, or ask a senior colleague to change it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """How grave a case is; None is what nobody has assessed.

    severity, complexity, impact: 1 to 5. money_at_stake: in our own currency. track: None for the
    one that the rule proposes. at_once: whether something can be done at once. ahead: why it comes
    before others, None as a rule.
    """

    severity: int | None = None
    safety: bool | None = None
    complexity: int | None = None
    impact: int | None = None
    money_at_stake: Decimal | None = None
    track: Track | None = None
    at_once: bool | None = None
    ahead: Ahead | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """One thing complained of."""

    statement: str
    product: str = ""
    sub_product: str = ""
    topic: str = ""
    sub_topic: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What was found on one thing complained of, and why; which expectations were broken."""

    what_happened: str
    should_have_happened: str
    validity: Outcome
    reasons: str = ""
    broken: tuple[Expectation, ...] = ()


@transaction.atomic
def assess_case(case: Case, *, assessment: Assessment, by: Staff, at: datetime) -> Case:
    """Write down how grave `case` is, put it on the track that fits, and return it.

    Who assesses a case that nobody has taken takes it.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, NotAGrade, CustomerNeeded, WishNeeded.
    """
    case = locked_for(case, by=by)
    _check(case, assessment)
    if case.severity != assessment.severity:
        mark(case, What.SEVERITY_CHANGED, at=at, was=case.severity, now=assessment.severity)
    case.severity, case.safety = assessment.severity, assessment.safety
    case.complexity, case.impact = assessment.complexity, assessment.impact
    case.immediate_action_possible = assessment.at_once
    case.priority_reason = assessment.ahead or ""
    if case.owner is None:
        put_in_charge(case, by, at=at)
    case.track = assessment.track or _proposed(case, assessment)
    step_up(case, State.ASSESSED, at=at)
    settle(case)
    record(
        CaseAssessed(case_id=case.pk, state=case.state, track=case.track, owner_id=case.owner_id),
        by=by,
        at=at,
    )
    return case


@transaction.atomic
def add_issue(case: Case, *, complaint: Complaint, by: Staff, at: datetime) -> Issue:
    """Add one more thing complained of, and return it.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, NothingComplainedOf.
    """
    case = locked_for(case, by=by)
    if not complaint.statement.strip():
        raise NothingComplainedOf
    issue = Issue.objects.create(
        case=case,
        statement=complaint.statement.strip(),
        **_listed(complaint),
    )
    _sum_up(case)
    record(IssueAdded(case_id=case.pk, issue_id=issue.pk), by=by, at=at)
    return issue


@transaction.atomic
def correct_issue(issue: Issue, *, complaint: Complaint, by: Staff, at: datetime) -> Issue:
    """Say better what one thing complained of is; the customer's own words stay as they are.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, NothingComplainedOf.
    """
    case = locked_for(issue.case, by=by)
    if not complaint.statement.strip():
        raise NothingComplainedOf
    issue.statement, listed = complaint.statement.strip(), _listed(complaint)
    for level, name in listed.items():
        setattr(issue, level, name)
    issue.save(update_fields=["statement", *listed])
    settle(case)
    record(IssueCorrected(case_id=case.pk, issue_id=issue.pk), by=by, at=at)
    return issue


@transaction.atomic
def record_finding(issue: Issue, *, finding: Finding, by: Staff, at: datetime) -> Issue:
    """Write down what was found on one thing complained of, and return it.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, FindingIncomplete.
    """
    case = locked_for(issue.case, by=by)
    told = finding.what_happened.strip() and finding.should_have_happened.strip()
    if not told or finding.validity is Outcome.NOT_JUDGED:
        raise FindingIncomplete
    issue.what_happened = finding.what_happened.strip()
    issue.should_have_happened = finding.should_have_happened.strip()
    issue.reasons, issue.broken = finding.reasons.strip(), [each.value for each in finding.broken]
    issue.validity, issue.found_at = finding.validity, at
    issue.save()
    _sum_up(case)
    record(
        FindingRecorded(case_id=case.pk, issue_id=issue.pk, validity=finding.validity),
        by=by,
        at=at,
    )
    return issue


@transaction.atomic
def change_kind(
    case: Case,
    *,
    kind: CaseKind,
    reason: str,
    by: Staff,
    at: datetime,
    agreed_how: How | None = None,
) -> Case:
    """Say that `case` is of another kind, and return it.

    A complaint stays one unless the customer agreed, or a senior colleague who does not own it
    changes it. Where there is no second person the owner alone may.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, KindReasonNeeded, SecondPairOfEyesNeeded.
    """
    case = locked_for(case, by=by)
    was = CaseKind(case.kind)
    if not reason.strip():
        raise KindReasonNeeded
    agreed = agreed_how is not None
    if needs_second_pair_of_eyes(was, kind, agreed=agreed) and not _is_second(case, by):
        raise SecondPairOfEyesNeeded
    mark(case, What.KIND_CHANGED, at=at, was=was, now=kind)
    case.kind, case.procedure = kind, newest_for(kind)
    CaseNote.objects.create(case=case, text=reason.strip(), by=by, at=at)
    settle(case)
    record(
        KindChanged(
            case_id=case.pk, was=was, kind=kind, agreed_how=agreed_how.value if agreed_how else ""
        ),
        by=by,
        at=at,
    )
    return case


def _check(case: Case, assessment: Assessment) -> None:
    grades = (assessment.severity, assessment.complexity, assessment.impact)
    if not all(is_a_grade(grade) for grade in grades):
        raise NotAGrade
    if case.person_id is None and not case.unreachable:
        raise CustomerNeeded
    if not (case.requested_remedy or case.remedy_not_said):
        raise WishNeeded


def _proposed(case: Case, assessment: Assessment) -> Track:
    owner = case.owner
    weight = Weight(
        severity=assessment.severity,
        safety=assessment.safety,
        money_at_stake=assessment.money_at_stake,
        limits=limits_of(Role(owner.role)) if owner else {},
        same_cause=closing_facts(case).same_cause,
    )
    return proposed_track(weight)


def _is_second(case: Case, by: Staff) -> bool:
    if case.owner_id != by.pk and by.may(Act.ASSIGN_CASE):
        return True
    return case.owner_id == by.pk and substitute_for(case) is None


def _listed(complaint: Complaint) -> dict[str, str]:
    """Return where in our lists of products and topics a thing complained of stands."""
    return {
        "product": complaint.product.strip(),
        "sub_product": complaint.sub_product.strip(),
        "topic": complaint.topic.strip(),
        "sub_topic": complaint.sub_topic.strip(),
    }


def _sum_up(case: Case) -> None:
    """Let the outcome of `case` follow from what was found on each issue."""
    found = case.issues.values_list("validity", flat=True)
    case.outcome = outcome_of([Outcome(validity) for validity in found])
    settle(case)
