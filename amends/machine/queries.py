"""What an outside model would be sent of a case, and what it answered before."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet

from amends.cases.models.case import Case, CaseContact, PartyOfCase
from amends.cases.models.promises import Promise
from amends.coach.rules import part_to_read
from amends.contacts.queries.templates import templates_for
from amends.contacts.rules.kinds import Direction
from amends.machine.models import Asked
from amends.machine.rules.masking import Masks, masked
from amends.machine.rules.uses import Use, is_unedited
from amends.people.models import ContactPoint
from amends.staff.models import Staff

_CONTACTS, _LONGEST_CONTACT = 12, 3_000
_TEMPLATES, _LATEST = 5, 5


@dataclass(frozen=True, slots=True)
class Question:
    """What would be sent for one use, masked, and what the masks stand for."""

    use: Use
    data: str
    language: str
    masks: Masks


def is_set_up() -> bool:
    """Return whether the operator named an outside model."""
    return bool(settings.MODEL_ADDRESS)


def question_on(case: Case, *, use: Use, by: Staff) -> Question:
    """Return what would be sent to have `use` of `case`; empty data if there is nothing to send."""
    masks, names = Masks(), list(_names(case, by))
    texts = list(_texts(case, use, by))
    data = "\n\n".join(masked(text, names, masks) for text in texts)
    language = case.language if use is Use.DRAFT else by.language
    named = {code: name for code, name in _LANGUAGES.items() if code == language}
    return Question(use, data, named.get(language, "English"), masks)


def asked_on(case: Case, by: Staff) -> list[Asked]:
    """Return what `by` asked on `case` last, the newest first."""
    return list(Asked.objects.filter(case=case, by=by).order_by("-at", "-pk")[:_LATEST])


def draft_in(case: Case, pk: int, by: Staff) -> Asked:
    """Return the machine's draft `pk` that `by` asked for on `case`.

    Raises Asked.DoesNotExist.
    """
    drafts = Asked.objects.filter(case=case, by=by, use=Use.DRAFT).exclude(answer="")
    return drafts.get(pk=pk)


def holds_unedited(case: Case, *, text: str, by: Staff) -> bool:
    """Return whether a machine's draft for `by` stands in `text` as it came."""
    drafts = Asked.objects.filter(case=case, by=by, use=Use.DRAFT).exclude(answer="")
    answers = drafts.order_by("-at").values_list("answer", flat=True)[:_LATEST]
    return any(is_unedited(text, answer) for answer in answers)


def expired_asked(at: datetime) -> QuerySet[Asked]:
    """Return what is not to be remembered any longer at `at`."""
    return Asked.objects.filter(expires_at__lte=at).order_by("expires_at", "pk")


_LANGUAGES = {
    "en": "English",
    "ru": "Russian",
    "pl": "Polish",
    "sq": "Albanian",
    "lt": "Lithuanian",
}


def _names(case: Case, by: Staff) -> Iterator[str]:
    """Return every name and address that is known of the case, its customer and its colleagues."""
    if case.person:
        yield case.person.name
        points = ContactPoint.objects.filter(person=case.person)
        yield from points.values_list("value", flat=True)
    for party in PartyOfCase.objects.filter(case=case).select_related("person", "staff"):
        yield from (body.name for body in (party.person, party.staff) if body)
    yield by.name
    if case.owner:
        yield case.owner.name


def _texts(case: Case, use: Use, by: Staff) -> Iterator[str]:
    told = CaseContact.objects.filter(case=case, contact__automatic=False)
    if use is Use.TRANSLATION:
        told = told.filter(contact__direction=Direction.IN)
    most = 1 if use is Use.TRANSLATION else _CONTACTS
    newest = told.order_by("-at", "-pk").values_list("contact__direction", "contact__words__text")[
        :most
    ]
    for direction, words in reversed(newest):
        text = part_to_read(words or "").strip()[:_LONGEST_CONTACT]
        if text and use is not Use.TRANSLATION:
            text = f"{'Customer' if direction == Direction.IN else 'We'}: {text}"
        yield from (text,) if text else ()
    if use is Use.DRAFT:
        yield from _what_we_say(case, by)


def _what_we_say(case: Case, by: Staff) -> Iterator[str]:
    for promise in Promise.objects.filter(case=case).open().order_by("due_at"):
        yield f"Promised: {promise.what}, by {promise.due_at:%Y-%m-%d %H:%M}"
    ours = [one for one in templates_for(by, case.language) if one.kind in {"", case.kind}]
    for one in ours[:_TEMPLATES]:
        yield f"An answer of the house: {one.text[:_LONGEST_CONTACT]}"
