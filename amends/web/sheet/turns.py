"""Whose turn it is: who was put aside before, and what to say to whoever waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from amends.contacts.queries.drafts import Kept
from amends.contacts.rules.kinds import Channel
from amends.contacts.rules.turns import ahead_of, still_waits, turn_at

SORRY = _("I am sorry that you had to wait. Now I am here for you alone.")


@dataclass(frozen=True, slots=True)
class Turn:
    """What to mind and to say where somebody was put aside.

    since: when whoever is on this sheet was put aside; None if they were not. first: who waits
    longest of those who came before them. says: what to say to them, by language.
    """

    since: datetime | None
    first: Kept | None
    says: tuple[tuple[str, str], ...]


def turn_of(
    key: str, sheets: Sequence[Kept], languages: Sequence[str], *, now: datetime
) -> Turn | None:
    """Return whose turn it is, for the sheet of this key; None where nobody waits or waited."""
    own = next((sheet for sheet in sheets if sheet.key == key), None)
    others = [sheet for sheet in sheets if sheet.key != key and _waits(sheet, now)]
    ahead = ahead_of(own.begun_at if own else now, [other.begun_at for other in others])
    if ahead:
        return Turn(None, others[0], _said(languages, ahead, turn_at(now, ahead=ahead)))
    if own and own.parked_at and _waits(own, now):
        return Turn(own.parked_at, None, _each(languages, SORRY))
    return None


def _waits(sheet: Kept, now: datetime) -> bool:
    """Return whether somebody waits for it: lately put aside, and no letter."""
    if sheet.parked_at is None or sheet.channel == Channel.LETTER:
        return False
    return still_waits(sheet.parked_at, now)


def _said(languages: Sequence[str], ahead: int, at: datetime) -> tuple[tuple[str, str], ...]:
    said = []
    for language in languages:
        with translation.override(language):
            text = ngettext(
                "One person is before you. It is your turn at about %(time)s, and I have not "
                "forgotten you.",
                "%(n)s people are before you. It is your turn at about %(time)s, and I have not "
                "forgotten you.",
                ahead,
            )
            said.append((language, text % {"n": ahead, "time": f"{at:%H:%M}"}))
    return tuple(said)


def _each(languages: Sequence[str], text: Promise) -> tuple[tuple[str, str], ...]:
    said = []
    for language in languages:
        with translation.override(language):
            said.append((language, str(text)))
    return tuple(said)
