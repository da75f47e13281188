"""Mail that was filed lately: on which case, and whether it began there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Subquery

from amends.cases.models.case import CaseContact
from amends.cases.queries.reading import cases_for
from amends.staff.models import Staff


@dataclass(frozen=True, slots=True)
class FiledMail:
    """A mail and the case it is on.

    key: by which the list goes on. opened: whether the case began with it.
    """

    key: int
    contact: int
    received_at: datetime
    sender: str
    subject: str
    reference: str
    opened: bool
    is_open: bool


def mail_filed(staff: Staff, *, before: int | None, most: int) -> Sequence[FiledMail]:
    """Return the mail that was put to cases which `staff` may see, what was put there last first.

    before: only what came before this key.
    """
    theirs = CaseContact.objects.filter(case__in=cases_for(staff), contact__arrival__isnull=False)
    began = CaseContact.objects.filter(case=OuterRef("case")).order_by("at", "pk").values("pk")[:1]
    found = theirs.select_related("case", "contact__arrival").defer("contact__arrival__raw")
    shown = found.annotate(began=Subquery(began)).order_by("-pk")
    return [
        FiledMail(
            key=link.pk,
            contact=link.contact_id,
            received_at=link.contact.arrival.received_at,
            sender=link.contact.arrival.sender,
            subject=link.contact.arrival.subject,
            reference=link.case.reference,
            opened=link.began == link.pk,
            is_open=link.case.is_open,
        )
        for link in (shown if before is None else shown.filter(pk__lt=before))[:most]
        if link.contact.arrival
    ]
