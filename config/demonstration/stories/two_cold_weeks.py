"""A grave one, looked into in full: what was found, weighed and put to the customer."""

from datetime import date
from decimal import Decimal

from amends.cases.actions.assessment import (
    Assessment,
    Complaint,
    Finding,
    add_issue,
    assess_case,
    record_finding,
)
from amends.cases.actions.deciding import Said as Decided
from amends.cases.actions.deciding import write_decision
from amends.cases.actions.evidence import (
    Others,
    Piece,
    agree_on,
    disclose_evidence,
    note_others_affected,
    register_evidence,
)
from amends.cases.actions.investigating import Plan, plan_investigation
from amends.cases.actions.options import Gives, Way, add_option, add_remedy
from amends.cases.actions.proposing import View, hear_view, propose_remedy
from amends.cases.actions.rights import BodyFacts, add_heading, keep_body
from amends.cases.models.case import Case, Issue
from amends.cases.models.deciding import Option
from amends.cases.rules.final_letter import Unit
from amends.cases.rules.findings import Expectation, Shelf
from amends.cases.rules.kinds import Basis, How, Outcome
from amends.contacts.rules.kinds import Channel
from amends.staff.rules.authority import RemedyKind
from config.demonstration import stage
from config.demonstration.stage import Said, Stage

PRIYA = """
Hello,

we had no hot water from the 3rd to the 16th. I rang five times. Each time somebody said that it \
was noted. On the 10th I was told that an engineer had been and found nobody at home; we were at \
home, all four of us, all day, because my daughter had a fever.

I was charged in full for those two weeks.

Priya Nair
"""
LATE = Finding(
    what_happened=(
        "The exchanger in the cellar failed on the 3rd and was replaced on the 16th. The part was "
        "ordered on the 9th, six days after it failed."
    ),
    should_have_happened="Hot water is back within 48 hours, or we bring a heater.",
    validity=Outcome.UPHELD,
    reasons="Our own order book shows that nobody ordered the part for six days.",
    broken=(Expectation.SPEED, Expectation.CARE),
)
VISIT = Finding(
    what_happened=(
        "The engineer rang at the flat next door, which bears the same number in the other house."
    ),
    should_have_happened="He calls from the door before he leaves.",
    validity=Outcome.UPHELD,
    reasons="His telephone shows no call to you that day.",
    broken=(Expectation.PROFESSIONALISM, Expectation.HONESTY),
)
LISTS: dict[Shelf, dict[str, tuple[str, ...]]] = {
    Shelf.PRODUCT: {"Heating": (), "Hot water": ()},
    Shelf.TOPIC: {"Outage": ("Part ordered late",), "Visits": ("Wrong door", "Nobody came")},
}
WORDS = Decided(
    apology=(
        "We are sorry. You were without hot water for two weeks with a child who was ill, you "
        "rang five times, and we told you something that was not true."
    ),
    reasons=(
        "The part was ordered six days late, and the visit never reached your door. Both were for "
        "us to see to, and nothing that you did could have changed it."
    ),
    changes=(
        "From this month the order is written when the fault is found, and an engineer calls from "
        "the door before leaving."
    ),
    admits=True,
)


def tell(on: Stage) -> None:
    """Tell of Priya, who waits for the answer to what was proposed to her."""
    _kept(on)
    case = _looked_into(on)
    _found(on, case)
    _proposed(on, case, _weighed(on, case))


def _kept(on: Stage) -> None:
    """Keep what letters name and what complaints are sorted by, as the manager does."""
    marta, at = on.who("marta"), on.moments.back(12, "08:30")
    authority = BodyFacts(
        country="LT",
        name={
            "lt": "Valstybinė vartotojų teisių apsaugos tarnyba",
            "en": "State Consumer Rights Protection Authority",
        },
        address={"lt": "Vilniaus g. 25, Vilnius"},
        link="https://vvtat.lrv.lt/",
        within=1,
        within_unit=Unit.YEARS.value,
        source="vvtat.lrv.lt",
        checked_on=date(at.year, at.month, at.day),
        active=True,
    )
    keep_body(None, facts=authority, by=marta, at=at)
    for shelf, lists in LISTS.items():
        for name, under in lists.items():
            above = add_heading(shelf, name=name, by=marta, at=at)
            for line in under:
                add_heading(shelf, name=line, under=above, by=marta, at=at)


def _looked_into(on: Stage) -> Case:
    case = stage.open_on(
        on,
        Said(
            who="priya",
            text=PRIYA,
            at=on.moments.back(8, "09:20"),
            channel=Channel.EMAIL,
            subject="Two weeks without hot water",
        ),
        gist="Two weeks without hot water, and a visit that never was",
        wish="That we do not pay for it, and that somebody says what really happened.",
        owner="grace",
    )
    grace = on.who("grace")
    grave = Assessment(severity=3, safety=False, complexity=3, impact=3)
    assess_case(case, assessment=grave, by=grace, at=on.moments.back(8, "11:00"))
    plan = Plan(
        questions="When was the part ordered? Where was the engineer on the 10th?",
        sources="The order book, the engineer's telephone, the list of calls",
        persons="The engineer, the colleague who took the calls, Ms Nair",
        update_every_days=3,
    )
    plan_investigation(case, plan=plan, by=grace, at=on.moments.back(7, "09:00"))
    case.refresh_from_db()
    return case


def _found(on: Stage, case: Case) -> None:
    grace, at = on.who("grace"), on.moments.back(5, "14:00")
    first = case.issues.get()
    second = add_issue(
        case,
        complaint=Complaint(
            statement="We were told of a visit that never was",
            topic="Visits",
            sub_topic="Wrong door",
        ),
        by=grace,
        at=at,
    )
    _shown_by(on, case, first, "The order book of the store", "The store")
    _shown_by(
        on, case, second, "The calls of the engineer's telephone on the 10th", "The engineers"
    )
    for issue, finding in ((first, LATE), (second, VISIT)):
        record_finding(issue, finding=finding, by=grace, at=at)
    agree_on(case, text="There was no hot water for thirteen days.", by=grace, at=at)
    others = Others(
        how_many=6,
        found_how="All flats on the same exchanger",
        they_get="The same share of their bill, without asking",
    )
    note_others_affected(case, others=others, by=grace, at=at)


def _shown_by(on: Stage, case: Case, issue: Issue, what: str, source: str) -> None:
    at = on.moments.back(6, "10:30")
    piece = Piece(
        what=what, source=source, obtained_on=date(at.year, at.month, at.day), issue=issue
    )
    kept = register_evidence(case, piece=piece, by=on.who("grace"), at=at)
    told = on.moments.back(5, "15:00")
    disclose_evidence(kept, to="Ms Nair", redacted=False, by=on.who("grace"), at=told)


def _weighed(on: Stage, case: Case) -> Option:
    """Write two ways down beside each other, and return the one that is put to her."""
    grace, at = on.who("grace"), on.moments.back(4, "10:00")
    only_law = Way(
        what="We take the two weeks off the bill",
        cost=Decimal("23.40"),
        value=Decimal("23.40"),
        value_words="That is the least",
    )
    add_option(case, way=only_law, by=grace, at=at)
    more = Way(
        what="We take the two weeks off the bill, pay for the days at home, and say what happened",
        cost=Decimal("83.40"),
        value=Decimal(120),
        value_words="That somebody says what really happened",
    )
    option = add_option(case, way=more, by=grace, at=at)
    due = on.moments.ahead(3, "16:00")
    for gives in (
        Gives(
            kind=RemedyKind.EXPLANATION, what="What happened, in this letter", basis=Basis.POLICY
        ),
        Gives(
            kind=RemedyKind.PRICE_REDUCTION,
            what="The two weeks are taken off your next bill",
            basis=Basis.CONTRACT,
            amount=Decimal("23.40"),
            due_at=due,
        ),
        Gives(
            kind=RemedyKind.COMPENSATION,
            what="Compensation to your account",
            basis=Basis.POLICY,
            amount=Decimal(60),
            due_at=due,
        ),
    ):
        add_remedy(option, gives=gives, by=grace, at=at)
    return option


def _proposed(on: Stage, case: Case, option: Option) -> None:
    grace = on.who("grace")
    proposal = propose_remedy(option, by=grace, at=on.moments.back(3, "09:30"))
    view = View(
        words="Thank you for saying it plainly. That is fair.",
        how=How.TELEPHONE,
        value_confirmed=True,
    )
    hear_view(proposal, view=view, by=grace, at=on.moments.back(2, "17:10"))
    write_decision(case, said=WORDS, by=grace, at=on.moments.back(1, "11:00"))
