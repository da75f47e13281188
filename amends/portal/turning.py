"""What a customer says to what we propose and decided, and the ways besides: back, again, outside.

Each is a page that is opened without doing anything, and a button that does it.
"""

from typing import TYPE_CHECKING

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from amends.cases.actions.from_portal import (
    ask_for_another_look,
    come_back,
    take_back,
    tell_of_outside,
)
from amends.cases.actions.outside import Body
from amends.cases.actions.publication import answer_publication
from amends.cases.actions.their_answer import (
    agree_to_decision,
    agree_to_proposal,
    ask_for_time,
    counter_proposal,
)
from amends.cases.queries.customer_matters import final_response_of, outside_for
from amends.cases.queries.links import holder_of
from amends.cases.queries.proposing import proposal_of
from amends.cases.rules.kinds import How
from amends.cases.rules.weighing import Consent
from amends.portal.answering import either
from amends.portal.confirming import Asked, confirm, posted
from amends.portal.door import Door, behind_link
from amends.portal.forms import MoreTime, Outside, OwnWords, Publication, end_of
from amends.portal.standing import may_be_reviewed
from amends.portal.words import YES_TO_PROPOSAL

if TYPE_CHECKING:
    from amends.cases.models.deciding import Proposal


@behind_link
@either
def proposal_yes(request: HttpRequest, door: Door) -> HttpResponse:
    """Agree to what we propose."""
    proposal = _proposal(door)
    asked = Asked(
        title=_("Do you agree to this?"),
        act=YES_TO_PROPOSAL,
        form=forms.Form(posted(request)),
        do=lambda _form: agree_to_proposal(
            proposal, words=str(YES_TO_PROPOSAL), by=holder_of(door.case), at=timezone.now()
        ),
        done="proposal-yes",
        theirs=proposal.option.what,
        text=_("You lose no right by it: you may still disagree with what is decided."),
    )
    return confirm(request, door, asked)


@behind_link
@either
def proposal_instead(request: HttpRequest, door: Door) -> HttpResponse:
    """Say what would put it right instead of what we propose."""
    proposal = _proposal(door)
    asked = Asked(
        title=_("What would put it right instead?"),
        act=_("Send it"),
        form=OwnWords(posted(request)),
        do=lambda form: counter_proposal(
            proposal, words=form.cleaned_data["words"], by=holder_of(door.case), at=timezone.now()
        ),
        done="proposal-instead",
        theirs=proposal.option.what,
    )
    return confirm(request, door, asked)


@behind_link
@either
def proposal_time(request: HttpRequest, door: Door) -> HttpResponse:
    """Ask for time to think about what we propose."""
    proposal = _proposal(door)
    asked = Asked(
        title=_("Until when would you like to think about it?"),
        act=_("Ask for this time"),
        form=MoreTime(posted(request)),
        do=lambda form: ask_for_time(
            proposal,
            until=end_of(form.cleaned_data["until_on"]),
            words=form.cleaned_data["words"],
            by=holder_of(door.case),
            at=timezone.now(),
        ),
        done="proposal-time",
        theirs=proposal.option.what,
    )
    return confirm(request, door, asked)


@behind_link
@either
def decision_yes(request: HttpRequest, door: Door) -> HttpResponse:
    """Agree to what was decided."""
    asked = Asked(
        title=_("Do you agree to what was decided?"),
        act=_("Yes, I agree"),
        form=forms.Form(posted(request)),
        do=lambda _form: agree_to_decision(door.case, by=holder_of(door.case), at=timezone.now()),
        done="decision-yes",
        text=_("Then we begin to do it, and you get a promise with a day for each part of it."),
    )
    return confirm(request, door, asked)


@behind_link
@either
def withdraw(request: HttpRequest, door: Door) -> HttpResponse:
    """Take the complaint back."""
    asked = Asked(
        title=_("Take it back"),
        act=_("Take it back"),
        form=OwnWords(posted(request)),
        do=lambda form: take_back(
            door.case, words=form.cleaned_data["words"], by=holder_of(door.case), at=timezone.now()
        ),
        done="taken-back",
        text=_("Then nothing more is done about it. Tell us why, in a word or two."),
        points=(
            _("What we promised and have not done yet is not done any more."),
            _("We still look at why it happened, so that it does not happen to others."),
            _("You may come back to it later, on this page."),
        ),
        grave=True,
    )
    return confirm(request, door, asked)


@behind_link
@either
def another_look(request: HttpRequest, door: Door) -> HttpResponse:
    """Ask another person to look at it."""
    asked = Asked(
        title=_("Ask another person to look"),
        act=_("Ask another person"),
        form=OwnWords(posted(request)),
        do=lambda form: ask_for_another_look(
            door.case, words=form.cleaned_data["words"], by=holder_of(door.case), at=timezone.now()
        ),
        done="another-look" if may_be_reviewed(door.case) else "fresh-eyes",
        text=_("Somebody who did not work on it looks at it. Tell them what they should look at."),
    )
    return confirm(request, door, asked)


@behind_link
@either
def outside(request: HttpRequest, door: Door) -> HttpResponse:
    """Say that an outside body looks at it now."""
    language = translation.get_language() or ""
    bodies = outside_for(final_response_of(door.case), language=language)
    asked = Asked(
        title=_("I turned to somebody outside"),
        act=_("Tell us"),
        form=Outside(posted(request), bodies=[body.name for body in bodies]),
        do=lambda form: tell_of_outside(
            door.case,
            words=form.cleaned_data["words"],
            body=Body(name=form.cleaned_data["name"], reference=form.cleaned_data["reference"]),
            by=holder_of(door.case),
            at=timezone.now(),
        ),
        done="outside",
        text=_(
            "It changes nothing in how we treat you. Nothing of your case is deleted meanwhile."
        ),
    )
    return confirm(request, door, asked)


@behind_link
@either
def again(request: HttpRequest, door: Door) -> HttpResponse:
    """Say of a case that was closed that it is not right after all."""
    asked = Asked(
        title=_("It is not right after all"),
        act=_("Open it again"),
        form=OwnWords(posted(request)),
        do=lambda form: come_back(
            door.case, words=form.cleaned_data["words"], by=holder_of(door.case), at=timezone.now()
        ),
        done="again",
        text=_("Tell us what is not right. A person looks at it at once."),
        goes_along=True,
    )
    return confirm(request, door, asked)


@behind_link
@either
def publication(request: HttpRequest, door: Door) -> HttpResponse:
    """Say whether others may be told of it."""
    before = door.case.publication_consent
    asked = Asked(
        title=_("May we tell others of it?"),
        act=_("Send it"),
        form=Publication(posted(request), initial={"said": before}),
        do=lambda form: answer_publication(
            door.case,
            said=Consent(form.cleaned_data["said"]),
            how=How.LINK,
            by=holder_of(door.case),
            at=timezone.now(),
        ),
        done="publication",
        text=_(
            "So that others learn from it. It changes nothing in how we treat you, and you may "
            "take a yes back at any time."
        ),
    )
    return confirm(request, door, asked)


def _proposal(door: Door) -> "Proposal":
    """Return what we propose just now. Raises Http404."""
    proposal = proposal_of(door.case)
    if proposal is None:
        raise Http404
    return proposal
