"""Cases that stand before a step whose guard does not hold yet; each for its owner, an agent."""

from datetime import timedelta

from amends.cases.actions import closing
from amends.cases.actions.assessment import Assessment, assess_case
from amends.cases.actions.linking import link_cases
from amends.cases.actions.parties import name_party
from amends.cases.actions.reviewing import ask_for_review
from amends.cases.models.case import Case
from amends.cases.rules.kinds import Mechanism, Part, Pillar
from amends.cases.rules.turns import Linkage
from amends.staff.models import Staff
from amends.staff.rules.authority import RemedyKind
from amends.staff.rules.permissions import Role
from tests import make
from tests.cases import hard

LATER = hard.NOW + timedelta(days=1)


def told(owner: Staff) -> Case:
    """Return a case just told; next to it there is a senior who answers for the team."""
    make.team(members=(owner,))
    hard.may_give_anything()
    told_by = make.person(email="ruta@post.example")
    return make.case(make.contact(person=told_by), owner=owner)


def about_a_colleague(owner: Staff) -> Case:
    case = told(owner)
    about = make.staff("Jonas Jonaitis")
    name_party(case, part=Part.COMPLAINED_ABOUT, who=about, by=owner, at=make.NOW)
    return case


def after_another(owner: Staff) -> Case:
    """Return a case that begins when another one, still open, has ended."""
    case = told(owner)
    first = make.case(make.contact(person=make.person("Jonas")), owner=owner)
    link_cases(case, other=first, linkage=Linkage.BEGINS_AFTER, by=owner, at=make.NOW)
    return assess_case(case, assessment=Assessment(severity=3), by=owner, at=make.NOW)


def not_ours_to_give(owner: Staff) -> Case:
    """Return a case just told, whose owner may apologise and give ten back."""
    make.team(members=(owner,))
    make.authority(Role.AGENT, RemedyKind.APOLOGY)
    make.authority(Role.AGENT, RemedyKind.REFUND_PART, 10)
    told_by = make.person(email="ruta@post.example")
    return make.case(make.contact(person=told_by), owner=owner)


def assessed(owner: Staff) -> Case:
    case = told(owner)
    return assess_case(case, assessment=Assessment(severity=3), by=owner, at=make.NOW)


def not_all_found_on(owner: Staff) -> Case:
    """Return a case with two costed ways, on one thing of which nothing is found."""
    told(owner)
    case = hard.found(hard.investigated(owner))
    hard.issue(case, "Nobody called back.")
    hard.option(case)
    hard.option(case, "We only explain", amount=None)
    return case


def beyond_authority(owner: Staff) -> Case:
    """Return a case ready to be proposed on, with more than its owner may give."""
    not_ours_to_give(owner)
    case = hard.found(hard.investigated(owner))
    hard.option(case)
    hard.option(case, "We only explain", amount=None)
    return case


def not_heard(owner: Staff) -> Case:
    told(owner)
    return hard.proposed(owner).case


def not_written(owner: Staff) -> Case:
    told(owner)
    return hard.heard(owner).case


def decided(owner: Staff) -> Case:
    told(owner)
    return hard.decided(owner).decision.case


def under_review(owner: Staff) -> Case:
    case = decided(owner)
    reviewer = case.team.duty_owner
    return ask_for_review(case, reason="Why?", by=owner, at=LATER, reviewer=reviewer).case


def promised(owner: Staff) -> Case:
    return make.promise(told(owner), accepted=True).case


def kept(owner: Staff) -> Case:
    return make.kept(told(owner)).case


def closed(owner: Staff) -> Case:
    case = make.done(told(owner))
    why = closing.Why(pillar=Pillar.SYSTEM, mechanism=Mechanism.DELAY)
    closing.apologise(case, by=owner, at=make.NOW)
    closing.thank(case, by=owner, at=make.NOW)
    closing.count_cause(case, why=why, by=owner, at=make.NOW)
    return closing.close_case(case, by=owner, at=make.NOW)
