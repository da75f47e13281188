"""The words for the ways a case can go: where it stands, what is next, what it is to others."""

from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amends.cases.rules.kinds import Next
from amends.cases.rules.lifecycle import State
from amends.cases.rules.turns import Accepted, Linkage, Reviewed, Says
from amends.standards.rules.warnings import Whose

WAYS: dict[type[Enum], dict[Enum, Promise]] = {
    Next: {
        Next.ANSWER: _("Answer"),
        Next.LAW_ACKNOWLEDGE: _("Say that it arrived: the law asks for it"),
        Next.LAW_ANSWER: _("Answer in full: the law sets the day"),
        Next.OUR_ACKNOWLEDGEMENT: _("Say that it arrived"),
        Next.OUR_FIRST_ANSWER: _("Answer for the first time"),
        Next.OUR_NEXT_ANSWER: _("Answer what they wrote"),
        Next.OUR_RESOLUTION: _("Put it right"),
        Next.AGREE: _("Agree the promise with the customer"),
        Next.PROMISE: _("Promise something"),
        Next.ANSWER_COUNTER: _("Answer the other day they ask for"),
        Next.SAY_SORRY_FIRST: _("Say sorry first: a promise was broken"),
        Next.KEEP: _("Keep the promise"),
        Next.CUSTOMER_NEED: _("The customer needs it"),
        Next.ACCEPT_HANDOVER: _("Accept the handover"),
        Next.HOLD_ENDS: _("The hold ends"),
        Next.TODO: _("To do, inside"),
        Next.AWAITED: _("What we wait for is due"),
        Next.TELL_THEM: _("Tell them how far it is"),
        Next.REVIEW: _("Look at the decision with other eyes"),
        Next.OUTSIDE: _("Ask the outside body how it stands"),
        Next.COMPLY: _("Do what the outside body decided"),
        Next.TELL_DECISION: _("Write to them what we do as it was decided"),
        Next.ASK: _("Ask whether it is put right"),
        Next.ASK_AGAIN: _("Ask again whether it is put right"),
        Next.CALL_BACK_AT_ONCE: _("Call back at once: it is not put right"),
        Next.CLOSE: _("Close with thanks"),
        Next.NEXT_STEP: _("Take the next step"),
    },
    Whose: {
        Whose.LAW: pgettext_lazy("due by", "the law's term"),
        Whose.STANDARD: pgettext_lazy("due by", "our standard"),
        Whose.PROMISE: pgettext_lazy("due by", "promised"),
        Whose.CUSTOMER: pgettext_lazy("due by", "their own day"),
    },
    State: {
        State.RECEIVED: pgettext_lazy("case", "received"),
        State.ACKNOWLEDGED: pgettext_lazy("case", "acknowledged"),
        State.ASSESSED: pgettext_lazy("case", "assessed"),
        State.EARLY_RESOLUTION: pgettext_lazy("case", "being put right at once"),
        State.INVESTIGATING: pgettext_lazy("case", "being looked into"),
        State.WAITING_CUSTOMER: pgettext_lazy("case", "waits for the customer"),
        State.WAITING_INSIDE: pgettext_lazy("case", "waits for a colleague"),
        State.WAITING_THIRD_PARTY: pgettext_lazy("case", "waits for somebody outside"),
        State.PROPOSED: pgettext_lazy("case", "proposed to the customer"),
        State.DECIDED: pgettext_lazy("case", "decided"),
        State.INTERNAL_REVIEW: pgettext_lazy("case", "another person looks at it"),
        State.FULFILLING: pgettext_lazy("case", "being done"),
        State.FOLLOW_UP: pgettext_lazy("case", "being asked after"),
        State.CLOSED: pgettext_lazy("case", "closed"),
        State.FORWARDED: pgettext_lazy("case", "forwarded"),
        State.EXTERNAL: pgettext_lazy("case", "with an outside body"),
        State.MERGED: pgettext_lazy("case", "joined to another case"),
        State.WITHDRAWN: pgettext_lazy("case", "withdrawn"),
        State.OUT_OF_SCOPE: pgettext_lazy("case", "not ours to decide"),
    },
    Accepted: {
        Accepted.BOTH: pgettext_lazy("who accepted it", "both of us"),
        Accepted.CUSTOMER: pgettext_lazy("who accepted it", "the customer"),
        Accepted.US: pgettext_lazy("who accepted it", "we did"),
        Accepted.NOBODY: pgettext_lazy("who accepted it", "nobody"),
    },
    Reviewed: {
        Reviewed.STANDS: _("The decision stands"),
        Reviewed.CHANGES: _("The decision changes"),
        Reviewed.OVERTAKEN: _("It went elsewhere first"),
    },
    Linkage: {
        Linkage.RELATED: _("has to do with it"),
        Linkage.CONTINUES: _("goes on where it ended"),
        Linkage.CAUSE_OF: _("is the cause of it"),
        Linkage.DUPLICATE_OF: _("is the same as it"),
        Linkage.BELONGS_TO: _("is a part of it"),
        Linkage.NOT_BEFORE: _("does not end before it"),
        Linkage.BEGINS_AFTER: _("does not begin before it has ended"),
    },
    Says: {
        Says.RELATED: _("Has to do with"),
        Says.CONTINUES: _("Goes on where this ended:"),
        Says.CONTINUED_BY: _("Goes on in"),
        Says.CAUSE_OF: _("Is the cause of"),
        Says.CAUSED_BY: _("Was caused by"),
        Says.DUPLICATE_OF: _("Is the same as"),
        Says.HAS_DUPLICATE: _("The same as this:"),
        Says.BELONGS_TO: _("Is a part of"),
        Says.HAS_PART: _("A part of it:"),
        Says.NOT_BEFORE: _("Does not end before"),
        Says.AWAITED_BY: _("Must end before"),
        Says.BEGINS_AFTER: _("Does not begin before the end of"),
        Says.BEGUN_AFTER: _("Must end before this begins:"),
    },
}
