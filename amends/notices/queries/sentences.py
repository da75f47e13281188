"""What a notice says, in the active language. No word of a customer, and no name of one."""

from collections.abc import Mapping

from django.utils.functional import Promise as Words
from django.utils.translation import gettext_lazy as _

from amends.notices.rules.reasons import Reason

# Where a colleague did it, %(who)s is their name; the others are said of a customer or of nobody.
SENTENCES: Mapping[Reason, Words] = {
    Reason.MAY_BE_THREAT: _("Words of a customer may be a threat to a person: please read them"),
    Reason.NOT_RIGHT: _("The customer says it is not put right"),
    Reason.WENT_OUTSIDE: _("The customer turned to somebody outside"),
    Reason.TERM_OVER: _("A term of the law is over"),
    Reason.PROMISE_BROKEN: _("A promise of yours was not kept in time"),
    Reason.LOOK_ASKED: _("The customer asks that you look at it"),
    Reason.REVIEW_WAITS: _("You are asked to look again at a decision"),
    Reason.HANDOVER_WAITS: _("%(who)s offers you a case"),
    Reason.APPROVAL_WAITS: _("An approval waits for you"),
    Reason.HELP_ASKED: _("%(who)s asks for your help"),
    Reason.CASE_GIVEN: _("A case was given to you"),
    Reason.TODO_GIVEN: _("Something is yours to do"),
    Reason.PROMISE_SOON: _("A promise of yours falls due soon"),
    Reason.CLOCK_SOON: _("Time is short on a case"),
    Reason.ASK_THEM: _("Please ask the customer whether it is put right"),
    Reason.NOT_REACHED: _("A mail to the customer came back"),
    Reason.REPLY_WAITS: _("Your reply did not leave when its time came"),
    Reason.PARTLY: _("The customer says it is only partly put right"),
    Reason.ANOTHER_DAY: _("The customer wishes another day"),
    Reason.MORE_TIME: _("The customer asks for more time"),
    Reason.REPLY_SHARED: _("%(who)s shares a reply with you before it leaves"),
    Reason.MENTIONED: _("%(who)s named you in a note"),
    Reason.WROTE: _("The customer wrote or called"),
    Reason.TOOK_BACK: _("The customer took it back"),
    Reason.SAID_YES: _("The customer said yes"),
    Reason.PUT_RIGHT: _("The customer says it is put right"),
    Reason.NOT_APPROVED: _("%(who)s did not approve what you asked for"),
    Reason.APPROVED: _("%(who)s approved what you asked for"),
    Reason.HELP_GIVEN: _("%(who)s answered your question"),
    Reason.HANDOVER_DECLINED: _("%(who)s did not take the case you offered"),
    Reason.HANDOVER_ACCEPTED: _("%(who)s took the case you offered"),
    Reason.THANKED: _("A customer thanks you by name"),
}


def sentence(reason: Reason, *, who: str | None, instead_of: str | None = None) -> str:
    """Return what is told: `who` is the colleague who did it, if one did.

    instead_of: the colleague whom it is for, and who is away.
    """
    says = str(SENTENCES[reason]) % {"who": who or _("A colleague")}
    if instead_of is None:
        return says
    return str(_("Told to %(name)s, who is away: %(says)s")) % {"name": instead_of, "says": says}
