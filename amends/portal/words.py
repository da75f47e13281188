"""The words of the public pages for what the code calls by an enum."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amends.cases.rules.admissibility import Ground
from amends.cases.rules.kinds import Satisfaction, Verdict
from amends.cases.rules.lifecycle import State
from amends.cases.rules.trace import Happened
from amends.cases.rules.weighing import Consent
from amends.contacts.rules.kinds import Channel

TOLD: Mapping[str, Promise] = {
    Channel.TELEPHONE: _("You called us and told us"),
    Channel.DESK: _("You came to us and told us"),
    Channel.LETTER: _("You sent us a letter"),
    Channel.EMAIL: _("You wrote us a mail"),
    Channel.WEB: _("You told us on these pages"),
    Channel.CHAT: _("You wrote to us in the chat"),
}
SPOKE: Mapping[str, Promise] = {
    Channel.TELEPHONE: _("We called you"),
    Channel.DESK: _("We spoke with you"),
    Channel.LETTER: _("We sent you a letter"),
    Channel.EMAIL: _("We wrote you a mail"),
    Channel.WEB: _("We answered you on these pages"),
    Channel.CHAT: _("We wrote to you in the chat"),
}
HAPPENED: Mapping[Happened, Promise] = {
    Happened.ADDED: _("You added something"),
    Happened.ASKED_FOR_ANOTHER: _("You asked another person to look. %(says)s was asked."),
    Happened.APOLOGISED: _("We said sorry"),
    Happened.PROMISED: _("We promised: %(says)s %(by)s"),
    Happened.AGREED: _("You said yes to it"),
    Happened.WISHED_ANOTHER_DAY: _("You asked for another day: %(day)s"),
    Happened.KEPT: _("We did it: %(says)s"),
    Happened.BROKEN: _("We did not keep it: %(says)s %(by)s"),
    Happened.DONE_LATE: _("We did it, late: %(says)s"),
    Happened.PROMISED_ANEW: _("We promised anew: %(says)s %(by)s"),
    Happened.DONE_AT_ONCE: _("It was put right at once: %(says)s"),
    Happened.ASKED: _("We asked you: is it put right?"),
    Happened.SAID_YES: _("You said: yes, it is put right"),
    Happened.SAID_PARTLY: _("You said: it is partly put right"),
    Happened.SAID_NO: _("You said: no, it is not put right"),
    Happened.PROPOSED: _("We told you what we propose"),
    Happened.WANTED_TIME: _("You asked for time to think about it"),
    Happened.DECIDED: _("We decided, and wrote to you why"),
    Happened.LOOKED_AT_AGAIN: _("It was given to be looked at again"),
    Happened.REVIEWED: _("It was looked at again, and we wrote to you what came of it"),
    Happened.WENT_OUTSIDE: _("It went to somebody outside"),
    Happened.DECIDED_OUTSIDE: _("Somebody outside has decided"),
    Happened.CLOSED: _("Closed, with thanks to you"),
    Happened.TAKEN_BACK: _("You took it back"),
    Happened.WILL_ANSWER: _("We tell you %(by)s what we will do"),
    Happened.WILL_KEEP: _("%(says)s %(by)s"),
    Happened.WAITS: _("We wait for your word: is it put right?"),
    Happened.WILL_ASK: _("Then we ask you: is it put right? (%(day)s)"),
}
ANSWERS: Mapping[Verdict, Promise] = {
    Verdict.YES: pgettext_lazy("is it put right?", "Yes"),
    Verdict.PARTLY: pgettext_lazy("is it put right?", "Partly"),
    Verdict.NO: pgettext_lazy("is it put right?", "No"),
}
CONFIRMED: Mapping[Verdict, Promise] = {
    Verdict.YES: _("Yes, it is put right"),
    Verdict.PARTLY: _("It is partly put right"),
    Verdict.NO: _("No, it is not put right"),
}
RATED: Mapping[Satisfaction, Promise] = {
    Satisfaction.SATISFIED: pgettext_lazy("how you find it", "Satisfied"),
    Satisfaction.PARTLY: pgettext_lazy("how you find it", "Partly satisfied"),
    Satisfaction.NOT: pgettext_lazy("how you find it", "Not satisfied"),
}
TOLD_TO_OTHERS: Mapping[Consent, Promise] = {
    Consent.GIVEN: _("Yes, you may tell it, without my name"),
    Consent.DECLINED: _("No, it stays between us"),
}
YES_TO_PROPOSAL = _("Yes, I agree to this")
STANDS: Mapping[State, Promise] = {
    State.RECEIVED: _("We have it."),
    State.ACKNOWLEDGED: _("We have it, and you heard from us."),
    State.ASSESSED: _("We are working on it."),
    State.EARLY_RESOLUTION: _("It was put right at once."),
    State.INVESTIGATING: _("We are looking into it."),
    State.WAITING_CUSTOMER: _("We wait for something from you."),
    State.WAITING_INSIDE: _("We wait for an answer from a colleague."),
    State.WAITING_THIRD_PARTY: _("We wait for an answer from somebody else."),
    State.PROPOSED: _("We have proposed something, and wait for what you say to it."),
    State.DECIDED: _("We have decided, and wrote to you why."),
    State.INTERNAL_REVIEW: _("Another person looks at it again."),
    State.FULFILLING: _("We are doing what we promised."),
    State.FOLLOW_UP: _("It was done; we ask you whether it is put right."),
    State.CLOSED: _("It is closed."),
    State.FORWARDED: _("Somebody else has it now, who answers for it."),
    State.EXTERNAL: _("Somebody outside looks at it."),
    State.MERGED: _("It goes on together with another one."),
    State.WITHDRAWN: _("You took it back."),
    State.OUT_OF_SCOPE: _("It was not ours to decide; you were told whom to turn to."),
}
DONE: Mapping[str, Promise] = {
    "yes": _("Thank you. We know that it suits you."),
    "day": _("We know that you need another day, and answer you."),
    "put-right": _("Thank you for telling us."),
    "not-put-right": _("Thank you for telling us. A person looks at it at once."),
    "answered": _("This question was answered already. Thank you."),
    "added": _("Thank you. It is with us, word for word."),
    "another-look": _("Somebody else has been asked to look at it and will come back to you."),
    "fresh-eyes": _(
        "We have just asked somebody else to look at it. What you wrote stands open with us "
        "until you are answered."
    ),
    "taken-back": _("You took it back. Thank you for telling us in the first place."),
    "outside": _("Thank you for telling us. Whoever answers for your case knows it now."),
    "proposal-yes": _("Thank you. We know that you agree, and tell you what is decided."),
    "proposal-instead": _("Thank you. Whoever proposed it reads what you wrote, and answers you."),
    "proposal-time": _("Take your time. We know until when you think about it."),
    "decision-yes": _("Thank you. We begin to do it now."),
    "understood": _("Thank you. We know that we understood you."),
    "corrected": _("Thank you. We read it and put it right."),
    "rated": _("Thank you for telling us. You may change it later on this page."),
    "not-to-rate": _("There is nothing to rate just now."),
    "own-cases": _("If we have a mail address of yours, the address is on its way to you."),
    "publication": _("Thank you. You may change it at any time on this page."),
    "again": _("It is open again, and a person looks at it at once."),
}
NOT_FOR_US = {
    Ground.NOT_OURS: _("It is not ours to decide. %(reason)s You can turn to: %(signpost)s"),
    Ground.LATE: _(
        "We may not decide it: it came too late. %(reason)s You can turn to: %(signpost)s"
    ),
    Ground.OTHER_FORUM: _(
        "We may not decide it: somebody else decides it. %(reason)s You can turn to: %(signpost)s"
    ),
    Ground.REPEATED: _(
        "We answered the same matter before. %(reason)s You can turn to: %(signpost)s"
    ),
    Ground.NO_STANDING: _(
        "We may not decide it: only whom it concerns, or who speaks for them, can bring it. "
        "%(reason)s You can turn to: %(signpost)s"
    ),
}
