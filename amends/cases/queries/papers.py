"""What is handed out of a case: files and mails that came with it, and promise slips."""

from django.db.models import QuerySet

from amends.cases.models.case import Case
from amends.cases.models.findings import EvidenceFile
from amends.cases.models.promises import Promise
from amends.cases.queries.reading import cases_for
from amends.contacts.models import Arrival, Attachment, Contact
from amends.contacts.rules.kinds import Channel
from amends.staff.models import Staff

MOST_FILES = 100


def attachment_for(staff: Staff, pk: int) -> Attachment:
    """Return one file that came with a contact of a case that `staff` may see.

    Raises Attachment.DoesNotExist.
    """
    theirs = cases_for(staff).filter(case_contacts__contact__attachments=pk)
    return Attachment.objects.filter(contact__case_contacts__case__in=theirs).distinct().get(pk=pk)


def files_of_case(case: Case) -> QuerySet[Attachment]:
    """Return the files that came or left with the contacts of `case`, the newest first."""
    theirs = Attachment.objects.filter(contact__case_contacts__case=case)
    return theirs.order_by("-pk")[:MOST_FILES]


def attachment_of_case(case: Case, pk: int) -> Attachment:
    """Return one file of a contact of `case`.

    Raises Attachment.DoesNotExist.
    """
    theirs = Attachment.objects.filter(contact__case_contacts__case=case)
    return theirs.distinct().get(pk=pk)


def evidence_file_for(staff: Staff, pk: int) -> EvidenceFile:
    """Return one file that a colleague brought as evidence to a case that `staff` may see.

    Raises EvidenceFile.DoesNotExist.
    """
    return EvidenceFile.objects.get(evidence__case__in=cases_for(staff), pk=pk)


def mail_for(staff: Staff, pk: int) -> tuple[Contact, Arrival]:
    """Return one contact on a case that `staff` may see, and the mail that it arrived as.

    Raises Arrival.DoesNotExist.
    """
    theirs = cases_for(staff).filter(case_contacts__contact=pk)
    contacts = Contact.objects.filter(channel=Channel.EMAIL, case_contacts__case__in=theirs)
    arrival = Arrival.objects.select_related("contact").get(contact__in=contacts.filter(pk=pk))
    return arrival.contact, arrival


def promise_for(staff: Staff, pk: int) -> Promise:
    """Return one promise on a case that `staff` may see.

    Raises Promise.DoesNotExist.
    """
    visible = Case.objects.visible_to(staff)
    return Promise.objects.select_related("case__person", "owner__department").get(
        pk=pk, case__in=visible
    )
