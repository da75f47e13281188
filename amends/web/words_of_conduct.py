"""The words for what one does and does not do with somebody who complains."""

from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amends.cases.rules.conduct import Do, Dont, Seen
from amends.coach.rules import Advice
from amends.learning.rules.targets import Target, Tried
from amends.machine.rules.uses import Failure, Use

OF_CONDUCT: dict[type[Enum], dict[Enum, Promise]] = {
    Advice: {
        Advice.DID: _("I did this"),
        Advice.SAID: _("I said this"),
    },
    Use: {
        Use.SUMMARY: _("Summary"),
        Use.TRANSLATION: _("Translation of their last words"),
        Use.DRAFT: _("Draft of a reply"),
    },
    Failure: {
        Failure.UNREACHABLE: _("The outside model cannot be reached. Nothing else waits for it."),
        Failure.TOO_SLOW: _("The outside model did not answer in time. Try again later."),
        Failure.BUSY: _("The outside model is busy. Try again in a moment."),
        Failure.TURNED_AWAY: _("The outside model does not let us in. Tell the administrator."),
        Failure.NO_ANSWER: _("What came back is no answer. Try again, or tell the administrator."),
    },
    Target: {
        Target.KIND: _("What it is"),
        Target.TOPIC: pgettext_lazy("of a case", "Topic"),
        Target.TEAM: pgettext_lazy("of a case", "Team"),
    },
    Tried: {
        Tried.NOT_YET: _("Nothing was learnt yet; it is every night."),
        Tried.TOO_FEW: _("There are too few examples yet."),
        Tried.ONE_CLASS: _("Nearly all examples are alike, so there is nothing to tell apart."),
        Tried.NO_BETTER_THAN_GUESSING: _(
            "What was learnt is no better than always saying what is most frequent."
        ),
        Tried.WORSE_THAN_BEFORE: _("What was learnt is worse than what is in use, which stays."),
        Tried.KEPT: _("What was learnt is in use."),
        Tried.FAILED: _("Learning ended early or took too long. It is tried again tonight."),
    },
    Do: {
        Do.LISTEN: _("Listen"),
        Do.TAKE_NOTES: _("Take notes"),
        Do.APOLOGISE: pgettext_lazy("recommended", "Apologise"),
        Do.CLARIFY: _("Clarify details"),
        Do.ACT: pgettext_lazy("recommended", "Act"),
        Do.BY_NAME: _("Address the customer by name"),
        Do.FOLLOW_UP: _("Ask afterwards"),
        Do.STAY_CALM: _("Stay calm"),
        Do.BE_POLITE: _("Be polite and positive"),
    },
    Dont: {
        Dont.INTERRUPT: _("Interrupt"),
        Dont.REDIRECT_TOO_QUICKLY: _("Redirect the customer too quickly"),
        Dont.BE_RUDE: _("Be rude"),
        Dont.BE_ANGRY: _("Be angry"),
        Dont.BE_IRONIC: _("Be ironic about the customer, or argue"),
        Dont.REFUSE_RESPONSIBILITY: _("Refuse to take responsibility"),
        Dont.TAKE_PERSONALLY: _("Take the complaint personally"),
    },
    Seen: {
        Seen.YES: pgettext_lazy("seen on a contact", "yes"),
        Seen.NO: pgettext_lazy("seen on a contact", "no"),
        Seen.NOT_SEEN: pgettext_lazy("seen on a contact", "not seen"),
    },
}
