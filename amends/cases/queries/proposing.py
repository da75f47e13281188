"""What the rules need to know before something is proposed, and the pieces of it."""

from django.db.models import F, QuerySet

from amends.cases.models.case import Case, PartyOfCase
from amends.cases.models.deciding import Decision, Option, Proposal, Remedy
from amends.cases.models.findings import AgreedPoint, Evidence
from amends.cases.queries.approving import approval_state
from amends.cases.rules.findings import Found, is_hard
from amends.cases.rules.kinds import Outcome, Part, Track
from amends.cases.rules.lifecycle import State
from amends.cases.rules.proposing import Approved, Priced, ProposingFacts, is_done_by_letter
from amends.staff.models import Staff
from amends.staff.rules.authority import RemedyKind


def findings_of(case: Case) -> tuple[Found, ...]:
    """Return what was found on each thing complained of in `case`, in their order.

    Evidence for the whole case counts for each of them.
    """
    pieces = list(Evidence.objects.filter(case=case).values_list("issue", flat=True))
    return tuple(
        Found(Outcome(validity), sum(issue in {None, pk} for issue in pieces))
        for pk, validity in case.issues.order_by("pk").values_list("pk", "validity")
    )


def proposing_facts(case: Case, option: Option | None, *, by: Staff) -> ProposingFacts:
    """Return what the rules need to decide whether `by` may propose `option`."""
    unheard = PartyOfCase.objects.filter(case=case, part=Part.COMPLAINED_ABOUT, heard_at=None)
    options = case.options.filter(dropped_at=None).values_list("cost", "value")
    return ProposingFacts(
        hard=is_hard(Track(case.track), case.severity),
        found=findings_of(case),
        unheard=unheard.count(),
        expectation_known=bool(case.expectation or case.requested_remedy or case.remedy_not_said),
        options=tuple(Priced(cost, value) for cost, value in options),
        chosen=option is not None and option.dropped_at is None,
        approved=approval_state(option, by=by) if option else Approved.NOT_NEEDED,
    )


def proposal_of(case: Case) -> Proposal | None:
    """Return what was put to the customer of `case` and stands, if anything."""
    standing = Proposal.objects.filter(case=case, ended_at=None)
    return standing.select_related("option", "by").first()


def draft_of_decision(case: Case) -> Decision | None:
    """Return the decision that is being written on `case`, if one is."""
    drafts = Decision.objects.filter(case=case, decided_at=None)
    return drafts.select_related(*_DECISION).first()


def last_decision_of(case: Case) -> Decision | None:
    """Return what was decided last on `case`, if anything was."""
    decided = Decision.objects.filter(case=case, decided_at__isnull=False)
    return decided.select_related(*_DECISION).order_by("-decided_at", "-pk").first()


def decision_to_do(case: Case) -> Decision | None:
    """Return our own decision on `case` that waits to be done; not an outside body's."""
    ours = Decision.objects.filter(case=case, decided_at__isnull=False, proceeding=None)
    return ours.select_related(*_DECISION).order_by("-decided_at", "-pk").first()


def remedies_to_do(case: Case) -> tuple[Remedy, ...]:
    """Return what our decision on `case` gives and nobody began to do, the soonest due first.

    Nothing before it is decided, and once what is owed was promised, each on its day.
    """
    decision = decision_to_do(case) if case.state == State.DECIDED else None
    if decision is None:
        return ()
    left = decision.proposal.option.remedies.filter(dropped_at=None, done_at=None, promise=None)
    in_order = left.order_by(F("due_at").asc(nulls_last=True), "pk")
    return tuple(each for each in in_order if not is_done_by_letter(RemedyKind(each.kind)))


def options_of(case: Case) -> QuerySet[Option]:
    """Return the ways to put it right that stand on `case`."""
    return case.options.filter(dropped_at=None).order_by("pk")


def option_in(case: Case, pk: int) -> Option:
    """Return one option of `case`.

    Raises Option.DoesNotExist.
    """
    return Option.objects.select_related("case__team").get(case=case, pk=pk, dropped_at=None)


def remedy_in(case: Case, pk: int) -> Remedy:
    """Return one remedy of an option of `case`.

    Raises Remedy.DoesNotExist.
    """
    rows = Remedy.objects.select_related("option__case")
    return rows.get(option__case=case, pk=pk, dropped_at=None)


def evidence_in(case: Case, pk: int) -> Evidence:
    """Return one piece of evidence of `case`.

    Raises Evidence.DoesNotExist.
    """
    return Evidence.objects.select_related("case").get(case=case, pk=pk)


def point_in(case: Case, pk: int) -> AgreedPoint:
    """Return one thing that the customer of `case` and we agree on.

    Raises AgreedPoint.DoesNotExist.
    """
    return AgreedPoint.objects.select_related("case").get(case=case, pk=pk, dropped_at=None)


def party_in(case: Case, pk: int) -> PartyOfCase:
    """Return one whom `case` is about.

    Raises PartyOfCase.DoesNotExist.
    """
    parties = PartyOfCase.objects.select_related("case", "staff", "person")
    return parties.get(case=case, part=Part.COMPLAINED_ABOUT, pk=pk)


_DECISION = (
    "case__person",
    "case__team",
    "case__owner",
    "proposal__option",
    "decider__department",
    "review",
    "proceeding",
)
