"""Who speaks, for whom, and which colleague is meant: from what was typed and what was chosen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.actions.taking_down import Newcomer
from amends.cases.queries.sheets import Caller, caller_for, case_meant_by
from amends.people.actions.persons import Particulars
from amends.people.queries import Found, find_people_for
from amends.people.rules.folding import plain
from amends.people.rules.kinds import PointKind
from amends.people.rules.typed import told_apart
from amends.staff.queries import colleagues_for
from amends.web.http import StaffRequest
from amends.web.sheet.forms import NEW_CASE, SheetForm

if TYPE_CHECKING:
    from amends.staff.models import Staff

NEW = "new"
CASE = "case:"
MOST_COLLEAGUES = 8


class NoSuchColleague(Refused):
    text = _("No colleague, or more than one, is called “%(name)s”. Choose one from the list.")


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom a colleague meant by what they typed.

    caller: somebody we know, once they are chosen. new: the line typed about somebody we do not
    know yet. candidates: those among whom to choose first. reference: the case whose number it was.
    """

    caller: Caller | None = None
    new: str = ""
    candidates: Sequence[Found] = ()
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Colleague:
    """A colleague among those whose name begins as was typed."""

    pk: int
    name: str
    department: str


def meant_by(request: StaffRequest, *, typed: str, chosen: str) -> Meant:
    """Return whom `typed` means, after `chosen`: a key, `new`, `case:…` or nothing chosen yet."""
    if chosen.isdecimal():
        return _by_key(request, int(chosen))
    if chosen == NEW or not typed.strip():
        return Meant(new=typed.strip())
    if case := case_meant_by(request.user, chosen.removeprefix(CASE) or typed):
        return _by_key(request, case.person_id or 0, reference=case.reference)
    candidates = find_people_for(request.user, typed)
    return Meant(candidates=candidates) if candidates else Meant(new=typed.strip())


def newcomer(
    typed: str, *, language: str = "", points: Sequence[tuple[PointKind, str]] = ()
) -> Newcomer:
    """Return somebody new from one typed line and the ways to reach them that were asked for."""
    told = told_apart(typed)
    read = ((PointKind.TELEPHONE, told.telephone), (PointKind.EMAIL, told.mail))
    every = dict.fromkeys([*points, *read])
    name = told.name or told.mail or told.telephone
    return Newcomer(
        Particulars(name=name, language=language),
        tuple((kind, value) for kind, value in every if value.strip()),
    )


def points_of(form: SheetForm) -> list[tuple[PointKind, str]]:
    """Return the ways to reach a newcomer that were filled in beside the name."""
    given = form.cleaned_data
    return [
        (PointKind.TELEPHONE, given["phone"]),
        (PointKind.EMAIL, given["mail"]),
        (PointKind.POSTAL, given["address"]),
    ]


def case_chosen(form: SheetForm, meant: Meant) -> str:
    """Return the reference of the case that the sheet belongs to; empty for a new one."""
    chosen = str(form["case"].value() or "")
    if chosen == NEW_CASE:
        return ""
    return chosen or meant.reference


def colleagues_named(request: StaffRequest, typed: str) -> list[Colleague]:
    """Return at most 8 colleagues with a word of their name that begins as was typed."""
    sought = plain(typed).split()
    rows = colleagues_for(request.user).values_list("pk", "name", "department__name")
    found = [Colleague(*row) for row in rows if _begins(plain(row[1]).split(), sought)]
    return found[:MOST_COLLEAGUES] if sought else []


def colleague_meant(request: StaffRequest, typed: str, chosen: str) -> "Staff | None":
    """Return the colleague who was chosen, or the only one so called; None if none was typed.

    Raises NoSuchColleague.
    """
    if not typed.strip():
        return None
    keys = (
        [int(chosen)]
        if chosen.isdecimal()
        else [one.pk for one in colleagues_named(request, typed)]
    )
    found = colleagues_for(request.user).filter(pk__in=keys)
    if len(found) != 1:
        raise NoSuchColleague(name=typed.strip())
    return found[0]


def _begins(words: Sequence[str], sought: Sequence[str]) -> bool:
    return all(any(word.startswith(part) for word in words) for part in sought)


def _by_key(request: StaffRequest, pk: int, *, reference: str = "") -> Meant:
    try:
        return Meant(caller_for(request.user, pk), reference=reference)
    except ObjectDoesNotExist:
        return Meant(reference=reference)
