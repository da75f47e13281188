"""The words of what a journal tells: they stand in the rows of a case, never in its entries."""

from collections.abc import Iterable, Mapping

from amends.cases.models.case import Case
from amends.cases.models.deciding import Option, Proposal
from amends.cases.models.findings import Evidence
from amends.cases.models.promises import Promise
from amends.cases.queries.timeline import EventItem, Item

# The fact of an entry that names the row whose words are told with it.
_ABOUT = {
    "PromiseKept": "promise_id",
    "EvidenceRegistered": "evidence_id",
    "EvidenceDisclosed": "evidence_id",
    "OptionAdded": "option_id",
    "OptionDropped": "option_id",
    "RemedyProposed": "option_id",
    "CaseDecided": "option_id",
    "ViewHeard": "proposal_id",
}
_DONE_BY_THE_CASE = frozenset({"DoneOnTheSpot", "WorkDone"})


def words_behind(
    case: Case, items: Iterable[Item], *, promises: Mapping[int, Promise]
) -> dict[int, str]:
    """Return what was done, shown, weighed or answered by the keys of the entries that tell of it.

    The words are those of today. What was said or done anew since stands with its last entry only.
    Takes three statements at most, however many items there are.
    """
    events = [item for item in items if isinstance(item, EventItem)]
    rows = {
        "promise_id": {pk: promise.kept_evidence for pk, promise in promises.items()},
        "evidence_id": _evidence(case, _named(events, "evidence_id")),
        "option_id": _options(case, _named(events, "option_id")),
    }
    proposals = _proposals(case, _named(events, "proposal_id"))
    found: dict[int, str] = {}
    for event in events:
        about = _ABOUT.get(event.kind, "")
        if event.kind in _DONE_BY_THE_CASE:
            words = case.done_what if event.spot.at == case.done_at else ""
        elif about == "proposal_id":
            proposal = proposals.get(event.facts[about])
            words = _answer(proposal, event) if proposal else ""
        else:
            words = rows[about].get(event.facts[about], "") if about else ""
        if words:
            found[event.spot.pk] = words
    return found


def _named(events: Iterable[EventItem], about: str) -> set[int]:
    return {event.facts[about] for event in events if _ABOUT.get(event.kind) == about}


def _evidence(case: Case, keys: set[int]) -> dict[int, str]:
    return dict(Evidence.objects.filter(case=case, pk__in=keys).values_list("pk", "what"))


def _options(case: Case, keys: set[int]) -> dict[int, str]:
    return dict(Option.objects.filter(case=case, pk__in=keys).values_list("pk", "what"))


def _proposals(case: Case, keys: set[int]) -> dict[int, Proposal]:
    return Proposal.objects.filter(case=case).in_bulk(keys)


def _answer(proposal: Proposal, event: EventItem) -> str:
    """Return what the customer said, or what was tried to hear them, when that was written down."""
    return proposal.view or proposal.tried if proposal.heard_at == event.spot.at else ""
