"""The promise slip: one sentence and one moment, as a page, on paper and read aloud."""

from dataclasses import dataclass
from datetime import datetime

import segno
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import translation

from amends.base.time_words import by_words
from amends.cases.models.promises import Promise
from amends.cases.queries.letters import house_time, signature_of
from amends.cases.queries.links import code_of, finding_place, link_of
from amends.cases.rules.sentences import said_whole, spelled

LATELY = 50
LEAST_TO_COUNT = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A promise slip in the customer's language.

    sentence: what and by when. who and telephone: of the colleague who answers for it. link: the
    whole address of the customer's page; qr: the same as a picture, a `data:` address. place and
    code: where the page is found, and by what, for whom the link must be said aloud. aloud: the
    text to read to somebody who is on the telephone or cannot read it. asks: whether it waits for
    the customer's yes still.
    """

    promise: Promise
    language: str
    house: str
    sentence: str
    who: str
    telephone: str
    reference: str
    link: str
    qr: str
    place: str
    code: str
    aloud: str
    asks: bool


@dataclass(frozen=True, slots=True)
class KeptShare:
    """How many of the last promises whose moment has come were kept in time."""

    kept: int
    of: int


def slip_of(promise: Promise, *, at: datetime) -> Slip:
    """Return the slip of `promise`, as it reads at an instant."""
    case = promise.case
    inside = bool(case.person and case.person.is_inside)
    signed = signature_of(promise.owner, inside=inside)
    link = link_of(case)
    asks = promise.is_open and promise.yes_at is None
    with translation.override(case.language):
        sentence = said_whole(promise.what, by_words(promise.due_at, house_time(at)))
        facts = {
            "sentence": sentence,
            "signed": signed,
            "spelled": spelled(case.reference),
            "code": spelled(code_of(case)),
            "asks": asks,
        }
        aloud = render_to_string("cases/read_aloud.txt", facts)
    return Slip(
        promise=promise,
        language=case.language,
        house=signed.stands_for,
        sentence=sentence,
        who=signed.name,
        telephone=signed.telephone,
        reference=case.reference,
        link=link,
        qr=qr_of(link),
        place=finding_place(case.language),
        code=code_of(case),
        aloud=" ".join(aloud.split()),
        asks=asks,
    )


def qr_of(address: str) -> str:
    """Return the code to scan of an address, as the `data:` address of a picture."""
    return str(segno.make(address, error="m", micro=False).svg_data_uri(scale=4, border=2))


def promise_of_case(reference: str, pk: int) -> Promise:
    """Return one promise of the case `reference`.

    Raises Promise.DoesNotExist.
    """
    return Promise.objects.select_related(
        "owner__department", "case__person", "case__owner", "case__team__duty_owner"
    ).get(pk=pk, case__reference=reference)


def kept_share() -> KeptShare | None:
    """Return how many of the last 50 promises were kept; None while there are too few to tell."""
    settled = Promise.objects.filter(Q(kept_at__isnull=False) | Q(broken_at__isnull=False))
    last = list(settled.order_by("-due_at").values_list("kept_at", flat=True)[:LATELY])
    if len(last) < LEAST_TO_COUNT:
        return None
    return KeptShare(kept=sum(kept is not None for kept in last), of=len(last))
