"""Pictures that lie on other servers: whether they are fetched, and those that were."""

from amends.contacts.models import Contact, OutsidePicture
from amends.contacts.queries.mail import nothing_is_real
from amends.staff.queries import organisation


def pictures_are_fetched() -> bool:
    """Return whether colleagues may have pictures fetched: as we decided, never in a demo."""
    return organisation().fetches_pictures and not nothing_is_real()


def fetched_pictures(contact: Contact) -> list[OutsidePicture]:
    """Return the pictures that were fetched for the mail of `contact`."""
    return list(OutsidePicture.objects.filter(contact=contact).order_by("pk"))
