"""A hard case on its way from its issues to the final letter, each stage reached by the actions."""

from datetime import date, timedelta
from decimal import Decimal

from amends.cases.actions.assessment import (
    Assessment,
    Complaint,
    Finding,
    add_issue,
    assess_case,
    record_finding,
)
from amends.cases.actions.deciding import Said, decide_case, write_decision
from amends.cases.actions.evidence import Piece, register_evidence
from amends.cases.actions.follow_up import Answer, answer_put_right
from amends.cases.actions.options import Gives, Way, add_option, add_remedy
from amends.cases.actions.proposing import View, hear_view, propose_remedy
from amends.cases.models.case import Case, Issue
from amends.cases.models.deciding import FinalResponse, Option, Proposal, Remedy
from amends.cases.rules.findings import Expectation
from amends.cases.rules.kinds import Basis, How, Outcome, Verdict
from amends.people.models import Person
from amends.staff.models import Authority, Organisation, Staff
from amends.staff.rules.authority import RemedyKind
from amends.staff.rules.permissions import Role
from tests import make

NOW = make.NOW + timedelta(days=1)
FOUND = Finding(
    what_happened="The pump stood still for two days, and nobody called back.",
    should_have_happened="We look at it within four hours, and we call.",
    validity=Outcome.UPHELD,
    reasons="Our own log shows it.",
    broken=(Expectation.SPEED, Expectation.INFORMATION),
)
SAID = Said(
    reasons="The flat was cold for two days, and it was for us to see to it.",
    apology="We are sorry that you and your children were cold.",
    changes="From now on the engineer on duty calls back within the hour.",
    admits=True,
)


def customer(*, email: str = "ruta@post.example") -> Person:
    return make.person(email=email)


def investigated(owner: Staff, *, severity: int | None = 4, person: Person | None = None) -> Case:
    """Return a case that is being looked into again: the customer said that it is not put right."""
    told = make.contact(person=person or customer())
    case = make.case(told, owner=owner)
    assess_case(case, assessment=Assessment(severity=severity), by=owner, at=make.NOW)
    case.refresh_from_db()
    question = make.kept(case)
    answer = Answer(verdict=Verdict.NO, how=How.TELEPHONE, words="It is cold again.")
    answer_put_right(question, answer=answer, by=owner, at=make.NOW + timedelta(hours=4))
    case.refresh_from_db()
    return case


def issue(case: Case, statement: str = "It was cold for two days.") -> Issue:
    by = case.owner or case.team.duty_owner
    return add_issue(case, complaint=Complaint(statement=statement, topic="Heating"), by=by, at=NOW)


def evidence(case: Case, about: Issue | None = None) -> None:
    by = case.owner or case.team.duty_owner
    piece = Piece(
        what="The log of the pump",
        source="The engineers",
        obtained_on=date(2026, 3, 27),
        issue=about,
    )
    register_evidence(case, piece=piece, by=by, at=NOW)


def found(case: Case) -> Case:
    """Return `case` with evidence, and a finding on each thing complained of."""
    by = case.owner or case.team.duty_owner
    evidence(case)
    for one in case.issues.all():
        record_finding(one, finding=FOUND, by=by, at=NOW)
    case.refresh_from_db()
    return case


def option(
    case: Case, what: str = "We mend the pump and pay part of it back", *, amount: int | None = 49
) -> Option:
    """Return an option that gives a part refund until Tuesday, and an apology."""
    by = case.owner or case.team.duty_owner
    way = Way(what=what, cost=Decimal(60), value=Decimal(100), value_words="A warm home")
    made = add_option(case, way=way, by=by, at=NOW)
    remedy(made, RemedyKind.APOLOGY, "A written apology", due=None)
    if amount is not None:
        remedy(made, RemedyKind.REFUND_PART, "Part of the bill, to your account", amount=amount)
    return made


def remedy(
    of: Option,
    kind: RemedyKind,
    what: str,
    *,
    amount: int | None = None,
    basis: Basis = Basis.POLICY,
    due: int | None = 4,
) -> Remedy:
    gives = Gives(
        kind=kind,
        what=what,
        basis=basis,
        amount=None if amount is None else Decimal(amount),
        due_at=None if due is None else NOW + timedelta(days=due),
    )
    return add_remedy(of, gives=gives, by=of.by, at=NOW)


def may_give_anything(role: Role = Role.AGENT) -> None:
    for kind in RemedyKind:
        Authority.objects.get_or_create(role=role.value, remedy=kind.value)


def proposed(owner: Staff, *, person: Person | None = None) -> Proposal:
    """Return what was put to the customer of a hard case, within the authority of its owner."""
    may_give_anything()
    case = found(investigated(owner, person=person))
    chosen = option(case)
    option(case, "We only explain", amount=None)
    return propose_remedy(chosen, by=owner, at=NOW)


def heard(owner: Staff, *, person: Person | None = None) -> Proposal:
    made = proposed(owner, person=person)
    view = View(words="Good, if it is done by Tuesday.", how=How.TELEPHONE, value_confirmed=True)
    return hear_view(made, view=view, by=owner, at=NOW)


def written(owner: Staff, *, person: Person | None = None) -> Case:
    """Return a case whose final response is written and lacks nothing."""
    case = heard(owner, person=person).case
    Organisation.objects.update(
        outside_body={"en": "State consumer office, Vilniaus 25, Vilnius, within a year"},
        postal_address="Gedimino pr. 1, Vilnius",
        telephone="+370 5 266 2600",
    )
    write_decision(case, said=SAID, by=owner, at=NOW)
    case.refresh_from_db()
    return case


def decided(owner: Staff, *, person: Person | None = None) -> FinalResponse:
    return decide_case(written(owner, person=person), by=owner, at=NOW)
