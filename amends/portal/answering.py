"""What a customer answers on the page behind their link: promises, the question, how they find it.

Opening any of these addresses answers nothing, for mail scanners follow links. What is done is
done by a button that sends a form.
"""

from typing import TYPE_CHECKING

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from amends.cases.actions.follow_up import Answer
from amends.cases.actions.from_portal import add_words, answer_on_page
from amends.cases.actions.promises import accept_promise, counter_promise
from amends.cases.actions.rating import Rated, rate
from amends.cases.actions.read_back import confirm_read_back, correct_read_back
from amends.cases.queries.customer_matters import read_back_on
from amends.cases.queries.customer_page import question_on, to_rate_on
from amends.cases.queries.links import holder_of
from amends.cases.queries.ways import way_of
from amends.cases.rules.kinds import How, Satisfaction, Verdict
from amends.cases.rules.lifecycle import State
from amends.portal.confirming import Asked, back_to, confirm, posted
from amends.portal.door import Door, behind_link
from amends.portal.forms import Addition, AnotherDay, OwnWords, OwnWordsIfAny, Rate
from amends.portal.reading import promise_on
from amends.portal.words import ANSWERS, CONFIRMED

if TYPE_CHECKING:
    from amends.cases.models.read_back import ReadBack

either = require_http_methods(["GET", "HEAD", "POST"])


@behind_link
@either
def agree(request: HttpRequest, door: Door, pk: int) -> HttpResponse:
    """Say yes to a promise."""
    promise = promise_on(door, pk)
    asked = Asked(
        title=_("Is that all right?"),
        act=_("Yes, that suits me"),
        form=forms.Form(posted(request)),
        do=lambda _form: accept_promise(
            promise, how=How.LINK, by=holder_of(door.case), at=timezone.now()
        ),
        done="yes",
        promise=promise,
    )
    return confirm(request, door, asked)


@behind_link
@either
def another_day(request: HttpRequest, door: Door, pk: int) -> HttpResponse:
    """Ask for another day than the one that was promised."""
    promise = promise_on(door, pk)
    due_at = timezone.localtime(promise.due_at)
    form = AnotherDay(posted(request), initial={"wished_at": due_at.time()})
    asked = Asked(
        title=_("Another day"),
        act=_("Ask for this day"),
        form=form,
        do=lambda _form: counter_promise(
            promise,
            wished=form.moment(),
            words=form.cleaned_data["words"],
            by=holder_of(door.case),
            at=timezone.now(),
        ),
        done="day",
        promise=promise,
    )
    return confirm(request, door, asked)


@behind_link
@either
def put_right(request: HttpRequest, door: Door, verdict: str) -> HttpResponse:
    """Say whether it is put right."""
    if verdict not in ANSWERS:
        raise Http404
    given = Verdict(verdict)
    question = question_on(door.case, at=timezone.now())
    if question is None:
        return back_to(door.case, "answered")
    asked = Asked(
        title=_("Is it put right?"),
        act=CONFIRMED[given],
        form=OwnWordsIfAny(posted(request)),
        do=lambda form: answer_on_page(
            question,
            answer=Answer(verdict=given, how=How.LINK, words=form.cleaned_data["words"]),
            by=holder_of(door.case),
            at=timezone.now(),
        ),
        done="put-right" if given is Verdict.YES else "not-put-right",
        text="" if given is Verdict.YES else _("Tell us what is missing, if you like."),
        promise=question.promise,
    )
    return confirm(request, door, asked)


@behind_link
@either
def add(request: HttpRequest, door: Door) -> HttpResponse:
    """Add something to what was told, or answer what we asked."""
    case = door.case
    wait = way_of(case).wait if case.state == State.WAITING_CUSTOMER else None
    asked = Asked(
        title=_("Answer what we asked") if wait else _("Add something"),
        theirs=wait.what if wait else "",
        act=_("Send it"),
        form=Addition(posted(request), request.FILES) if request.method == "POST" else Addition(),
        do=lambda form: add_words(
            case,
            words=form.cleaned_data["words"],
            uploads=form.cleaned_data["papers"],
            by=holder_of(case),
            at=timezone.now(),
        ),
        done="added",
    )
    return confirm(request, door, asked)


@behind_link
@either
def rating(request: HttpRequest, door: Door) -> HttpResponse:
    """Say how one found the way we dealt with it, or say it anew."""
    question = to_rate_on(door.case, at=timezone.now())
    if question is None:
        return back_to(door.case, "not-to-rate")
    before = getattr(question, "rating", None)
    initial = {"satisfaction": before.satisfaction, "words": before.words} if before else None
    asked = Asked(
        title=_("How did you find the way we dealt with it?"),
        act=_("Send it"),
        form=Rate(posted(request), initial=initial),
        do=lambda form: rate(
            question,
            rated=Rated(
                satisfaction=Satisfaction(form.cleaned_data["satisfaction"]),
                words=form.cleaned_data["words"],
            ),
            by=holder_of(door.case),
            at=timezone.now(),
        ),
        done="rated",
        text=_("Whether it was put right is one thing; this is the other."),
    )
    return confirm(request, door, asked)


@behind_link
@either
def understood(request: HttpRequest, door: Door) -> HttpResponse:
    """Confirm how we understood it and what happens next."""
    read_back = _read_back(door)
    asked = Asked(
        title=_("Is that how it is?"),
        act=_("Yes, that is how it is"),
        form=OwnWordsIfAny(posted(request)),
        do=lambda form: confirm_read_back(
            read_back,
            words=form.cleaned_data["words"],
            by=holder_of(door.case),
            at=timezone.now(),
        ),
        done="understood",
        text=_("If you like, say in your own words what happens next."),
        theirs=read_back.text,
    )
    return confirm(request, door, asked)


@behind_link
@either
def misunderstood(request: HttpRequest, door: Door) -> HttpResponse:
    """Put right how we understood it."""
    read_back = _read_back(door)
    asked = Asked(
        title=_("How is it instead?"),
        act=_("Send it"),
        form=OwnWords(posted(request)),
        do=lambda form: correct_read_back(
            read_back, words=form.cleaned_data["words"], by=holder_of(door.case), at=timezone.now()
        ),
        done="corrected",
        theirs=read_back.text,
    )
    return confirm(request, door, asked)


def _read_back(door: Door) -> "ReadBack":
    """Return how we said that we understood it. Raises Http404."""
    read_back = read_back_on(door.case)
    if read_back is None:
        raise Http404
    return read_back
