"""What was read in the words of a customer: each answer with its words, and overruling it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise as Words
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from amends.cases.actions.within import may_help_on
from amends.cases.queries.safety import calls_on
from amends.cases.rules.kinds import CaseKind
from amends.coach.actions import correct_reading, follow_advice
from amends.coach.queries import ReadContact, cards_followed, contact_in, read_contacts
from amends.coach.rules import ANSWERS, Advice, Question
from amends.contacts.rules.kinds import Channel, Manner, Mood
from amends.language.cards import question as to_ask
from amends.language.lexicon import TONGUES
from amends.language.phases import Turn, phases
from amends.language.remedy import NONE
from amends.staff.queries import organisation
from amends.staff.rules.authority import RemedyKind
from amends.staff.rules.permissions import Act
from amends.web.acts import attempt
from amends.web.acts import found as found_row
from amends.web.cases.acting import found
from amends.web.coach.cards import AtHand, of_manner, of_phase
from amends.web.coach.channels import Begins, begins
from amends.web.coach.cited import cited_in
from amends.web.coach.senior import called
from amends.web.coach.suggested import shown_for
from amends.web.http import StaffRequest, needs, page_or_part
from amends.web.words import word

if TYPE_CHECKING:
    from amends.cases.models.case import Case

NAMES: Mapping[str, Words] = {
    "kind": gettext_lazy("What it is"),
    "anger": gettext_lazy("How angry"),
    "remedy": gettext_lazy("What they ask for"),
}
# What is only told when there are words for it.
OTHERS: Mapping[str, Words] = {
    "threat": gettext_lazy("This may be a threat to a person"),
    "abuse": gettext_lazy("This may be meant to insult one of us"),
    "escalation": gettext_lazy("They speak of a court, an authority or the press"),
    "need_by": gettext_lazy("They need it by"),
    "references": gettext_lazy("Numbers they name"),
    "amounts": gettext_lazy("Amounts they name"),
    "dates": gettext_lazy("Days they name"),
}
GRAVE = frozenset({"threat", "abuse"})


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as it is shown: its question, what it says, by which words, what else it may be.

    rather: whether a colleague said it, and no machine.
    """

    question: str
    name: Words | str
    says: str
    words: list[str]
    rather: bool = False
    others: tuple[tuple[str, str], ...] = ()
    grave: bool = False


@dataclass(frozen=True, slots=True)
class Read:
    """A contact with all that was read in it; ask: what is missing, as questions to them."""

    pk: int
    ended_at: object
    channel: str
    language: str
    answers: list[Answer]
    ask: list[str]
    by_colleague: bool


@needs(Act.SEE_CASES)
@require_safe
def reading(request: StaffRequest, reference: str) -> HttpResponse:
    """Show what was read in the last contacts of a case."""
    return _shown(request, found(request, reference))


@needs(Act.WORK_ON_CASE)
@require_POST
def not_so(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Overrule one answer of the machine."""
    case = found(request, reference)
    contact = found_row(lambda: contact_in(case, pk))
    asked = request.POST.get("question", "")
    if asked not in set(Question):
        raise Http404
    question, rather = Question(asked), request.POST.get("rather", "")[:30]
    attempt(
        request,
        lambda: correct_reading(
            case,
            contact=contact,
            question=question,
            rather=rather,
            by=request.user,
            at=timezone.now(),
        ),
        said=_("Noted. It is kept as an example to learn from."),
    )
    return _shown(request, case) if request.htmx else redirect("case-read", reference)


@needs(Act.WORK_ON_CASE)
@require_POST
def followed(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Note that what a card advises was done in a contact, or take that note back."""
    case = found(request, reference)
    contact = found_row(lambda: contact_in(case, pk))
    asked, card = request.POST.get("toggle", ""), request.POST.get("card", "")[:20]
    if asked not in set(Advice):
        raise Http404
    now = cards_followed(contact).get(card, frozenset()) ^ {Advice(asked)}
    attempt(
        request,
        lambda: follow_advice(
            case, contact=contact, card=card, followed=now, by=request.user, at=timezone.now()
        ),
        said=_("Noted. It counts for what helps, and for nobody."),
    )
    return _shown(request, case) if request.htmx else redirect("case-read", reference)


def _with_ticks(
    cards: list[AtHand], contacts: list[ReadContact]
) -> list[tuple[AtHand, list[tuple[Advice, bool]]]]:
    """Return each card with whether what it advises was followed in the last contact."""
    kept = cards_followed(contacts[0].contact) if cards else {}
    return [
        (card, [(advice, advice in kept.get(card.key, ())) for advice in Advice]) for card in cards
    ]


def _cards(contacts: list[ReadContact], language: str) -> list[AtHand]:
    """Return the card of the phase they are in, and of each manner of their last contact.

    A manner that a colleague noted stands before what was read.
    """
    read = [one for one in contacts if one.reading.kind]
    if not read:
        return []
    tongues = [language if language in TONGUES else "en"]
    turns = [
        Turn(float(one.rather.get("anger") or one.reading.anger or 0)) for one in reversed(read)
    ]
    noted = [each.manner for each in contacts[0].contact.manners.all()]
    manners = noted or [name.replace("_", "-") for name in contacts[0].reading.manners]
    return [
        of_phase(phases(turns)[-1], tongues),
        *(of_manner(Manner(manner), tongues) for manner in manners),
    ]


def _shown(request: StaffRequest, case: "Case") -> HttpResponse:
    contacts = read_contacts(case)
    may_work = request.user.may(Act.WORK_ON_CASE) and may_help_on(case, request.user)
    context = {
        "case": case,
        "calls": [
            called(call, language=case.language, reader=request.user) for call in calls_on(case)
        ],
        "contacts": [_read(one) for one in contacts],
        "cited": cited_in(case, contacts),
        "begins": _begins(case, request),
        "cards": _with_ticks(_cards(contacts, case.language), contacts),
        "suggested": shown_for(case, request.user) if may_work else [],
        "follow": _place(case, contacts) if may_work else "",
        "may_correct": may_work,
    }
    return render(request, page_or_part(request, "web/coach/reading.html", "read"), context)


def _begins(case: "Case", request: StaffRequest) -> Begins:
    """Return how to begin in the channel by which the case came, in its language."""
    tongues = [case.language if case.language in TONGUES else "en"]
    house = organisation().name
    return begins(Channel(case.channel), tongues, name=request.user.name, house=house)


def _place(case: "Case", contacts: list[ReadContact]) -> str:
    """Return where it is noted that advice was followed; empty while nothing was read."""
    last = contacts[0].contact.pk if contacts else 0
    return reverse("case-followed", args=[case.reference, last]) if last else ""


def _read(one: ReadContact) -> Read:
    ours = bool(one.reading.kind)
    return Read(
        pk=one.contact.pk,
        ended_at=one.contact.ended_at,
        channel=one.contact.channel,
        language=one.reading.language,
        answers=list(_answers(one)) if ours else [],
        ask=[to_ask(each, one.reading.language) for each in one.reading.missing],
        by_colleague=one.marked_by_colleague,
    )


def _answers(one: ReadContact) -> Iterator[Answer]:
    because = one.reading.because
    for grave in ("threat", "abuse"):
        if grave in because:
            yield Answer(grave, OTHERS[grave], "", because[grave], grave=True)
    for question in Question:
        said = one.rather.get(question, str(getattr(one.reading, question)))
        others = [(each, _said(question, each)) for each in ANSWERS[question] if each != said]
        yield Answer(
            question,
            NAMES[question],
            _said(question, said),
            [] if question in one.rather else because.get(question, []),
            rather=question in one.rather,
            others=tuple(others),
        )
    for name in OTHERS:
        if name in because and name not in GRAVE:
            yield Answer(name, OTHERS[name], "", because[name])
    for manner, words in one.reading.manners.items():
        told = word(Manner(manner.replace("_", "-")))
        yield Answer("manner", pgettext_lazy("in a contact", "How they spoke"), told, words)


def _said(question: Question, answer: str) -> str:
    if question is Question.KIND:
        return word(CaseKind(answer))
    if question is Question.ANGER:
        return word(Mood(int(answer)))
    return word(RemedyKind.NONE if answer == NONE else RemedyKind(answer.replace("_", "-")))
