"""The words for what only the investigation of a case shows."""

from collections.abc import Mapping

from django.utils.functional import Promise as Words
from django.utils.translation import gettext_lazy as _

from amends.cases.rules.gate import Gap
from amends.cases.rules.proposing import Approved, Undecided, Unready

# What is missing, and the words of the act that sees to it.
UNREADY: Mapping[Unready, tuple[Words, Words]] = {
    Unready.NOTHING_COMPLAINED_OF: (
        _("it is not written down what is complained of"),
        _("Write it down"),
    ),
    Unready.NOT_FOUND_ON: (
        _("something complained of has no finding"),
        _("Write down the finding"),
    ),
    Unready.NO_EVIDENCE: (_("a finding rests on no evidence"), _("Register evidence")),
    Unready.NOT_HEARD: (
        _("whom it is about was not heard"),
        _("Hear them"),
    ),
    Unready.EXPECTATION_UNKNOWN: (
        _("nobody asked what a good outcome would be"),
        _("Write it down"),
    ),
    Unready.NO_OPTION: (_("no way to put it right is written down"), _("Write one down")),
    Unready.TOO_FEW_OPTIONS: (
        _("a hard case needs two ways beside each other"),
        _("Write another one down"),
    ),
    Unready.NOT_COSTED: (_("it is not known what a way costs us"), _("Write it down anew")),
    Unready.APPROVAL_NEEDED: (_("it is more than you may give"), _("Ask for approval")),
    Unready.APPROVAL_WAITS: (_("the approval waits for an answer"), _("See who was asked")),
    Unready.APPROVAL_DECLINED: (_("it was not approved"), _("Ask for another approval")),
}
UNDECIDED: Mapping[Undecided, tuple[Words, Words]] = {
    Undecided.VIEW_NOT_HEARD: (
        _("the customer was not heard on the proposal"),
        _("Write down what they say"),
    ),
    Undecided.NO_REASONS: (_("the decision is not written"), _("Write it")),
}
APPROVED: Mapping[Approved, Words] = {
    Approved.NOT_NEEDED: _("You may give this yourself."),
    Approved.NEEDED: _("This is more than you may give: it needs approval."),
    Approved.WAITS: _("The approval waits for an answer."),
    Approved.GRANTED: _("Approved."),
    Approved.DECLINED: _("Not approved."),
}
GAPS: Mapping[Gap, Words] = {
    Gap.CUSTOMER_NOT_NAMED: _("the customer is not named"),
    Gap.AUTHOR_NOT_NAMED: _("nobody signs it"),
    Gap.NO_ISSUE: _("it answers nothing that is complained of"),
    Gap.FACTS_MISSING: _("what happened is missing"),
    Gap.STANDARD_MISSING: _("what should have happened is missing"),
    Gap.DECISION_MISSING: _("what follows from a finding is missing"),
    Gap.REASONS_MISSING: _("reasons are missing, of a finding or of the decision"),
    Gap.APOLOGY_MISSING: _("nobody says sorry"),
    Gap.REMEDY_MISSING: _("they are right, and it does not say how it is put right"),
    Gap.AMOUNT_MISSING: _("a sum is missing"),
    Gap.DAY_MISSING: _("the day of a remedy is missing"),
    Gap.DAY_PAST: _("the day of a remedy is past"),
    Gap.HOW_MISSING: _("it does not say how a remedy is given"),
    Gap.OWNER_MISSING: _("nobody sees to a remedy"),
    Gap.CHANGE_MISSING: _("it does not say what we change"),
    Gap.REVIEW_MISSING: _("the right to another look is missing"),
    Gap.BODY_MISSING: _("no outside body is named"),
    Gap.BODY_UNREACHABLE: _("an outside body has no address or no link"),
    Gap.BODY_WITHOUT_DEADLINE: _("an outside body has no deadline"),
    Gap.OTHER_LANGUAGE: _("part of it is not in the customer's language"),
    Gap.THANKS_MISSING: _("nobody says thank you"),
}
