"""Pictures that a mail names on other servers: fetched when somebody asks, and kept."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.contacts.events import PicturesAskedFor
from amends.contacts.models import Contact, OutsidePicture
from amends.contacts.queries.pictures import pictures_are_fetched
from amends.contacts.rules.pictures import picture_key, picture_type
from amends.journal.actions import record
from amends.staff.actions.authorise import require
from amends.staff.models import Staff
from amends.staff.rules.permissions import Act


class PicturesStayOutside(Refused):
    text = _("Pictures on other servers are not shown here. Your administrator decides that.")


@transaction.atomic
def ask_for_pictures(contact: Contact, *, pictures: int, by: Staff, at: datetime) -> None:
    """Note that so many pictures on other servers are fetched for `contact`, before any is.

    Raises NotAllowed, PicturesStayOutside.
    """
    require(by, Act.WORK_ON_CASE)
    if not pictures_are_fetched():
        raise PicturesStayOutside
    record(PicturesAskedFor(contact_id=contact.pk, pictures=pictures), by=by, at=at)


@transaction.atomic
def keep_pictures(contact: Contact, *, pictures: Mapping[str, bytes], at: datetime) -> int:
    """Keep what was fetched for `contact`, by the addresses it names; return how many there are.

    What is no picture is left out. That it was asked for is noted already.
    """
    told = {address: (data, picture_type(data)) for address, data in pictures.items()}
    rows = [
        OutsidePicture(
            contact=contact,
            address_sha256=picture_key(address),
            media_type=kind,
            data=data,
            fetched_at=at,
        )
        for address, (data, kind) in told.items()
        if kind
    ]
    OutsidePicture.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
