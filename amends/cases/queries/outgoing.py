"""The mail that leaves, as colleagues see it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from amends.cases.models.case import CaseContact, PartyOfCase
from amends.cases.rules.kinds import Part
from amends.cases.rules.lists import PAGE, Place, read_place, written
from amends.contacts.models import OutgoingMail
from amends.contacts.queries.mail import nothing_is_real
from amends.contacts.rules.kinds import MailKind, MailState
from amends.contacts.rules.sending import may_be_taken_back, may_go_again
from amends.staff.models import Staff
from amends.staff.rules.permissions import Act

_COLUMNS = (
    "pk",
    "kind",
    "state",
    "to_name",
    "to_address",
    "subject",
    "written_at",
    "tries",
    "author__name",
    "reference",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One mail in the list. `reference` is that of its case, if it belongs to one."""

    pk: int
    kind: str
    state: str
    to_name: str
    to_address: str
    subject: str
    written_at: datetime
    tries: int
    author: str | None
    reference: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """Some mails, newest first. `after` names the place where the next page begins, if any."""

    rows: tuple[Row, ...]
    after: str


@dataclass(frozen=True, slots=True)
class Seen:
    """One mail, and what somebody may do with it. `text` is None where it is for its reader only.

    A mail to a colleague may hold a link that only they may use.
    """

    mail: OutgoingMail
    reference: str | None
    text: str | None
    may_go_again: bool
    may_be_taken_back: bool


def outgoing_for(
    staff: Staff, *, state: MailState | None = None, kind: MailKind | None = None, after: str = ""
) -> Page:
    """Return 25 mails, the newest first, of one state and kind or of all."""
    mails = _mails_for(staff)
    if state:
        mails = mails.filter(state=state)
    if kind:
        mails = mails.filter(kind=kind)
    if place := read_place(after):
        mails = mails.filter(
            Q(written_at__lt=place.at) | Q(written_at=place.at, pk__lt=place.pk)
        ).filter(written_at__lte=place.at)
    found = [
        Row(*values)
        for values in mails.order_by("-written_at", "-pk").values_list(*_COLUMNS)[: PAGE + 1]
    ]
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Page(
        rows=tuple(found[:PAGE]), after=written(Place(last.written_at, last.pk)) if last else ""
    )


def outgoing_mail_for(staff: Staff, pk: int) -> Seen:
    """Return one mail and what `staff` may do with it.

    Raises OutgoingMail.DoesNotExist.
    """
    mail = _mails_for(staff).select_related("author").get(pk=pk)
    of_a_case = mail.contact_id is not None and staff.may(Act.SEE_CASES)
    may_read = of_a_case or mail.to_address == staff.email or nothing_is_real()
    may_send = staff.may(Act.SEND_AGAIN)
    state = MailState(mail.state)
    return Seen(
        mail=mail,
        reference=CaseContact.objects.filter(contact=mail.contact_id)
        .values_list("case__reference", flat=True)
        .first(),
        text=mail.text if may_read else None,
        may_go_again=may_send and may_go_again(state),
        may_be_taken_back=may_be_taken_back(state) and (may_send or mail.author_id == staff.pk),
    )


def _mails_for(staff: Staff) -> QuerySet[OutgoingMail]:
    """Return the mails that `staff` may see, none of a case that complains about them."""
    if not staff.may(Act.SEE_OUTGOING_MAIL):
        return OutgoingMail.objects.none()
    case = CaseContact.objects.filter(contact=OuterRef("contact")).values("case__reference")[:1]
    about_them = PartyOfCase.objects.filter(
        case__case_contacts__contact=OuterRef("contact"),
        part=Part.COMPLAINED_ABOUT,
        staff=staff,
    )
    return OutgoingMail.objects.annotate(reference=Subquery(case)).exclude(Exists(about_them))
