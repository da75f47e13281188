"""Looking into a case: the evidence, who else is affected, what both sides agree on."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.files import keep, media_type_of
from amends.base.refusal import Refused
from amends.cases.actions.within import locked, locked_for, must_be_allowed, settle
from amends.cases.events.deciding import (
    CaseMadeSensitive,
    CaseRead,
    EvidenceDisclosed,
    EvidenceRegistered,
    HistoryLookedAt,
    OthersAffectedNoted,
    PointAgreed,
    PointDropped,
)
from amends.cases.models.case import Case, Issue
from amends.cases.models.findings import (
    AgreedPoint,
    Disclosure,
    Evidence,
    EvidenceFile,
    HistoryOpened,
    OthersAffected,
    Reading,
)
from amends.contacts.actions.attachments import Upload, check_uploads
from amends.contacts.models import Attachment
from amends.contacts.rules.uploads import bare_name
from amends.journal.actions import record
from amends.staff.models import Staff
from amends.staff.rules.permissions import Act

READ_AGAIN_AFTER = timedelta(hours=1)


class EvidenceSaysNothing(Refused):
    text = _("Say what it is, and where it is from.")


class NotOfThisCase(Refused):
    text = _("This belongs to another case.")


class ObtainedInTheFuture(Refused):
    text = _("The day we had it is still to come.")


class DisclosedToNobody(Refused):
    text = _("Say to whom it was shown.")


class NoRedactedCopy(Refused):
    text = _("There is no copy of it in which what is not theirs is left out.")


class OthersIncomplete(Refused):
    text = _("Say how you found them, and what they get.")


class PointSaysNothing(Refused):
    text = _("Say what both sides agree on.")


class OpeningReasonNeeded(Refused):
    text = _("Say why you need to know it before you find.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One thing that shows what happened. issue: what it is about, None for the whole case.

    file, redacted: what came with a contact, and the copy that may be shown; own, own_redacted: the
    same where a colleague brings them.
    """

    what: str
    source: str
    obtained_on: date
    issue: Issue | None = None
    file: Attachment | None = None
    redacted: Attachment | None = None
    own: Upload | None = None
    own_redacted: Upload | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Others:
    """Those to whom the same happened and who did not complain."""

    how_many: int
    found_how: str
    they_get: str


@transaction.atomic
def register_evidence(case: Case, *, piece: Piece, by: Staff, at: datetime) -> Evidence:
    """Write down one thing that shows what happened, and return it.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, EvidenceSaysNothing, ObtainedInTheFuture,
    NotOfThisCase, FileTooLarge, FileEmpty, KindNotAccepted.
    """
    case = locked_for(case, by=by)
    brought = {False: piece.own, True: piece.own_redacted}
    check_uploads([each for each in brought.values() if each])
    if not (piece.what.strip() and piece.source.strip()):
        raise EvidenceSaysNothing
    # Somewhere on earth it is tomorrow already.
    if piece.obtained_on > at.date() + timedelta(days=1):
        raise ObtainedInTheFuture
    if not _is_of(case, piece):
        raise NotOfThisCase
    evidence = Evidence.objects.create(
        case=case,
        issue=piece.issue,
        what=piece.what.strip(),
        source=piece.source.strip(),
        obtained_on=piece.obtained_on,
        file=piece.file,
        redacted=piece.redacted,
        by=by,
        at=at,
    )
    for redacted, upload in brought.items():
        if upload:
            _keep_file(evidence, upload, redacted=redacted)
    settle(case)
    record(EvidenceRegistered(case_id=case.pk, evidence_id=evidence.pk), by=by, at=at)
    return evidence


@transaction.atomic
def disclose_evidence(
    evidence: Evidence, *, to: str, redacted: bool, by: Staff, at: datetime
) -> Disclosure:
    """Write down that `evidence` was shown to somebody, and return that.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, DisclosedToNobody, NoRedactedCopy.
    """
    case = locked_for(evidence.case, by=by)
    if not to.strip():
        raise DisclosedToNobody
    copies = evidence.own_files.filter(redacted=True)
    if redacted and evidence.redacted_id is None and not copies.exists():
        raise NoRedactedCopy
    disclosure = Disclosure.objects.create(
        evidence=evidence, to=to.strip(), redacted=redacted, by=by, at=at
    )
    record(
        EvidenceDisclosed(case_id=case.pk, evidence_id=evidence.pk, redacted=redacted),
        by=by,
        at=at,
    )
    return disclosure


@transaction.atomic
def note_others_affected(case: Case, *, others: Others, by: Staff, at: datetime) -> OthersAffected:
    """Write down to how many others the same happened, or write it anew, and return that.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, OthersIncomplete.
    """
    case = locked_for(case, by=by)
    told = others.found_how.strip() and (others.they_get.strip() or not others.how_many)
    if not told:
        raise OthersIncomplete
    noted, _new = OthersAffected.objects.update_or_create(
        case=case,
        defaults={
            "how_many": others.how_many,
            "found_how": others.found_how.strip(),
            "they_get": others.they_get.strip(),
            "by": by,
            "at": at,
        },
    )
    record(OthersAffectedNoted(case_id=case.pk, how_many=others.how_many), by=by, at=at)
    return noted


@transaction.atomic
def agree_on(case: Case, *, text: str, by: Staff, at: datetime) -> AgreedPoint:
    """Write down one thing that the customer and we agree on, and return it.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, PointSaysNothing.
    """
    case = locked_for(case, by=by)
    if not text.strip():
        raise PointSaysNothing
    point = AgreedPoint.objects.create(case=case, text=text.strip(), by=by, at=at)
    record(PointAgreed(case_id=case.pk, point_id=point.pk), by=by, at=at)
    return point


@transaction.atomic
def drop_point(point: AgreedPoint, *, by: Staff, at: datetime) -> AgreedPoint:
    """Say that this is not agreed on after all. The first time counts.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded.
    """
    case = locked_for(point.case, by=by)
    point.dropped_at = point.dropped_at or at
    point.save(update_fields=["dropped_at"])
    record(PointDropped(case_id=case.pk, point_id=point.pk), by=by, at=at)
    return point


@transaction.atomic
def open_history(case: Case, *, reason: str, by: Staff, at: datetime) -> HistoryOpened:
    """Show `by` the customer's earlier verdicts and manners before everything is found on.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, OpeningReasonNeeded.
    """
    case = locked_for(case, by=by)
    if not reason.strip():
        raise OpeningReasonNeeded
    opened = HistoryOpened.objects.create(case=case, staff=by, reason=reason.strip(), at=at)
    record(HistoryLookedAt(case_id=case.pk, opened_id=opened.pk), by=by, at=at)
    return opened


@transaction.atomic
def mark_sensitive(case: Case, *, by: Staff, at: datetime) -> Case:
    """Begin to write down who reads `case`. Said twice, nothing changes.

    Raises NotAllowed, Barred, NotYours.
    """
    return _be_sensitive(case, at, by, at)


@transaction.atomic
def unmark_sensitive(case: Case, *, by: Staff, at: datetime) -> Case:
    """Write down no longer who reads `case`; what was written stays.

    Raises NotAllowed, Barred, NotYours.
    """
    return _be_sensitive(case, None, by, at)


@transaction.atomic
def note_reading(case: Case, *, by: Staff, at: datetime) -> Reading | None:
    """Write down that `by` reads the sensitive `case`; None if they did within the hour."""
    lately = case.readings.filter(staff=by, at__gt=at - READ_AGAIN_AFTER)
    if lately.exists():
        return None
    reading = Reading.objects.create(case=case, staff=by, at=at)
    record(CaseRead(reading_id=reading.pk), by=by, at=at)
    return reading


def _is_of(case: Case, piece: Piece) -> bool:
    """Return whether what `piece` is about, and the files it names, belong to `case`."""
    files = {file.contact_id for file in (piece.file, piece.redacted) if file}
    known = case.case_contacts.filter(contact__in=files).values("contact").distinct().count()
    return known == len(files) and (piece.issue is None or piece.issue.case_id == case.pk)


def _be_sensitive(case: Case, since: datetime | None, by: Staff, at: datetime) -> Case:
    case = locked(case)
    must_be_allowed(case, by=by, act=Act.WORK_ON_CASE)
    if bool(case.sensitive_since) == bool(since):
        return case
    case.sensitive_since = since
    settle(case)
    record(CaseMadeSensitive(case_id=case.pk, sensitive=since is not None), by=by, at=at)
    return case


def _keep_file(evidence: Evidence, upload: Upload, *, redacted: bool) -> None:
    name = bare_name(upload.name)
    EvidenceFile.objects.create(
        evidence=evidence,
        redacted=redacted,
        name=name,
        media_type=media_type_of(upload.data, name)[:100],
        size_bytes=len(upload.data),
        sha256=keep(upload.data),
    )
