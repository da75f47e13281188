"""What waits for the customer's word on their page, and whom they may turn to outside."""

from dataclasses import dataclass
from datetime import date

from amends.base.text import said_in
from amends.cases.models.case import Case
from amends.cases.models.deciding import FinalResponse, Proposal, Remedy
from amends.cases.models.read_back import ReadBack
from amends.cases.queries.final_letter import time_to_turn_to
from amends.cases.queries.letters import house_time
from amends.cases.queries.proposing import last_decision_of, proposal_of
from amends.cases.queries.rights import bodies_for
from amends.cases.rules.final_letter import DAYS_TO_DISAGREE, Unit, last_day
from amends.cases.rules.lifecycle import State
from amends.contacts.models import Attachment
from amends.staff.queries import organisation

_BEFORE_ANY_DECISION = frozenset({State.RECEIVED, State.ACKNOWLEDGED, State.ASSESSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Matters:
    """What the customer may answer. gives: the parts of what we propose.

    response: the letter that told what was decided last; asks: whether it waits for their yes, and
    until when they may disagree at no cost.
    """

    proposal: Proposal | None
    gives: tuple[Remedy, ...]
    response: FinalResponse | None
    asks: bool
    disagree_until: date | None
    read_back: ReadBack | None


@dataclass(frozen=True, slots=True)
class OutsideOffer:
    """An outside body as the page tells of it. by: the last day, once our answer began the time."""

    pk: int
    name: str
    address: str
    link: str
    within: str
    by: date | None


def matters_of(case: Case) -> Matters:
    """Return what of `case` waits for its customer's word, besides promises and the question."""
    proposal = proposal_of(case) if case.state == State.PROPOSED else None
    gives = proposal.option.remedies.filter(dropped_at=None).order_by("pk") if proposal else ()
    response = final_response_of(case) if case.state not in _BEFORE_ANY_DECISION else None
    asks = case.state == State.DECIDED and response is not None
    until = house_time(response.sent_at) + DAYS_TO_DISAGREE if asks and response else None
    return Matters(
        proposal=proposal,
        gives=tuple(gives),
        response=response,
        asks=asks and _is_not_accepted(case),
        disagree_until=until.date() if until else None,
        read_back=read_back_on(case) if case.is_open else None,
    )


def final_response_of(case: Case) -> FinalResponse | None:
    """Return the letter that told the customer of `case` what was decided; None if none did."""
    sent = FinalResponse.objects.filter(decision__case=case)
    return sent.order_by("-sent_at", "-pk").first()


def paper_of(response: FinalResponse) -> Attachment | None:
    """Return the PDF of a final response."""
    return Attachment.objects.filter(contact=response.contact_id).order_by("pk").first()


def read_back_on(case: Case) -> ReadBack | None:
    """Return how we said that we understood the customer of `case`, the newest; None if never."""
    return case.read_backs.filter(ended_at=None).select_related("by").first()


def outside_for(response: FinalResponse | None, *, language: str) -> list[OutsideOffer]:
    """Return whom a customer may turn to, as we keep them, in `language`.

    The time is counted from our answer, so it has a last day once there is one.
    """
    house = organisation()
    answered = house_time(response.sent_at).date() if response else None
    return [
        OutsideOffer(
            pk=body.pk,
            name=said_in(language, body.name, house=house.language),
            address=said_in(language, body.address, house=house.language),
            link=body.link,
            within=time_to_turn_to(body),
            by=last_day(answered, body.within, Unit(body.within_unit))
            if answered and body.within and body.within_unit
            else None,
        )
        for body in bodies_for(house)
    ]


def _is_not_accepted(case: Case) -> bool:
    decision = last_decision_of(case)
    return decision is not None and decision.accepted_at is None
