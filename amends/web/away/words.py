"""How it is said that somebody is away."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.base.time_words import date_words

if TYPE_CHECKING:
    from amends.staff.models import Absence, Staff


def away_words(first_on: date | None, last_on: date | None, *, today: date) -> str:
    """Return when somebody is away: until when, or from when; empty where they are not."""
    if first_on is None or last_on is None or last_on < today:
        return ""
    if first_on <= today:
        return _("away until %(last)s") % {"last": date_words(last_on)}
    if first_on == last_on:
        return _("away on %(day)s") % {"day": date_words(first_on)}
    return _("away %(first)s to %(last)s") % {
        "first": date_words(first_on),
        "last": date_words(last_on),
    }


def name_with_absence(colleague: "Staff", *, today: date) -> str:
    """Return the name of a colleague read by `with_absence`, and when they are away."""
    first_on, last_on = (
        getattr(colleague, "away_from", None),
        getattr(colleague, "away_until", None),
    )
    away = away_words(first_on, last_on, today=today)
    return f"{colleague.name} · {away}" if away else colleague.name


def stands_in_words(deputies: Sequence["Staff"]) -> str:
    """Return who stands in, in a sentence; empty where nobody does."""
    names = ", ".join(each.name for each in deputies)
    said = ngettext("%(names)s stands in.", "%(names)s stand in.", len(deputies))
    return said % {"names": names} if names else ""


def absence_words(absence: "Absence", *, today: date) -> str:
    """Return in two sentences that somebody is away, and who stands in."""
    away = away_words(absence.first_on, absence.last_on, today=today)
    said = _("%(name)s is %(away)s.") % {"name": absence.staff.name, "away": away}
    return f"{said} {stands_in_words(list(absence.deputies.all()))}".strip()
