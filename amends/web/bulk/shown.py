"""What the page of a run prints."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.base.time_words import exact_words
from amends.cases.queries.bulk import ItemRow, Told
from amends.cases.rules.bulk import BulkAct, Fate, Phase, may_undo, undo_until, works_on
from amends.cases.rules.closing import Obstacle
from amends.staff.rules.permissions import Act
from amends.web.cases.words import OBSTACLES
from amends.web.words import word

if TYPE_CHECKING:
    from amends.cases.models.bulk import BulkRun
    from amends.staff.models import Staff

_ASKS = {
    BulkAct.ASSIGN: Act.ASSIGN_CASE,
    BulkAct.TEAM: Act.ASSIGN_CASE,
    BulkAct.CLOSE: Act.CLOSE_CASE,
}
# In this order: what stands against it is read first.
_ORDER = (Fate.KEPT, Fate.REFUSED, Fate.WAITING, Fate.READY, Fate.DONE, Fate.UNDONE)


@dataclass(frozen=True, slots=True)
class Shown:
    """One case of a run, as it is printed; why: what stands against it."""

    url: str
    who: str
    gist: str
    owner: str
    why: str
    missing: list[str]


@dataclass(frozen=True, slots=True)
class Group:
    """The cases of one fate. more: how many come after those; next_url: where, if any do."""

    fate: str
    title: str
    refused: bool
    rows: list[Shown]
    more: str
    next_url: str


def acts_for(staff: "Staff") -> Sequence[BulkAct]:
    """Return what `staff` may do to many cases."""
    return [act for act in BulkAct if staff.may(_ASKS.get(act, Act.WORK_ON_CASE))]


def shown(told: Told, now: datetime) -> dict[str, object]:
    """Return the context of the page of a run."""
    run, phase = told.run, Phase(told.run.phase)
    fate = works_on(phase)
    total = sum(told.counts.values())
    left = told.counts[fate] if fate else 0
    until = undo_until(run.finished_at)
    return {
        "run": run,
        "title": word(BulkAct(run.act)),
        "phase": phase.value,
        "said": _said(phase, told),
        "works": fate is not None,
        "progress_said": word(phase),
        "total": total,
        "gone": total - left,
        "ready": told.counts[Fate.READY],
        "further": told.further > 0,
        "first": reverse("bulk-run", args=[run.pk]),
        "groups": [group for each in _ORDER if (group := _group(told, each, phase))],
        "may_undo": may_undo(phase, run.finished_at, now) and told.counts[Fate.DONE] > 0,
        "undo_said": _("Can be undone until %(moment)s, where nothing has happened since.")
        % {"moment": exact_words(timezone.localtime(until), now)}
        if until
        else "",
    }


def _said(phase: Phase, told: Told) -> str:
    """Return in a sentence how many cases stand how."""
    refused = told.counts[Fate.REFUSED]
    against = ngettext(
        "Something stands against %(n)s.", "Something stands against %(n)s.", refused
    ) % {"n": refused}
    if phase is Phase.PREVIEWED:
        ready = told.counts[Fate.READY]
        if not ready:
            return _("Something stands against every one of them. Nothing has been changed.")
        parts = [
            ngettext("It will be done to %(n)s case.", "It will be done to %(n)s cases.", ready)
            % {"n": ready},
            _("Nothing has been changed yet."),
        ]
    elif phase is Phase.DONE:
        done = told.counts[Fate.DONE]
        parts = [ngettext("Done to %(n)s case.", "Done to %(n)s cases.", done) % {"n": done}]
    elif phase is Phase.UNDONE:
        back = told.counts[Fate.UNDONE]
        parts = [ngettext("Undone on %(n)s case.", "Undone on %(n)s cases.", back) % {"n": back}]
    else:
        return _("You may leave this page: it goes on by itself.")
    return " ".join([*parts, *([against] if refused else [])])


def _group(told: Told, fate: Fate, phase: Phase) -> Group | None:
    rows = [row for row in told.rows if row.fate == fate]
    if not rows:
        return None
    more = told.counts[fate] - told.further - len(rows)
    is_over = fate is Fate.READY and phase not in {Phase.PREVIEWING, Phase.PREVIEWED}
    title = _("not done yet") if is_over else word(fate)
    return Group(
        fate=fate.value,
        title=title.capitalize(),
        refused=fate in {Fate.REFUSED, Fate.KEPT},
        rows=[_shown(row) for row in rows],
        more=ngettext("and %(n)s more", "and %(n)s more", more) % {"n": more} if more > 0 else "",
        next_url=_further(told.run, fate, rows[-1].case) if more > 0 else "",
    )


def _further(run: "BulkRun", fate: Fate, after: int) -> str:
    asked = urlencode({"fate": fate.value, "after": after})
    return f"{reverse('bulk-run', args=[run.pk])}?{asked}"


def _shown(row: ItemRow) -> Shown:
    return Shown(
        url=reverse("case", args=[row.reference]),
        who=row.customer or _("Nobody known yet"),
        gist=row.gist,
        owner=row.owner or _("nobody yet"),
        why=row.said,
        missing=[str(OBSTACLES[Obstacle(each)][0]) for each in row.missing],
    )
