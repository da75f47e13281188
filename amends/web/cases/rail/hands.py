"""Who had a hand in a case: in the service behind it, and in looking after it."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.cases.rules.contributing import asks_for_steps, once_each
from amends.cases.rules.kinds import Outcome
from amends.web.cases.rail.desk import Desk


def hands_shown(desk: Desk) -> dict[str, object]:
    """Return who had a hand in the case; empty while nobody did, and nobody need be named."""
    file, case = desk.care.file, desk.case
    named = len(file.contributions)
    asks = asks_for_steps(Outcome(case.outcome), named=named)
    if not named and not asks:
        return {}
    return {
        "steps": [
            {"it": each, "drop": desk.way(_("They had none"), "no-contribution", each.pk)}
            for each in file.contributions
        ],
        "said": _said(named),
        "asks": asks,
        "looked_after": once_each(_who_looked_after(desk)),
        "add": desk.way(_("One more step"), "contribution"),
    }


def _said(named: int) -> str:
    if not named:
        return _("nobody named yet")
    return ngettext("%(n)s step", "%(n)s steps", named) % {"n": named}


def _who_looked_after(desk: Desk) -> list[str]:
    """Return who looks after the case: its owner, who promised, and who helped."""
    file, owner = desk.care.file, desk.case.owner
    return [
        owner.name if owner else "",
        *(promise.owner.name for promise in file.promises),
        *(call.answered_by or "" for call in file.help_requests),
    ]
