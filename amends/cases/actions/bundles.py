"""The whole case as one file for somebody outside: chosen, blackened, made, handed out, forgotten.

Source: case-model 2.3 and 2.5; docs/decisions/case-bundle.md. What is in the file is gathered by
`amends.web.bundles`, since a file is made of words; here is what is written down about it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.made import forget_made
from amends.base.refusal import Refused
from amends.cases.actions.within import locked, must_be_allowed
from amends.cases.events.bundles import (
    BundleAsked,
    BundleBegun,
    BundleChosen,
    BundleFailed,
    BundleForgotten,
    BundleHandedOut,
    BundleMade,
    PassageBlackened,
    PassageUncovered,
)
from amends.cases.models.bundles import Blackening, Bundle, BundleChoice
from amends.cases.models.case import Case
from amends.cases.models.findings import Disclosure
from amends.cases.models.turns import OutsideProceeding
from amends.cases.queries.blind import case_that_keeps
from amends.cases.queries.bundles import evidence_in
from amends.cases.rules.bundle import INTERNAL, KEPT_FOR, Item, Section, Stage
from amends.contacts.models import Contact
from amends.journal.actions import record
from amends.staff.models import LANGUAGES, Staff
from amends.staff.rules.permissions import Act


class NobodyToGiveItTo(Refused):
    text = _("Say whom it is for.")


class NotAnOfferedLanguage(Refused):
    text = _("Choose one of the five languages.")


class AlreadyAskedFor(Refused):
    text = _("This file is being made, or was made. Begin another one.")


class LeftOutWithoutReason(Refused):
    text = _("Say why what would leave stays here.")


class KeptUntilFoundOn(Refused):
    """The case ended earlier, and `grave` is the reference of the open one that keeps it."""

    text = _(
        "How earlier cases of this customer ended is kept from you until everything in "
        "%(grave)s is found on. Say there why you need it, or ask a colleague to do this."
    )

    def __init__(self, *, grave: str) -> None:
        super().__init__(grave=grave)
        self.grave = grave


class NothingMarked(Refused):
    text = _("Mark the passage in their words first.")


class BlackeningReasonNeeded(Refused):
    text = _("Say why nobody outside may read it.")


class NotReady(Refused):
    text = _("This file is not there: it is still to be made, or was deleted.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What leaves. items: by kind and key, what was chosen; what is not named goes as a rule."""

    items: Mapping[tuple[Item, int], bool]
    sections: Sequence[Section]
    names_colleague: bool
    language: str
    why_left_out: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeFile:
    """A file that was made."""

    name: str
    sha256: str
    size_bytes: int


@transaction.atomic
def begin_bundle(case: Case, *, to: str, language: str, by: Staff, at: datetime) -> Bundle:
    """Begin a file of the whole `case` for somebody outside, and return it; nothing leaves yet.

    Raises NotAllowed, Barred, NotYours, KeptUntilFoundOn, NobodyToGiveItTo, NotAnOfferedLanguage.
    """
    case = _locked(case, by)
    if not to.strip():
        raise NobodyToGiveItTo
    _must_be_offered(language)
    last = OutsideProceeding.objects.filter(case=case, decided_at=None).first()
    bundle = Bundle.objects.create(
        case=case, proceeding=last, to=to.strip()[:200], language=language, begun_by=by, begun_at=at
    )
    record(BundleBegun(case_id=case.pk, bundle_id=bundle.pk), by=by, at=at)
    return bundle


@transaction.atomic
def choose_for_bundle(bundle: Bundle, *, choice: Choice, by: Staff, at: datetime) -> Bundle:
    """Choose what leaves in `bundle`, and return it.

    Raises NotAllowed, Barred, NotYours, KeptUntilFoundOn, AlreadyAskedFor, LeftOutWithoutReason,
    NotAnOfferedLanguage.
    """
    bundle = _locked_unmade(bundle, by)
    _must_be_offered(choice.language)
    unusual = {key: out for key, out in choice.items.items() if out is (key[0] in INTERNAL)}
    if any(item not in INTERNAL for item, _key in unusual) and not choice.why_left_out.strip():
        raise LeftOutWithoutReason
    bundle.choices.all().delete()
    BundleChoice.objects.bulk_create(
        BundleChoice(bundle=bundle, item=item, key=key, leaves=out)
        for (item, key), out in unusual.items()
    )
    bundle.sections = [section.value for section in choice.sections]
    bundle.names_colleague, bundle.language = choice.names_colleague, choice.language
    bundle.why_left_out = choice.why_left_out.strip()[:500]
    bundle.save()
    record(BundleChosen(case_id=bundle.case_id, bundle_id=bundle.pk), by=by, at=at)
    return bundle


@transaction.atomic
def blacken(
    case: Case, *, contact: int, passage: str, reason: str, by: Staff, at: datetime
) -> list[Blackening]:
    """Black a passage of what was said in one contact, wherever it stands there; return the bars.

    It is black in every file of the case that leaves from now on; here it stays as it is.

    Raises NotAllowed, Barred, NotYours, KeptUntilFoundOn, NothingMarked, BlackeningReasonNeeded.
    """
    case = _locked(case, by)
    if not reason.strip():
        raise BlackeningReasonNeeded
    said = Contact.objects.filter(case_contacts__case=case, pk=contact).select_related("words")
    words = getattr(said.first(), "words", None)
    passage = passage.replace("\r\n", "\n").strip()
    places = _places(words.text, passage) if words and passage else []
    if not places:
        raise NothingMarked
    bars = [
        Blackening.objects.create(
            case=case,
            contact_id=contact,
            start=start,
            end=start + len(passage),
            reason=reason.strip()[:300],
            by=by,
            at=at,
        )
        for start in places
    ]
    record(PassageBlackened(case_id=case.pk, blackening_id=bars[0].pk), by=by, at=at)
    return bars


@transaction.atomic
def uncover(blackening: Blackening, *, by: Staff, at: datetime) -> Blackening:
    """Black a passage no longer, in files that are made from now on. The first time counts.

    Raises NotAllowed, Barred, NotYours, KeptUntilFoundOn.
    """
    case = _locked(blackening.case, by)
    blackening.lifted_at = blackening.lifted_at or at
    blackening.save(update_fields=["lifted_at"])
    record(PassageUncovered(case_id=case.pk, blackening_id=blackening.pk), by=by, at=at)
    return blackening


@transaction.atomic
def ask_for_bundle(bundle: Bundle, *, by: Staff, at: datetime) -> Bundle:
    """Have `bundle` made as it was chosen, and return it; one that failed is tried again.

    Raises NotAllowed, Barred, NotYours, KeptUntilFoundOn, AlreadyAskedFor.
    """
    bundle = _locked_unmade(bundle, by)
    bundle.asked_by, bundle.asked_at = by, at
    bundle.error, bundle.done, bundle.total = "", 0, 0
    bundle.save()
    record(BundleAsked(case_id=bundle.case_id, bundle_id=bundle.pk), by=by, at=at)
    return bundle


@transaction.atomic
def finish_bundle(bundle: Bundle, *, made: MadeFile, at: datetime) -> Bundle:
    """Write down the file that was made of `bundle`. Said twice, the first file stays."""
    bundle = Bundle.objects.select_for_update(of=("self",)).get(pk=bundle.pk)
    if bundle.made_at:
        return bundle
    bundle.made_at, bundle.expires_at, bundle.error = at, at + KEPT_FOR, ""
    bundle.name, bundle.sha256, bundle.size_bytes = made.name, made.sha256, made.size_bytes
    bundle.done = bundle.total
    bundle.save()
    event = BundleMade(
        case_id=bundle.case_id,
        bundle_id=bundle.pk,
        sha256=made.sha256,
        size_bytes=made.size_bytes,
    )
    record(event, by=bundle.asked_by, at=at)
    return bundle


@transaction.atomic
def fail_bundle(bundle: Bundle, *, error: str, at: datetime) -> Bundle:
    """Write down that `bundle` could not be made, and why."""
    bundle = Bundle.objects.select_for_update(of=("self",)).get(pk=bundle.pk)
    bundle.error = error[:500] or "?"
    bundle.save(update_fields=["error"])
    record(BundleFailed(case_id=bundle.case_id, bundle_id=bundle.pk), by=None, at=at)
    return bundle


@transaction.atomic
def note_progress(bundle: Bundle, *, done: int, total: int, at: datetime) -> None:
    """Write down how far the making of `bundle` is, and that it went on then; its page tells."""
    Bundle.objects.filter(pk=bundle.pk).update(done=done, total=total, went_on_at=at)


@transaction.atomic
def hand_out(bundle: Bundle, *, by: Staff, at: datetime) -> Bundle:
    """Write down that the file of `bundle` was taken to be given to whom it is for; return it.

    The first time, each piece of evidence in it was shown to them.

    Raises NotAllowed, Barred, NotYours, KeptUntilFoundOn, NotReady.
    """
    case = _locked(bundle.case, by)
    bundle = Bundle.objects.select_for_update(of=("self",)).get(pk=bundle.pk)
    if bundle.stage is not Stage.READY:
        raise NotReady
    if bundle.taken_at is None:
        bundle.taken_at = at
        bundle.save(update_fields=["taken_at"])
        Disclosure.objects.bulk_create(
            Disclosure(
                evidence=piece, to=bundle.to, redacted=piece.redacted_id is not None, by=by, at=at
            )
            for piece in evidence_in(bundle)
        )
    record(BundleHandedOut(case_id=case.pk, bundle_id=bundle.pk), by=by, at=at)
    return bundle


@transaction.atomic
def forget_bundle(bundle: Bundle, *, at: datetime) -> Bundle:
    """Delete the file of `bundle`, whose time is over; what it was stays written down."""
    bundle.gone_at = bundle.gone_at or at
    bundle.save(update_fields=["gone_at"])
    record(BundleForgotten(case_id=bundle.case_id, bundle_id=bundle.pk), by=None, at=at)
    transaction.on_commit(lambda: forget_made(bundle.sha256))
    return bundle


def _locked(case: Case, by: Staff) -> Case:
    case = locked(case)
    must_be_allowed(case, by=by, act=Act.HAND_OUT_CASE)
    if grave := case_that_keeps(case, by):
        raise KeptUntilFoundOn(grave=grave.reference)
    return case


def _locked_unmade(bundle: Bundle, by: Staff) -> Bundle:
    _locked(bundle.case, by)
    bundle = Bundle.objects.select_for_update(of=("self",)).get(pk=bundle.pk)
    if bundle.stage not in {Stage.CHOOSING, Stage.FAILED}:
        raise AlreadyAskedFor
    return bundle


def _must_be_offered(language: str) -> None:
    if language not in dict(LANGUAGES):
        raise NotAnOfferedLanguage


def _places(text: str, passage: str) -> list[int]:
    """Return where `passage` stands in `text`, from the first place on, without overlap."""
    places, place = [], text.find(passage)
    while place >= 0:
        places.append(place)
        place = text.find(passage, place + len(passage))
    return places
