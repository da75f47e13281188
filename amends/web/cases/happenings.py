"""What is said of each event of a case in its timeline: without anybody's sex, short, and exact."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from amends.base.time_words import day_words
from amends.cases.rules.admissibility import Ground
from amends.cases.rules.kinds import (
    AttemptResult,
    CaseKind,
    CheckLevel,
    How,
    Mechanism,
    Outcome,
    Part,
    Pillar,
    Satisfaction,
    Verdict,
)
from amends.cases.rules.steps import Step
from amends.cases.rules.turns import Reviewed
from amends.cases.rules.weighing import Consent, Relief
from amends.web.cases.words import STEPS
from amends.web.words import word

if TYPE_CHECKING:
    from amends.cases.models.promises import Promise

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """What an event needs to be told: what it says, what was promised, and the reader's time."""

    facts: Facts
    promise: str
    promises: Mapping[int, "Promise"]
    now: datetime

    def moment(self, name: str) -> str:
        return day_words(datetime.fromisoformat(self.facts[name]), self.now)

    @property
    def why_another_day(self) -> str:
        """The customer's own words for it; a promise keeps those of the last day they asked for."""
        promise = self.promises.get(self.facts["promise_id"])
        asked_for = datetime.fromisoformat(self.facts["counter_for"])
        if promise is None or promise.counter_for != asked_for or not promise.counter_words:
            return ""
        said = _("“%(words)s”") % {"words": promise.counter_words}
        return f" {said}"

    @property
    def anew(self) -> dict[str, str]:
        new = self.promises.get(self.facts["new_promise_id"])
        if new is None:
            return {"moment": "", "what": ""}
        return {"moment": day_words(new.due_at, self.now), "what": new.what}


@dataclass(frozen=True, slots=True)
class Happening:
    """How one kind of event looks: its icon, its tone (kept, late or none), and its sentence."""

    icon: str
    says: Callable[[Told], str]
    tone: str = ""


HAPPENINGS: Mapping[str, Happening] = {
    "CaseOpened": Happening(
        "inbox", lambda told: _("Opened as %(kind)s") % {"kind": word(CaseKind(told.facts["kind"]))}
    ),
    "CaseAcknowledged": Happening("mail", lambda _told: _("Receipt confirmed to the customer")),
    "CaseAssessed": Happening("eye", lambda _told: _("Assessed")),
    "CaseTaken": Happening("person", lambda _told: _("Taken on")),
    "PromiseMade": Happening(
        "promise",
        lambda told: (
            _("Promised for %(moment)s: %(what)s")
            % {"moment": told.moment("due_at"), "what": told.promise}
        ),
    ),
    "PromiseAccepted": Happening(
        "promise",
        lambda told: _("The customer said yes, %(how)s") % {"how": word(How(told.facts["how"]))},
        "kept",
    ),
    "PromiseCountered": Happening(
        "calendar",
        lambda told: (
            _("The customer asks for another day: %(moment)s")
            % {"moment": told.moment("counter_for")}
            + told.why_another_day
        ),
    ),
    "PromiseKept": Happening(
        "promise", lambda told: _("Done as promised: %(what)s") % {"what": told.promise}, "kept"
    ),
    "PromiseBroken": Happening(
        "warning", lambda told: _("Not done by then: %(what)s") % {"what": told.promise}, "late"
    ),
    "PromiseRenegotiated": Happening(
        "promise", lambda told: _("Promised anew for %(moment)s: %(what)s") % told.anew
    ),
    "BrokenPromiseApologised": Happening(
        "thanks", lambda _told: _("Said so first, and apologised, for the broken promise")
    ),
    "DoneOnTheSpot": Happening("promise", lambda _told: _("Put right at once"), "kept"),
    "PutRightAsked": Happening(
        "help",
        lambda told: (
            _("Asked “Is it put right?” %(how)s: %(result)s")
            % {
                "how": word(How(told.facts["how"])),
                "result": word(AttemptResult(told.facts["result"])),
            }
        ),
    ),
    "PutRightHanded": Happening(
        "phone", lambda _told: _("Amends cannot ask by mail: a colleague is to ask")
    ),
    "PutRightAnswered": Happening(
        "help",
        lambda told: (
            _("Is it put right? %(verdict)s")
            % {"verdict": word(Verdict(told.facts["verdict"])).capitalize()}
        ),
    ),
    "AnotherLookAsked": Happening(
        "people", lambda _told: _("The customer asks that another person looks at it")
    ),
    "Apologised": Happening("thanks", lambda _told: _("Apologised")),
    "Thanked": Happening("thanks", lambda _told: _("Thanked for telling us")),
    "CauseCounted": Happening(
        "stale",
        lambda told: (
            _("Cause: %(pillar)s, %(mechanism)s")
            % {
                "pillar": word(Pillar(told.facts["pillar"])),
                "mechanism": word(Mechanism(told.facts["mechanism"])),
            }
        ),
    ),
    "CaseClosed": Happening("lock", lambda _told: _("Closed"), "kept"),
    "CaseReopened": Happening("undo", lambda _told: _("Opened again")),
    "CaseWithdrawn": Happening("undo", lambda _told: _("Taken back by the customer")),
    "PartyNamed": Happening(
        "people",
        lambda told: (
            _("Somebody else in the case: %(part)s") % {"part": word(Part(told.facts["part"]))}
        ),
    ),
    "IdentityChecked": Happening(
        "key",
        lambda told: (
            _("Identity checked: %(level)s") % {"level": word(CheckLevel(told.facts["level"]))}
        ),
    ),
    "CaseAssigned": Happening("person", lambda _told: _("Given to a colleague")),
    "HandoverOffered": Happening("handover", lambda _told: _("Offered to a colleague")),
    "HandoverAccepted": Happening("handover", lambda _told: _("Handover accepted"), "kept"),
    "HandoverDeclined": Happening("handover", lambda _told: _("Handover declined")),
    "HandoverWithdrawn": Happening("handover", lambda _told: _("Handover taken back")),
    "WorkDone": Happening("promise", lambda _told: _("Done; the customer is asked after it")),
    "PartyInformed": Happening("people", lambda _told: _("Whom it is about was informed")),
    "PartyHeard": Happening("people", lambda _told: _("Whom it is about was heard")),
    "IssueAdded": Happening("plus", lambda _told: _("One more thing complained of")),
    "IssueCorrected": Happening("edit", lambda _told: _("What is complained of was said better")),
    "FindingRecorded": Happening(
        "eye",
        lambda told: _("Finding: %(outcome)s") % {"outcome": word(Outcome(told.facts["validity"]))},
    ),
    "KindChanged": Happening(
        "edit", lambda told: _("Now %(kind)s") % {"kind": word(CaseKind(told.facts["kind"]))}
    ),
    "WishNoted": Happening("note", lambda _told: _("Asked what would put it right")),
    "NeedsNoted": Happening("note", lambda _told: _("Needs and wishes written down")),
    "FieldsFilledIn": Happening("note", lambda _told: _("Our own fields were filled in")),
    "NeedBySet": Happening("calendar", lambda _told: _("The day they need it by was noted")),
    "DatesNoted": Happening("calendar", lambda _told: _("When it happened was noted")),
    "Clarified": Happening("eye", lambda _told: _("All details are clear")),
    "CustomerNamed": Happening("person", lambda _told: _("The customer was named")),
    "CustomerNotFound": Happening("person", lambda _told: _("The customer could not be found")),
    "HoldSet": Happening("lock", lambda _told: _("Protective hold set")),
    "HoldConfirmed": Happening("lock", lambda _told: _("The hold was confirmed"), "kept"),
    "HoldLifted": Happening("lock", lambda _told: _("The hold was lifted")),
    "ThanksPassedOn": Happening(
        "promise", lambda _told: _("Passed their thanks on to a colleague"), "kept"
    ),
    "HelpAskedOnCase": Happening("help", lambda _told: _("Asked a colleague for help")),
    "HelpAnsweredOnCase": Happening("help", lambda _told: _("A colleague answered"), "kept"),
    "CaseGivenToTeam": Happening(
        "people", lambda _told: _("Given to a team, where somebody takes it")
    ),
    "ClosingTakenBack": Happening("undo", lambda _told: _("Closed by mistake; open as before")),
    "TodoMade": Happening(
        "note", lambda told: _("To do until %(moment)s") % {"moment": told.moment("due_at")}
    ),
    "TodoDone": Happening("promise", lambda _told: _("Done inside"), "kept"),
    "TodoUndone": Happening("undo", lambda _told: _("Not done after all")),
    "TodoGiven": Happening(
        "handover",
        lambda told: _("To be done until %(moment)s") % {"moment": told.moment("due_at")},
    ),
    "TodoLeft": Happening("close", lambda _told: _("Left undone")),
    "SeniorCalled": Happening(
        "help", lambda _told: _("A senior was called to speak with them; it counts for nobody")
    ),
    "ContactEndedByRule": Happening(
        "lock", lambda _told: _("The contact was ended by rule, after insults or threats")
    ),
    "ThreatRead": Happening(
        "warning", lambda _told: _("What they said may be a threat to a person")
    ),
    "CaseSnoozed": Happening(
        "park", lambda told: _("Out of sight until %(moment)s") % {"moment": told.moment("until")}
    ),
    "CaseWoke": Happening("sun", lambda _told: _("In sight again")),
    "CaseTagged": Happening("filter", lambda _told: _("A tag was set")),
    "CaseUntagged": Happening("filter", lambda _told: _("A tag was taken off")),
    "ReplyHeld": Happening("lock", lambda _told: _("A reply waits until a senior has read it")),
    "ReplyReleased": Happening("eye", lambda _told: _("A senior let the reply leave"), "kept"),
    "ReplyReturned": Happening(
        "undo", lambda _told: _("A senior gave the reply back, with a word on it")
    ),
    "ReplyPlanned": Happening(
        "send", lambda told: _("A reply leaves %(moment)s") % {"moment": told.moment("leaves_at")}
    ),
    "PlannedReplyMoved": Happening(
        "send",
        lambda told: (
            _("The reply leaves %(moment)s instead") % {"moment": told.moment("leaves_at")}
        ),
    ),
    "PlannedReplyDropped": Happening("undo", lambda _told: _("A reply was taken back unsent")),
    "PlannedReplyStopped": Happening(
        "warning", lambda _told: _("A reply did not leave when its time came"), "late"
    ),
    "ReplyShared": Happening(
        "eye", lambda _told: _("A reply is shared with a colleague while it is written")
    ),
    "ReplySharingEnded": Happening("eye", lambda _told: _("A reply is shared no longer")),
    "SharedReplyTakenOver": Happening(
        "handover", lambda _told: _("A reply that a colleague began was taken over")
    ),
    "CasesLinked": Happening("link", lambda _told: _("Linked to another case")),
    "LinkDrawn": Happening("link", lambda _told: _("Linked to another case")),
    "LinkRemoved": Happening("link", lambda _told: _("A link to another case was removed")),
    "ProcedureAdopted": Happening(
        "stale",
        lambda told: (
            _("Goes by version %(version)s of its procedure") % {"version": told.facts["version"]}
        ),
    ),
    "InvestigationPlanned": Happening("note", lambda _told: _("Planned how to look into it")),
    "WaitBegan": Happening(
        "calendar", lambda told: _("Waits until %(moment)s") % {"moment": told.moment("until")}
    ),
    "WaitEnded": Happening(
        "eye",
        lambda told: (
            _("What was awaited came")
            if told.facts["came"]
            else _("Went on without what was awaited")
        ),
    ),
    "CaseForwarded": Happening("send", lambda _told: _("Passed on to somebody who took it")),
    "RuledOutOfScope": Happening(
        "send",
        lambda told: (
            _("Not for us to decide (%(ground)s); directed to whom it belongs")
            % {"ground": word(Ground(told.facts.get("ground", Ground.NOT_OURS)))}
        ),
    ),
    "AdmittedInSpite": Happening(
        "eye",
        lambda told: (
            _("Looked at in spite of this: %(ground)s")
            % {"ground": word(Ground(told.facts["ground"]))}
        ),
    ),
    "RulingTakenBack": Happening(
        "undo",
        lambda told: (
            _("It does not stand in the way after all: %(ground)s")
            % {"ground": word(Ground(told.facts["ground"]))}
        ),
    ),
    "ReviewAsked": Happening(
        "people",
        lambda told: (
            _("Looked at again by the same person: there is no other")
            if told.facts["alone"]
            else _("Another person looks at the decision")
        ),
    ),
    "ReviewFinished": Happening("eye", lambda told: word(Reviewed(told.facts["result"])), "kept"),
    "WentOutside": Happening("lock", lambda _told: _("An outside body looks at it")),
    "OutsideAsked": Happening("help", lambda _told: _("Asked the outside body how it stands")),
    "DecidedOutside": Happening("eye", lambda _told: _("The outside body has decided")),
    "CompliedWith": Happening(
        "promise", lambda _told: _("Done as the outside body decided"), "kept"
    ),
    "CaseMerged": Happening("link", lambda _told: _("Joined to another case")),
    "StepPassedOver": Happening(
        "skip",
        lambda told: _("Passed over: %(step)s") % {"step": STEPS[Step(told.facts["step"])]},
    ),
    "StepTakenUp": Happening(
        "now",
        lambda told: _("Asked for again: %(step)s") % {"step": STEPS[Step(told.facts["step"])]},
    ),
    "ContactReviewed": Happening("eye", lambda _told: _("How a contact was handled was reviewed")),
    "ContactMoved": Happening(
        "link",
        lambda told: (
            _("A contact went to the case it belongs to")
            if told.facts["away"]
            else _("A contact came here from another case")
        ),
    ),
    "ContactMovedBack": Happening(
        "undo",
        lambda told: (
            _("The contact went back to where it was")
            if told.facts["away"]
            else _("The contact was put back here")
        ),
    ),
    "CaseSplit": Happening("link", lambda _told: _("A part of it goes on as another case")),
    "CaseSplitOff": Happening("link", lambda _told: _("Split off from another case")),
    "SplitUndone": Happening("link", lambda _told: _("Put back to where it was split off from")),
    "CaseTookIn": Happening("link", lambda _told: _("Took in another case of the same story")),
    "MergeUndone": Happening("undo", lambda _told: _("Parted again from the other case")),
    "CaseGaveBack": Happening("undo", lambda _told: _("The other case was parted from it again")),
    "ReadBackAsked": Happening(
        "note", lambda _told: _("Told them how we understood it, and asked whether it is so")
    ),
    "ReadBackAnswered": Happening(
        "promise",
        lambda told: (
            _("The customer says: we understood it right")
            if told.facts["confirmed"]
            else _("The customer puts right how we understood it")
        ),
    ),
    "CaseRated": Happening(
        "promise",
        lambda told: (
            _("How we dealt with it, in their word: %(rating)s")
            % {"rating": word(Satisfaction(told.facts["satisfaction"]))}
        ),
    ),
    "MoreTimeAsked": Happening(
        "calendar",
        lambda told: (
            _("The customer thinks about it until %(moment)s") % {"moment": told.moment("until")}
        ),
    ),
    "PublicationAnswered": Happening(
        "people",
        lambda told: (
            _("May others be told of it? %(consent)s")
            % {"consent": word(Consent(told.facts["consent"]))}
        ),
    ),
    "ReliefNoted": Happening(
        "note",
        lambda told: (
            _("What they got in the end: %(relief)s")
            % {"relief": word(Relief(told.facts["relief"]))}
        ),
    ),
    "ContributionNamed": Happening("people", lambda _told: _("Somebody who had a hand in it")),
    "ContributionDropped": Happening("people", lambda _told: _("They had no hand in it after all")),
    "ContactPutAside": Happening(
        "park",
        lambda told: (
            _("They had to wait: put aside for somebody else %(moment)s")
            % {"moment": told.moment("since")}
        ),
    ),
    "LinkReplaced": Happening("key", lambda _told: _("Their page has a new address")),
    "NothingToAnswer": Happening("eye", lambda _told: _("What they wrote last needs no answer")),
}
# A contact or a note stands in the timeline itself; what was taken back leaves no trace.
UNSAID = frozenset(
    {
        *("ContactAdded", "NoteAdded", "ReplySent", "ReplyUndone"),
        *("IssueMoved", "PromiseMoved", "TodoMoved", "SaidOutside"),
        "RecordErased",  # an erased case has a page of its own, which says nothing else
    }
)
