"""What an answer that we give often says on one case: the words for what stands in its braces."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils import translation
from django.utils.functional import Promise as Words
from django.utils.translation import gettext_lazy as _

from amends.base.text import said_in
from amends.base.time_words import by_words
from amends.cases.models.case import Case, Issue
from amends.cases.models.promises import Promise
from amends.cases.queries.letters import house_time, signature_of
from amends.cases.queries.links import link_of
from amends.cases.rules.kinds import Next
from amends.contacts.queries.templates import Offered, templates_for
from amends.contacts.rules.templates import Piece, Variable, pieces_of
from amends.people.rules.address import spoken
from amends.staff.models import Staff
from amends.staff.queries import organisation

# What is next, as its customer hears it; what is only our own matter is told to nobody.
_WE_TELL_YOU = _("we tell you what we will do, and by when")
_WE_ANSWER = _("we answer you")
_WE_DO = _("we do what we promised")
_WE_ASK = _("we ask you whether it is put right")
_WE_REPORT = _("we tell you how it stands")
NEXT_STEPS: Mapping[Next, Words] = {
    Next.ANSWER: _WE_ANSWER,
    Next.LAW_ACKNOWLEDGE: _WE_ANSWER,
    Next.LAW_ANSWER: _WE_ANSWER,
    Next.OUR_ACKNOWLEDGEMENT: _WE_ANSWER,
    Next.OUR_FIRST_ANSWER: _WE_ANSWER,
    Next.OUR_NEXT_ANSWER: _WE_ANSWER,
    Next.ANSWER_COUNTER: _WE_ANSWER,
    Next.AGREE: _WE_TELL_YOU,
    Next.PROMISE: _WE_TELL_YOU,
    Next.NEXT_STEP: _WE_TELL_YOU,
    Next.SAY_SORRY_FIRST: _WE_TELL_YOU,
    Next.KEEP: _WE_DO,
    Next.CUSTOMER_NEED: _WE_DO,
    Next.COMPLY: _WE_DO,
    Next.OUR_RESOLUTION: _WE_REPORT,
    Next.TELL_THEM: _WE_REPORT,
    Next.TELL_DECISION: _WE_REPORT,
    Next.REVIEW: _WE_REPORT,
    Next.ASK: _WE_ASK,
    Next.ASK_AGAIN: _WE_ASK,
    Next.CLOSE: _WE_ASK,
}


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with the words of one case. missing: for what this case has no words.

    unfilled: its text without them. topic: what it is for; empty for everything. of_kind: whether
    it is for cases of this kind.
    """

    pk: int
    name: str
    unfilled: str
    pieces: tuple[Piece, ...]
    is_translated: bool
    fits: bool
    topic: str
    of_kind: bool

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @property
    def missing(self) -> tuple[Variable, ...]:
        return tuple(dict.fromkeys(piece.missing for piece in self.pieces if piece.missing))


def answers_for(case: Case, *, author: Staff, at: datetime) -> list[Answer]:
    """Return the answers that `author` may begin a reply on `case` with, in its words.

    Those for its kind and what is complained of come first; those for other kinds are left out.
    """
    offered = templates_for(author, case.language)
    if not offered:
        return []
    topics = set(Issue.objects.filter(case=case).values_list("topic", flat=True))
    said = words_for(case, author=author, at=at)
    answers = [
        _answer(one, said, fits=one.topic in topics if one.topic else one.kind == case.kind)
        for one in offered
        if one.kind in {"", case.kind}
    ]
    return sorted(answers, key=lambda one: (not one.is_translated, not one.fits))


def words_for(
    case: Case, *, author: Staff, at: datetime, language: str = ""
) -> dict[Variable, str]:
    """Return what each variable says on `case`, in its customer's language; empty if nothing.

    language: another one, to see an answer in it.
    """
    language = language or case.language
    promise = Promise.objects.filter(case=case).open().order_by("due_at", "pk").first()
    house, now, person = organisation(), house_time(at), case.person
    signed = signature_of(author, inside=bool(person and person.is_inside))
    with translation.override(language):
        step = str(NEXT_STEPS.get(Next(case.next_due), "")) if case.next_due else ""
        due_at = case.next_due_at if step else None
        return {
            Variable.NAME: spoken(person.addressee, language) if person else "",
            Variable.REFERENCE: case.reference,
            Variable.GIST: case.gist,
            Variable.PROMISE: promise.what if promise else "",
            Variable.PROMISE_BY: by_words(promise.due_at, now) if promise else "",
            Variable.NEXT_STEP: step,
            Variable.NEXT_BY: by_words(due_at, now) if due_at and due_at > at else "",
            Variable.AUTHOR: author.name,
            Variable.TITLE: author.title,
            Variable.DEPARTMENT: author.department.name,
            Variable.HOUSE: house.name,
            Variable.TELEPHONE: signed.telephone,
            Variable.PAGE: link_of(case),
            Variable.OUTSIDE_BODY: said_in(language, house.outside_body, house=house.language),
        }


def _answer(one: Offered, said: Mapping[Variable, str], *, fits: bool) -> Answer:
    return Answer(
        pk=one.pk,
        name=one.name,
        unfilled=one.text,
        pieces=pieces_of(one.text, said),
        is_translated=one.is_translated,
        fits=fits,
        topic=one.topic,
        of_kind=bool(one.kind),
    )
