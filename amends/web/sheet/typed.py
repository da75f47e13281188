"""What was typed on a sheet: kept as a draft, and found again."""

from collections.abc import Mapping
from datetime import datetime

from django.http import QueryDict

from amends.contacts.actions.drafts import ChangedElsewhere, Typing, keep_draft
from amends.contacts.queries.drafts import draft_of
from amends.contacts.rules.kinds import DraftKind
from amends.contacts.rules.sheets import says_something
from amends.web.http import StaffRequest
from amends.web.sheet.forms import FOLLOWED, MANNERS, SheetForm
from amends.web.sheet.own import own_names

NAMES = (*(name for name in SheetForm.base_fields if name != "version"), *MANNERS, *FOLLOWED)
# A text that was on its way when the form was sent may have arrived before it.
ON_ITS_WAY = "+"


def fields_of(data: QueryDict) -> dict[str, str]:
    """Return what was typed, by field; nothing that is no field of a sheet."""
    told = {name: str(data[name]).replace("\x00", "") for name in NAMES if name in data}
    several = {name: ",".join(data.getlist(name)) for name in own_names(data)}
    return {**told, **{name: said.replace("\x00", "") for name, said in several.items()}}


def initial_of(fields: Mapping[str, str]) -> dict[str, object]:
    """Return what a form begins with after `fields` were kept: what is absent was left empty."""
    own = {name: fields[name] for name in own_names(fields)}
    return {**{name: fields.get(name, "") for name in NAMES}, **own}


def keep_typed(request: StaffRequest, key: str, fields: Mapping[str, str], at: datetime) -> int:
    """Keep what was typed and return the version it is kept as; 0 while nothing is.

    Raises ChangedElsewhere.
    """
    said = request.POST.get("version", "")
    version = int(said.rstrip(ON_ITS_WAY)) if said.rstrip(ON_ITS_WAY).isdecimal() else 0
    if not (says_something(fields) or draft_of(request.user, DraftKind.SHEET, key)):
        return 0
    try:
        return _keep(request, key, fields, version, at)
    except ChangedElsewhere as refusal:
        theirs = refusal.draft
        arrived = said.endswith(ON_ITS_WAY) and theirs.version == version + 1
        if not (arrived or goes_on(fields, theirs.fields)):
            raise
        return _keep(request, key, fields, theirs.version, at)


def goes_on(mine: Mapping[str, str], theirs: Mapping[str, str]) -> bool:
    """Return whether `mine` only goes on from `theirs`, so that nothing of it is lost."""
    return all(mine.get(name, "").startswith(text) for name, text in theirs.items())


def _keep(
    request: StaffRequest, key: str, fields: Mapping[str, str], version: int, at: datetime
) -> int:
    typing = Typing(DraftKind.SHEET, key, fields, version)
    return keep_draft(typing, by=request.user, at=at).version
