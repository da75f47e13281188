"""The guards of a case from its first word to the decision."""

from amends.cases.actions import (
    assessment,
    deciding,
    follow_up,
    from_portal,
    investigating,
    ownership,
    proposing,
)
from amends.cases.actions.elsewhere import (
    Receiver,
    ReceiverNeeded,
    SignpostNeeded,
    forward_case,
    rule_out_of_scope,
)
from amends.cases.actions.giving import BeyondAuthority
from amends.cases.actions.within import CannotLookAfterIt, NotBeforeAnother
from amends.cases.models.deciding import Decision
from amends.cases.models.promises import FollowUp
from amends.cases.models.turns import (
    Forwarding,
    InvestigationPlan,
)
from amends.cases.rules.kinds import How
from amends.cases.rules.lifecycle import State
from amends.contacts.actions.recording import NothingSaid
from amends.contacts.models import Words
from tests import guarded
from tests.guarded import LATER
from tests.guards import (
    FUTURE,
    PLAN,
    SOON,
    Guard,
    ended,
    nothing,
    option_of,
    promise_of_much,
    set_on,
    wait_row,
)

GUARDS = {
    "told: words or a note": Guard(
        ground=guarded.told,
        act=lambda case, by: from_portal.add_words(case, words=" ", by=case.person, at=LATER),
        refused=NothingSaid,
        page=("note", lambda _case: {"text": " "}),
        portal=("add", {"words": " "}),
        rows=(
            lambda case: Words.objects.filter(contact__case_contacts__case=case).update(
                text="Nothing happened."
            ),
        ),
    ),
    "assessed: by known grades": Guard(
        ground=guarded.told,
        act=lambda case, by: assessment.assess_case(
            case, assessment=assessment.Assessment(severity=9), by=by, at=LATER
        ),
        refused=assessment.NotAGrade,
        page=("assess", lambda _case: {"severity": "9"}),
        rows=(lambda case: set_on(case, severity=9),),
    ),
    "assessed: its owner is not whom it is about": Guard(
        ground=guarded.about_a_colleague,
        act=lambda case, by: ownership.assign_case(
            case, to=case.parties.get().staff, by=case.team.duty_owner, at=LATER
        ),
        refused=CannotLookAfterIt,
        page=(
            "hand-over",
            lambda case: {"to": case.parties.get().staff_id, "summary": "She waits."},
        ),
        rows=(lambda case: set_on(case, owner=None),),
    ),
    "begun: not before another has ended": Guard(
        ground=guarded.after_another,
        act=lambda case, by: investigating.plan_investigation(
            case, plan=investigating.Plan(**PLAN), by=by, at=LATER
        ),
        refused=NotBeforeAnother,
        page=("plan", lambda _case: PLAN),
        rows=(lambda case: set_on(case, state=State.EARLY_RESOLUTION),),
    ),
    "early resolution: within authority": Guard(
        ground=guarded.not_ours_to_give,
        act=promise_of_much,
        refused=BeyondAuthority,
        page=(
            "promise",
            lambda _case: {
                "what": "Money back",
                "when": "other",
                "due_at": FUTURE,
                "amount": "500",
                "remedy": "refund-part",
                "basis": "policy",
                "told": "telephone",
            },
        ),
    ),
    "early resolution: what was done is written down": Guard(
        ground=guarded.told,
        act=lambda case, by: follow_up.finish_on_the_spot(
            case, done=" ", yes_how=How.DESK, by=by, at=LATER
        ),
        refused=follow_up.NothingWritten,
        page=("done", lambda _case: {"yes_how": "desk"}),
        rows=(lambda case: FollowUp.objects.create(case=case, answered_at=LATER, verdict=""),),
    ),
    "looked into: assessed before": Guard(
        ground=guarded.told,
        act=lambda case, by: investigating.plan_investigation(
            case, plan=investigating.Plan(**PLAN), by=by, at=LATER
        ),
        refused=investigating.AssessFirst,
        page=("plan", lambda _case: PLAN),
    ),
    "looked into: by a plan": Guard(
        ground=guarded.assessed,
        act=lambda case, by: investigating.plan_investigation(
            case, plan=investigating.Plan(**{**PLAN, "persons": " "}), by=by, at=LATER
        ),
        refused=investigating.PlanIncomplete,
        page=("plan", lambda _case: {**PLAN, "persons": " "}),
        rows=(
            lambda case: InvestigationPlan.objects.create(
                case=case,
                questions="Why?",
                sources="Log",
                persons="",
                made_by=case.owner,
                made_at=LATER,
            ),
            lambda case: set_on(case, planned_at=LATER),
        ),
    ),
    "passed on: to somebody who said yes": Guard(
        ground=guarded.assessed,
        act=lambda case, by: forward_case(
            case,
            receiver=Receiver(name="The city", accepted_by=" "),
            reason="Theirs.",
            told_how=How.DESK,
            by=by,
            at=LATER,
        ),
        refused=ReceiverNeeded,
        page=(
            "forward",
            lambda _case: {"name": "The city", "reason": "Theirs.", "told_how": "telephone"},
        ),
        rows=(
            lambda case: Forwarding.objects.create(
                case=case, to="The city", accepted_by="", told_how="desk", by=case.owner, at=LATER
            ),
            lambda case: ended(case, State.FORWARDED, ended_reason=""),
        ),
    ),
    "not ours: with a way to go": Guard(
        ground=guarded.assessed,
        act=lambda case, by: rule_out_of_scope(
            case, reason="Theirs.", signpost=" ", told_how=How.DESK, by=by, at=LATER
        ),
        refused=SignpostNeeded,
        page=(
            "out-of-scope",
            lambda _case: {"ground": "late", "reason": "Theirs.", "told_how": "telephone"},
        ),
        rows=(lambda case: ended(case, State.OUT_OF_SCOPE, ended_reason="Theirs.", signpost=""),),
    ),
    "waits: for something, from somebody, until a moment": Guard(
        ground=guarded.not_all_found_on,
        act=lambda case, by: investigating.wait_for(
            case,
            awaited=investigating.Awaited(
                state=State.WAITING_INSIDE, what=" ", whom="B", until=SOON
            ),
            by=by,
            at=LATER,
        ),
        refused=investigating.NothingAwaited,
        page=("wait", lambda _case: {"state": "waiting-inside", "whom": "B", "until": FUTURE}),
        rows=(
            lambda case: wait_row(case, what=""),
            lambda case: wait_row(case, until=LATER),
            lambda case: set_on(case, state=State.WAITING_INSIDE, state_until=None),
        ),
    ),
    "proposed: everything found on": Guard(
        ground=guarded.not_all_found_on,
        act=lambda case, by: proposing.propose_remedy(option_of(case), by=by, at=LATER),
        refused=proposing.NotReadyToPropose,
        page=("propose", nothing),
    ),
    "proposed: within authority or approved": Guard(
        ground=guarded.beyond_authority,
        act=lambda case, by: proposing.propose_remedy(option_of(case), by=by, at=LATER),
        refused=proposing.NotReadyToPropose,
        page=("propose", nothing),
    ),
    "decided: after they were heard": Guard(
        ground=guarded.not_heard,
        act=lambda case, by: deciding.decide_case(case, by=by, at=LATER),
        refused=deciding.NotReadyToDecide,
        page=("decide", lambda _case: {"medium": "letter"}),
        portal=("proposal-instead", {"words": " "}),
    ),
    "decided: by a letter that lacks nothing": Guard(
        ground=guarded.not_written,
        act=lambda case, by: deciding.decide_case(case, by=by, at=LATER),
        refused=deciding.NotReadyToDecide,
        page=("decide", lambda _case: {"medium": "letter"}),
        portal=("decision-yes", {}),
        rows=(
            lambda case: Decision.objects.create(
                case=case, decided_at=LATER, reasons="", proposal=case.proposals.get()
            ),
        ),
    ),
}
