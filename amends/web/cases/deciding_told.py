"""What is said in the timeline of each event from an issue to the final letter."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.cases.rules.kinds import How, Outcome
from amends.web.cases.happenings import Happening, Told
from amends.web.words import word


def _view(told: Told) -> str:
    if not told.facts["how"]:
        return _("They could not be reached about the proposal; what was tried is written down")
    return _("Said what they think of the proposal, %(how)s") % {
        "how": word(How(told.facts["how"]))
    }


def _answer(told: Told) -> str:
    return _("Approved") if told.facts["granted"] else _("Not approved")


def _others(told: Told) -> str:
    number = told.facts["how_many"]
    said = ngettext("%(n)s other is affected", "%(n)s others are affected", number)
    return said % {"n": number}


def _carried_out(told: Told) -> str:
    if not told.facts["how"]:
        return _("What was decided is being done")
    return _("They accepted the decision, %(how)s") % {"how": word(How(told.facts["how"]))}


def _sensitive(told: Told) -> str:
    if told.facts["sensitive"]:
        return _("From now on it is written down who reads this case")
    return _("It is no longer written down who reads this case")


DECIDING: Mapping[str, Happening] = {
    "EvidenceRegistered": Happening("attach", lambda _told: _("Evidence registered")),
    "EvidenceDisclosed": Happening(
        "eye",
        lambda told: (
            _("Evidence shown, with what is not theirs left out")
            if told.facts["redacted"]
            else _("Evidence shown")
        ),
    ),
    "OthersAffectedNoted": Happening("people", _others),
    "PointAgreed": Happening("thanks", lambda _told: _("One thing is agreed on")),
    "PointDropped": Happening("undo", lambda _told: _("One thing is not agreed on after all")),
    "HistoryLookedAt": Happening(
        "eye", lambda _told: _("Looked at the history before everything was found on")
    ),
    "CaseMadeSensitive": Happening("lock", _sensitive),
    "OptionAdded": Happening("plus", lambda _told: _("One more way to put it right was weighed")),
    "OptionChanged": Happening("edit", lambda _told: _("One way to put it right was weighed anew")),
    "OptionDropped": Happening("close", lambda _told: _("One way to put it right was left aside")),
    "ApprovalAsked": Happening("key", lambda _told: _("Asked for approval")),
    "ApprovalPassedOn": Happening(
        "clock", lambda _told: _("No answer to the question for approval: a deputy was asked, too")
    ),
    "ApprovalAnswered": Happening("key", _answer),
    "RemedyProposed": Happening("send", lambda _told: _("Put to the customer")),
    "ViewHeard": Happening("thanks", _view),
    "ProposalTakenBack": Happening("undo", lambda _told: _("The proposal was taken back")),
    "CaseDecided": Happening(
        "mail",
        lambda told: (
            _("Decided: %(outcome)s. The final response left.")
            % {"outcome": word(Outcome(told.facts["outcome"]))}
        ),
        "kept",
    ),
    "FinalResponseSent": Happening("mail", lambda _told: _("The final response left once more")),
    "FinalResponseDelivered": Happening(
        "mail", lambda _told: _("The customer has the final response"), "kept"
    ),
    "DecisionCarriedOut": Happening("promise", _carried_out),
}
# The remedies of an option are weighed with it, and what is owed stands there as a promise.
UNSAID_OF_DECIDING = frozenset(
    {"RemedyAdded", "RemedyDropped", "DecisionWritten", "RemedyGiven", "RemedyOwed"}
)
