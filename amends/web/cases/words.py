"""The words for what only the page of a case shows."""

from collections.abc import Mapping

from django.utils.functional import Promise as Words
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from amends.base.money_words import money_words
from amends.cases.rules.clocks import Clock
from amends.cases.rules.closing import Obstacle
from amends.cases.rules.disclosure import Matter
from amends.cases.rules.steps import Missing, Short, Step
from amends.staff.rules.authority import MONEY, Limit, RemedyKind
from amends.web.words import word

CLOCKS: Mapping[Clock, Words] = {
    Clock.PROMISED: _("Promised"),
    Clock.NEEDED: _("They need it by"),
    Clock.ANSWER: _("Our standard: answer"),
    Clock.AGREE: _("Our standard: agree"),
}
STEPS: Mapping[Step, Words] = {
    Step.AUTHORITY: _("Know what you may give"),
    Step.HELP: _("Know whom to ask"),
    Step.LISTENED: _("Listened, in their own words"),
    Step.APOLOGISED: _("Apologised"),
    Step.DETAILS: _("Details clarified"),
    Step.AGREED: _("Time agreed with them"),
    Step.ANSWERED: _("Answered"),
    Step.ACTED: _("Acted"),
    Step.CHECKED: _("Asked whether it is put right"),
    Step.THANKED: _("Thanked"),
    Step.PREVENTED: _("Kept from happening again"),
}
# What a step is called that is done by less than its name says.
SHORT: Mapping[Short, Words] = {
    Short.AT_ONCE: _("Put right at once"),
    Short.ONLY_COUNTED: _("The cause is counted"),
}
MISSING: Mapping[Missing, Words] = {
    Missing.NOBODY_OWNS_IT: _("nobody has taken it yet"),
    Missing.NO_LIMITS: _("nobody wrote down what your role may give"),
    Missing.NOBODY_TO_ASK: _("there is nobody to ask"),
    Missing.NO_WORDS: _("their own words are missing"),
    Missing.NOT_READ_BACK: _("they were not read back"),
    Missing.NOT_APOLOGISED: _("nobody has said sorry"),
    Missing.NOT_CLARIFIED: _("nothing was read back or asked further"),
    Missing.NO_CUSTOMER: _("we do not know who it is"),
    Missing.NO_WAY_TO_REACH: _("there is no way to reach them"),
    Missing.NOTHING_PROMISED: _("nothing is promised"),
    Missing.NO_YES_YET: _("they have not said yes"),
    Missing.NOT_ANSWERED: _("nobody has answered"),
    Missing.NOTHING_DONE: _("what was done is not written down"),
    Missing.NOT_ASKED: _("nobody has asked them"),
    Missing.NOT_PUT_RIGHT: _("they said that it is not"),
    Missing.NOT_THANKED: _("nobody has thanked them"),
    Missing.NO_CAUSE: _("the cause is not counted"),
    Missing.NO_PREVENTION: _("prevention is asked for"),
}
MATTERS: Mapping[Matter, Words] = {
    Matter.HOW_WE_WORK: pgettext_lazy("what may be said", "how we work"),
    Matter.WE_HAVE_IT: pgettext_lazy("what may be said", "that we have it"),
    Matter.WHERE_IT_STANDS: pgettext_lazy("what may be said", "where it stands"),
    Matter.WHAT_WAS_PROMISED: pgettext_lazy("what may be said", "what was promised"),
    Matter.WHAT_WAS_FOUND: pgettext_lazy("what may be said", "what was found"),
    Matter.MONEY: pgettext_lazy("what may be said", "sums of money"),
    Matter.OTHERS_DATA: pgettext_lazy("what may be said", "what others told us"),
    Matter.CHANGE_OF_DETAILS: pgettext_lazy("what may be said", "a change of their details"),
}
# What is missing before the case may be closed, and the words of the act that removes it.
OBSTACLES: Mapping[Obstacle, tuple[Words, Words]] = {
    Obstacle.CUSTOMER_UNKNOWN: (_("we do not know who it is"), _("Say who it is")),
    Obstacle.WISH_NOT_ASKED: (
        _("nobody asked what would put it right"),
        _("Write down their wish"),
    ),
    Obstacle.NOBODY_OWNS_IT: (_("nobody has taken it"), _("Take it")),
    Obstacle.FIELDS_MISSING: (_("not all of our own fields are filled in"), _("Fill them in")),
    Obstacle.REVIEW_RUNS: (_("another person looks at it"), _("See the review")),
    Obstacle.OUTSIDE_RUNS: (_("an outside body looks at it"), _("Write down what they decided")),
    Obstacle.NOT_COMPLIED: (
        _("what an outside body decided is not done"),
        _("It is done"),
    ),
    Obstacle.LETTER_OWED: (
        _("they were not told what we do as it was decided outside"),
        _("Write the letter"),
    ),
    Obstacle.SUMMARY_OWED: (
        _("what they said yes to is not summed up, as a law asks"),
        _("Send the summary"),
    ),
    Obstacle.PARTS_OPEN: (_("a part of it is still open"), _("See the linked cases")),
    Obstacle.ANOTHER_FIRST: (_("another case ends first"), _("See the linked cases")),
    Obstacle.HANDOVER_WAITS: (_("a handover waits to be accepted"), _("See the handover")),
    Obstacle.BROKEN_WITHOUT_APOLOGY: (
        _("a promise was broken, and nobody said so first"),
        _("Say so first"),
    ),
    Obstacle.TODOS_OPEN: (_("something is still to be done inside"), _("Leave it undone")),
    Obstacle.PROMISES_OWED: (_("a promise is still owed"), _("It is done")),
    Obstacle.NOTHING_DONE: (_("it is not written down what was done"), _("Promise, or done now")),
    Obstacle.NOT_ANSWERED: (_("nobody has answered"), _("Answer")),
    Obstacle.HOLD_IN_FORCE: (_("a hold is in force"), _("Lift it")),
    Obstacle.ISSUES_NOT_FOUND_ON: (
        _("something complained of has no finding"),
        _("Write down the finding"),
    ),
    Obstacle.NOT_ASKED: (_("nobody has asked whether it is put right"), _("Ask them now")),
    Obstacle.NOT_PUT_RIGHT: (_("they said that it is not put right"), _("Promise anew")),
    Obstacle.NOT_THANKED: (_("nobody has thanked them"), _("Thank them")),
    Obstacle.CAUSE_NOT_COUNTED: (_("the cause is not counted"), _("Count the cause")),
    Obstacle.PREVENTION_NOT_DECIDED: (
        _("it is not decided what keeps it from happening again"),
        _("Decide it"),
    ),
}


def remedy_within(kind: RemedyKind, limit: Limit) -> str:
    """Return the word for a remedy, with the most that may be given of it."""
    if kind not in MONEY or limit.amount is None:
        return word(kind)
    most = money_words(limit.amount, limit.currency)
    return gettext("%(remedy)s, up to %(amount)s") % {"remedy": word(kind), "amount": most}
