"""Who we are, as customers see it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from amends.journal.actions import record
from amends.staff.actions.authorise import require
from amends.staff.events import OrganisationChanged
from amends.staff.models import Organisation, Staff
from amends.staff.rules.permissions import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What we say of ourselves. `outside_body` is {language: whom to turn to outside}."""

    name: str
    mail_address: str
    telephone: str
    postal_address: str
    language: str
    zone: str
    currency: str
    outside_body: Mapping[str, str]
    shows_kept_share: bool
    reopen_days: int = 90
    undo_seconds: int = 20
    undo_seconds_heated: int = 60
    fetches_pictures: bool = True


@transaction.atomic
def correct_organisation(house: House, *, by: Staff, at: datetime) -> Organisation:
    """Write `house` over what we say of ourselves, and return it as it now stands.

    Raises NotAllowed.
    """
    require(by, Act.EDIT_ORGANISATION)
    ours = Organisation.objects.select_for_update().get()
    wanted = asdict(house)
    changed = tuple(name for name, value in wanted.items() if getattr(ours, name) != value)
    for name in changed:
        setattr(ours, name, wanted[name])
    if changed:
        ours.save(update_fields=changed)
        record(OrganisationChanged(fields=changed), by=by, at=at)
    return ours


@transaction.atomic
def say_our_law(*, jurisdiction: str, sector: str, by: Staff, at: datetime) -> Organisation:
    """Say whose law is for our cases, and return us; empty means as our country and trade tell.

    Cases that came before keep the clocks they have until something happens on them.

    Raises NotAllowed.
    """
    require(by, Act.EDIT_ORGANISATION)
    ours = Organisation.objects.select_for_update().get()
    wanted = {"jurisdiction": jurisdiction, "sector": sector}
    changed = tuple(name for name, value in wanted.items() if getattr(ours, name) != value)
    if changed:
        ours.jurisdiction, ours.sector = jurisdiction, sector
        ours.save(update_fields=changed)
        record(OrganisationChanged(fields=changed), by=by, at=at)
    return ours
