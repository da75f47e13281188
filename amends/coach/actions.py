"""Putting advice aside or following it; reading what customers say, and overruling that."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.actions.taking_down import Sheet, take_down
from amends.cases.actions.within import must_be_allowed
from amends.cases.events.safety import ThreatRead
from amends.cases.models.case import Case, CaseContact
from amends.cases.models.sheets import TakenDown
from amends.coach.models import CardAtHand, Correction, DismissedRemark, Reading
from amends.coach.rules import (
    ANSWERS,
    CARDS,
    Advice,
    Question,
    because,
    card_lasts,
    is_ours,
    part_to_read,
)
from amends.contacts.actions.marking import mark_by_machine, note_asked_by
from amends.contacts.models import Contact
from amends.contacts.rules.kinds import Lane
from amends.contacts.rules.spans import Span
from amends.journal.actions import record
from amends.language.due_days import moment_meant
from amends.language.reading import Reading as Read
from amends.language.reading import read
from amends.language.remarks import GRAVITY, HOLDS_BACK
from amends.language.words import Stretch
from amends.staff.models import Staff
from amends.staff.queries import zone_for
from amends.staff.rules.permissions import Act


class NoSuchRemark(Refused):
    text = _("There is no such remark. Load the page again.")


class HoldsBack(Refused):
    text = _("This one cannot be put aside: say it otherwise, or ask a senior to let it leave.")


class NothingReadThere(Refused):
    text = _("Nothing was read there that could be put right. Load the page again.")


class NoSuchAnswer(Refused):
    text = _("There is no such answer. Load the page again.")


class NoSuchCard(Refused):
    text = _("There is no such advice. Load the page again.")


Followed = Mapping[str, frozenset[Advice]]


@transaction.atomic
def take_down_with_cards(sheet: Sheet, *, cards: Followed, by: Staff, at: datetime) -> TakenDown:
    """Take down `sheet`, and keep which `cards` were at hand and what of each was followed.

    Not journalled: what somebody thinks of advice is nobody's business but theirs.

    Raises what `take_down` raises.
    """
    taken = take_down(sheet, by=by, at=at)
    rows = [
        CardAtHand(
            contact=taken.contact,
            card=card,
            did=Advice.DID in followed,
            said=Advice.SAID in followed,
            by=by,
            at=at,
            expires_at=at + card_lasts(card),
        )
        for card, followed in cards.items()
    ]
    CardAtHand.objects.bulk_create(rows, ignore_conflicts=True)
    return taken


@transaction.atomic
def follow_advice(
    case: Case, *, contact: Contact, card: str, followed: frozenset[Advice], by: Staff, at: datetime
) -> None:
    """Keep what of `card` was `followed` in `contact` of `case`, instead of what was kept before.

    Raises NotAllowed, Barred, NotYours, NoSuchCard.
    """
    must_be_allowed(case, by=by, act=Act.WORK_ON_CASE)
    if card not in CARDS or not CaseContact.objects.filter(case=case, contact=contact).exists():
        raise NoSuchCard
    kept = {"did": Advice.DID in followed, "said": Advice.SAID in followed}
    first = {**kept, "by": by, "at": at, "expires_at": contact.ended_at + card_lasts(card)}
    CardAtHand.objects.update_or_create(
        contact=contact, card=card, defaults=kept, create_defaults=first
    )


@transaction.atomic
def forget_card(card: CardAtHand, *, at: datetime) -> None:
    """Forget that a card was at hand, when its time has passed."""
    CardAtHand.objects.filter(pk=card.pk, expires_at__lte=at).delete()


@transaction.atomic
def dismiss_remark(case: Case, *, code: str, why: str, by: Staff, at: datetime) -> None:
    """Keep the remark `code` away from what `by` is writing on `case`. Twice is the same as once.

    Not journalled: what somebody thinks of advice is nobody's business but theirs.

    Raises NotAllowed, Barred, NotYours, NoSuchRemark, HoldsBack.
    """
    must_be_allowed(case, by=by, act=Act.WORK_ON_CASE)
    if code not in GRAVITY:
        raise NoSuchRemark
    if code in HOLDS_BACK:
        raise HoldsBack
    DismissedRemark.objects.get_or_create(
        case=case, staff=by, code=code, defaults={"why": why.strip(), "at": at}
    )


@transaction.atomic
def begin_afresh(case: Case, *, by: Staff, at: datetime) -> None:
    """Let every remark speak again: what `by` was writing on `case` until `at` has left."""
    DismissedRemark.objects.filter(case=case, staff=by, at__lte=at).delete()


@transaction.atomic
def read_contact(contact: Contact, *, case: Case, at: datetime) -> Reading:
    """Read what the customer said in `contact` of `case`, keep what was read, and return it.

    What was read before is replaced; a colleague's marks and corrections stand. Words that may be a
    threat to a person are told of, once. Not journalled otherwise: the words are all still there.
    """
    known = {"language": contact.language or case.language}
    answers = read(part_to_read(contact.words.text), known)
    before = Reading.objects.select_for_update().filter(contact=contact).first()
    was_threat = before is not None and "threat" in before.because
    kept, _new = Reading.objects.update_or_create(
        contact=contact, defaults={**_columns(answers), "read_at": at}
    )
    if is_ours(answers):
        marks = [(Span(one.start, one.end), lane) for lane, one in _in_lanes(answers)]
        mark_by_machine(contact, marks=marks, at=at)
    note_asked_by(contact, **_asked_by(answers, contact), at=at)
    if answers.threat and not was_threat:
        record(ThreatRead(case_id=case.pk, contact_id=contact.pk), by=None, at=at)
    return kept


@transaction.atomic
def correct_reading(
    case: Case, *, contact: Contact, question: Question, rather: str, by: Staff, at: datetime
) -> Correction:
    """Overrule what was read in `contact` of `case`, and return it: an example to learn from.

    Not journalled: it changes nothing of the case.

    Raises NotAllowed, Barred, NotYours, NothingReadThere, NoSuchAnswer.
    """
    must_be_allowed(case, by=by, act=Act.WORK_ON_CASE)
    reading = Reading.objects.filter(contact=contact).exclude(kind="").first()
    if reading is None or not CaseContact.objects.filter(case=case, contact=contact).exists():
        raise NothingReadThere
    if rather not in ANSWERS[question]:
        raise NoSuchAnswer
    said = {"read": str(getattr(reading, question)), "rather": rather, "by": by, "at": at}
    correction, _new = Correction.objects.update_or_create(
        contact=contact, question=question, defaults=said
    )
    return correction


def _asked_by(answers: Read, contact: Contact) -> dict[str, Any]:
    """Return the words of the customer's own deadline, and the moment that they mean."""
    if answers.need_by is None:
        return {"words": "", "until": None}
    (words,) = answers.said((answers.need_by,))
    written_at = contact.ended_at.astimezone(zone_for(None))
    return {"words": words, "until": moment_meant(words, answers.language.code, written_at)}


def _columns(answers: Read) -> dict[str, Any]:
    told: dict[str, Any] = {
        "language": answers.language.code[:10],
        "language_sure": answers.language.confidence,
    }
    if not is_ours(answers):
        nothing: dict[str, Any] = {
            "kind": "",
            "anger": None,
            "remedy": "",
            "manners": {},
            "because": {},
        }
        return {**told, **nothing, "missing": [], "need_by_start": None, "need_by_end": None}
    return {
        **told,
        "kind": answers.kind.name,
        "anger": answers.anger.degree,
        "remedy": answers.remedy.name,
        "manners": {name: list(words) for name, words in answers.manners.items()},
        "because": because(answers),
        "missing": list(answers.missing),
        "need_by_start": answers.need_by.start if answers.need_by else None,
        "need_by_end": answers.need_by.end if answers.need_by else None,
    }


def _in_lanes(answers: Read) -> Iterator[tuple[Lane, Stretch]]:
    yield from ((Lane.FACT, one) for one in answers.lanes.facts)
    yield from ((Lane.FEELING, one) for one in answers.lanes.feelings)
